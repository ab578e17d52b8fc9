"""Bounces in a folder, recognized and tied to the letters they are of. No database is read."""

import hashlib
from pathlib import Path

from django.core.management.base import CommandError

from requests_app.bench import bounces
from requests_app.bench.running import Bench

HALVES = {"seen": 0, "held": 1}


def run(bench: Bench) -> bool:
    folder = Path(bench.options["folder"])
    if not bench.options["folder"] or not any(folder.glob("*.eml")):
        raise CommandError("Name a folder with bounces as .eml files: manage.py bench bounces DIR.")
    half = bench.options["half"]
    result = bounces.run(folder, wanted=lambda name: not half or _half_of(name) == HALVES[half])
    for line in result.lines():
        bench.say(line)
    return result.is_met


def _half_of(name: str) -> int:
    """Even for tuning, odd for measuring: by the name, so that a sample never changes sides."""
    return int(hashlib.sha1(name.encode(), usedforsecurity=False).hexdigest(), 16) % 2
