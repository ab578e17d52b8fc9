"""Every page of the desk. tests/views walks this list as every role and as nobody."""

from django.urls import include, path
from django.views.generic import TemplateView

from requests_app.inbound import webhooks
from requests_app.views import health
from requests_app.views.catalog import (
    coverage,
    dataset_columns,
    dataset_list,
    dataset_page,
    followed,
    own_portal,
    steward_requests,
)
from requests_app.views.challenges import (
    appeal_pages,
    drafted_appeal,
    entered_days,
    file_appeal,
    filed_appeal,
    settlement,
)
from requests_app.views.challenges import letters as challenge_letters
from requests_app.views.cities import city_calendar, city_forms, city_pages
from requests_app.views.drafts import (
    already_published,
    discarding,
    draft_versions,
    edit_draft,
    new_request,
    review,
)
from requests_app.views.mail import (
    calls_and_letters,
    inbox,
    large_files,
    mail_files,
    what_it_is,
)
from requests_app.views.newsroom import (
    access,
    feed,
    founding,
    letter_wordings,
    members,
    reminders,
    stationery,
    wording_versions,
)
from requests_app.views.newsroom import webhooks as webhooks_told
from requests_app.views.requests import (
    argument,
    board,
    case_files,
    conversation,
    corrections,
    exhibits,
    recording,
    request_list,
    request_page,
    sharing,
    submission,
)
from requests_app.views.research import urls as research
from requests_app.views.sending import (
    copies_given,
    deliveries,
    files,
    linked_files,
    plain_replies,
    printing,
)

R = "requests/<slug:public_id>/"
C = "cities/<slug:state>/<slug:city>/"

