"""PDFs as pictures, and bound as one, within what a file may cost."""

from io import BytesIO

import pikepdf
import pytest

from requests_app.letters import LetterError
from requests_app.letters.paper import pages
from requests_app.letters.paper.pages import Part, bind, can_be_printed, page_count, page_images
from requests_app.storage.cage.limits import Limits


def pdf(count: int) -> bytes:
    out = BytesIO()
    with pikepdf.new() as made:
        for _ in range(count):
            made.add_blank_page(page_size=(200, 100))
        made.save(out)
    return out.getvalue()


def test_of_900_pages_the_first_are_drawn() -> None:
    long = pdf(900)

    pictures = page_images(long, width=40, most=2)

    assert page_count(long) == 900
    assert [picture[:8] for picture in pictures] == [b"\x89PNG\r\n\x1a\n"] * 2


@pytest.mark.parametrize("broken", [b"", b"%PDF-1.7 nothing", b"no PDF at all"])
def test_broken_pdf_is_said_with_what_to_do(broken: bytes) -> None:
    with pytest.raises(LetterError, match="Print it from the file itself"):
        page_images(broken)


def test_pdf_that_takes_too_long_is_said_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "LIMITS", Limits(wall_seconds=0))

    with pytest.raises(LetterError, match="more time or memory"):
        page_images(pdf(1))


def test_two_sided_each_part_begins_a_sheet() -> None:
    three = pdf(3)

    assert page_count(bind([Part(three, page=0), Part(three)], two_sided=True)) == 2 + 4
    assert page_count(bind([Part(three, page=0), Part(three)])) == 1 + 3


def test_what_cannot_be_printed_is_told_apart() -> None:
    assert can_be_printed([pdf(1), b"broken", b""]) == [True, False, False]
    assert can_be_printed([]) == []
