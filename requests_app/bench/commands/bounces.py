"""Bounces in a folder, recognized and tied to the letters they are of. No database is read."""

from django.core.management.base import CommandError

from requests_app.bench import bounces
from requests_app.bench.halves import half_of
from requests_app.bench.running import Bench


def run(bench: Bench) -> bool:
    folder = bench.options["folder"]
    if folder is None or not any(folder.glob("*.eml")):
        raise CommandError("Name a folder with bounces as .eml files: manage.py bench bounces DIR.")
    half = bench.options["half"]
    result = bounces.run(folder, wanted=lambda name: half in (None, half_of(name, by="sha1")))
    for line in result.lines():
        bench.say(line)
    return result.is_met
