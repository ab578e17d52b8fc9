"""The facts of what stands behind a challenge's letter, by the numbers that it has there."""

from collections.abc import Iterable

from requests_app.letters.facts import challenge_facts
from requests_app.letters.facts.fact import LEDGER, Facts, stated
from requests_app.models import Appeal, Exhibit
from requests_app.vocabulary import exhibit_numbers

# In the order in which a letter speaks of them; what belongs to no part comes last.
IN_A_SENTENCE = {
    "request": "our request",
    "proof_of_receipt": "what shows that the custodian had it",
    "answers": "what the city answered",
    "denial": "what the city answered",
    "fees": "what was said of fees",
    "earlier_decision": "the earlier decision",
    "correspondence": "the rest of the correspondence",
    "": "further papers",
}


def of(appeal: Appeal) -> Facts:
    """`exhibits` names all of them in phrases; the others name those that one sentence is about."""
    if appeal._state.adding:
        return {}
    rows = appeal.exhibits.in_order().select_related("communication__event")
    numbered = list(enumerate(rows, start=1))
    return stated(
        LEDGER,
        exhibits=_phrases(numbered),
        exhibit_titles=[f"Exhibit {number}: {exhibit.title}" for number, exhibit in numbered],
        request_exhibit=_named(n for n, e in numbered if e.bundle_part == "request"),
        answer_exhibit=_named(n for n, e in numbered if _is_the_answer(e, appeal)),
    )


def _phrases(numbered: list[tuple[int, Exhibit]]) -> list[str]:
    by_phrase: dict[str, list[int]] = {phrase: [] for phrase in IN_A_SENTENCE.values()}
    for number, exhibit in numbered:
        by_phrase[IN_A_SENTENCE.get(exhibit.bundle_part, "further papers")].append(number)
    return [
        f"{phrase} ({exhibit_numbers.named(numbers)})"
        for phrase, numbers in by_phrase.items()
        if numbers
    ]


def _named(numbers: Iterable[int]) -> str:
    found = list(numbers)
    return exhibit_numbers.named(found) if found else ""


def _is_the_answer(exhibit: Exhibit, appeal: Appeal) -> bool:
    """Whether it is the very act that is challenged: a denial, and no acknowledgment before it."""
    if exhibit.bundle_part == "denial":
        return True
    kind = (challenge_facts.REFUSALS | challenge_facts.OTHER_ACTS).get(appeal.answers)
    message = exhibit.communication
    return bool(kind and message and message.event.kind == kind)
