"""A legal sentence put back where it stood."""

import pytest

from requests_app.letters.wording.draft_edits import restore_sentence

FIRST = "Under the Act, Conn. Gen. Stat. § 1-200 et seq., we ask for copies of these records:"
DUE = "Please answer by [[the day]], as Conn. Gen. Stat. § 1-206(a) provides."
SILENCE = "After that day, § 1-206(a) treats silence as a denial."
COMPOSED = (
    f"Dear City Clerk:\n\n{FIRST}\n\n1. the log\n2. the index\n\n{DUE} {SILENCE}\n\nThank you.\n"
)


@pytest.mark.parametrize("sentence", [FIRST, DUE, SILENCE])
@pytest.mark.parametrize(
    "change",
    [
        lambda text, sentence: text.replace(sentence, ""),
        lambda text, sentence: text.replace(sentence, sentence.replace("§ 1-20", "§ 1-21")),
        lambda text, sentence: text.replace(sentence, sentence.replace("Stat. ", "")),
    ],
    ids=["taken out", "another digit", "a word less"],
)
def test_sentence_is_whole_again(change, sentence: str) -> None:
    changed = change(COMPOSED, sentence)

    restored = restore_sentence(COMPOSED, changed, sentence)

    assert sentence in restored
    assert restored.split() == COMPOSED.split()


def test_changed_sentence_is_replaced_and_what_was_written_around_it_stays() -> None:
    text = COMPOSED.replace("§ 1-206(a) provides", "§ 1-207(a) says").replace(
        "Thank you.", "With many thanks to all."
    )

    restored = restore_sentence(COMPOSED, text, DUE)

    assert DUE in restored
    assert "1-207" not in restored
    assert "With many thanks to all." in restored


def test_sentence_whose_paragraph_is_gone_follows_the_one_before_it() -> None:
    text = COMPOSED.replace(f"{DUE} {SILENCE}\n\n", "")

    restored = restore_sentence(COMPOSED, text, SILENCE)

    assert restored.index("the index") < restored.index(SILENCE) < restored.index("Thank you.")


@pytest.mark.parametrize("text", ["", "\n \n", "Quite another letter, in its own words."])
def test_sentence_comes_back_to_a_text_that_has_nothing_of_the_template(text: str) -> None:
    restored = restore_sentence(COMPOSED, text, DUE)

    assert restored.strip().endswith(DUE)
    assert text.strip() in restored


def test_sentence_that_moved_is_not_taken_for_another() -> None:
    text = f"{SILENCE}\n\n{COMPOSED.replace(SILENCE, '')}"

    restored = restore_sentence(COMPOSED, text.replace(DUE, ""), DUE)

    assert SILENCE in restored
    assert DUE in restored
