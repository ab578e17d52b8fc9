"""Every page of the desk. tests/views walks this list as every role and as nobody."""

from django.urls import include, path
from django.views.generic import TemplateView

from requests_app.views import (
    access,
    appeals,
    board,
    cities,
    city_calendar,
    deliveries,
    drafting,
    feed,
    files,
    founding,
    health,
    members,
    recording,
    request_list,
    request_page,
    review,
    sharing,
    submission,
)

R = "requests/<slug:public_id>/"
C = "cities/<slug:state>/<slug:city>/"

urlpatterns = [
    path("", board.board, name="board"),
    path("setup/", founding.first_newsroom, name="first_newsroom"),
    path("health/", health.health, name="health"),
    # Before allauth's own, which it ends in: where there is no newsroom it leads to setup.
    path("accounts/login/", founding.sign_in, name="account_login"),
    path("keys/", TemplateView.as_view(template_name="keys.html"), name="keys"),
    # requests
    path("requests/", request_list.request_list, name="request_list"),
    path("requests/new/", drafting.request_new, name="request_new"),
    path(R, request_page.request_page, name="request_page"),
    path(R + "deadlines/<int:pk>.txt", request_page.deadline_text, name="deadline_text"),
    path(R + "edit/", drafting.request_edit, name="request_edit"),
    path(R + "preview.pdf", drafting.request_preview, name="request_preview"),
    path(
        R + "preview/<int:number>.png", drafting.request_preview_page, name="request_preview_page"
    ),
    path(R + "review/", review.send_to_review, name="send_to_review"),
    path(R + "approve/", review.approve, name="approve"),
    path(R + "return/", review.return_to_draft, name="return_to_draft"),
    path(R + "submit/", submission.request_submit, name="request_submit"),
    path(R + "record/<slug:act>/", recording.record_act, name="record_act"),
    path(R + "assign/", sharing.assign, name="assign"),
    path(R + "share/", sharing.share, name="share"),
    path(R + "appeals/new/<slug:route>/", appeals.appeal_new, name="appeal_new"),
    # appeals
    path("appeals/", appeals.appeal_list, name="appeal_list"),
    path("appeals/<int:pk>/", appeals.appeal_page, name="appeal_page"),
    path("appeals/<int:pk>/edit/", appeals.appeal_edit, name="appeal_edit"),
    path("appeals/<int:pk>/preview.pdf", appeals.appeal_preview, name="appeal_preview"),
    path("appeals/<int:pk>/file/", appeals.appeal_file, name="appeal_file"),
    path("appeals/<int:pk>/received/", appeals.appeal_received, name="appeal_received"),
    path("appeals/<int:pk>/decide/", appeals.appeal_decide, name="appeal_decide"),
    path("appeals/<int:pk>/withdraw/", appeals.appeal_withdraw, name="appeal_withdraw"),
    # letters, files, sendings
    path("letters/<int:pk>.pdf", files.letter_pdf, name="letter_pdf"),
    path("attachments/<int:pk>/", files.attachment_download, name="attachment_download"),
    path("deliveries/", deliveries.delivery_list, name="delivery_list"),
    path(
        "deliveries/<int:pk>/hand-over/", deliveries.delivery_hand_over, name="delivery_hand_over"
    ),
    path("deliveries/<int:pk>/retry/", deliveries.delivery_retry, name="delivery_retry"),
    path("deliveries/<int:pk>/confirm/", deliveries.delivery_confirm, name="delivery_confirm"),
    # cities
    path("cities/", cities.city_list, name="city_list"),
    path(C, cities.city_page, name="city_page"),
    path(C + "calendar/", city_calendar.city_calendar, name="city_calendar"),
    path(C + "offices/<slug:role>/", cities.office_entry, name="office_entry"),
    path(C + "closures/new/", cities.closure_new, name="closure_new"),
    # the newsroom
    path("members/", members.member_list, name="member_list"),
    path("members/new/", members.member_new, name="member_new"),
    path("members/<int:pk>/", members.member_edit, name="member_edit"),
    # a person's other programs
    path("access/", access.access, name="access"),
    path("access/calendar/new/", access.feed_new, name="feed_new"),
    path("access/calendar/end/", access.feed_end, name="feed_end"),
    path("access/token/new/", access.token_new, name="token_new"),
    path("access/token/end/", access.token_end, name="token_end"),
    path("calendar/<str:token>.ics", feed.calendar_feed, name="calendar_feed"),
    path("api/", include("requests_app.api.urls")),
    path("settings/", members.newsroom_settings, name="newsroom_settings"),
]
