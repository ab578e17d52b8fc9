"""A letter is laid out where that can be ended, and its text is read in time by its length."""

import os
import re
import signal
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.cache import cache

from requests_app import letters
from requests_app.bench.letter_paper import SHEET
from requests_app.letters import LetterError, markdown
from requests_app.letters.issue import GAP
from requests_app.letters.paper import layout, pdf_engine, plain
from requests_app.letters.paper.sheet import Sheet
from requests_app.letters.wording import difference, split_text
from requests_app.views.sending import previews
from tests.letters.examples import read_back

PAGE = "<html lang=en><title>A letter</title><body><p>Dear clerk</body></html>"
# Each takes the engine well over a tenth of a second of computing.
HEAVY = {
    "nested lists": "\n".join("  " * (n % 15) + "- entry" for n in range(3000)),
    "emphasis": "\n\n".join(["*a* " * 90] * 60),
    "line breaks": "a\\\n" * 3000,
    "numbered list": "\n".join(f"{n}. an entry" for n in range(1, 1500)),
    "one line": "word " * 40_000,
    "combining marks": "Z\u0336\u0301 " * 20_000,
    "right to left": "محمد العربي " * 15_000,
    "two directions": "a ب 李 " * 15_000,
    "quotations": "> a\n\n" * 2000,
}


def paper(text: str) -> Sheet:
    return replace(SHEET, text=text)


def no_child_is_kept() -> None:
    layout._stop()


@pytest.mark.parametrize("shape", HEAVY)
def test_letter_that_takes_too_long_is_refused_with_what_to_do(
    shape: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "CPU_SECONDS", 0.02)

    with pytest.raises(letters.TooLongToLayOutError, match="takes too long to lay out"):
        letters.render_pdf(paper(HEAVY[shape]))


def test_letter_after_one_that_took_too_long_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as limited:
        limited.setattr(layout, "CPU_SECONDS", 0.02)
        with pytest.raises(LetterError):
            letters.render_pdf(paper(HEAVY["one line"]))

    assert "Dear" in read_back(letters.render_pdf(paper("Dear clerk")))


def test_letter_is_not_waited_for_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """What computes nothing has no limit of computing: a process that was stopped, here."""
    layout.lay_out(PAGE)
    child = layout._idle[-1]
    os.kill(child.process.pid, signal.SIGSTOP)
    monkeypatch.setattr(layout, "WALL_SECONDS", 0.05)

    with pytest.raises(layout.TooLongError):
        layout.lay_out(PAGE)

    assert child not in layout._idle
    assert child.process.poll() is not None


def test_page_is_what_the_engine_makes_of_it() -> None:
    assert layout.lay_out(PAGE) == pdf_engine.write(pdf_engine.lay_out(PAGE))


def test_one_process_makes_one_letter_after_another() -> None:
    no_child_is_kept()
    layout.lay_out(PAGE)
    first = [child.process.pid for child in layout._idle]
    layout.lay_out(PAGE)

    assert [child.process.pid for child in layout._idle] == first
    assert layout._idle[0].pages == 2


def test_process_that_made_many_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    no_child_is_kept()
    monkeypatch.setattr(layout, "MOST_PAGES", 1)
    layout.lay_out(PAGE)

    assert layout._idle == []


def test_process_that_died_between_two_letters_is_replaced() -> None:
    layout.lay_out(PAGE)
    died = layout._idle[-1].process
    died.kill()
    died.wait()

    assert layout.lay_out(PAGE).startswith(b"%PDF")


def test_process_knows_no_secret_of_the_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    no_child_is_kept()
    monkeypatch.setenv("SECRET_KEY", "of the desk")
    layout.lay_out(PAGE)

    assert "SECRET_KEY" not in layout.PASSED_ON
    environment = Path(f"/proc/{layout._idle[-1].process.pid}/environ")
    if environment.exists():  # Linux alone has it
        assert b"of the desk" not in environment.read_bytes()


def test_preview_that_took_too_long_is_not_laid_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    asked = []

    def too_long(page: str, **named: object) -> bytes:
        asked.append(page)
        raise layout.TooLongError("time")

    monkeypatch.setattr(layout, "lay_out", too_long)
    for _ in range(2):
        with pytest.raises(letters.TooLongToLayOutError, match="takes too long"):
            previews.pdf_of(SHEET)

    assert len(asked) == 1


@pytest.mark.parametrize("word", ["x" * 3000, "محمد" * 800, "&" * 2000, "é" * 2000])
def test_word_without_end_may_break_after_each_few_characters(word: str) -> None:
    html = markdown.to_html(f"Before. {word} After.")
    longest = max(re.split(r"[\s\u200b]|</?p>", html), key=len)

    assert len(longest) <= markdown.BREAK_EVERY * len("&amp;")
    assert html.replace("\u200b", "").count(word.replace("&", "&amp;")) == 1


def test_word_as_people_use_it_has_no_such_places() -> None:
    address = "https://example.org/" + "x" * 900

    assert "\u200b" not in markdown.to_html(f"See {address} and § 1-200.")


def test_combining_mark_stays_with_its_letter() -> None:
    html = markdown.to_html("e\u0301" * 1000)

    assert "\u200b\u0301" not in html
    assert "\u200b" in html


@pytest.mark.parametrize(
    ("text", "plainly"),
    [
        ("*a* and **b** and ***c***", "a and b and c"),
        ("a* is not closed, *nor this", "a* is not closed, *nor this"),
        (r"\*as typed\* *x*", "*as typed* x"),
        ("* a * b *c*", "* a * b c"),
        ("**a*", "*a"),
    ],
)
def test_stars_in_pairs_are_taken_out(text: str, plainly: str) -> None:
    assert plain.without_markup(f"Dear {text}") == f"Dear {plainly}"


def test_line_of_openings_is_looked_through_once_for_each_kind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked = []

    class Closing:
        def search(self, line: str, at: int) -> None:
            looked.append(at)

    monkeypatch.setattr(plain, "_CLOSES", dict.fromkeys((1, 2, 3), Closing()))
    text = "*a **b ***c " * 1000

    assert plain.without_markup(text) == text.strip()
    assert len(looked) == 3


def test_gap_is_found_and_brackets_without_end_are_not_one() -> None:
    assert [GAP.findall(one) for one in ("[[your answer]]", "[[[x]]", "[[a [1] b", "[[" * 50)] == [
        ["your answer"], ["x"], [], [],
    ]  # fmt: skip


def test_texts_of_too_many_paragraphs_are_told_apart_as_a_whole() -> None:
    many = "a\n\n" * (difference.MOST_PARAGRAPHS // 2)
    found = difference.between(many, many + "b\n\nc")

    assert [run.change for paragraph in found for run in paragraph] == [
        difference.Change.REMOVED,
        difference.Change.ADDED,
    ]
    assert difference.between(many * 2, many * 2) == []


def test_sentences_of_a_paragraph_are_those_of_before() -> None:
    text = "We ask (see Conn. Gen. Stat. § 1-210). “Please” answer! x.Y. Then write…  (Thanks.)"

    assert list(split_text.sentences_of(text)) == [
        "We ask (see Conn. Gen. Stat. § 1-210).",
        "“Please” answer! x.Y. Then write…",
        "(Thanks.)",
    ]
