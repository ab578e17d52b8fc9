"""Which files go with a letter in which message, and which are too large for any."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from requests_app.delivery import links
from requests_app.letters import enclosures
from requests_app.models import Attachment, Filing, Letter

HEADERS = 4_000  # of a message and of its parts, with room
PART_HEADERS = 500


class TooLarge(Exception):
    """Neither in messages nor by link: the sentence says which other ways there are."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """One file that goes with a letter; `key` is its attachment's."""

    key: int
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What each message encloses, the letter being in the first; and what goes by link."""

    parts: tuple[tuple[Enclosure, ...], ...]
    links: tuple[Enclosure, ...] = ()

    @property
    def is_one_message(self) -> bool:
        return len(self.parts) == 1 and not self.links


def encoded(size: int) -> int:
    """The bytes a file takes in a message: base64 in lines of 76 (RFC 2045, 6.8)."""
    return -(-size // 57) * 78 + PART_HEADERS


def plan(letter_size: int, files: Iterable[Enclosure], *, most: int) -> Plan:
    """Each file in the first message with room for it; alone too large, it goes by link.

    `letter_size`: the bytes of the message that carries the letter alone; `most`: of any message.
    """
    room = [most - letter_size]
    parts: list[list[Enclosure]] = [[]]
    too_large: list[Enclosure] = []
    for file in files:
        size = encoded(file.size)
        if size > most - HEADERS:
            too_large.append(file)
            continue
        number = next((n for n, left in enumerate(room) if left >= size), len(room))
        if number == len(room):
            room.append(most - HEADERS)
            parts.append([])
        room[number] -= size
        parts[number].append(file)
    return Plan(tuple(map(tuple, parts)), tuple(too_large))


def planned(files: Iterable[Attachment]) -> tuple[Enclosure, ...]:
    """Files as a plan takes them, in the order in which the letter names them."""
    return tuple(Enclosure(file.pk, file.name, file.size) for file in files)


def enclosed_with(letter: Letter) -> tuple[Enclosure, ...]:
    """What an issued letter encloses: what was written down with it, whatever came since."""
    return planned(enclosures.files_on(letter))


def by_hand(letter: Letter) -> Plan:
    """How an issued letter goes where a person takes it: whole, whatever its size."""
    return Plan((enclosed_with(letter),))


def by_email(letter: Letter) -> Plan:
    """How an issued letter goes by e-mail. Raises TooLarge."""
    filled = getattr(letter, "filled_form", None)
    size = HEADERS + 3 * len(letter.text.encode())
    size += encoded(len(filled.pdf)) if filled else 0
    if not _goes_within_its_filing(letter, room=settings.MAIL_MAX_BYTES - size):
        size += encoded(len(letter.pdf))
    return checked(size, enclosed_with(letter))


def _goes_within_its_filing(letter: Letter, *, room: int) -> bool:
    """Whether the message has no need of the letter alone: the one document holds it. A document
    too large for any message goes by link, and then the letter goes in the message."""
    filing: Filing | None = getattr(letter, "filing", None)
    if filing is None or filing.is_separate:
        return False
    return encoded(filing.document.size) <= room


def checked(letter_size: int, files: Iterable[Enclosure]) -> Plan:
    """A plan that this desk can keep. Raises TooLarge."""
    most = settings.MAIL_MAX_BYTES
    way = plan(letter_size, files, most=most)
    if letter_size > most:
        raise TooLarge(
            f"The letter alone is larger than the {in_words(most)} a message may have: send it by "
            "another channel."
        )
    if way.links and not links.can_be_opened():
        names = ", ".join(f"“{file.name}” ({in_words(file.size)})" for file in way.links)
        raise TooLarge(
            f"{names}: too large for any message of {in_words(most)}, and this desk has no public "
            "https address from which the city could fetch it. Choose another channel, or enclose "
            "it in smaller files."
        )
    return way


def in_words(size: int) -> str:
    return f"{size / 2**20:.0f} MB" if size >= 2**20 else f"{max(1, size // 1024)} kB"
