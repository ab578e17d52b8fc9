"""A PDF as pictures of its pages, and PDFs bound as one. Runs in the cage, without Django."""

from io import BytesIO
from typing import Any, BinaryIO

import pikepdf
import pypdfium2

from requests_app.letters.paper.flatten import flatten

MOST_HIGH = 4  # a page's picture: so many times its width


def pictures(source: BinaryIO, output: BinaryIO, *, width: int, most: int | None) -> list[int]:
    """Write the first pages as PNGs, `width` pixels wide, one after the other; how long each is."""
    document = pypdfium2.PdfDocument(source)
    if document.get_formtype():
        document.init_forms()  # without it a form's fields are not drawn
    return [_write_png(document[n], width, output) for n in range(len(document))[:most]]


def count(source: BinaryIO, output: BinaryIO) -> int:
    return len(pypdfium2.PdfDocument(source))


def printable(source: BinaryIO, output: BinaryIO, *, sizes: list[int]) -> list[bool]:
    """Of each PDF whether it can be printed as it is: no password, and not broken."""
    return [_opens(source.read(size)) for size in sizes]


def bind(
    source: BinaryIO,
    output: BinaryIO,
    *,
    sizes: list[int],
    parts: list[tuple[int, int | None, bool]],
    two_sided: bool,
) -> int:
    """PDFs as one; how many pages it has. Each part says which of the files, which page of it (all
    where there is none), and whether its fields are to be ink. Where it is printed `two_sided`, a
    blank page follows each part that ends on the front of a sheet."""
    files = [source.read(size) for size in sizes]
    with pikepdf.new() as whole:
        for number, page, is_form in parts:
            with pikepdf.open(BytesIO(files[number])) as part:
                if is_form:
                    flatten(part)
                pages = list(part.pages) if page is None else [part.pages[page]]
                whole.pages.extend(pages)
                if two_sided and len(pages) % 2:
                    whole.add_blank_page(page_size=(612, 792))
        whole.save(output, deterministic_id=True)
        return len(whole.pages)


def _write_png(page: Any, width: int, output: BinaryIO) -> int:
    # A page may be a ribbon of any length: it is shown as high as it can be looked at.
    scale = min(width / page.get_width(), width * MOST_HIGH / page.get_height())
    made = BytesIO()
    page.render(scale=scale).to_pil().save(made, "PNG")
    return output.write(made.getvalue())


def _opens(data: bytes) -> bool:
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            return len(pdf.pages) > 0
    except pikepdf.PdfError:
        return False
