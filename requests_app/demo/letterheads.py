"""The demonstration's stationery: a logo and a signature, drawn here, and its own paragraphs."""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from math import sin, tau

from PIL import Image, ImageDraw

from requests_app.actions.newsroom import stationery
from requests_app.demo.cast import Cast
from requests_app.ledger.attribution import Attribution

INK = (28, 46, 74, 255)
PARAGRAPHS = [
    (
        "who_we_are",
        "Who we are",
        (
            "The Sound Shore Ledger is a daily newspaper. It publishes what it learns from public "
            "records, together with the records themselves, free of charge."
        ),
    ),
    (
        "fee_waiver",
        "Public interest",
        (
            "We ask for these records to inform the public of how its government works, and for no "
            "commercial purpose. What we publish from them is free for everybody to read."
        ),
    ),
    (
        "format",
        "Electronic copies",
        (
            "Please send electronic records in the form in which they are kept: spreadsheets and "
            "databases as such, with their column names, rather than printed to PDF."
        ),
    ),
]


def equip(cast: Cast, *, at: datetime) -> None:
    """Letters of the demonstration bear a logo, and those of its first reporter a signature."""
    stationery.keep_logo(
        cast.newsroom,
        data=_png(logo()),
        by=Attribution(cast.admin, at),
    )
    stationery.keep_signature(
        data=_png(signature()),
        by=Attribution(cast.by_desk["metro"], at),
    )
    editor = cast.by_desk["editor"]
    for about, title, text in PARAGRAPHS:
        stationery.write_paragraph(
            cast.newsroom,
            about=about,
            title=title,
            text=text,
            by=Attribution(editor, at),
        )


def logo() -> Image.Image:
    """A sun over three waves."""
    image = Image.new("RGBA", (1200, 480), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.pieslice((420, 20, 780, 380), 180, 360, fill=INK)
    for row in range(3):
        top = 240 + row * 80
        wave = [(x, top + 20 * sin(tau * (x / 240 + row / 2))) for x in range(60, 1141, 4)]
        draw.line(wave, fill=INK, width=24, joint="curve")
    return image.resize((600, 240), Image.Resampling.LANCZOS)


def signature() -> Image.Image:
    """A pen's line: a tall first letter, then smaller ones that run out."""
    image = Image.new("RGBA", (1400, 480), (0, 0, 0, 0))
    ImageDraw.Draw(image).line(list(_pen()), fill=INK, width=9, joint="curve")
    return image.resize((700, 240), Image.Resampling.LANCZOS)


def _pen() -> Iterator[tuple[float, float]]:
    for step in range(900):
        part = step / 900
        height = 170 * (1 - part) ** 1.6 + 14
        lean = 90 * sin(tau * part * 9 + 0.6)
        across = 120 + 1080 * part + lean * (1 - part) ** 0.7
        yield across, 250 + height * sin(tau * part * 9) - 30 * sin(tau * part * 2)


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
