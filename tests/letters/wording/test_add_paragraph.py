"""A newsroom's own paragraph goes in as it was written, and no template engine ever runs it."""

import pytest

from requests_app import letters
from requests_app.letters import Sending
from requests_app.letters.wording.draft_edits import add_paragraph
from requests_app.models import Channel, LetterKind
from tests import factories
from tests.letters.examples import MONDAY, read_back, request, sheet

TEMPLATING = [
    "We have {{ 7 * 7 }} readers.",
    "{{ subject }} {% include '_close.md' %} {# gone? #}",
    "{% for x in ().mro() %}{{ x }}{% endfor %}",
    "{% raw %}{{ reference }}{% endraw %}",
    "{{ undefined_name }} and {% unclosed",
]


def test_paragraph_stands_at_the_end_word_for_word() -> None:
    text = add_paragraph("Dear City Clerk:\n\nPlease.\n", "\nWe are *not* {{ a }} template.\n")
    assert text == "Dear City Clerk:\n\nPlease.\n\nWe are *not* {{ a }} template.\n"
    assert add_paragraph("", "Who we are.") == "Who we are.\n"


@pytest.mark.django_db
@pytest.mark.parametrize("paragraph", TEMPLATING)
def test_braces_of_a_paragraph_are_braces_on_paper(paragraph: str) -> None:
    of = request()
    paper = sheet(of, add_paragraph("Dear City Clerk:", paragraph))
    assert paper.text == f"Dear City Clerk:\n\n{paragraph}\n"
    assert " ".join(paragraph.split()) in read_back(letters.render_pdf(paper))


@pytest.mark.django_db
def test_issued_letter_keeps_the_braces() -> None:
    of = factories.submitted()
    planned = letters.PlannedLetter(
        of, LetterKind.FOLLOW_UP, Sending(Channel.EMAIL, factories.CLERK), MONDAY, of.created_by
    )
    text = add_paragraph("Dear City Clerk:", TEMPLATING[0])
    letter = letters.issue(planned, text, at=factories.NOW)
    assert TEMPLATING[0] in letter.text
    assert TEMPLATING[0] in letters.plain_text(letter)
