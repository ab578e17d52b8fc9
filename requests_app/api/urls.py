"""The API's addresses; tests/views walks them as every role and as nobody."""

from django.urls import path, re_path
from drf_spectacular.views import SpectacularAPIView

from cities.schema.offices import RequestKind
from requests_app.api import docs_page
from requests_app.api.city_urls import CITIES
from requests_app.api.protocol.views import NothingHere
from requests_app.api.reading import (
    appeals,
    arguments,
    files,
    inbox,
    ledger,
    made_files,
    newsroom,
    requests,
    webhooks,
)
from requests_app.api.reading import challenges as in_challenges
from requests_app.api.research_urls import RESEARCH
from requests_app.api.writing import appeals as challenges
from requests_app.api.writing import arguments as arguing
from requests_app.api.writing import challenges as of_challenges
from requests_app.api.writing import copies, drafts, messages, requirements
from requests_app.api.writing import deliveries as sending
from requests_app.api.writing import inbox as filing
from requests_app.api.writing import log as appeal_log
from requests_app.api.writing import made_files as to_make
from requests_app.api.writing import people_and_corrections as people
from requests_app.api.writing import webhooks as told
from requests_app.api.writing.record import Record
from requests_app.forms.requests.recorded_acts import BINDINGS

R, A, M = "requests/<slug:public_id>/", "appeals/<int:pk>/", "messages/<int:pk>/"
Q = A + "argument/paragraphs/<slug:paragraph>/"
D, X, N, W = (f"{what}/<int:pk>/" for what in ("deliveries", "exhibits", "inbox", "webhooks"))

READ = [
    path("me/", newsroom.Me.as_view(), name="api_me"),
    path("members/", newsroom.MemberList.as_view(), name="api_members"),
    path("requests/", requests.RequestList.as_view(), name="api_requests"),
    path(R, requests.RequestDetail.as_view(), name="api_request"),
    path(R + "deadlines/", requests.DeadlineList.as_view(), name="api_deadlines"),
    path(R + "events/", ledger.EventList.as_view(), name="api_events"),
    path(R + "communications/", ledger.CommunicationList.as_view(), name="api_communications"),
    path(R + "letters/", ledger.LetterList.as_view(), name="api_letters"),
    path(R + "copies/", ledger.CopyList.as_view(), name="api_copies"),
    path(R + "case-files/", made_files.CaseFileList.as_view(), name="api_case_files"),
    path("case-files/<int:pk>/", made_files.CaseFileDetail.as_view(), name="api_case_file"),
    path(
        "case-files/<int:pk>/content/",
        made_files.CaseFileContent.as_view(),
        name="api_case_file_content",
    ),
    path(R + "deliveries/", ledger.DeliveryList.as_view(), name="api_deliveries"),
    path(R + "files/", files.FileList.as_view(), name="api_files"),
    *(
        path(
            f"board/{section}/",
            requests.Board.as_view(section=section),
            name=f"api_board_{section}",
        )
        for section in requests.SECTIONS
    ),
    path("files/<int:pk>/", files.FileContent.as_view(), name="api_file"),
    path("letters/<int:pk>.pdf", files.LetterPdf.as_view(), name="api_letter_pdf"),
    path("appeals/", appeals.AppealList.as_view(), name="api_appeals"),
    path(A, appeals.AppealDetail.as_view(), name="api_appeal"),
    path(A + "letter/", appeals.AppealLetter.as_view(), name="api_appeal_letter"),
    path(A + "filings/", appeals.FilingList.as_view(), name="api_appeal_filings"),
    path(A + "argument/", arguments.ArgumentDetail.as_view(), name="api_argument"),
    path(A + "exhibits/", in_challenges.ExhibitList.as_view(), name="api_exhibits"),
    path(A + "requirements/", in_challenges.RequirementList.as_view(), name="api_requirements"),
    path(A + "days/", in_challenges.ChallengeDayList.as_view(), name="api_challenge_days"),
    path("inbox/", inbox.MailList.as_view(), name="api_inbox"),
    path(N, inbox.MailDetail.as_view(), name="api_mail"),
    path("webhooks/", webhooks.WebhookList.as_view(), name="api_webhooks"),
    path(W, webhooks.WebhookDetail.as_view(), name="api_webhook"),
    path(W + "messages/", webhooks.WebhookMessageList.as_view(), name="api_webhook_messages"),
    path("reminders/", appeals.ReminderList.as_view(), name="api_reminders"),
]

