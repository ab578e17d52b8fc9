"""The API's addresses; tests/views walks them as every role and as nobody."""

from django.urls import path, re_path
from drf_spectacular.views import SpectacularAPIView

from cities.schema.offices import RequestKind
from requests_app.api import docs_page
from requests_app.api.protocol.views import NothingHere
from requests_app.api.reading import appeals, cities, files, ledger, newsroom, requests
from requests_app.api.writing import appeals as challenges
from requests_app.api.writing import drafts
from requests_app.api.writing import people_and_corrections as people
from requests_app.api.writing.record import Record
from requests_app.forms.requests.recorded_acts import BINDINGS

R, A, M = "requests/<slug:public_id>/", "appeals/<int:pk>/", "messages/<int:pk>/"

READ = [
    path("me/", newsroom.Me.as_view(), name="api_me"),
    path("members/", newsroom.MemberList.as_view(), name="api_members"),
    path("requests/", requests.RequestList.as_view(), name="api_requests"),
    path(R, requests.RequestDetail.as_view(), name="api_request"),
    path(R + "deadlines/", requests.DeadlineList.as_view(), name="api_deadlines"),
    path(R + "events/", ledger.EventList.as_view(), name="api_events"),
    path(R + "communications/", ledger.CommunicationList.as_view(), name="api_communications"),
    path(R + "letters/", ledger.LetterList.as_view(), name="api_letters"),
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
    path("reminders/", appeals.ReminderList.as_view(), name="api_reminders"),
    path("cities/", cities.CityList.as_view(), name="api_cities"),
    path("cities/<slug:state>/<slug:city>/", cities.CityDetail.as_view(), name="api_city"),
    path("datasets/", cities.DatasetList.as_view(), name="api_datasets"),
    path("datasets/<int:pk>/", cities.DatasetDetail.as_view(), name="api_dataset"),
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
    path(A + "file/", challenges.FileAppeal.as_view(), name="api_appeal_file"),
    path(A + "received/", challenges.ReceiveAppeal.as_view(), name="api_appeal_received"),
    path(A + "decide/", challenges.DecideAppeal.as_view(), name="api_appeal_decide"),
    path(A + "withdraw/", challenges.WithdrawAppeal.as_view(), name="api_appeal_withdraw"),
    path(M + "correspondence/", people.KeepAsCorrespondence.as_view(), name="api_correspondence"),
    path(M + "take-out/", people.TakeOut.as_view(), name="api_take_out"),
    path("reminders/<int:pk>/done/", people.ReminderDone.as_view(), name="api_reminder_done"),
]

urlpatterns = [
    path("docs/", docs_page.docs, name="api_docs"),
    path("schema/", SpectacularAPIView.as_view(), name="api_schema"),
    *READ,
    *WRITE,
    re_path("", NothingHere.as_view(), name="api_nothing_here"),
]
