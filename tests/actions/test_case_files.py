"""Asking for a case file: one promise, however often the button is pressed."""

import pytest

from requests_app.actions.errors import Refused
from requests_app.actions.requests import case_files
from requests_app.casefile import case_file_queue
from requests_app.models import CaseFile, CaseFileState
from tests.factories import NOW, acting, appealed, draft, in_state, submitted

pytestmark = pytest.mark.django_db


def test_asking_leaves_a_promise_and_hurries_the_worker(
    monkeypatch, django_capture_on_commit_callbacks
):
    sent = []
    monkeypatch.setattr(case_file_queue.current_app, "send_task", lambda *told: sent.append(told))
    request = submitted()

    with django_capture_on_commit_callbacks(execute=True):
        made = case_files.ask(request, kind="whole", **acting(request))

    assert (made.state, made.asked_at, made.asked_by) == ("waiting", NOW, request.created_by)
    assert sent == [("requests_app.casefile.tasks.make_case_file", [made.pk])]


def test_asking_twice_is_the_same_one():
    request = submitted()

    first = case_files.ask(request, kind="whole", **acting(request))
    second = case_files.ask(request, kind="whole", **acting(request))

    assert first == second


def test_with_notes_and_as_a_zip_are_others():
    request = submitted()

    case_files.ask(request, kind="whole", **acting(request))
    case_files.ask(request, kind="whole", has_notes=True, **acting(request))
    case_files.ask(request, kind="archive", **acting(request))

    assert CaseFile.objects.count() == 3


def test_with_files_inside_is_another_and_a_zip_has_them_already():
    request = submitted()

    plain = case_files.ask(request, kind="whole", **acting(request))
    inside = case_files.ask(request, kind="whole", embeds_files=True, **acting(request))
    archive = case_files.ask(request, kind="archive", embeds_files=True, **acting(request))

    assert plain != inside
    assert [row.embeds_files for row in (plain, inside, archive)] == [False, True, False]


@pytest.mark.parametrize("state", [CaseFileState.READY, CaseFileState.FAILED])
def test_one_that_is_done_does_not_stand_in_the_way(state: str):
    request = submitted()
    CaseFile.objects.create(
        records_request=request, kind="whole", asked_by=request.created_by, state=state, file="f"
    )

    made = case_files.ask(request, kind="whole", **acting(request))

    assert made.state == CaseFileState.WAITING


def test_request_that_was_never_filed_has_none():
    request = draft()

    with pytest.raises(Refused, match="begins with the request’s letter"):
        case_files.ask(request, kind="whole", **acting(request))


def test_papers_of_an_appeal_need_one_of_this_request():
    request = in_state("denied")
    appeal = appealed(in_state("denied"))

    with pytest.raises(Refused, match="choose which"):
        case_files.ask(request, kind="bundle", **acting(request))
    with pytest.raises(Refused, match="choose which"):
        case_files.ask(request, kind="whole", appeal=appeal, **acting(request))
    with pytest.raises(Refused, match="belongs to another request"):
        case_files.ask(request, kind="bundle", appeal=appeal, **acting(request))
    assert not CaseFile.objects.exists()


def test_notes_do_not_go_with_an_appeal():
    appeal = appealed(in_state("denied"))
    request = appeal.records_request

    with pytest.raises(Refused, match="do not go with an appeal"):
        case_files.ask(request, kind="bundle", appeal=appeal, has_notes=True, **acting(request))


def test_unknown_kind_is_refused():
    request = submitted()

    with pytest.raises(Refused, match="Choose what to make"):
        case_files.ask(request, kind="poem", **acting(request))