WRITE = [
    *(
        path(
            f"requests/new/{kind.value}/",
            drafts.Begin.as_view(kind=kind),
            name=f"api_begin_{kind.value}",
        )
        for kind in RequestKind
    ),
    path(R + "draft/", drafts.Draft.as_view(), name="api_draft"),
    path(R + "draft/save/", drafts.SaveDraft.as_view(), name="api_draft_save"),
    path(R + "discard/", drafts.Discard.as_view(), name="api_discard"),
    path(R + "bring-back/", drafts.BringBack.as_view(), name="api_bring_back"),
    path(R + "review/", drafts.SendToReview.as_view(), name="api_review"),
    path(R + "approve/", drafts.Approve.as_view(), name="api_approve"),
    path(R + "return/", drafts.Return.as_view(), name="api_return"),
    path(R + "submit/", drafts.Submit.as_view(), name="api_submit"),
    *(
        path(f"{R}record/{slug}/", Record.as_view(slug=slug), name=f"api_record_{slug}")
        for slug in BINDINGS
    ),
    path(R + "assign/", people.Assign.as_view(), name="api_assign"),
    path(R + "share/", people.Share.as_view(), name="api_share"),
    path(R + "remind/", people.Remind.as_view(), name="api_remind"),
    path(R + "events/<int:pk>/strike/", people.Strike.as_view(), name="api_strike"),
    path(R + "events/<int:pk>/restore/", people.Restore.as_view(), name="api_restore"),
    path(R + "events/<int:pk>/day/", people.CorrectDay.as_view(), name="api_correct_day"),
    path(R + "appeals/new/", challenges.DraftAppeal.as_view(), name="api_appeal_new"),
    path(A + "letter/write/", challenges.WriteAppeal.as_view(), name="api_appeal_write"),
    path(Q + "change/", arguing.ChangeParagraph.as_view(), name="api_paragraph_change"),
    path(Q + "move/", arguing.MoveParagraph.as_view(), name="api_paragraph_move"),
    path(A + "argument/own/", arguing.AddOwnParagraph.as_view(), name="api_paragraph_own"),
    path(A + "argument/name/", arguing.NameExemption.as_view(), name="api_exemption_name"),
    path(A + "argument/reliefs/", arguing.ChooseReliefs.as_view(), name="api_reliefs"),
    path(A + "file/", challenges.FileAppeal.as_view(), name="api_appeal_file"),
    path(A + "received/", challenges.ReceiveAppeal.as_view(), name="api_appeal_received"),
    path(A + "decide/", challenges.DecideAppeal.as_view(), name="api_appeal_decide"),
    path(A + "withdraw/", challenges.WithdrawAppeal.as_view(), name="api_appeal_withdraw"),
    path(M + "correspondence/", people.KeepAsCorrespondence.as_view(), name="api_correspondence"),
    path(M + "take-out/", people.TakeOut.as_view(), name="api_take_out"),
    path(R + "calls-and-letters/", messages.EnterCallOrLetter.as_view(), name="api_call_or_letter"),
    path(M + "reply/", messages.Reply.as_view(), name="api_reply"),
    path(M + "dismiss/<int:number>/", messages.DismissSuggestion.as_view(), name="api_dismiss"),
    path(R + "case-files/new/", to_make.AskForCaseFile.as_view(), name="api_case_file_new"),
    path("copies/<int:pk>/given/", copies.GiveCopy.as_view(), name="api_copy_given"),
    path(A + "requirements/tick/", requirements.TickRequirement.as_view(), name="api_tick"),
    path(
        A + "settlement-offers/",
        requirements.RecordSettlementOffer.as_view(),
        name="api_settlement_offer",
    ),
    path(D + "hand-over/", sending.HandOver.as_view(), name="api_hand_over"),
    path(D + "retry/", sending.Retry.as_view(), name="api_retry"),
    path(D + "words/", sending.OtherWords.as_view(), name="api_other_words"),
    path(D + "send-without/", sending.SendWithout.as_view(), name="api_send_without"),
    path(D + "confirm/", sending.Confirm.as_view(), name="api_confirm"),
    path(D + "came-back/", sending.CameBack.as_view(), name="api_delivery_came_back"),
    path(D + "recall/", sending.Recall.as_view(), name="api_recall"),
    path(N + "file/", filing.FileMail.as_view(), name="api_mail_file"),
    path(N + "set-aside/", filing.SetMailAside.as_view(), name="api_mail_set_aside"),
    path(N + "bring-back/", filing.BringMailBack.as_view(), name="api_mail_bring_back"),
    path(N + "read-again/", filing.ReadMailAgain.as_view(), name="api_mail_read_again"),
    path(N + "came-back/", filing.MailCameBack.as_view(), name="api_mail_came_back"),
    *(
        path(
            f"{A}letters/{slug}/",
            of_challenges.ChallengeLetter.as_view(kind=kind),
            name=f"api_challenge_letter_{slug}",
        )
        for slug, kind in of_challenges.LETTERS.items()
    ),
    path(A + "days/new/", of_challenges.EnterDay.as_view(), name="api_day_new"),
    path(A + "days/<int:number>/", of_challenges.MoveDay.as_view(), name="api_day_move"),
    path(A + "days/<int:number>/over/", of_challenges.DayOver.as_view(), name="api_day_over"),
    path(A + "exhibits/papers/", of_challenges.AddPaper.as_view(), name="api_exhibit_paper"),
    path(A + "exhibits/files/", of_challenges.AddFile.as_view(), name="api_exhibit_file"),
    path(X + "move/", of_challenges.MoveExhibit.as_view(), name="api_exhibit_move"),
    path(X + "rename/", of_challenges.RenameExhibit.as_view(), name="api_exhibit_rename"),
    path(X + "remove/", of_challenges.RemoveExhibit.as_view(), name="api_exhibit_remove"),
    path(X + "settle/", of_challenges.SettleExhibit.as_view(), name="api_exhibit_settle"),
    path(W + "end/", told.EndWebhook.as_view(), name="api_webhook_end"),
    path(
        "webhook-messages/<int:pk>/again/",
        told.SendMessageAgain.as_view(),
        name="api_webhook_again",
    ),
    path(R + "project/", appeal_log.PlaceRequest.as_view(), name="api_request_project"),
    path("reminders/<int:pk>/done/", people.ReminderDone.as_view(), name="api_reminder_done"),
]

urlpatterns = [
    path("docs/", docs_page.docs, name="api_docs"),
    path("schema/", SpectacularAPIView.as_view(), name="api_schema"),
    *READ,
    *WRITE,
    *CITIES,
    *RESEARCH,
    re_path("", NothingHere.as_view(), name="api_nothing_here"),
]
