"""A legal sentence that the reporter changed or left out is noticed; anything else may change."""

import pytest

from requests_app.letters.facts.due_day import MARK
from requests_app.letters.wording.legal_text import changed_legal_sentences, legal_sentences

OPENING = (
    "Under the Connecticut Freedom of Information Act (Conn. Gen. Stat. § 1-200 et seq.), we "
    "request copies of the following records:"
)
DEADLINE = f"Section 1-206(a) gives four business days; on our count that time ends on {MARK}."
SILENCE = "After that day § 1-206(a) treats the city’s silence as a denial."
QUOTED = "The right is to “any recorded data.”"
TEXT = f"""\
Dear City Clerk:

{OPENING}

1. complaints under 42 U.S.C. § 1983
2. the log

{DEADLINE} {SILENCE}

## What the law says

{QUOTED} Please write to us. Thank you.
"""
LEGAL = legal_sentences(
    TEXT, law=[DEADLINE, SILENCE, QUOTED], ours=[["complaints under 42 U.S.C. § 1983", "the log"]]
)


def departed(text: str) -> tuple[str, ...]:
    return changed_legal_sentences(LEGAL, text)


def test_legal_sentences_are_those_that_quote_or_cite_the_law() -> None:
    assert LEGAL == (OPENING, DEADLINE, SILENCE, QUOTED)


def test_citation_that_the_newsroom_typed_is_its_own() -> None:
    text = "Please send us what we asked for.\n\n> the memo on § 1983\n\nWe rely on ORS 192.314."
    typed = ["the memo on § 1983"]
    assert legal_sentences(text, law=[], ours=typed) == ("We rely on ORS 192.314.",)


@pytest.mark.parametrize(
    "sentence",
    [
        "It is due (Conn. Gen. Stat. § 1-206(a)).",
        "See Code Civ. Proc. § 12a, and Attorney General v. City of Kansas City, No. 2516.",
        "The fee is limited by Mo. Rev. Stat. § 610.026.1(1).",
    ],
)
def test_citation_with_its_stops_is_one_sentence(sentence: str) -> None:
    text = f"Before it. {sentence} After it."
    assert legal_sentences(text, law=[], ours=[]) == (sentence,)


def test_letter_as_it_was_written_departs_from_nothing() -> None:
    assert departed(TEXT) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("four business days", "five business days"),
        ("§ 1-206(a) treats", "§ 1-206(b) treats"),
        ("§ 1-206(a) treats", "§ 1-207(a) treats"),
        ("as a denial.", "as a denial, we think."),
        ("After that day §", "Perhaps after that day §"),
    ],
)
def test_changed_word_or_digit_is_a_departure(old: str, new: str) -> None:
    changed = departed(TEXT.replace(old, new, 1))
    assert changed == tuple(sentence for sentence in LEGAL if old in sentence)
    assert len(changed) == 1


def test_sentence_that_was_taken_out_is_a_departure() -> None:
    assert departed(TEXT.replace(SILENCE, "")) == (SILENCE,)


def test_everything_gone_is_every_sentence_in_order() -> None:
    assert departed("Please send us the records.") == LEGAL


def test_sentence_in_the_middle_of_another_is_a_departure() -> None:
    assert departed(TEXT.replace(SILENCE, f"We do not say that {SILENCE}")) == (SILENCE,)
    assert departed(TEXT.replace(DEADLINE, DEADLINE[:-1])) == (DEADLINE,)


@pytest.mark.parametrize(
    "unchanged",
    [
        TEXT.replace(f"{DEADLINE} {SILENCE}", f"{SILENCE} {DEADLINE}"),  # exchanged
        f"{SILENCE}\n\n{TEXT.replace(SILENCE, '')}",  # moved
        TEXT.replace("’", "'").replace("“", '"').replace("”", '"'),
        TEXT.replace(" ", "  ").replace("  1", "\n1"),
        TEXT.replace("(a)", r"\(a\)").replace("§ 1-206", "§\u00a01-206"),
        TEXT.replace("Thank you.", "Thank you very much. We look forward to your answer."),
        TEXT.replace(f"{SILENCE}", f"\n\n- {SILENCE}"),
        TEXT.replace(MARK, "Friday, November 6, 2026"),  # filled in by the desk
    ],
)
def test_what_is_no_departure(unchanged: str) -> None:
    assert departed(unchanged) == ()


def test_day_that_was_changed_to_no_day_is_a_departure() -> None:
    assert departed(TEXT.replace(MARK, "soon")) == (DEADLINE,)