urlpatterns = [
    path("", board.board, name="board"),
    path("setup/", founding.first_newsroom, name="first_newsroom"),
    path("health/", health.health, name="health"),
    path("keys/", TemplateView.as_view(template_name="newsroom/keys.html"), name="keys"),
    # requests
    path("requests/", request_list.request_list, name="request_list"),
    path("requests/new/", new_request.request_new, name="request_new"),
    path(R, request_page.request_page, name="request_page"),
    path(R + "conversation/", conversation.conversation, name="conversation"),
    path(R + "deadlines/<int:pk>.txt", request_page.deadline_text, name="deadline_text"),
    path(R + "edit/", edit_draft.request_edit, name="request_edit"),
    path(R + "preview.pdf", edit_draft.request_preview, name="request_preview"),
    path(R + "already-published/", already_published.already_published, name="already_published"),
    path(R + "already-published/answer/", already_published.dataset_answer, name="dataset_answer"),
    path(
        R + "already-published/<int:pk>/partly/",
        already_published.dataset_partly,
        name="dataset_partly",
    ),
    path(R + "cited-dataset/", already_published.cited_dataset, name="cited_dataset"),
    path(R + "versions/", draft_versions.draft_versions, name="draft_versions"),
    path(R + "discard/", discarding.discard, name="discard_draft"),
    path(R + "bring-back/", discarding.bring_back, name="bring_back_draft"),
    path("words/<int:pk>/let-go/", draft_versions.words_let_go, name="words_let_go"),
    path(R + "review/", review.send_to_review, name="send_to_review"),
    path(R + "review/letter/", review.review_page, name="review_page"),
    path(R + "approve/", review.approve, name="approve"),
    path(R + "return/", review.return_to_draft, name="return_to_draft"),
    path(R + "submit/", submission.request_submit, name="request_submit"),
    path(R + "call-or-letter/", calls_and_letters.call_or_letter, name="call_or_letter"),
    path(R + "large-file/", large_files.large_file, name="large_file"),
    path(R + "large-file/<slug:key>/", large_files.large_file_pieces, name="large_file_pieces"),
    path(
        R + "large-file/<slug:key>/finish/",
        large_files.large_file_finish,
        name="large_file_finish",
    ),
    path(R + "record/<slug:act>/", recording.record_act, name="record_act"),
    path(
        R + "records-request/",
        steward_requests.turn_into_records_request,
        name="turn_into_records_request",
    ),
    path(R + "dataset-change/", steward_requests.dataset_change, name="dataset_change"),
    path(R + "ledger/<int:pk>/strike/", corrections.entry_strike, name="entry_strike"),
    path(R + "ledger/<int:pk>/restore/", corrections.entry_restore, name="entry_restore"),
    path(R + "ledger/<int:pk>/day/", corrections.entry_day, name="entry_day"),
    path(R + "case-file/", case_files.case_file_list, name="case_files"),
    path("case-files/<int:pk>/", case_files.case_file_download, name="case_file_download"),
    path(R + "assign/", sharing.assign, name="assign"),
    path(R + "share/", sharing.share, name="share"),
    path(R + "reminders/", reminders.reminder_new, name="reminder_new"),
    path(R + "appeals/new/<slug:route>/", appeal_pages.appeal_new, name="appeal_new"),
    # appeals
    path("appeals/<int:pk>/", appeal_pages.appeal_page, name="appeal_page"),
    path("appeals/<int:pk>/edit/", drafted_appeal.appeal_edit, name="appeal_edit"),
    path("appeals/<int:pk>/argument/", argument.appeal_argument, name="appeal_argument"),
    path("appeals/<int:pk>/requirement/", argument.appeal_requirement, name="appeal_requirement"),
    path("appeals/<int:pk>/changes/", drafted_appeal.appeal_changes, name="appeal_changes"),
    path("appeals/<int:pk>/preview.pdf", appeal_pages.appeal_preview, name="appeal_preview"),
    path("appeals/<int:pk>/exhibits/", exhibits.exhibit_list, name="exhibit_list"),
    path("appeals/<int:pk>/exhibits/open/", exhibits.exhibit_open, name="exhibit_open"),
    path("appeals/<int:pk>/filing.pdf", exhibits.filing_preview, name="filing_preview"),
    path("exhibits/<int:pk>/pages.pdf", exhibits.exhibit_pages, name="exhibit_pages"),
    path("exhibits/<int:pk>/move/", exhibits.exhibit_move, name="exhibit_move"),
    path("exhibits/<int:pk>/rename/", exhibits.exhibit_rename, name="exhibit_rename"),
    path("exhibits/<int:pk>/remove/", exhibits.exhibit_remove, name="exhibit_remove"),
    path("exhibits/<int:pk>/settle/", exhibits.exhibit_settle, name="exhibit_settle"),
    path("appeals/<int:pk>/file/", file_appeal.appeal_file, name="appeal_file"),
    path("appeals/<int:pk>/received/", filed_appeal.appeal_received, name="appeal_received"),
    path("appeals/<int:pk>/decide/", filed_appeal.appeal_decide, name="appeal_decide"),
    path("appeals/<int:pk>/withdraw/", filed_appeal.appeal_withdraw, name="appeal_withdraw"),
    path("appeals/<int:pk>/days/new/", entered_days.day_enter, name="challenge_day_new"),
    path("appeals/<int:pk>/days/<int:number>/", entered_days.day_move, name="challenge_day_move"),
    path(
        "appeals/<int:pk>/days/<int:number>/over/",
        entered_days.day_over,
        name="challenge_day_over",
    ),
    path(
        "appeals/<int:pk>/letters/<slug:slug>/",
        challenge_letters.challenge_letter,
        name="challenge_letter",
    ),
    path("appeals/<int:pk>/settlement/", settlement.settlement_offer, name="settlement_offer"),
    path(
        "appeals/<int:pk>/exhibits/decisions/<int:decision>/",
        exhibits.exhibit_of_decision,
        name="exhibit_of_decision",
    ),
    # the appeal log, projects, figures: what research has
    *research.urlpatterns,
    # reminders
    path("reminders/", reminders.reminder_list, name="reminder_list"),
    path("reminders/<int:pk>/done/", reminders.reminder_done, name="reminder_done"),
    path("reminders/<int:pk>/remove/", reminders.reminder_remove, name="reminder_remove"),
    path("reminders/choices/", reminders.reminder_choices, name="reminder_choices"),
    path("settings/reminders/", reminders.reminder_settings, name="reminder_settings"),
    path("settings/reminders/again/", reminders.reminders_again, name="reminders_again"),
    path("unsubscribe/<str:token>/", reminders.unsubscribe, name="unsubscribe"),
    # letters, files, sendings
    path("letters/<int:pk>.pdf", files.letter_pdf, name="letter_pdf"),
    path("letters/<int:pk>/form.pdf", city_forms.filled_form_pdf, name="filled_form_pdf"),
    path("attachments/<int:pk>/", files.attachment_download, name="attachment_download"),
    path("attachments/<int:pk>/release/", files.attachment_release, name="attachment_release"),
    path("deliveries/", deliveries.delivery_list, name="delivery_list"),
    path(
        "deliveries/<int:pk>/hand-over/", deliveries.delivery_hand_over, name="delivery_hand_over"
    ),
    path("deliveries/<int:pk>/retry/", deliveries.delivery_retry, name="delivery_retry"),
    path(
        "deliveries/<int:pk>/send-without/",
        deliveries.delivery_send_without,
        name="delivery_send_without",
    ),
    path("deliveries/<int:pk>/confirm/", deliveries.delivery_confirm, name="delivery_confirm"),
    path("deliveries/<int:pk>/recall/", deliveries.delivery_recall, name="delivery_recall"),
    path("deliveries/<int:pk>/words/", deliveries.delivery_words, name="delivery_words"),
    path("files/<str:token>/", linked_files.linked_file, name="linked_file"),
    path(
        "files/<str:token>/content/", linked_files.linked_file_content, name="linked_file_content"
    ),
    path("links/<int:pk>/end/", linked_files.link_end, name="link_end"),
    path("copies/<int:pk>/given/", copies_given.copy_given, name="copy_given"),
    path("deliveries/to-post/", printing.print_queue, name="print_queue"),
    path("deliveries/to-post.pdf", printing.print_queue_pdf, name="print_queue_pdf"),
    path("deliveries/<int:pk>/address.pdf", printing.address_page, name="address_page"),
    # mail that came in
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/held/", inbox.mail_held, name="mail_held"),
    path("inbox/<int:pk>/", inbox.mail_page, name="mail_page"),
    path("inbox/<int:pk>/file/", inbox.mail_file, name="mail_file"),
    path("inbox/<int:pk>/came-back/", inbox.mail_came_back, name="mail_came_back"),
    path("inbox/<int:pk>/set-aside/", inbox.mail_set_aside, name="mail_set_aside"),
    path("inbox/<int:pk>/bring-back/", inbox.mail_bring_back, name="mail_bring_back"),
    path("inbox/<int:pk>/read-again/", inbox.mail_read_again, name="mail_read_again"),
    path("inbox/<int:pk>/give/", inbox.mail_give, name="mail_give"),
    path("inbox/<int:pk>/html/", mail_files.mail_html, name="mail_html"),
    path("inbox/<int:pk>/raw/", mail_files.mail_raw, name="mail_raw"),
    path("inbox/files/<int:pk>/", mail_files.mail_file_download, name="mail_file_download"),
    path("inbox/files/<int:pk>/release/", mail_files.mail_file_release, name="mail_file_release"),
    path("messages/<int:pk>/reply/", plain_replies.plain_reply, name="plain_reply"),
    path("messages/<int:pk>/", calls_and_letters.message_page, name="message_page"),
    path("mail/<int:pk>/take-out/", inbox.mail_take_out, name="mail_take_out"),
    path(
        "mail/<int:pk>/correspondence/", what_it_is.mail_correspondence, name="mail_correspondence"
    ),
    path("mail/<int:pk>/dismiss/<int:number>/", inbox.reading_dismiss, name="reading_dismiss"),
    # cities
    path("cities/", city_pages.city_list, name="city_list"),
    path(C, city_pages.city_page, name="city_page"),
    path(C + "calendar/", city_calendar.city_calendar, name="city_calendar"),
    path(C + "offices/<slug:role>/", city_pages.office_entry, name="office_entry"),
    path(C + "offices/<slug:role>/form/", city_forms.city_form, name="city_form"),
    path(C + "portal/", own_portal.own_portal, name="own_portal"),
    path(C + "portal/list/", own_portal.own_list, name="own_list"),
    path(C + "portal/back/", own_portal.own_portal_give_up, name="own_portal_give_up"),
    path(C + "closures/new/", city_pages.closure_new, name="closure_new"),
    path("city-forms/<int:pk>.pdf", city_forms.city_form_pdf, name="city_form_pdf"),
    path("city-forms/<int:pk>/put-away/", city_forms.city_form_put_away, name="city_form_put_away"),
    # what the cities publish
    path("datasets/", dataset_list.catalog, name="catalog"),
    path("datasets/followed/", followed.followed_list, name="followed_list"),
    path("datasets/followed/seen/", followed.followed_seen, name="followed_seen"),
    path("datasets/followed/<int:pk>/stop/", followed.follow_stop, name="follow_stop"),
    path("datasets/coverage/", coverage.coverage, name="catalog_coverage"),
    path("datasets/coverage.csv", coverage.coverage_csv, name="catalog_coverage_csv"),
    path("datasets/<int:pk>/", dataset_page.dataset_page, name="dataset_page"),
    path("datasets/<int:pk>/history/", dataset_page.dataset_history, name="dataset_history"),
    path("datasets/<int:pk>/query.<slug:kind>", dataset_page.dataset_query, name="dataset_query"),
    path("datasets/<int:pk>/columns/", dataset_columns.fetch, name="dataset_columns"),
    path("datasets/<int:pk>/follow/", followed.dataset_follow, name="dataset_follow"),
    path(
        "datasets/<int:pk>/what-was-in-it/",
        dataset_page.withdrawn_dataset_records,
        name="withdrawn_dataset_records",
    ),
    path(C + "datasets/", dataset_list.dataset_list, name="dataset_list"),
    path(C + "datasets/follow/", followed.search_follow, name="search_follow"),
    # the newsroom
    path("members/", members.member_list, name="member_list"),
    path("members/new/", members.member_new, name="member_new"),
    path("members/<int:pk>/", members.member_edit, name="member_edit"),
    path("members/<int:pk>/deactivate/", members.member_deactivate, name="member_deactivate"),
    path("members/<int:pk>/let-in/", members.member_let_in, name="member_let_in"),
    # what letters look like and say of us
    path("stationery/", stationery.letterhead, name="letterhead"),
    path("stationery/logo/remove/", stationery.logo_remove, name="logo_remove"),
    path("stationery/signature/", stationery.signature, name="signature"),
    path("stationery/signature/remove/", stationery.signature_remove, name="signature_remove"),
    path("stationery/paragraphs/", stationery.paragraph_list, name="paragraph_list"),
    path("stationery/paragraphs/new/", stationery.paragraph_new, name="paragraph_new"),
    path("stationery/paragraphs/<int:pk>/", stationery.paragraph_edit, name="paragraph_edit"),
    path(
        "stationery/paragraphs/<int:pk>/put-away/",
        stationery.paragraph_put_away,
        name="paragraph_put_away",
    ),
    path("stationery/wording/", letter_wordings.wording_list, name="wording_list"),
    path("stationery/wording/<slug:letter>/", letter_wordings.wording_edit, name="wording_edit"),
    path(
        "stationery/wording/<slug:letter>/versions/",
        wording_versions.wording_versions,
        name="wording_versions",
    ),
    path(
        "stationery/wording/<slug:letter>/put-back/",
        wording_versions.wording_put_back,
        name="wording_put_back",
    ),
    path(
        "stationery/wording/<slug:letter>/use-again/",
        wording_versions.wording_use_again,
        name="wording_use_again",
    ),
    # a person's other programs
    path("access/", access.access, name="access"),
    path("access/calendar/new/", access.feed_new, name="feed_new"),
    path("access/calendar/end/", access.feed_end, name="feed_end"),
    path("access/token/new/", access.token_new, name="token_new"),
    path("access/token/<int:pk>/end/", access.token_end, name="token_end"),
    path("access/webhooks/", webhooks_told.webhook_list, name="webhook_list"),
    path("access/webhooks/new/", webhooks_told.webhook_new, name="webhook_new"),
    path("access/webhooks/<int:pk>/", webhooks_told.webhook_page, name="webhook_page"),
    path("access/webhooks/<int:pk>/secret/", webhooks_told.webhook_secret, name="webhook_secret"),
    path("access/webhooks/<int:pk>/end/", webhooks_told.webhook_end, name="webhook_end"),
    path("access/messages/<int:pk>/again/", webhooks_told.webhook_again, name="webhook_again"),
    path("calendar/<str:token>.ics", feed.calendar_feed, name="calendar_feed"),
    path("api/", include("requests_app.api.urls")),
    path("settings/", members.newsroom_settings, name="newsroom_settings"),
]

# Providers' webhooks, where their secrets are configured.
urlpatterns += webhooks.urls()
