"""The newsroom's logo, one's signature, and the paragraphs of its own."""

from io import BytesIO

import pytest
from PIL import Image

from requests_app.actions.errors import Refused
from requests_app.actions.newsroom import stationery
from requests_app.ledger.attribution import Attribution
from requests_app.models import Logo, Paragraph, Role, Signature, User
from tests.factories import NOW, member

pytestmark = pytest.mark.django_db
TOLD = {"about": "who_we_are", "title": "Who we are", "text": "A daily newspaper."}


def png(width: int = 300, color: str = "navy") -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, 100), color).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def editor() -> User:
    return member(Role.EDITOR)


def test_a_second_logo_takes_the_place_of_the_first(editor: User) -> None:
    newsroom = editor.membership.newsroom
    stationery.keep_logo(
        newsroom,
        data=png(),
        by=Attribution(editor, NOW),
    )

    stationery.keep_logo(
        newsroom,
        data=png(400),
        by=Attribution(editor, NOW),
    )

    logo = Logo.objects.get()
    assert (logo.newsroom, logo.width, logo.added_by) == (newsroom, 400, editor)


def test_what_is_no_picture_is_refused_and_the_logo_stays(editor: User) -> None:
    newsroom = editor.membership.newsroom
    before = stationery.keep_logo(
        newsroom,
        data=png(),
        by=Attribution(editor, NOW),
    )

    with pytest.raises(Refused, match="not a picture"):
        stationery.keep_logo(
            newsroom,
            data=b"%PDF-1.7",
            by=Attribution(editor, NOW),
        )

    assert Logo.objects.get().sha256 == before.sha256


def test_logo_is_removed_once(editor: User) -> None:
    newsroom = editor.membership.newsroom
    stationery.keep_logo(
        newsroom,
        data=png(),
        by=Attribution(editor, NOW),
    )

    stationery.remove_logo(newsroom, by=editor)

    assert not Logo.objects.exists()
    with pytest.raises(Refused, match="no logo"):
        stationery.remove_logo(newsroom, by=editor)


def test_signature_is_ones_own(editor: User) -> None:
    colleague = member(newsroom=editor.membership.newsroom)
    stationery.keep_signature(
        data=png(),
        by=Attribution(editor, NOW),
    )

    with pytest.raises(Refused, match="no signature"):
        stationery.remove_signature(by=colleague)

    assert Signature.objects.get().user == editor
    stationery.remove_signature(by=editor)
    assert not Signature.objects.exists()


def test_rewritten_paragraph_leaves_the_old_one_put_away(editor: User) -> None:
    old = stationery.write_paragraph(
        editor.membership.newsroom, by=Attribution(editor, NOW), **TOLD
    )

    new = stationery.rewrite_paragraph(
        old, by=Attribution(editor, NOW), **(TOLD | {"text": "A weekly newspaper."})
    )

    old.refresh_from_db()
    assert (old.text, old.retired_at) == ("A daily newspaper.", NOW)
    assert list(stationery.in_use(editor.membership.newsroom)) == [new]


def test_paragraph_is_put_away_once(editor: User) -> None:
    paragraph = stationery.write_paragraph(
        editor.membership.newsroom, by=Attribution(editor, NOW), **TOLD
    )
    stationery.put_away_paragraph(
        paragraph,
        by=Attribution(editor, NOW),
    )

    with pytest.raises(Refused, match="put away already"):
        stationery.rewrite_paragraph(paragraph, by=Attribution(editor, NOW), **TOLD)

    assert Paragraph.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"title": " "}, "needs a title"),
        ({"text": "\x00\n"}, "needs a title"),
        ({"title": "who  WE are"}, "already"),
    ],
)
def test_paragraph_without_words_or_with_a_taken_title_is_refused(
    editor: User, changed: dict[str, str], reason: str
) -> None:
    newsroom = editor.membership.newsroom
    stationery.write_paragraph(newsroom, by=Attribution(editor, NOW), **TOLD)

    with pytest.raises(Refused, match=reason):
        stationery.write_paragraph(newsroom, by=Attribution(editor, NOW), **(TOLD | changed))

    assert stationery.in_use(newsroom).count() == 1


def test_two_newsrooms_may_use_one_title(editor: User) -> None:
    other = member(Role.EDITOR)
    for person in (editor, other):
        stationery.write_paragraph(person.membership.newsroom, by=Attribution(person, NOW), **TOLD)

    assert Paragraph.objects.count() == 2


def test_what_looks_like_a_template_is_kept_as_it_is(editor: User) -> None:
    text = "{{ 7*7 }} {% include 'x' %} [[gap]]"

    kept = stationery.write_paragraph(
        editor.membership.newsroom, by=Attribution(editor, NOW), **(TOLD | {"text": text})
    )

    assert kept.text == text


def test_rewriting_to_a_taken_title_leaves_both_paragraphs(editor: User) -> None:
    newsroom = editor.membership.newsroom
    stationery.write_paragraph(newsroom, by=Attribution(editor, NOW), **TOLD)
    other = stationery.write_paragraph(
        newsroom, by=Attribution(editor, NOW), **(TOLD | {"title": "Fees"})
    )

    with pytest.raises(Refused, match="already"):
        stationery.rewrite_paragraph(other, by=Attribution(editor, NOW), **TOLD)

    assert stationery.in_use(newsroom).count() == 2
