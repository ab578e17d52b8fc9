"""A letter set by the desk beside WeasyPrint alone, by two workers, and by one for a long time."""

from django.core.management.base import CommandError

from requests_app.bench import letters
from requests_app.bench.running import Bench


def run(bench: Bench) -> bool:
    rounds, count = bench.options["rounds"], bench.options["letters"]
    if rounds < 1 or count < 10:
        raise CommandError("--rounds is at least 1, --letters at least 10.")
    is_met = True
    for verdict in letters.run(rounds=rounds, letters=count):
        bench.say(str(verdict))
        is_met = is_met and verdict.is_met
    return is_met
