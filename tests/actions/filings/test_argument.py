"""The argument and the relief of a draft: proposed from the pack, chosen, written, and refused."""

from datetime import timedelta

import pytest

from cities.schema.facts import Confidence
from requests_app.actions.errors import Refused
from requests_app.actions.filings import argument
from requests_app.actions.filings.argument import ArgumentChanges, OwnParagraph, ParagraphChange
from requests_app.actions.requests import appeals, city_determinations
from requests_app.demo.finished_drafts import finish
from requests_app.letters.facts import argument_facts
from requests_app.letters.facts.claimed_grounds import challenged
from requests_app.models import Appeal, ArgumentParagraph
from tests.factories import BY_EMAIL, NOW, TODAY, acting, said, submitted

pytestmark = pytest.mark.django_db

DRAFTS = "§ 1-210(b)(1)"


def drafted(*claims: str) -> Appeal:
    request = submitted()
    city_determinations.deny(request, answer=said(), exemptions=list(claims), **acting(request))
    return appeals.draft(request, route="foic", **acting(request))


def changed(appeal: Appeal, **changes: object) -> Appeal:
    values = ArgumentChanges(**changes)  # type: ignore[arg-type]
    return argument.change(appeal, values, **acting(appeal.records_request))


def row(appeal: Appeal, slug: str) -> ArgumentParagraph:
    return appeal.argument_paragraphs.get(argument=slug)


def headings(appeal: Appeal) -> list[str]:
    return [line for line in appeal.letter_text.splitlines() if line.startswith("###")]


def test_every_claim_is_answered_under_its_own_heading():
    appeal = drafted(DRAFTS, "Conn. Gen. Stat. § 1-210(b)(2)")

    assert headings(appeal) == [
        "### What the law requires of the city",
        "### The claim under Conn. Gen. Stat. § 1-210(b)(1)",
        "### The claim under Conn. Gen. Stat. § 1-210(b)(2)",
    ]


def test_what_is_true_of_every_claim_is_said_once_each():
    appeal = drafted(DRAFTS)

    general = appeal.argument_paragraphs.filter(about="", is_chosen=True)

    assert [one.argument for one in general] == [
        "burden", "narrow_reading", "segregation", "ground_in_writing",
    ]  # fmt: skip


def test_a_claim_that_the_pack_does_not_know_is_a_gap_that_stops_the_filing():
    appeal = drafted("§ 99-1")
    finish(appeal, **acting(appeal.records_request))
    own = appeal.argument_paragraphs.get(claim="§ 99-1")
    changed(appeal, paragraphs={own.pk: ParagraphChange(True, own.text, {})})

    with pytest.raises(Refused, match=r"\[\[why § 99-1 does not cover these records\]\]"):
        appeals.file(appeal, sending=BY_EMAIL, **acting(appeal.records_request))


def test_a_person_says_which_exemption_the_city_means():
    appeal = drafted("§ 99-1")

    changed(appeal, named={"§ 99-1": "drafts_and_notes"})

    assert not appeal.argument_paragraphs.filter(claim="§ 99-1", argument="").exists()
    assert headings(appeal)[1:] == ["### The claim under Conn. Gen. Stat. § 1-210(b)(1)"]


def test_an_unverified_argument_is_never_printed(monkeypatch: pytest.MonkeyPatch):
    appeal = drafted(DRAFTS)
    what = challenged(appeal, on=TODAY)
    one = row(appeal, "advice_between_agencies")
    known = what.argument(one.about, one.argument)
    assert known
    doubtful = known.model_copy(update={"confidence": Confidence.UNVERIFIED})
    packs = type(what).argument
    monkeypatch.setattr(
        type(what),
        "argument",
        lambda self, about, slug: doubtful if slug == one.argument else packs(self, about, slug),
    )
    one.text, one.is_chosen = "Edited by somebody.", True

    assert argument_facts.printed_groups(what, [one]) == []
    with pytest.raises(Refused, match="not verified"):
        changed(appeal, paragraphs={one.pk: ParagraphChange(True, one.text, {})})


def test_an_answer_fills_its_gap_in_the_letter():
    appeal = drafted(DRAFTS)
    one = row(appeal, "ground_in_writing")
    what = challenged(appeal, on=TODAY)
    answer = {"what it gives as its ground": "one word"}

    changed(
        appeal,
        paragraphs={one.pk: ParagraphChange(True, argument_facts.words_of(what, one), answer)},
    )

    assert "The denial of November 2, 2026 gives one word." in appeal.letter_text
    assert row(appeal, "ground_in_writing").text == ""


