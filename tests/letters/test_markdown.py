"""A person's words stay words; the little markup of letters works and nothing else does."""

import html

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
    assert rendered.replace('<span class="together">', "").replace("</span>", "") == (
        f"<p>{f'About {said}'.rstrip()}</p>\n"
    )


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
    assert markdown.to_html("See § 1-206(a) by November 9.") == (
        '<p>See <span class="together">§ 1-206(a)</span> by '
        '<span class="together">November 9.</span></p>\n'
    )


def test_list_of_citations_keeps_their_own_commas_apart() -> None:
    assert markdown.listed(["a"]) == "a"
    assert markdown.listed(["a", "b"]) == "a and b"
    assert markdown.listed(["a, 1", "b", "c"]) == "a, 1; b; and c"
