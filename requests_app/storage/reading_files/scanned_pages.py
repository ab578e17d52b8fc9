"""The words of a scanned page, by tesseract where its data for English is installed. In the cage.

Recognizing a page takes a second or several: of one file a few pages are, as long as time is left.
"""

import os
import time
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

MOST_PAGES = 5
MOST_SECONDS = 15.0  # of computing, for all of a file's pages; the last may take longer
DOTS_PER_INCH = 200
LONGEST_SIDE = 3000  # pixels
LANGUAGE = "eng"
TRAINED = ".traineddata"
DATA = (  # below the root
    "usr/share/tesseract-ocr/*/tessdata",
    "usr/share/tessdata",
    "opt/homebrew/share/tessdata",
)


class Recognizer:
    """For one file. A page is pypdfium2's."""

    def __init__(self) -> None:
        self.pages = 0
        self.began = time.process_time()

    def words_of(self, page: Any) -> str:
        """ "" where nothing is installed, nothing is recognized, or enough was."""
        folder = data_folder()
        if not folder or self.pages >= MOST_PAGES or self._has_taken() > MOST_SECONDS:
            return ""
        self.pages += 1
        return _recognized(page, folder)

    def _has_taken(self) -> float:
        return time.process_time() - self.began


@cache
def data_folder() -> str:
    """Where tesseract's data for English lies; "" without it, or without tesserocr."""
    try:
        import tesserocr  # noqa: F401 an operator may do without it
    except ImportError:
        return ""
    found = (
        one for pattern in DATA for one in sorted(Path("/").glob(f"{pattern}/{LANGUAGE}{TRAINED}"))
    )
    first = next(found, None)
    return str(first.parent) if first else ""


def _recognized(page: Any, folder: str) -> str:
    os.environ["OMP_THREAD_LIMIT"] = "1"  # more threads only wait for each other
    import tesserocr

    scale = min(DOTS_PER_INCH / 72, LONGEST_SIDE / max(1.0, *page.get_size()))
    bitmap = page.render(scale=scale, grayscale=True)
    with closing(bitmap), tesserocr.PyTessBaseAPI(path=folder, lang=LANGUAGE) as reader:
        reader.SetVariable("debug_file", "")  # nothing may be opened for writing here
        reader.SetImageBytes(bytes(bitmap.buffer), bitmap.width, bitmap.height, 1, bitmap.stride)
        reader.SetSourceResolution(round(72 * scale))
        return str(reader.GetUTF8Text())
