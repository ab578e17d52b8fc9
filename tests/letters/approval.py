"""Texts and pictures compared with the ones last approved, which lie in `golden/`."""

from difflib import unified_diff
from pathlib import Path

from PIL import Image, ImageChops

from requests_app.demo.letter_pictures import compressed

GOLDEN = Path(__file__).parent / "golden"
COMMAND = "python3 run.py test tests/letters/test_golden.py --approve"
HOW = f"look at it, and if it is right: {COMMAND}"
WIDTH = 600  # of an approved picture
_COMPARED = (300, 388)  # pixels: what another patch of a font or of FreeType moves is smaller
_BLOCK = 12
MEAN, WORST = 3.0, 40.0  # of 255: over the page, and in its worst block


def city_fault(city: str) -> str:
    """Why nothing can be compared: the city is new here; empty where it is not."""
    folder = GOLDEN / city
    if folder.is_dir():
        return ""
    return (
        f"{city}: none of its letters were approved yet. Run `{COMMAND}`, read what it writes to "
        f"tests/letters/golden/{city}, and commit it with the city’s pack."
    )


def approve(folder: Path, texts: dict[str, str], pictures: dict[str, Image.Image]) -> None:
    """Keep today's letters. A file that is right as it stands keeps its bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.glob("*.*"):
        if file.name not in texts and file.name not in pictures:
            file.unlink()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    for name, picture in pictures.items():
        if picture_fault(folder / name, picture):
            (folder / name).write_bytes(compressed(picture))
    for file in (*folder.glob("*.new.*"), *folder.glob("*.diff.*")):
        file.unlink()


def text_fault(approved: Path, text: str) -> str:
    """What differs from the approved text; empty where nothing does."""
    if not approved.is_file():
        return f"{approved.name} was never approved: {HOW}"
    before = approved.read_text(encoding="utf-8")
    if before == text:
        return ""
    approved.with_suffix(".new.txt").write_text(text, encoding="utf-8")
    lines = unified_diff(before.splitlines(), text.splitlines(), "approved", "now", lineterm="")
    return "\n".join([f"{approved.relative_to(GOLDEN)} differs: {HOW}", *lines])


def picture_fault(approved: Path, picture: Image.Image) -> str:
    """How far the page is from the approved one, where it is too far; else empty."""
    if not approved.is_file():
        return f"{approved.name} was never approved: {HOW}"
    with Image.open(approved) as opened:
        before = opened.convert("L")
    mean, worst = distance(before, picture)
    if mean <= MEAN and worst <= WORST:
        return ""
    picture.save(approved.with_suffix(".new.png"))
    ImageChops.difference(before, picture.resize(before.size)).save(
        approved.with_suffix(".diff.png")
    )
    return (
        f"{approved.relative_to(GOLDEN)} looks different (mean {mean:.1f} of {MEAN}, worst block "
        f"{worst:.1f} of {WORST}); .new.png and .diff.png lie beside it: {HOW}"
    )


def distance(left: Image.Image, right: Image.Image) -> tuple[float, float]:
    """The mean difference of two pages in gray, and the difference in ink of the worst block.

    A block is compared by how much ink it has: a glyph that sits a pixel off is the same glyph.
    """
    small = [
        picture.convert("L").resize(_COMPARED, Image.Resampling.BOX) for picture in (left, right)
    ]
    blocks = (_COMPARED[0] // _BLOCK, _COMPARED[1] // _BLOCK)
    ink = [picture.resize(blocks, Image.Resampling.BOX) for picture in small]
    return _mean(ImageChops.difference(*small)), float(max(ImageChops.difference(*ink).tobytes()))


def _mean(picture: Image.Image) -> float:
    histogram = picture.histogram()
    return sum(tone * count for tone, count in enumerate(histogram)) / sum(histogram)
