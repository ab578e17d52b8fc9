"""What makes two copies of a message the same one: its sender, its date, its words, its files.

Trace headers, line endings, folding and transfer encodings differ between copies of one message
and are left out. A Message-ID alone decides nothing: programs reuse them.
"""

from collections.abc import Iterable
from hashlib import sha256


def content_key(fields: Iterable[str], texts: Iterable[str], files: Iterable[str]) -> str:
    """A hash over them; texts without their white space, which transport rearranges."""
    key = sha256()
    for group, values in (("f", fields), ("t", texts), ("a", files)):
        for value in values:
            bare = "".join(value.split()) if group != "a" else value
            key.update(f"{group}{len(bare)}:".encode())
            key.update(bare.encode("utf-8", "replace"))
    return key.hexdigest()
