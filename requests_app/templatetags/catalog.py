"""Words of the catalog's pages."""

from django import template

from requests_app.policy.checked_datasets import Answer

register = template.Library()

PLACES = {"A": "title", "B": "keywords", "C": "column", "D": "description"}
ANSWERS = {
    Answer.ANSWERS: "answers it",
    Answer.PARTLY: "covers part of it",
    Answer.NOT_IT: "not it",
    Answer.SKIPPED: "skipped",
}


@register.filter
def place_words(places: str) -> str:
    """Where a word was found: title, column."""
    return ", ".join(PLACES[place] for place in places)


@register.filter
def answer_words(answer: Answer) -> str:
    return ANSWERS[answer]
