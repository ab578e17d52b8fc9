"""What became of a draft's wording since, and how the draft takes it."""

import pytest

from requests_app.letters.wording.changed_sentences import (
    ChangedSentence,
    changed_sentences,
    take,
)

DENIED = "On November 4, 2026, the city denied the request, relying on § 1-210(b)(1)."
IN_PART = "On November 20, 2026, the city released a part and withheld the rest."
ASK = "Please order the city to give us copies of the records."
ASK_REST = "Please order the city to give us copies of what it withheld."
BEFORE = (
    f"Dear Commissioners:\n\n## The violation\n\n{DENIED}\n\n## What we ask\n\n{ASK} Thank you.\n"
)
AFTER = BEFORE.replace(DENIED, f"{DENIED} {IN_PART}").replace(ASK, ASK_REST)


def all_taken(draft: str, *, before: str = BEFORE, after: str = AFTER) -> str:
    for sentence in changed_sentences(before, after, draft):
        draft = take(sentence, draft, before=before, after=after)
    return draft


def test_only_what_changed_is_named_in_the_order_of_the_letter():
    assert changed_sentences(BEFORE, AFTER, BEFORE) == (
        ChangedSentence("", IN_PART),
        ChangedSentence(ASK, ASK_REST),
    )


def test_the_same_wording_has_changed_nothing():
    assert changed_sentences(BEFORE, BEFORE, "Something else altogether.") == ()


def test_a_draft_nobody_edited_becomes_the_wording_of_today():
    assert all_taken(BEFORE) == AFTER


def test_and_back_again():
    assert all_taken(AFTER, before=AFTER, after=BEFORE) == BEFORE


def test_what_the_writer_added_stays_where_it_was():
    own = "The log is kept by the Chief of Police. Nobody disputes it."
    draft = BEFORE.replace("## What we ask", f"{own}\n\n## What we ask")

    assert all_taken(draft) == AFTER.replace("## What we ask", f"{own}\n\n## What we ask")


def test_a_sentence_that_the_writer_edited_is_said_to_be():
    draft = BEFORE.replace(ASK, "Please order the city to give us copies of all the records.")

    assert [one.is_edited for one in changed_sentences(BEFORE, AFTER, draft)] == [False, True]


def test_the_new_words_take_the_place_of_an_edited_sentence():
    draft = BEFORE.replace(ASK, "Please order the city to give us copies of all the records.")

    assert all_taken(draft) == AFTER


def test_what_the_writer_put_so_already_is_no_change():
    assert changed_sentences(BEFORE, AFTER, AFTER.replace(IN_PART, "")) == (
        ChangedSentence("", IN_PART),
    )


@pytest.mark.parametrize("draft", [BEFORE, BEFORE.replace(DENIED, "")])
def test_a_sentence_that_went_is_taken_out_once(draft: str):
    after = BEFORE.replace(f"{DENIED}\n\n", "")

    assert all_taken(draft, after=after) == after


def test_a_paragraph_that_came_stands_after_the_one_before_it():
    after = BEFORE.replace("## What we ask", f"{IN_PART}\n\n## What we ask")

    assert all_taken(BEFORE, after=after) == after
