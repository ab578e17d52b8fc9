"""A project in the browser: its codebook, blind coding, what coders agree in, what is settled."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from requests_app.actions.research import codebooks
from requests_app.ledger.attribution import Attribution
from requests_app.models import Coding, CodingDraft, Project, Resolution, Role
from requests_app.urls import urlpatterns
from tests.factories import NOW, draft, member
from tests.research.coding_project import CLEAR, NOTE, finished, given, saved, study
from tests.research.entries import logged
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db
SECRET = "Anas own words"
OF_A_PROJECT = "projects/<int:pk>/"


def at(client: Client, name: str, *args: Any, **data: Any) -> Any:
    address = reverse(name, args=args)
    return client.post(address, data) if data else client.get(address)


def typed(clear: str = "stated", **more: Any) -> dict[str, Any]:
    return {"seen": 0, "tab": "one", f"code_{CLEAR}": clear, f"code_{NOTE}": "", **more}


def every_page_of(project: Project, entry: int, coding: int) -> list[str]:
    """Each address under a project, whoever it is for, and the coding's own."""
    known = {"pk": project.pk, "entry": entry, "key": CLEAR, "number": 1, "coder": 1}
    found = [reverse("coding_page", args=[coding]), reverse("project_list")]
    for pattern in urlpatterns:
        if str(pattern.pattern).startswith(OF_A_PROJECT):
            names = pattern.pattern.converters
            found.append(reverse(pattern.name, kwargs={name: known[name] for name in names}))
    return found


@pytest.mark.parametrize("who", ["ben", "editor"])
def test_no_page_shows_anothers_codes_before_they_may_be_read(who: str):
    of = study(2)
    coding = finished(of.entries[0], of.ana, given("vague", SECRET))
    saved(of.entries[1], of.ana, given("none", SECRET))
    client = signed_in(getattr(of, who))
    addresses = every_page_of(of.project, of.entries[0].pk, coding.pk)

    shown = [address for address in addresses if SECRET in client.get(address).content.decode()]
    by_entry = client.get(
        reverse("disagreements", args=[of.project.pk]), {"entry": of.entries[0].pk}
    )

    assert len(addresses) > 10
    assert shown == []
    assert by_entry.status_code == 404
    assert client.get(reverse("coding_page", args=[coding.pk])).status_code == 404


def test_ones_own_codes_are_there_and_the_others_once_both_are_finished():
    of = study()
    coding = finished(of.entries[0], of.ana, given("vague", SECRET))
    finished(of.entries[0], of.ben)

    for who in (of.ana, of.ben, of.editor):
        assert SECRET in flat(at(signed_in(who), "coding_page", coding.pk))


def test_a_draft_is_saved_as_its_coder_goes_and_the_page_knows_its_revision():
    of = study()
    client = signed_in(of.ana)

    answer = at(client, "code_entry", of.project.pk, of.entries[0].pk, do="keep", **typed())

    draft = CodingDraft.objects.get()
    assert draft.codes[CLEAR]["value"] == "stated"
    assert "Saved 12:00 p.m., by version 1" in flat(answer)
    assert f'name="seen" value="{draft.revision}"' in flat(answer)


def test_what_is_none_of_the_values_is_not_saved_and_the_page_says_so():
    of = study()

    answer = at(
        signed_in(of.ana), "code_entry", of.project.pk, of.entries[0].pk, do="keep",
        **typed("maybe"),
    )  # fmt: skip

    assert "Not saved" in flat(answer)
    assert CodingDraft.objects.count() == 0


def test_a_coding_that_is_finished_goes_on_to_the_next_entry():
    of = study(2)
    client = signed_in(of.ana)

    answer = at(client, "code_entry", of.project.pk, of.entries[0].pk, do="finish", **typed())

    assert answer.url == reverse("code_entry", args=[of.project.pk, of.entries[1].pk])
    assert Coding.objects.get().entry == of.entries[0]


def test_what_a_coding_cannot_be_finished_without_is_not_called_optional():
    of = study()

    page = flat(at(signed_in(of.ana), "code_entry", of.project.pk, of.entries[0].pk))

    assert "Is the ground stated? <span" not in page
    assert 'What the body says <span class="optional">optional</span>' in page


