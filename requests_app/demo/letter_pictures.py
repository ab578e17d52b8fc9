"""Pictures of letters for the documentation and for comparing: the first page, small on disk."""

from io import BytesIO

from PIL import Image

from requests_app import letters

TONES = 16  # of gray: print has few, and four bits a pixel keep a page near 20 KB


def first_page(sheet: letters.Sheet, *, width: int) -> Image.Image:
    """The first page as it prints, in grays."""
    pages = letters.page_images(letters.render_pdf(sheet), width=width)
    return Image.open(BytesIO(pages[0])).convert("L")


def compressed(picture: Image.Image) -> bytes:
    """As a palette PNG without a date or any other word in it."""
    out = BytesIO()
    picture.quantize(TONES).save(out, "PNG", optimize=True)
    return out.getvalue()
