"""The page that asks for a case file, watches it being made and hands it out."""

import pytest
from django.urls import reverse

from requests_app.models import CaseFile, CaseFileState, Role
from requests_app.storage import content
from tests.factories import appealed, draft, in_state, member, submitted
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db


def page_of(request) -> str:
    return reverse("case_files", args=[request.public_id])


def shown(request, **headers) -> str:
    answer = signed_in(request.created_by).get(page_of(request), headers=headers)
    assert answer.status_code == 200
    return flat(answer)


def row(request, state: str, **fields) -> CaseFile:
    return CaseFile.objects.create(
        records_request=request, kind="whole", state=state, asked_by=request.created_by, **fields
    )


def test_asking_leads_back_to_the_page_and_twice_is_one():
    request = submitted()
    client = signed_in(request.created_by)

    for _ in range(2):
        answer = client.post(page_of(request), {"what": "whole"})
        assert (answer.status_code, answer.headers["Location"]) == (303, page_of(request))

    made = CaseFile.objects.get()
    assert (made.has_notes, made.embeds_files) == (False, False)
    assert "Waiting for the worker" in shown(request)


def test_papers_of_an_appeal_can_be_chosen():
    appeal = appealed(in_state("denied"))
    request = appeal.records_request

    html = shown(request)
    answer = signed_in(request.created_by).post(
        page_of(request), {"what": f"appeal-{appeal.pk}", "has_notes": "on"}
    )

    assert "Papers for: Appeal to the Freedom of Information Commission" in html
    assert answer.status_code == 303
    made = CaseFile.objects.get()
    assert (made.kind, made.appeal, made.has_notes) == ("bundle", appeal, False)


def test_what_was_not_offered_is_refused():
    request = submitted()

    answer = signed_in(request.created_by).post(page_of(request), {"what": "appeal-99"})

    assert answer.status_code == 422
    assert not CaseFile.objects.exists()


def test_progress_is_asked_for_as_long_as_something_moves():
    request = submitted()
    row(request, CaseFileState.MAKING, step="Opening exhibit 3 of 9", done=7, total=20, attempts=2)

    html = shown(request, **{"HX-Request": "true"})

    assert '<progress max="20" value="7"' in html
    assert "Opening exhibit 3 of 9 (try 2)" in html
    assert 'hx-trigger="every 2s"' in html
    assert "<html" not in html


def test_when_all_is_made_nothing_is_asked_for_any_more():
    request = submitted()
    row(request, CaseFileState.READY, file="f", size=2048, page_count=1036)

    html = shown(request)

    assert "hx-trigger" not in html
    assert "1,036 pages" in html


def test_failure_says_why_and_can_be_tried_again():
    request = submitted()
    row(request, CaseFileState.FAILED, problem="The worker stopped three times.")

    html = shown(request)

    assert "The worker stopped three times." in html
    assert "Try again" in html


def test_nothing_is_offered_before_the_request_is_filed():
    html = shown(draft())

    assert "Nothing was filed yet" in html
    assert "Make it" not in html


def test_reader_of_the_newsroom_may_fetch_and_a_reporter_of_others_may_not_ask():
    request = submitted()
    researcher = member(Role.RESEARCHER, request.newsroom)
    other = member(newsroom=request.newsroom)

    assert signed_in(researcher).post(page_of(request), {"what": "whole"}).status_code == 303
    assert signed_in(other).post(page_of(request), {"what": "whole"}).status_code == 404


def test_download_is_a_file_that_nothing_can_run():
    request = submitted()
    name = content.keep(b"%PDF-1.7", folder="case-files/", suffix=".pdf").name
    ready = row(request, CaseFileState.READY, file=name)

    answer = signed_in(request.created_by).get(reverse("case_file_download", args=[ready.pk]))

    assert b"".join(answer.streaming_content) == b"%PDF-1.7"  # type: ignore[attr-defined]
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="{request.reference}-case-file-{ready.asked_at:%Y-%m-%d}.pdf"'
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox"


def test_what_is_not_ready_cannot_be_fetched():
    request = submitted()
    waiting = row(request, CaseFileState.WAITING)

    answer = signed_in(request.created_by).get(reverse("case_file_download", args=[waiting.pk]))

    assert answer.status_code == 404


@pytest.mark.parametrize("count", [1, 15])
def test_page_asks_a_fixed_number_of_queries(count: int, django_assert_num_queries):
    request = submitted()
    for _ in range(count):
        row(request, CaseFileState.READY, file="f")
    client = signed_in(request.created_by)

    with django_assert_num_queries(7):
        answer = client.get(page_of(request))

    assert answer.status_code == 200
