"""Text on our own pages: nothing a city writes can break them or be taken for markup."""

import pypdfium2
import pytest

from requests_app.casefile.pdf import pages


def printed(text: str) -> str:
    made = pages.render("text.html", pages=[text])
    document = pypdfium2.PdfDocument(made.pdf)
    found = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return found


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<b>bold</b> & <script>alert(1)</script>", "<b>bold</b> & <script>alert(1)</script>"),
        ("{{ 7*7 }} {% include 'x' %}", "{{ 7*7 }} {% include 'x' %}"),
        ("a\x00b\u202ec", "abc"),
        ("no font has \ue123 this", "no font has [U+E123] this"),
    ],
)
def test_text_is_shown_as_it_is(text: str, shown: str):
    assert shown in printed(text)


def test_lines_and_paragraphs_are_kept():
    html = pages.paragraphs("one\ntwo\n\n  \nthree")

    assert str(html) == "<p>one\ntwo</p><p>three</p>"


def test_line_without_an_end_is_cut_and_nothing_of_it_lost():
    line = "x" * 5000

    html = str(pages.paragraphs(line))

    assert html.count("<p>") > 3
    assert html.replace("<p>", "").replace("</p>", "") == line


def test_anchor_of_what_runs_over_pages_is_where_it_begins():
    made = pages.render("text.html", pages=["short", "word " * 4000])

    assert made.anchors["page-2"][0] == 1
    assert made.page_count > 3