def test_a_coding_without_what_is_required_says_what_is_missing():
    of = study()

    answer = at(
        signed_in(of.ana), "code_entry", of.project.pk, of.entries[0].pk, do="finish", **typed("")
    )

    assert answer.status_code == 422
    assert "“Is the ground stated?” is required: code it." in flat(answer)


def test_a_codebook_that_moved_on_is_offered_to_who_codes_by_the_one_before():
    of = study()
    saved(of.entries[0], of.ana)
    codebooks.remove(of.project, NOTE, seen=2, by=Attribution(of.editor, NOW))

    page = flat(at(signed_in(of.ana), "code_entry", of.project.pk, of.entries[0].pk))

    assert "The codebook was changed since you began." in page
    assert "What the body says" in page


def test_disagreements_stand_side_by_side_and_are_settled_there():
    of = study()
    finished(of.entries[0], of.ana, given("vague", SECRET))
    finished(of.entries[0], of.ben, given("stated"))
    client = signed_in(of.editor)

    page = flat(at(client, "disagreements", of.project.pk))
    answer = client.post(
        reverse("disagreements", args=[of.project.pk]) + f"?entry={of.entries[0].pk}",
        {"variable": CLEAR, "seen": 0, "reason": "It cites none.", f"code_{CLEAR}": "vague"},
    )

    assert "named no ground" in page
    assert answer.status_code == 303
    assert Resolution.objects.get().code["value"] == "vague"
    assert "settled" in flat(client.get(answer["Location"]))


def test_a_reporter_settles_nothing():
    of = study()
    finished(of.entries[0], of.ana, given("vague"))
    finished(of.entries[0], of.ben, given("stated"))
    reporter = member(Role.REPORTER, of.project.newsroom)

    answer = at(
        signed_in(reporter), "disagreements", of.project.pk,
        variable=CLEAR, seen=0, reason="So.", **{f"code_{CLEAR}": "vague"},
    )  # fmt: skip

    assert answer.status_code == 403
    assert Resolution.objects.count() == 0


def test_agreement_says_its_numbers_or_why_there_is_none():
    of = study()
    finished(of.entries[0], of.ana)
    finished(of.entries[0], of.ben)

    page = flat(at(signed_in(of.editor), "agreement", of.project.pk))

    assert "100.0 %" in page
    assert "not to be said." in page
    assert "Every coding is the same code" in page


def test_a_variable_is_written_line_by_line_and_a_wrong_line_is_named():
    of = study()
    client = signed_in(of.editor)
    variable = {
        "seen": 2, "key": "remedy", "label": "Remedy", "type": "ordinal",
        "values": "none = None\nsome = Some\nall = All",
    }  # fmt: skip

    wrong = at(client, "variable_new", of.project.pk, **variable | {"values": "none\nsome = Some"})
    right = at(client, "variable_new", of.project.pk, **variable)

    assert "“none”: write key = label." in flat(wrong)
    assert right.status_code == 303
    of.project.codebook.refresh_from_db()
    assert [one["key"] for one in of.project.codebook.variables] == [CLEAR, NOTE, "remedy"]


def test_entries_are_put_into_a_project_by_selection_and_taken_out_again():
    editor = member(Role.EDITOR)
    client = signed_in(editor)
    rows = [logged(editor, subject=f"Request {number}").pk for number in range(3)]
    client.post(reverse("project_new"), {"name": "Grounds"})
    project = Project.objects.get()

    client.post(reverse("entries_to_project"), {"project": project.pk, "entry": rows[:2]})
    client.post(reverse("entries_to_project"), {"from": project.pk, "entry": rows[:1]})

    assert list(project.log_entries.values_list("pk", flat=True)) == [rows[1]]


def test_anothers_project_is_not_there():
    of = study()
    stranger = member(Role.ADMIN)
    rr = draft(member(newsroom=stranger.membership.newsroom))
    client = signed_in(stranger)

    answer = client.post(
        reverse("request_project", args=[rr.public_id]), {"project": of.project.pk}
    )

    rr.refresh_from_db()
    assert answer.status_code == 303
    assert rr.project is None
    assert at(client, "project_page", of.project.pk).status_code == 404
