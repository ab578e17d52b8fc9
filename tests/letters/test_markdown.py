"""A person's words stay words; the little markup of letters works and nothing else does."""

import html

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.letters import markdown

HOSTILE = [
    "O'Neil & “Sons” <b>",
    "<script>alert(1)</script>",
    "*emphasis* and **strong**",
    "_under_ snake_case __init__",
    "# heading",
    "## heading",
    "1. first",
    "12) twelfth",
    "- item",
    "+ item",
    "> quotation",
    "---",
    "`code` ~~~",
    "[a link](https://example.org) ![image](x.png)",
    "&amp; &lt; &#35;",
    "C:\\new\\*",
    "\\",
    "{{ 7*7 }} {% for x in y %}",
    "محمد العربي",
    "🎉",
    "a | b | c",
    "https://example.org/_a_/*",
]


def as_text(value: str) -> str:
    return html.escape(" ".join(value.split()), quote=False).replace('"', "&quot;")


@pytest.mark.parametrize("value", HOSTILE)
def test_escaped_fact_reads_as_it_was_typed_wherever_it_stands(value: str) -> None:
    fact = markdown.escape(value)
    text = f"Dear {fact} and {fact}.\n\n{fact}\n\n1. {fact}\n\n> {fact}"

    said = as_text(value)
    assert markdown.to_html(text) == (
        f"<p>Dear {said} and {said}.</p>\n<p>{said}</p>\n<ol>\n<li>{said}</li>\n</ol>\n"
        f"<blockquote>\n<p>{said}</p>\n</blockquote>\n"
    )


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"])))
def test_any_fact_is_plain_text(value: str) -> None:
    said = as_text(markdown.clean(value))
    rendered = markdown.to_html(f"About {markdown.escape(value)}")
    paragraph = f"<p>{f'About {said}'.rstrip()}</p>\n"
    assert rendered.replace("\u2060", "") == paragraph.replace("\u2060", "")


def test_escape_leaves_ordinary_words_alone() -> None:
    plain = "Smith-Jones (IT) #4, $5.00 & snake_case: § 1-206(a)"
    assert markdown.escape(plain) == plain


def test_letters_know_lists_headings_quotations_and_emphasis() -> None:
    text = "## Purpose\n\nOne\\\ntwo *three* **four**\n\n- a\n- b\n\n1. c\n\n> d"
    assert markdown.to_html(text) == (
        "<h2>Purpose</h2>\n<p>One<br>\ntwo <em>three</em> <strong>four</strong></p>\n"
        "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<ol>\n<li>c</li>\n</ol>\n"
        "<blockquote>\n<p>d</p>\n</blockquote>\n"
    )


def test_html_links_images_and_code_are_text() -> None:
    text = "<img src=x> [a](https://b.example) ![c](d.png) `e` <https://f.example>"
    rendered = markdown.to_html(text)
    assert "<img" not in rendered
    assert "<a " not in rendered
    assert "<code" not in rendered


def test_reordering_and_control_characters_are_taken_out() -> None:
    assert markdown.clean("pay\u202e05$\u202c \x00now\x07\r\n\u2066ok") == "pay05$ now\nok"


def test_citation_and_date_are_not_broken_over_two_lines() -> None:
    assert markdown.to_html("See § 1-206(a)(1) by November 9.") == (
        "<p>See § \u20601-206(a)\u2060(1) by November \u20609.</p>\n"
    )


def test_list_of_citations_keeps_their_own_commas_apart() -> None:
    assert markdown.listed(["a"]) == "a"
    assert markdown.listed(["a", "b"]) == "a and b"
    assert markdown.listed(["a, 1", "b", "c"]) == "a, 1; b; and c"


def test_citation_at_the_end_of_a_line_leaves_no_word_alone() -> None:
    """With an element around a citation the word after it would be set on a line of its own."""
    text = (
        "ORS 192.324(2) asks for an acknowledgement within five business days of receipt, and ORS "
        "192.329 for a response no later than ten business days after that; on our count the "
        "response is due by Tuesday, November 24, 2026. A failure to respond in time is treated as "
        "a denial of the request: ORS 192.407(1)(a)."
    )
    lines = _lines(markdown.to_html(text))
    assert len(lines) == 4
    assert all(len(line.split()) > 1 for line in lines)
    assert lines[-1] == "ORS 192.407(1)(a)."
    assert " ".join(lines) == text  # and what holds a citation together is not copied


def _lines(body: str) -> list[str]:
    """The lines in which a letter that is set close prints it."""
    from requests_app.letters.paper import pdf_engine, render

    page = f'<html lang="en" class="compact"><title>x</title><style>{render._css()}</style>'
    pdf = pdf_engine.write(pdf_engine.lay_out(f'{page}<div class="body">{body}</div></html>'))
    document = pypdfium2.PdfDocument(pdf)
    try:
        words = str(document[0].get_textpage().get_text_bounded())
    finally:
        document.close()
    return [line.strip() for line in words.partition("Page 1")[0].split("\r\n") if line.strip()]


def test_e_mail_is_not_broken_in_two_lines_and_is_copied_as_it_reads() -> None:
    page = markdown.to_html("Send it by e-mail. E-mail is best; an e-mailed copy will do.")

    assert page == (
        "<p>Send it by e-\u2060mail. E-\u2060mail is best; an e-\u2060mailed copy will do.</p>\n"
    )


@pytest.mark.parametrize("piece", ["*a", "*a* ", "**a** *b* ", "*a*-", "a_b*c "])
def test_emphasis_without_end_is_printed_plain(piece: str) -> None:
    """The engine takes time by the square of a paragraph's pieces: over a minute for the first."""
    html = markdown.to_html(piece * 2000)

    assert html.count("<em>") + html.count("<strong>") == 0
    assert html.count("a") >= 2000


def test_emphasis_in_another_paragraph_stays() -> None:
    html = markdown.to_html("*a" * 2000 + "\n\nThis is *meant* and **so is this**.")

    assert html.endswith("<p>This is <em>meant</em> and <strong>so is this</strong>.</p>\n")


def test_emphasis_as_people_use_it_stays() -> None:
    html = markdown.to_html("*One* or **two** words. " * 25 + "un*believ*able")

    assert (html.count("<em>"), html.count("<strong>")) == (26, 25)
