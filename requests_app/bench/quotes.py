"""Messages whose own words are known: what `without_quotes` loses of them, what it leaves quoted.

Such a folder has a folder for each kind of message, `english` among them. Beside each message,
`NAME.eml`, or its body alone as `NAME.txt` or `NAME.html`, stands `NAME.eml.own` and so on: what
its sender wrote, in the lines that the desk shows of the whole message.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from requests_app.bench.halves import half_of
from requests_app.mail import read
from requests_app.mail.meaning.quotes import without_quotes

ENGLISH = "english"
MOST_LOST = 0
LEAST_DROPPED = 0.9
OWN = ".own"
_HTML = b"From: a@example.org\nContent-Type: text/html; charset=utf-8\n\n"


class SampleError(ValueError):
    """A folder or a file that cannot be measured; the message names it."""


@dataclass(slots=True)
class Measured:
    """Of one kind of message."""

    messages: int = 0
    quoting: int = 0  # of them with anything quoted
    lost: list[str] = field(default_factory=list)  # messages of which a line is lost
    left: list[str] = field(default_factory=list)  # messages with some of what they quote left
    quoted_words: int = 0
    left_words: int = 0

    @property
    def dropped(self) -> float:
        """The share of messages that quote, of which everything quoted is dropped."""
        return 1 - len(self.left) / self.quoting if self.quoting else 1.0

    @property
    def dropped_words(self) -> float:
        return 1 - self.left_words / self.quoted_words if self.quoted_words else 1.0

    @property
    def is_met(self) -> bool:
        return len(self.lost) <= MOST_LOST and self.dropped >= LEAST_DROPPED


def measure(folder: Path, half: str | None = None) -> dict[str, Measured]:
    """By the kind of message. A message is of the half that the hash of its name gives."""
    kinds: dict[str, Measured] = {}
    for path in _samples(folder):
        if half is None or half_of(path.name) == half:
            _measure_one(path, kinds.setdefault(path.parent.name, Measured()))
    if ENGLISH not in kinds:
        raise SampleError(
            f"There is no message in {folder / ENGLISH} to measure: put messages there, and beside "
            f"each what its sender wrote, as message.eml and message.eml{OWN}."
        )
    return kinds


def _samples(folder: Path) -> Iterator[Path]:
    for own in sorted(folder.glob(f"*/*{OWN}")):
        path = own.with_suffix("")
        if not path.is_file():
            raise SampleError(f"{own} has no message beside it: name that {path.name}.")
        yield path


def _measure_one(path: Path, measured: Measured) -> None:
    whole, shown = _read(path)
    own = path.with_name(path.name + OWN).read_text(encoding="utf-8")
    quoted = _words(whole) - _words(own)
    left = (_words(shown) - _words(own)) & quoted
    measured.messages += 1
    measured.quoting += bool(quoted)
    measured.quoted_words += quoted.total()
    measured.left_words += left.total()
    if not _stand_in_order(own, shown):
        measured.lost.append(path.name)
    if left:
        measured.left.append(path.name)


def _read(path: Path) -> tuple[str, str]:
    """What the desk shows of the whole message, and what of it as its sender's own."""
    raw = path.read_bytes()
    if path.suffix == ".txt":
        text = raw.decode("utf-8", "replace").replace("\r\n", "\n")
        return text, without_quotes(text)
    mail = read(_HTML + raw if path.suffix == ".html" else raw)
    return mail.text, mail.text_without_quotes


def _words(text: str) -> Counter[str]:
    return Counter(text.replace(">", " ").split())


def _stand_in_order(own: str, shown: str) -> bool:
    """Whether each line is there whole, one after the other."""
    flat, place = " ".join(shown.split()), 0
    for line in own.split("\n"):
        found = flat.find(" ".join(line.split()), place)
        if found < 0:
            return False
        place = found + len(" ".join(line.split()))
    return True
