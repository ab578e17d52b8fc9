"""Facts from people who mean no good, or have long names: the PDF is right, or says why not."""

from dataclasses import replace

import pytest

from cities.schema.city import RequestKind
from requests_app import letters
from requests_app.letters import LetterError, Sending
from requests_app.letters.markdown import escape
from requests_app.models import Channel, LetterKind
from tests import factories
from tests.letters.examples import MONDAY, read_back, request, sheet

pytestmark = pytest.mark.django_db

MARKUP = [
    'O\'Neil "Ann" “Smith” & Sons',
    "<script>alert(1)</script>",
    '<img src="file:///etc/passwd">',
    "</title></p></body><h1>x",
    "<!-- x --> <![CDATA[ y ]]>",
    "&lt;b&gt; &#65; &copy; &",
    "{{ 7*7 }} {% include '/etc/passwd' %} {# x #}",
    "${7*7} #{7*7} <%= 7*7 %>",
    "**bold** _under_ `code` ~~gone~~",
    "[link](https://example.org) ![i](https://example.org/i.png)",
    "# Heading",
    "> quoted",
    "1. one 2) two - three + four",
    "C:\\new\\table \\* \\[",
    "style=color:red; }</style>",
]


def together(pdf: bytes) -> str:
    """Its text without any space: in a narrow column a line may break anywhere."""
    return read_back(pdf).replace(" ", "")


@pytest.mark.parametrize("words", MARKUP)
def test_what_looks_like_markup_is_printed_as_it_was_typed(words: str) -> None:
    """In each of the eight places a person's words have on the paper."""
    paper = replace(
        sheet(request(), escape(words)),
        newsroom_name=words, addressee=(words,), their_reference=words, subject=words,
        signer=words, enclosures=(words,),
    )  # fmt: skip
    text = together(letters.render_pdf(paper))
    assert text.count("".join(words.split())) == 8


@pytest.mark.parametrize(
    "name",
    [
        "محمد العربي",
        "שרה כהן",
        "नेहा शर्मा",
        "李小龍",
        "山田太郎",
        "김철수",
        "สมชาย ใจดี",
        "አማርኛ",
        "Հայաստան",
        "საქართველო",
        "Nguyễn Thị Łucja",
        "Zoë\u0308\u0301\u0327 Z\u0336a\u0336l\u0336",
        "Ann 😀 ⭐ ☎",
    ],
)
def test_name_in_any_script_is_printed(name: str) -> None:
    paper = replace(sheet(request(subject=name)), signer=name, newsroom_name=name)
    pdf = letters.render_pdf(paper)
    assert letters.page_count(pdf) == 1


def test_line_of_two_directions_keeps_its_numbers() -> None:
    pdf = letters.render_pdf(sheet(request(), "File 26-118 of محمد العربي, page 7 of 9."))
    text = read_back(pdf)
    assert "File 26-118 of" in text
    assert "page 7 of 9." in text


REORDERED = "\u202egpj.exe\u202c \u2066hidden\u2069"


def test_reordering_is_taken_out_everywhere() -> None:
    paper = replace(
        sheet(request(), REORDERED), subject=REORDERED, signer=REORDERED, enclosures=(REORDERED,)
    )
    text = read_back(letters.render_pdf(paper))
    assert text.count("gpj.exe hidden") == 4


@pytest.mark.parametrize("bad", ["\x00", "\x07", "\x1b[31m", "\ud800", "\uffff", "\x85"])
def test_characters_that_no_pdf_takes_are_taken_out(bad: str) -> None:
    words = f"before{bad}after"
    paper = replace(
        sheet(request(), words),
        subject=words,
        signer=words,
        enclosures=(words,),
        addressee=(words,),
    )
    pdf = letters.render_pdf(paper)
    plain = "before[31mafter" if "31m" in bad else "beforeafter"
    assert read_back(pdf).count(plain) == 5


def test_subject_of_three_hundred_characters_stays_on_the_page() -> None:
    subject = ("Use-of-force reports and complaint files " * 8)[:300].strip()
    of = request()
    of.subject = subject  # longer than the form takes: an appeal's, or an older rule's
    pdf = letters.render_pdf(sheet(of))
    assert subject in read_back(pdf)
    assert letters.page_count(pdf) <= 2


@pytest.mark.parametrize("word", ["x" * 2000, "https://example.org/" + "x" * 900])
def test_word_without_a_break_is_broken_and_printed_whole(word: str) -> None:
    text = together(letters.render_pdf(sheet(request(), f"Before.\n\n{word}\n\nAfter.")))
    assert word in text


@pytest.mark.parametrize("text", ["> " * 500 + "deep", "- " * 500 + "deep", "*" * 5000, "[[" * 900])
def test_nesting_without_end_is_printed_all_the_same(text: str) -> None:
    assert letters.page_count(letters.render_pdf(sheet(request(), text))) >= 1


def test_private_character_is_named_with_what_to_do() -> None:
    with pytest.raises(LetterError, match=r"\(U\+E000\): write it in other characters"):
        letters.render_pdf(replace(sheet(request()), signer="Ann \ue000"))


@pytest.mark.parametrize("kind", list(RequestKind))
def test_hostile_draft_is_issued_with_its_words_unchanged(kind: RequestKind) -> None:
    words = "<b>x</b> {{ 7*7 }} *y* “z” &amp;"
    of = request(kind=kind, subject=words, particulars=_all_of(kind, words))
    planned = letters.PlannedLetter(
        of,
        LetterKind(f"{kind}_request"),
        Sending(Channel.EMAIL, "clerk@city.example"),
        MONDAY,
        of.created_by,
    )
    letter = letters.issue(planned, letters.compose_request(of).text, at=factories.NOW)
    assert words in read_back(bytes(letter.pdf))
    assert words in letters.plain_text(letter)


def _all_of(kind: RequestKind, words: str) -> dict[str, str]:
    return {
        RequestKind.RECORDS: {"what": words},
        RequestKind.DATASET: {"name_or_topic": words, "purpose": words},
        RequestKind.CORRECTION: {"dataset_title": words, "what_is_wrong": words},
        RequestKind.ACCESS: {"dataset": words, "purpose": words},
    }[kind]
