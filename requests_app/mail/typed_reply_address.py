"""Our reply address, found among a message's recipients though somebody typed it.

An address is `r-<public id>-<check>@domain`. The alphabet leaves out 0, 1, i, l and o, so each of
those in a typed address is a slip; so are a lost dash, capitals, a `+suffix`. What is guessed
counts only when the two check letters agree, and then still has to be a request of the desk.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from requests_app.mail.incoming_message import Address, Mail
from requests_app.public_request_ids import ALPHABET, check_letters

# What each typed letter may have been meant to be: the eye's slips, then the hand's.
_MEANT = {
    "0": "dq9", "o": "dqc9", "1": "jt7", "l": "jt7", "i": "jt7", "5": "s6", "s": "5", "2": "z",
    "z": "2", "8": "b", "b": "8", "6": "bg", "g": "9q", "9": "gq", "q": "g9", "u": "v", "v": "uy",
    "n": "m", "m": "n", "c": "e", "e": "c", "7": "t", "t": "7", "f": "t", "j": "y", "y": "v",
}  # fmt: skip
_SEPARATORS = re.compile(r"[-_.\u2010-\u2015\s=]+")
_SHAPE = re.compile(r"r?([a-z0-9]{8})([a-z0-9]{2})")
_DASHED = re.compile(
    r"(?:^|[-_.+=])r[-_.\u2010-\u2015]([a-z0-9]{4,12})[-_.\u2010-\u2015]([a-z0-9]{2})$"
)
_MAX_GUESSES = 400


def possible_ids(local_part: str) -> tuple[str, ...]:
    """The public ids that the part before the @ may mean, the likeliest first; () when none."""
    local = local_part.strip().strip("\"'<>").lower().partition("+")
    for typed in (local[0], local[2]):  # desk+r-… is read as well as r-…+tag
        if not typed or len(typed) > 60:
            continue
        for public_id, check in _shapes(typed):
            if check_letters(public_id) == check and _is_possible(public_id):
                return (public_id,)
        found = dict.fromkeys(
            guess for public_id, check in _shapes(typed) for guess in _guesses(public_id, check)
        )
        if found:
            return tuple(found)
    return ()


def addressed_ids(mail: Mail, domain: str, extra: Iterable[str] = ()) -> tuple[str, ...]:
    """The ids in every recipient of a message, `extra` (the envelope's) first.

    The domain may differ in case only. A display name that holds the address counts too: some
    mailers keep that and put their own address behind it.
    """
    recipients = [*(Address("", address) for address in extra), *mail.recipients]
    found: dict[str, None] = {}
    for recipient in recipients:
        for local in _locals(recipient, domain.lower()):
            found.update(dict.fromkeys(possible_ids(local)))
    return tuple(found)


def _locals(recipient: Address, domain: str) -> Iterator[str]:
    local, _, host = recipient.address.rpartition("@")
    if host.lower().rstrip(".") == domain:
        yield local
    name = recipient.name.lower()
    if f"@{domain}" in name:
        yield from re.findall(r"([^\s<>\"',;@]+)@", name)
    elif _DASHED.search(name):
        yield name


def _shapes(typed: str) -> Iterator[tuple[str, str]]:
    """The id and the check letters, with dashes where they belong or without any."""
    if match := _DASHED.search(typed):
        yield match[1], match[2]
    if match := _SHAPE.fullmatch(_SEPARATORS.sub("", typed)):
        yield match[1], match[2]


def _guesses(public_id: str, check: str) -> Iterator[str]:
    """Ids one slip of the eye or two neighbors changed away, whose check letters agree."""
    checks = set(_variants(check))
    tried = chain(_variants(public_id), _swapped(public_id))
    for guess in islice(tried, _MAX_GUESSES):
        if _is_possible(guess) and check_letters(guess) in checks:
            yield guess


def _variants(typed: str) -> Iterator[str]:
    """The typed letters themselves where they can be, and each way one or all may be meant."""
    choices = [[letter, *_MEANT.get(letter, "")] for letter in typed]
    impossible = [at for at, letter in enumerate(typed) if letter not in ALPHABET]
    bases = [list(typed)]
    for at in impossible:  # these are wrong for sure: every reading of them is tried
        bases = [
            [*base[:at], other, *base[at + 1 :]] for base in bases for other in choices[at][1:]
        ]
        bases = bases[:_MAX_GUESSES]
    for base in bases:
        yield "".join(base)
    for base in bases:
        for at, options in enumerate(choices):
            if at in impossible:
                continue
            for other in options[1:]:
                yield "".join([*base[:at], other, *base[at + 1 :]])


def _swapped(typed: str) -> Iterator[str]:
    for at in range(len(typed) - 1):
        if typed[at] != typed[at + 1]:
            yield typed[:at] + typed[at + 1] + typed[at] + typed[at + 2 :]


def _is_possible(public_id: str) -> bool:
    return all(letter in ALPHABET for letter in public_id)
