"""The short names of requests that stand in addresses and links: typed by people, so checked."""

from zlib import crc32

# No 0, 1, i, l or o: nobody has to ask which it is.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH = 8


def check_letters(public_id: str) -> str:
    """Two letters that a mistyped id will almost certainly not match."""
    number = crc32(public_id.encode()) % (len(ALPHABET) ** 2)
    return ALPHABET[number // len(ALPHABET)] + ALPHABET[number % len(ALPHABET)]
