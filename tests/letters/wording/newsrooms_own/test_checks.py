"""What a newsroom's own wording must keep, and for which city it does not."""

import pytest

from requests_app.letters.wording.newsrooms_own import pack_now
from requests_app.letters.wording.newsrooms_own.checks import faults


def said(letter: str, scope: str, text: str) -> list[str]:
    return [str(fault) for fault in faults(letter, scope, text)]


def changed(letter: str, old: str, new: str, scope: str = "") -> str:
    """The pack's wording with one change."""
    text = pack_now.text_for(letter, scope)
    assert old in text
    return text.replace(old, new)


def test_words_of_our_own_around_the_facts_are_taken() -> None:
    text = changed("thanks", "{{ salutation }}:", "{{ salutation }}, and good morning:")

    assert said("thanks", "", text) == []


def test_a_fact_that_is_gone_is_named() -> None:
    text = changed("withdrawal", ", {{ reference }}.", ".")

    assert said("withdrawal", "", text) == [
        "It does not say {{ reference }}, which the pack's letter says."
    ]


def test_whom_a_letter_greets_follows_from_the_office_and_is_not_typed() -> None:
    text = changed("thanks", "{{ salutation }}:", "Dear City Clerk:")

    assert said("thanks", "", text) == [
        "It does not say {{ salutation }}, which the pack's letter says."
    ]


def test_a_fact_that_is_gone_in_one_case_is_named_with_the_way_to_mend_it() -> None:
    text = changed(
        "grounds_request", "or: On {{ answered_on }}, you withheld all or part of what we "
        "requested.\n", "",
    )  # fmt: skip

    assert said("grounds_request", "", text) == [
        (
            "It does not say {{ answered_on }} where another fact of its line is not known: write "
            "a line below it that begins with “or:” and does without that fact."
        )
    ]


def test_an_unknown_fact_is_named_with_the_one_that_was_meant() -> None:
    text = changed("withdrawal", "{{ reason }}", "{{ reasom }}")

    assert said("withdrawal", "", text) == [
        "{{ reasom }} is no fact of this letter; is “reason” meant?."
    ]


@pytest.mark.parametrize("name", ["answers", "city_answer", "wants_fee_waiver", "has_no_clock"])
def test_what_is_never_printed_is_no_place(name: str) -> None:
    text = pack_now.text_for("notice_of_suit", "") + f"\nBecause {{{{ {name} }}}}.\n"

    assert any(f"{{{{ {name} }}}} is no fact" in one for one in said("notice_of_suit", "", text))


def test_law_in_our_own_words_is_taken_with_its_citation() -> None:
    ours = (
        "Pursuant to the Connecticut Freedom of Information Act (Conn. Gen. Stat. § 1-200 et seq.)"
    )
    text = changed("records_request", "{{ request_line }}", ours, "us-ct/stamford")

    assert said("records_request", "us-ct/stamford", text) == []


def test_law_in_our_own_words_is_refused_without_its_citation() -> None:
    text = changed("records_request", "{{ request_line }}", "By law", "us-ct/stamford")

    assert said("records_request", "us-ct/stamford", text) == [
        "It does not say {{ request_line }}, which the pack's letter says."
    ]


def test_one_citys_law_in_a_wording_for_every_city_names_the_others() -> None:
    ours = (
        "Pursuant to the Connecticut Freedom of Information Act (Conn. Gen. Stat. § 1-200 et seq.)"
    )
    text = changed("records_request", "{{ request_line }}", ours)

    assert said("records_request", "", text) == [
        (
            "It cites “1-200”, which no verified entry of the pack has (in Concord, Kansas "
            "City, Portland, Stockton)."
        ),
        (
            "It does not say {{ request_line }}, which the pack's letter says (in Concord, Kansas "
            "City, Portland, Stockton)."
        ),
    ]


def test_a_citation_that_nobody_verified_is_refused() -> None:
    text = pack_now.text_for("thanks", "us-ct/stamford") + "\nSee Conn. Gen. Stat. § 1-999(z).\n"

    assert said("thanks", "us-ct/stamford", text) == [
        "It cites “1-999(z)”, which no verified entry of the pack has."
    ]


def test_the_sentence_with_the_day_stays_the_packs() -> None:
    ours = "You must answer within four business days (Conn. Gen. Stat. § 1-206(a))."
    text = changed("records_request", "{{ pack: deadline line }}", ours, "us-ct/stamford")

    assert "It does not say {{ deadline_line }}, which the pack's letter says." in said(
        "records_request", "us-ct/stamford", text
    )


@pytest.mark.parametrize("name", ["what the city did", "relief"])
def test_what_differs_after_each_answer_stays_the_packs(name: str) -> None:
    text = changed("appeal_commission", f"{{{{ pack: {name} }}}}", "We ask for the records.")

    assert said("appeal_commission", "", text)[0] == (
        f"{{{{ pack: {name} }}}} is missing: only the pack's words fit every answer a city may "
        "give."
    )


def test_a_gap_that_the_pack_leaves_is_left() -> None:
    assert said("free_letter", "", "{{ salutation }}:\n\nHello.") == [
        "The pack's letter leaves a place to fill in, such as [[your answer]], and this none."
    ]
    assert said("free_letter", "", "{{ salutation }}:\n\n[[our words]]\n\nBye.") == []


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ("{{ pack: close }}", "The pack has no passage “close” here; is “closing” meant?."),
        ("{{ pack: closing }}", "The passage “closing” stands in it twice: take one of them out."),
        ("{% set x = 1 %}", "has “{%”, which is no place for a fact."),
        ("a" * 20_000, "characters, and a letter 20,000 at most: shorten it."),
    ],
)
def test_what_cannot_be_read_is_refused(more: str, problem: str) -> None:
    text = pack_now.text_for("index_request", "") + "\n\n" + more

    [fault] = said("index_request", "", text)
    assert problem in fault
