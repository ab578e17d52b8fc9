"""What `without_quotes` loses and leaves of messages in a folder of the reader's own: there are
none in the project. requests_app.bench.quotes says how they lie there."""

from django.core.management.base import CommandError

from requests_app.bench.quotes import (
    ENGLISH,
    LEAST_DROPPED,
    MOST_LOST,
    Measured,
    SampleError,
    measure,
)
from requests_app.bench.running import Bench


def run(bench: Bench) -> bool:
    folder = bench.options["folder"]
    if folder is None:
        raise CommandError("Name the folder with the messages: manage.py bench quotes FOLDER.")
    try:
        kinds = measure(folder, bench.options["half"])
    except SampleError as error:
        raise CommandError(str(error)) from error
    for kind, measured in sorted(kinds.items()):
        _say(bench, kind, measured)
    bench.say(
        f"{ENGLISH}: at most {MOST_LOST} with a line lost, at least {LEAST_DROPPED:.0%} of those "
        f"that quote with nothing quoted left: {'ok' if kinds[ENGLISH].is_met else 'MISSED'}"
    )
    return kinds[ENGLISH].is_met


def _say(bench: Bench, kind: str, measured: Measured) -> None:
    bench.say(
        f"{kind}: {measured.messages} messages, {len(measured.lost)} with a line of the sender's "
        f"lost; {measured.quoting} quote, {measured.dropped:.1%} of them with nothing quoted left "
        f"({measured.dropped_words:.1%} of the quoted words dropped)"
    )
    for name in measured.lost:
        bench.say(f"  lost: {name}")
    for name in measured.left:
        bench.say(f"  left: {name}")
