"""A codebook frozen by codings, codings blind to one another, and disagreements settled."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from requests_app.actions.errors import Refused
from requests_app.actions.research import (
    assigning,
    codebooks,
    coding,
    log_entries,
    projects,
    resolving,
)
from requests_app.actions.research.assigning import CodingPlan
from requests_app.actions.research.codebooks import VariableChange
from requests_app.actions.research.coding import Window
from requests_app.actions.research.resolving import Settled
from requests_app.ledger.attribution import Attribution
from requests_app.models import Coding, CodingDraft, ProjectPlacement, Resolution, Role, User
from requests_app.research.coding import variables
from requests_app.research.coding.agreeing import agreement_in
from requests_app.research.coding.coded_values import HowCoded, coded_values
from requests_app.research.coding.codes import Code
from requests_app.research.coding.variables import Variable
from requests_app.vocabulary.research.variable_types import VariableType
from tests.factories import NOW, draft, member
from tests.research.coding_project import (
    CLEAR,
    IS_CLEAR,
    Study,
    entry_of,
    finished,
    given,
    saved,
    study,
)
from tests.research.entries import a_logged_appeal, logged

pytestmark = pytest.mark.django_db


def by(who: User) -> Attribution:
    return Attribution(who, NOW)


def change(of: Study, after: Variable, *, keeps_meaning: bool) -> None:
    of.project.codebook.refresh_from_db()
    seen = of.project.codebook.revision
    change = VariableChange(after, keeps_meaning)
    codebooks.change(of.project, after.key, change, seen=seen, by=by(of.editor))


def settle(of: Study, who: User, clear: str, *, seen: int = 0, reason: str = "Read it.") -> Any:
    settled = Settled(CLEAR, Code(clear), reason, seen)
    return resolving.resolve(of.project, of.entries[0], settled, by=by(who))


def values(of: Study, viewer: User | None, key: str = CLEAR) -> list[tuple[str, HowCoded]]:
    found = coded_values(of.project, viewer=viewer)
    return [(one.code, one.how) for one in found if one.variable.key == key]


# -- projects --
def test_a_request_put_into_a_project_takes_its_entries_along_and_says_who_did_it():
    request = draft()
    project = projects.make(request.newsroom, name="A", description="", by=by(request.created_by))

    projects.put_request(request, project, by=by(request.created_by))

    request.refresh_from_db()
    placed = ProjectPlacement.objects.get()
    assert request.project == project
    assert (placed.project, placed.placed_by, placed.placed_at) == (
        project, request.created_by, NOW
    )  # fmt: skip


def test_entries_of_another_newsroom_are_put_into_no_project():
    of = study()
    stranger = member(Role.ADMIN)
    theirs = projects.make(stranger.membership.newsroom, name="B", description="", by=by(stranger))

    with pytest.raises(Refused, match="not there any more"):
        projects.put_entries([of.entries[0].pk], theirs, by=by(stranger))
    with pytest.raises(Refused, match="another newsroom"):
        projects.put_entries([logged(of.ana).pk], theirs, by=by(of.ana))


def test_an_entry_that_somebody_is_coding_is_not_taken_out_of_its_project():
    of = study()

    with pytest.raises(Refused, match="take that back first"):
        projects.put_entries([of.entries[0].pk], None, by=by(of.editor))


# -- codebook versions --
def test_a_version_is_frozen_by_the_first_coding_and_the_next_change_begins_the_next():
    of = study()
    assert of.project.versions.count() == 0

    saved(of.entries[0], of.ana)
    change(of, replace(IS_CLEAR, label="Ground stated?"), keeps_meaning=True)
    finished(of.entries[0], of.ben)

    numbers = {one.coder_id: one.version.number for one in CodingDraft.objects.all()}
    assert numbers == {of.ana.pk: 1}
    assert Coding.objects.get().version.number == 2


def test_before_anybody_codes_by_it_a_codebook_changes_freely():
    of = study()

    change(of, replace(IS_CLEAR, values=IS_CLEAR.values[:2]), keeps_meaning=True)

    of.project.codebook.refresh_from_db()
    [clear, _] = variables.read(of.project.codebook.variables)
    assert (clear.meaning, len(clear.values)) == (1, 2)


def test_a_corrected_label_keeps_the_codes_made_before_and_a_changed_meaning_does_not():
    of = study()
    finished(of.entries[0], of.ana)
    finished(of.entries[0], of.ben)

    change(of, replace(IS_CLEAR, label="Ground stated?"), keeps_meaning=True)
    corrected = values(of, of.editor)
    change(of, replace(IS_CLEAR, rules="Only where a section is cited."), keeps_meaning=False)

    assert corrected == [("stated", HowCoded.AGREED)]
    assert values(of, of.editor) == [("", HowCoded.NOT_CODED)]


@pytest.mark.parametrize(
    "after",
    [
        replace(IS_CLEAR, values=IS_CLEAR.values[1:]),
        replace(IS_CLEAR, type=VariableType.YES_NO, values=()),
    ],
)
def test_what_changes_the_meaning_is_not_passed_off_as_a_correction(after: Variable):
    of = study()
    finished(of.entries[0], of.ana)

    with pytest.raises(Refused, match="changes what the variable means"):
        change(of, after, keeps_meaning=True)


def test_a_variable_removed_and_made_again_under_its_key_is_another():
    of = study()
    finished(of.entries[0], of.ana)
    finished(of.entries[0], of.ben)

    codebooks.remove(of.project, CLEAR, seen=2, by=by(of.editor))
    gone = list(values(of, of.editor))
    codebooks.add(of.project, IS_CLEAR, seen=3, by=by(of.editor))

    assert gone == []
    assert values(of, of.editor) == [("", HowCoded.NOT_CODED)]
    assert Coding.objects.filter(codes__has_key=CLEAR).count() == 2


def test_two_who_change_the_codebook_at_once_do_not_overwrite_one_another():
    of = study()
    changed = VariableChange(replace(IS_CLEAR, label="One"), keeps_meaning=True)
    codebooks.change(of.project, CLEAR, changed, seen=2, by=by(of.editor))

    with pytest.raises(Refused, match="Somebody changed the codebook meanwhile"):
        codebooks.change(of.project, CLEAR, changed, seen=2, by=by(of.ana))


def test_a_codebook_edited_while_somebody_codes_leaves_them_their_version():
    of = study()
    saved(of.entries[0], of.ana)
    change(of, replace(IS_CLEAR, values=IS_CLEAR.values[:2]), keeps_meaning=False)

    coded = finished(of.entries[0], of.ana, given("none"), seen=1)

    assert (coded.version.number, coded.codes[CLEAR]["value"]) == (1, "none")


def test_going_on_by_the_codebook_leaves_out_what_has_no_counterpart():
    of = study()
    saved(of.entries[0], of.ana, given("none", "Nothing."))
    change(of, replace(IS_CLEAR, values=IS_CLEAR.values[:2]), keeps_meaning=False)

    draft = coding.go_on_by_the_codebook(entry_of(of.entries[0]), by=by(of.ana))

    assert (draft.version.number, list(draft.codes)) == (2, ["note"])


# -- a coding --
@pytest.mark.parametrize(
    ("codes", "problem"),
    [
        ({CLEAR: Code("")}, "is required"),
        (given() | {"note": Code("Vague.")}, "needs the passage"),
        (given() | {"note": Code("Vague.", "no ground")}, "in which document"),
        (given() | {"note": Code("Vague.", "It named many", "decision")}, "does not stand there"),
        ({CLEAR: Code("maybe")}, "has no value “maybe”"),
        ({"age": Code("4")}, "asks no such thing"),
    ],
)
def test_a_coding_is_not_finished_while_something_is_missing_or_wrong(codes: Any, problem: str):
    of = study()

    with pytest.raises(Refused, match=problem):
        finished(of.entries[0], of.ana, codes)

    assert Coding.objects.count() == 0


def test_a_second_window_does_not_overwrite_what_the_first_saved():
    of = study()
    saved(of.entries[0], of.ana)

    with pytest.raises(Refused, match="another window"):
        saved(of.entries[0], of.ana, given("vague"))


def test_a_window_does_not_run_into_what_it_saved_itself():
    of = study()
    window = Window(0, "tab")
    entry = entry_of(of.entries[0])
    coding.keep(entry, given(), window=window, by=by(of.ana))

    coded = coding.finish(entry, given("vague"), window=window, by=by(of.ana))

    assert coded.codes[CLEAR]["value"] == "vague"


def test_a_later_coding_supersedes_and_both_are_kept():
    of = study()
    first = finished(of.entries[0], of.ana)

    second = finished(of.entries[0], of.ana, given("vague"))

    assert second.supersedes == first
    assert list(Coding.objects.latest_of_each()) == [second]
    assert Coding.objects.count() == 2


def test_the_database_itself_keeps_a_finished_coding():
    of = study()
    finished(of.entries[0], of.ana)

    with pytest.raises(DatabaseError), transaction.atomic():
        Coding.objects.update(codes={})
    with pytest.raises(DatabaseError), transaction.atomic():
        of.project.versions.update(variables=[])


def test_who_was_not_assigned_an_entry_does_not_code_it():
    of = study()

    with pytest.raises(Refused, match="not assigned to you"):
        saved(of.entries[0], of.editor)


# -- blind --
def test_anothers_codes_are_read_only_once_ones_own_are_finished():
    of = study()
    of_ana = finished(of.entries[0], of.ana)
    before = list(Coding.objects.seen_by(of.ben))

    of_ben = finished(of.entries[0], of.ben)

    assert before == []
    assert set(Coding.objects.seen_by(of.ben)) == {of_ana, of_ben}


def test_who_does_not_code_reads_an_entry_once_everybody_has_finished_it():
    of = study(2)
    done = [finished(of.entries[0], who) for who in (of.ana, of.ben)]
    finished(of.entries[1], of.ana)

    assert list(Coding.objects.seen_by(of.editor)) == done
    assert values(of, None) == [("stated", HowCoded.AGREED)]


def test_another_newsroom_reads_no_codes():
    of = study()
    for who in (of.ana, of.ben):
        finished(of.entries[0], who)

    assert list(Coding.objects.seen_by(member(Role.ADMIN))) == []


def test_codes_given_after_the_others_were_open_are_not_blind_and_not_counted():
    of = study()
    finished(of.entries[0], of.ana, given("stated"))
    finished(of.entries[0], of.ben, given("vague"))

    again = finished(of.entries[0], of.ben, given("stated"))

    found = agreement_in(of.project, viewer=of.ana)
    assert not again.is_blind
    assert found.left_out == 1
    assert found.rows[0].agreement.percent == 0


def test_who_could_have_read_the_codes_before_they_were_named_codes_not_blind():
    of = study()
    for who in (of.ana, of.ben):
        finished(of.entries[0], who)
    assigning.assign(of.project, CodingPlan([of.editor], 0, "late"), by=by(of.editor))

    assert not finished(of.entries[0], of.editor).is_blind


def test_a_coder_who_left_keeps_nobody_waiting_and_their_codings_stay():
    of = study(2)
    finished(of.entries[0], of.ana)
    finished(of.entries[0], of.ben)
    finished(of.entries[1], of.ben)

    of.ana.is_active = False
    of.ana.save()

    assert values(of, of.editor) == [("stated", HowCoded.AGREED), ("stated", HowCoded.ONE_CODER)]


def test_what_a_coder_has_not_finished_is_taken_back():
    of = study(2)
    finished(of.entries[0], of.ana)

    assert assigning.end_unfinished(of.project, of.ana, by=by(of.editor)) == 1
    with pytest.raises(Refused, match="not assigned to you"):
        saved(of.entries[1], of.ana)
    with pytest.raises(Refused, match="nothing left"):
        assigning.end_unfinished(of.project, of.ana, by=by(of.editor))


# -- assigning --
def test_a_sample_is_coded_by_all_and_the_rest_is_dealt_out():
    of = study(9)
    for who in (of.ana, of.ben):
        assigning.end_unfinished(of.project, who, by=by(of.editor))

    draw = assigning.assign(of.project, CodingPlan([of.ana, of.ben], 3, "seed"), by=by(of.editor))

    counts = [draw.assignments.filter(coder=who).count() for who in (of.ana, of.ben)]
    assert counts == [6, 6]
    assert len(draw.twice) == 3


@pytest.mark.parametrize(
    ("size", "coders", "problem"),
    [
        (1, 1, "at least two coders"),
        (2, 2, "from 0 to 1 entries"),
        (1, 0, "at least two coders"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(size: int, coders: int, problem: str):
    of = study()

    with pytest.raises(Refused, match=problem):
        plan = CodingPlan([of.ana, of.ben][:coders], size, "seed")
        assigning.assign(of.project, plan, by=by(of.editor))


def test_nobody_of_another_newsroom_is_made_a_coder():
    of = study()
    plan = CodingPlan([of.ana, member(Role.RESEARCHER)], 1, "seed")

    with pytest.raises(Refused, match="works in this newsroom"):
        assigning.assign(of.project, plan, by=by(of.editor))


# -- settled --
def test_a_disagreement_is_settled_beside_the_raw_codings():
    of = study()
    finished(of.entries[0], of.ana, given("stated"))
    finished(of.entries[0], of.ben, given("vague"))
    assert values(of, of.editor) == [("", HowCoded.DISAGREED)]

    settle(of, of.editor, "vague")

    assert values(of, of.editor) == [("vague", HowCoded.RESOLVED)]
    raw = [coding.codes[CLEAR]["value"] for coding in Coding.objects.order_by("pk")]
    assert raw == ["stated", "vague"]


def test_two_who_settle_at_once_do_not_overwrite_one_another():
    of = study()
    finished(of.entries[0], of.ana, given("stated"))
    finished(of.entries[0], of.ben, given("vague"))
    settle(of, of.editor, "vague")

    with pytest.raises(Refused, match="Somebody resolved this meanwhile"):
        settle(of, of.ana, "stated")

    assert Resolution.objects.count() == 1


def test_who_may_not_read_the_codes_yet_settles_nothing():
    of = study()
    finished(of.entries[0], of.ana)

    with pytest.raises(Refused, match="not yours to read yet"):
        settle(of, of.ben, "vague")


def test_a_settlement_without_its_reason_is_refused():
    of = study()
    finished(of.entries[0], of.ana, given("stated"))
    finished(of.entries[0], of.ben, given("vague"))

    with pytest.raises(Refused, match="Say why"):
        settle(of, of.editor, "vague", reason="  ")


# -- agreement --
def test_agreement_is_of_what_was_coded_blind_variable_by_variable():
    of = study(3)
    for entry, (one, other) in zip(
        of.entries, [("stated", "stated"), ("vague", "vague"), ("none", "vague")], strict=True
    ):
        finished(entry, of.ana, given(one))
        finished(entry, of.ben, given(other))

    clear, note = agreement_in(of.project, viewer=of.editor).rows

    assert (clear.agreement.units, clear.agreement.pairs) == (3, 3)
    assert clear.agreement.percent == pytest.approx(66.7, abs=0.05)
    # Coincidences: stated 2, vague 2 + 1 + 1 off; alpha = 1 - (6 - 1) * 2 / 22.
    assert clear.agreement.alpha == pytest.approx(0.545, abs=0.0005)
    assert (note.agreement, note.why_not.startswith("Free text")) == (None, True)


def test_a_coder_is_told_of_agreement_only_on_what_they_finished():
    of = study(2)
    finished(of.entries[0], of.ana)
    finished(of.entries[0], of.ben)
    finished(of.entries[1], of.ana)

    found = agreement_in(of.project, viewer=of.ben)

    assert (found.rows[0].agreement.units, found.held_back) == (1, 1)
    assert found.rows[0].why_not.startswith("Every coding is the same code")


def test_a_project_in_which_nobody_coded_twice_says_why_there_is_no_alpha():
    of = study()

    [row, _] = agreement_in(of.project, viewer=of.editor).rows

    assert (row.agreement.alpha, row.agreement.units) == (None, 0)
    assert row.why_not.startswith("No unit was coded by two people")


def test_an_entry_that_somebody_is_coding_leaves_its_project_by_no_correction_and_stays_logged():
    of = study()

    with pytest.raises(Refused, match="take that back first"):
        log_entries.correct(of.entries[0], a_logged_appeal(project=None), by=by(of.editor))
    with pytest.raises(Refused, match="It is coded in a project"):
        log_entries.take_out(of.entries[0])
