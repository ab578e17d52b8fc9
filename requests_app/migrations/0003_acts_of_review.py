"""Grounds asked for and given, a waiver refused, an appeal received, a decision obeyed or sued over."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('requests_app', '0002_what_is_written_stays'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='event',
            name='event_kind_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='letter',
            name='letter_kind_is_known',
        ),
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('drafted', 'Drafted'), ('sent_to_review', 'Sent To Review'), ('approved', 'Approved'), ('returned', 'Returned'), ('assigned', 'Assigned'), ('shared', 'Shared'), ('noted', 'Noted'), ('submitted', 'Submitted'), ('sent', 'Sent'), ('bounced', 'Bounced'), ('sending_failed', 'Sending Failed'), ('sending_in_doubt', 'Sending In Doubt'), ('sending_retried', 'Sending Retried'), ('received', 'Received'), ('acknowledged', 'Acknowledged'), ('clarification_requested', 'Clarification Requested'), ('clarified', 'Clarified'), ('fees_estimated', 'Fees Estimated'), ('fees_accepted', 'Fees Accepted'), ('fees_refused', 'Fees Refused'), ('fees_paid', 'Fees Paid'), ('fees_waived', 'Fees Waived'), ('fee_waiver_denied', 'Fee Waiver Denied'), ('extended', 'Extended'), ('produced_in_part', 'Produced In Part'), ('granted', 'Granted'), ('granted_in_part', 'Granted In Part'), ('denied', 'Denied'), ('deemed_denied', 'Deemed Denied'), ('no_records', 'No Records'), ('referred', 'Referred'), ('grounds_requested', 'Grounds Requested'), ('grounds_given', 'Grounds Given'), ('followed_up', 'Followed Up'), ('appeal_drafted', 'Appeal Drafted'), ('appeal_filed', 'Appeal Filed'), ('appeal_received', 'Appeal Received'), ('appeal_decided', 'Appeal Decided'), ('appeal_withdrawn', 'Appeal Withdrawn'), ('complied', 'Complied'), ('lawsuit', 'Lawsuit'), ('closed', 'Closed'), ('withdrawn', 'Withdrawn'), ('lapsed', 'Lapsed'), ('deadline_moved', 'Deadline Moved')], max_length=40),
        ),
        migrations.AlterField(
            model_name='letter',
            name='kind',
            field=models.CharField(choices=[('records_request', 'Records request'), ('dataset_request', 'Dataset request'), ('correction_request', 'Dataset correction'), ('access_request', 'Access request'), ('clarification_answer', 'Answer to a clarification'), ('fee_acceptance', 'Acceptance of fees'), ('fee_refusal', 'Objection to fees'), ('grounds_request', 'Request for the grounds'), ('follow_up', 'Follow-up'), ('appeal', 'Appeal')], max_length=40),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['drafted', 'sent_to_review', 'approved', 'returned', 'assigned', 'shared', 'noted', 'submitted', 'sent', 'bounced', 'sending_failed', 'sending_in_doubt', 'sending_retried', 'received', 'acknowledged', 'clarification_requested', 'clarified', 'fees_estimated', 'fees_accepted', 'fees_refused', 'fees_paid', 'fees_waived', 'fee_waiver_denied', 'extended', 'produced_in_part', 'granted', 'granted_in_part', 'denied', 'deemed_denied', 'no_records', 'referred', 'grounds_requested', 'grounds_given', 'followed_up', 'appeal_drafted', 'appeal_filed', 'appeal_received', 'appeal_decided', 'appeal_withdrawn', 'complied', 'lawsuit', 'closed', 'withdrawn', 'lapsed', 'deadline_moved'])), name='event_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['records_request', 'dataset_request', 'correction_request', 'access_request', 'clarification_answer', 'fee_acceptance', 'fee_refusal', 'grounds_request', 'follow_up', 'appeal'])), name='letter_kind_is_known'),
        ),
    ]
