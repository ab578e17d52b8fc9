"""The system's libraries and fonts behind a letter: Pango draws it, in Charis SIL; other faces are
for names in other scripts. And what recognizes the words of a letter that comes as a scan."""

import ctypes
import ctypes.util
from pathlib import Path

from bootstrap.machine import debian
from bootstrap.terminal import StepFailed, say

# Debian's package, the names it can be loaded by (Linux, macOS).
NEEDED = {
    "libpango-1.0-0": ("libpango-1.0.so.0", "libpango-1.0.0.dylib", "pango-1.0"),
    "libpangoft2-1.0-0": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.0.dylib", "pangoft2-1.0"),
}
# A letter is made without these too, but four times slower or in another face.
WANTED_LIBRARIES = {
    "libharfbuzz-subset0": (
        "libharfbuzz-subset.so.0",
        "libharfbuzz-subset.0.dylib",
        "harfbuzz-subset",
    ),
}
# The letters' own face first; then a glyph for any script that a name may be written in.
WANTED_FONTS = {
    "fonts-sil-charis": "CharisSIL*",
    "fonts-dejavu-core": "DejaVuS*",
    "fonts-noto-core": "NotoSansDevanagari*",  # the world's alphabets
    "fonts-wqy-microhei": "wqy-microhei*",  # Chinese, Japanese, Korean in 5 MB; Noto's are 90
    "fonts-symbola": "Symbola*",  # emoji and signs, in black
}
# What tesseract knows of English; itself it comes with a Python package.
WANTED_DATA = {"tesseract-ocr-eng": "tesseract-ocr/*/tessdata/eng.traineddata"}
SHARED = Path("/usr/share")
FONT_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("/Library/Fonts"),
    Path.home() / ".fonts",
    Path.home() / ".local/share/fonts",
    Path.home() / "Library/Fonts",
)


def loads(names: tuple[str, ...]) -> bool:
    """Whether the dynamic linker finds one of the names, asked the way WeasyPrint will ask."""
    for name in (*names, ctypes.util.find_library(names[-1])):
        if name:
            try:
                ctypes.CDLL(name)
            except OSError:
                continue
            return True
    return False


def has_font(pattern: str) -> bool:
    return any(next(folder.rglob(pattern), None) for folder in FONT_FOLDERS if folder.is_dir())


def missing() -> tuple[list[str], list[str]]:
    """Debian's names for what is not here: what a letter cannot do without, and what it can."""
    needed = [package for package, names in NEEDED.items() if not loads(names)]
    wanted = [package for package, names in WANTED_LIBRARIES.items() if not loads(names)]
    wanted += [package for package, pattern in WANTED_FONTS.items() if not has_font(pattern)]
    wanted += [package for package, place in WANTED_DATA.items() if not any(SHARED.glob(place))]
    return needed, wanted


def bring() -> None:
    needed, wanted = missing()
    if not needed and not wanted:
        return
    problem = debian.install([*needed, *wanted])
    if problem is None:
        return
    if needed:
        raise StepFailed(
            "system libraries",
            f"letters need {' and '.join(needed)}, which could not be installed",
            do=f"{debian.by_hand([*needed, *wanted])}, then run this again",
            tail=problem,
        )
    say(
        "letters will be slower, in another typeface or unable to print some scripts, or scanned "
        f"ones will not be read; better: {debian.by_hand(wanted)}"
    )
