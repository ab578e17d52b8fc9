"""A folder of samples in two halves: one to tune by, one to measure on. By the name, so that none
ever changes sides."""

import hashlib

HALVES = ("seen", "held")


def half_of(name: str, *, by: str = "sha256") -> str:
    """`by` a hash that hashlib knows: docs/benchmarks.md says which divided whose samples."""
    return HALVES[int(hashlib.new(by, name.encode(), usedforsecurity=False).hexdigest(), 16) % 2]
