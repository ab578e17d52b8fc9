"""A stranger's PDF → US Letter pages that can do nothing but be seen, with room for a stamp below.

Each page's content becomes one drawing on a page of our own making. What a PDF can do beyond being
seen (scripts, actions, launches, forms, attachments) hangs on its catalog, on its pages and on
annotations, and none of these is taken along; what annotations and filled fields look like is
drawn into the page first. The text stays text.
"""

import zlib
from math import isfinite
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream, StreamDecodeLevel

LETTER = (0.0, 0.0, 612.0, 792.0)
# Where on the Letter page theirs is drawn: within what every printer prints, above the stamp.
FRAME = (18.0, 42.0, 594.0, 780.0)
TURNED_BELOW = 0.6  # a page across that would be drawn smaller than this is turned, if that helps
NARROWEST = 288.0  # points; what is smaller is enlarged to it
MAX_PAGES = 2000
MAX_DECODED = 64 * 1024 * 1024  # of one page's drawing
SAVED = {
    "stream_decode_level": StreamDecodeLevel.none,
    "object_stream_mode": pikepdf.ObjectStreamMode.disable,
    "deterministic_id": True,
}


class NotPlacedError(Exception):
    """Why a file's pages cannot stand among the others; it is enclosed instead."""


def place(source: Path | BinaryIO, target: Path | BinaryIO) -> int:
    """Write the pages of `source`, made harmless, to `target`; how many. NotPlacedError.

    Called here for pages of our own; a stranger's go through `place_in_cage`.
    """
    try:
        with Pdf.open(source) as pdf:
            return _place(pdf, target)
    except pikepdf.PasswordError as error:
        raise NotPlacedError(
            "It is encrypted, and cannot be opened without its password."
        ) from error
    except NotPlacedError:
        raise
    except (
        pikepdf.PdfError,
        ValueError,
        TypeError,
        AttributeError,
        LookupError,
        RuntimeError,
    ) as error:
        # A damaged PDF fails in many ways, and none may be the end of the whole case file.
        raise NotPlacedError("It is damaged: its pages cannot be read.") from error


def _place(pdf: Pdf, target: Path | BinaryIO) -> int:
    count = len(pdf.pages)
    if count == 0:
        raise NotPlacedError("It has no pages.")
    if count > MAX_PAGES:
        raise NotPlacedError(
            f"It has {count:,} pages; up to {MAX_PAGES:,} are put among the others."
        )
    if "/AcroForm" in pdf.Root or any("/Annots" in page.obj for page in pdf.pages):
        pdf.generate_appearance_streams()
        pdf.flatten_annotations("screen")
    with Pdf.new() as made:
        for page in pdf.pages:
            made.pages.append(_page(pdf, page))
        made.save(target, **SAVED)
    return count


class Box(NamedTuple):
    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0


def _page(pdf: Pdf, page: Page) -> Page:
    """A Letter page of ours that draws the whole of theirs within the frame."""
    box, turned = _visible(page), _turned(page)
    drawing = pdf.make_indirect(_drawing(pdf, page, box))
    turned, scale = _fitted(box, turned)
    width, height = _shown(box, turned)
    a, b, c, d, e, f = _matrix(box, turned, scale)
    left, _, right, top = FRAME
    e += left + (right - left - width * scale) / 2
    f += top - height * scale
    placed = " ".join(f"{number:.5f}" for number in (a, b, c, d, e, f))
    content = f"/P <</MCID 0>> BDC q {placed} cm /Page Do Q EMC".encode("ascii")
    fresh = Dictionary(
        Type=Name.Page,
        MediaBox=Array([*LETTER]),
        Resources=Dictionary(XObject=Dictionary(Page=drawing)),
        Contents=pdf.make_indirect(pdf.make_stream(content)),
    )
    return Page(pdf.make_indirect(fresh))