def test_an_answer_may_not_open_another_gap():
    appeal = drafted(DRAFTS)
    one = row(appeal, "ground_in_writing")
    gap = {"what it gives as its ground": "[[later]]"}

    with pytest.raises(Refused, match="still has a place to fill in"):
        changed(appeal, paragraphs={one.pk: ParagraphChange(True, "", gap)})


def test_what_the_writer_did_in_the_letter_stays():
    appeal = drafted(DRAFTS)
    edited = appeal.letter_text.replace("Dear Commissioners", "Dear Chair")
    by = acting(appeal.records_request)["by"].user
    appeals.edit_letter(appeal, by=by, text=edited)
    one = row(appeal, "narrow_reading")

    changed(appeal, paragraphs={one.pk: ParagraphChange(False, "", {})})

    assert appeal.letter_text.startswith("Dear Chair:")
    assert "construed narrowly" not in appeal.letter_text


def test_paragraphs_move_within_their_ground():
    appeal = drafted(DRAFTS)
    second = row(appeal, "narrow_reading")

    changed(appeal, moved=(second.pk, -1))
    changed(appeal, moved=(second.pk, -1))

    order = [one.argument for one in appeal.argument_paragraphs.filter(about="")]
    assert order[:3] == ["narrow_reading", "burden", "segregation"]
    text = appeal.letter_text
    assert text.index("construed narrowly") < text.index("bears the burden of proving")


def test_a_paragraph_of_ones_own_is_printed_and_goes_when_it_is_emptied():
    appeal = drafted(DRAFTS)
    changed(
        appeal, own=OwnParagraph("The log was read aloud in council.", DRAFTS, "drafts_and_notes")
    )
    assert "read aloud in council" in appeal.letter_text
    own = appeal.argument_paragraphs.get(argument="")

    changed(appeal, paragraphs={own.pk: ParagraphChange(True, " ", {})})

    assert "read aloud in council" not in appeal.letter_text


def test_a_ground_that_nobody_claimed_takes_no_paragraph():
    with pytest.raises(Refused, match="claimed no such ground"):
        changed(drafted(DRAFTS), own=OwnParagraph("Words.", "§ 7", ""))


def test_relief_is_a_series_without_holes():
    appeal = drafted(DRAFTS)

    changed(appeal, reliefs=("find_violation", "civil_penalty"), own_reliefs=("Order an apology.",))

    asked = appeal.letter_text.partition("## What we ask")[2]
    entries = [line for line in asked.splitlines() if line[:1].isdigit()]
    assert [entry[:3] for entry in entries] == ["1. ", "2. ", "3. "]
    assert entries[0].endswith(";")
    assert entries[1].endswith("; and")
    assert entries[2] == "3. order an apology."


@pytest.mark.parametrize(
    ("reliefs", "why"), [((), "at least one thing"), (("free_lunch",), "cannot be asked for")]
)
def test_relief_that_is_none_is_refused(reliefs: tuple[str, ...], why: str):
    appeal = drafted(DRAFTS)

    with pytest.raises(Refused, match=why):
        changed(appeal, reliefs=reliefs)

    assert appeal.chosen_reliefs.count() == 2


def test_a_page_that_somebody_overtook_changes_nothing():
    appeal = drafted(DRAFTS)
    seen = argument.mark_of(appeal)
    changed(appeal)
    before = appeal.letter_text

    with pytest.raises(Refused, match="saved this draft meanwhile"):
        argument.change(
            appeal,
            ArgumentChanges(reliefs=("civil_penalty",)),
            instead_of=seen,
            **acting(appeal.records_request),
        )

    assert Appeal.objects.get(pk=appeal.pk).letter_text == before


def test_a_draft_that_the_facts_left_behind_is_brought_up_to_date_first():
    appeal = drafted(DRAFTS)
    request, later = appeal.records_request, NOW + timedelta(days=3)
    city_determinations.grant_in_part(
        request, answer=said(later.date()), exemptions=[DRAFTS], **acting(request, later)
    )

    with pytest.raises(Refused, match="Bring the draft up to date first"):
        argument.change(appeal, ArgumentChanges(), **acting(request, later))


def test_a_filed_appeal_is_argued_no_more():
    appeal = drafted(DRAFTS)
    finish(appeal, **acting(appeal.records_request))
    appeals.file(appeal, sending=BY_EMAIL, **acting(appeal.records_request))

    with pytest.raises(Refused, match="not changed any more"):
        changed(appeal)
