"""Damage done to messages from fixed seeds, as transport, gateways and bad luck do it."""

import random
import re
from collections.abc import Callable, Iterator

Damage = Callable[[bytes, random.Random], bytes]


def cut_off(raw: bytes, chance: random.Random) -> bytes:
    return raw[: chance.randrange(len(raw) + 1)]


def cut_out(raw: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(raw) + 1)
    return raw[:start] + raw[start + chance.randrange(400) :]


def change_line_ends(raw: bytes, chance: random.Random) -> bytes:
    ends = [b"\n", b"\r\n", b"\r", b"\r\r\n", b"\n\r", b"\r\n \r\n"]
    if chance.random() < 0.5:
        end = chance.choice(ends[:4])
        return re.sub(rb"\r*\n", lambda _: end, raw)
    return re.sub(rb"\r*\n", lambda _: chance.choice(ends[: chance.randint(2, 6)]), raw)


def swap_charsets(raw: bytes, chance: random.Random) -> bytes:
    others = [b"utf-16", b"utf-7", b"iso-2022-jp", b"gb2312", b"cp437", b"hz", b"punycode", b"\xff"]
    others += [b"us-ascii", b"koi8-r", b"utf-32", b"base64", b"x" * 300, b"", b'"', b"idna"]
    swapped = re.sub(
        rb"(charset=|=\?)([^?;\s]+)", lambda found: found[1] + chance.choice(others), raw
    )
    if swapped != raw:
        return swapped
    return raw.decode("latin-1").encode(chance.choice(["utf-8", "utf-16", "utf-7"]))


def damage_boundaries(raw: bytes, chance: random.Random) -> bytes:
    def broken(found: re.Match[bytes]) -> bytes:
        line = found[0]
        choice = chance.randrange(7)
        if choice == 0:
            return b""
        if choice == 1:
            return line + b" junk"
        if choice == 2:
            return line[:-1]
        if choice == 3:
            return line + b"--"
        if choice == 4:
            return line + b"\r\n" + line
        return line

    return re.sub(rb"(?m)^--[^\r\n]{1,70}", broken, raw)


def flip_bytes(raw: bytes, chance: random.Random) -> bytes:
    data = bytearray(raw)
    for _ in range(chance.randint(1, 30)):
        if data:
            data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def repeat_lines(raw: bytes, chance: random.Random) -> bytes:
    lines = raw.split(b"\n")
    start = chance.randrange(len(lines))
    piece = lines[start : start + chance.randint(1, 12)]
    return b"\n".join(lines[:start] + piece * chance.randint(2, 6) + lines[start:])


def shuffle_lines(raw: bytes, chance: random.Random) -> bytes:
    lines = raw.split(b"\n")
    start = chance.randrange(len(lines))
    piece = lines[start : start + chance.randint(2, 10)]
    chance.shuffle(piece)
    return b"\n".join(lines[:start] + piece + lines[start + len(piece) :])


def insert_bytes(raw: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(raw) + 1)
    pieces = [b"\x00" * 20, b"=?utf-8?B?", b'"' * 9, b"(" * 200, b"<" * 50, b"\xff\xfe", b"--b\r\n"]
    pieces += [
        b"\r\n\r\n",
        b";" * 40,
        b"=",
        b"begin 644 x\n",
        b"%" * 9,
        b"Content-Type: multipart/",
    ]
    return raw[:at] + chance.choice(pieces) + raw[at:]


DAMAGES: tuple[Damage, ...] = (
    cut_off, cut_out, change_line_ends, swap_charsets, damage_boundaries, flip_bytes, repeat_lines,
    shuffle_lines, insert_bytes,
)  # fmt: skip


def variants(messages: dict[str, bytes], count: int, seed: int) -> Iterator[tuple[str, bytes, str]]:
    """So many damaged messages: the original's name, the bytes, and what was done to them."""
    names = sorted(messages)
    for number in range(count):
        chance = random.Random(f"{seed}:{number}")
        name = names[number % len(names)]
        raw = messages[name]
        done = []
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            damage = DAMAGES[chance.randrange(len(DAMAGES))]
            raw = damage(raw, chance)
            done.append(damage.__name__)
        yield name, raw, f"variant {number}: {', '.join(done)}"