def _drawing(pdf: Pdf, page: Page, box: Box) -> Stream:
    """The page's content as a form that can be drawn; one stream is taken as it is."""
    contents = page.obj.get("/Contents")
    if isinstance(contents, pikepdf.Stream):
        made = pdf.make_stream(contents.read_raw_bytes())
        for key in ("/Filter", "/DecodeParms"):
            if key in contents:
                made[key] = contents[key]
    else:
        made = pdf.make_stream(_joined(contents))
    made.Type, made.Subtype, made.BBox = Name.XObject, Name.Form, Array([*box])
    resources = _inherited(page, "/Resources")
    made.Resources = resources if isinstance(resources, pikepdf.Dictionary) else Dictionary()
    group = page.obj.get("/Group")
    if isinstance(group, pikepdf.Dictionary) and group.get("/S") == Name.Transparency:
        made.Group = group
    return made


def _joined(contents: Object | None) -> bytes:
    """Several streams as one, with a bound on what they may unfold to."""
    if not isinstance(contents, pikepdf.Array):
        return b""
    parts: list[bytes] = []
    left = MAX_DECODED
    for stream in contents:
        if isinstance(stream, pikepdf.Stream):
            parts.append(_decoded(stream, left))
            left -= len(parts[-1])
    return b"\n".join(parts)


def _decoded(stream: Stream, limit: int) -> bytes:
    raw = stream.read_raw_bytes()
    if stream.get("/Filter") == Name.FlateDecode and "/DecodeParms" not in stream:
        unfolding = zlib.decompressobj()
        data = unfolding.decompress(raw, limit)
        if unfolding.unconsumed_tail:
            raise NotPlacedError("A page of it unfolds to more than can be drawn.")
        return data
    if len(raw) * 200 > limit:
        raise NotPlacedError("A page of it unfolds to more than can be drawn.")
    return stream.read_bytes()


def _visible(page: Page) -> Box:
    """The crop box within the media box; US letter where neither is a box."""
    media = _box(_inherited(page, "/MediaBox")) or Box(*LETTER)
    crop = _box(_inherited(page, "/CropBox")) or media
    seen = Box(
        max(media.x0, crop.x0),
        max(media.y0, crop.y0),
        min(media.x1, crop.x1),
        min(media.y1, crop.y1),
    )
    return seen if seen.width > 1 and seen.height > 1 else media


def _box(value: Any) -> Box | None:
    if not isinstance(value, pikepdf.Array) or len(value) != 4:
        return None
    try:
        x0, y0, x1, y1 = (float(edge) for edge in value)
    except (TypeError, ValueError):
        return None
    box = Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return box if all(map(isfinite, box)) and box.width > 1 and box.height > 1 else None


def _turned(page: Page) -> int:
    try:
        turned = int(_inherited(page, "/Rotate") or 0) % 360
    except (TypeError, ValueError):
        return 0
    return turned if turned in (90, 180, 270) else 0


def _inherited(page: Page, key: str) -> Any:
    """A page's value, or that of the nearest node above it."""
    node: Any = page.obj
    for _ in range(50):
        if key in node:
            return node[key]
        node = node.get("/Parent")
        if not isinstance(node, pikepdf.Dictionary):
            return None
    return None


def _fitted(box: Box, turned: int) -> tuple[int, float]:
    """How far the page is turned and how much it is scaled, so that the frame holds all of it."""
    upright = _scale(*_shown(box, turned))
    on_its_side = (turned + 270) % 360
    across = _scale(*_shown(box, on_its_side))
    is_turned = upright < TURNED_BELOW and across > upright
    return (on_its_side, across) if is_turned else (turned, upright)


def _shown(box: Box, turned: int) -> tuple[float, float]:
    """Width and height of the page as it is seen."""
    return (box.height, box.width) if turned in (90, 270) else (box.width, box.height)


def _scale(width: float, height: float) -> float:
    """Never larger than it is, but for a page too small to be read."""
    left, bottom, right, top = FRAME
    largest = min((right - left) / width, (top - bottom) / height)
    return min(largest, max(1.0, NARROWEST / min(width, height)))


def _matrix(box: Box, turned: int, scale: float) -> tuple[float, ...]:
    """From the page's own coordinates to ours, its lower left corner at the origin, upright."""
    s, (x0, y0, x1, y1) = scale, box
    return {
        0: (s, 0, 0, s, -x0 * s, -y0 * s),
        90: (0, -s, s, 0, -y0 * s, x1 * s),
        180: (-s, 0, 0, -s, x1 * s, y1 * s),
        270: (0, s, -s, 0, y1 * s, -x0 * s),
    }[turned]
