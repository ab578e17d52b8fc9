"""`manage.py verify_ledger`: nothing was changed, removed, reordered or slipped in."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from requests_app.ledger.chains import HeadError, KnownHead, Verdict, heads_in, verify
from requests_app.models import ChainHead, Newsroom
from requests_app.models.chain.chained_tables import LEDGER, SECURITY, chain_name

BAD_INPUT = 2


class Command(BaseCommand):
    help = (
        "Compute each newsroom's hash chains again from the rows, and name the first entry that "
        "was changed, removed, put elsewhere or slipped in. Exit 0: all are whole; 1: one is not; "
        "2: the question cannot be answered, as for a head from before the security log was cut."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--newsroom", help="this one's alone: its name or its number")
        parser.add_argument(
            "--against",
            nargs="+",
            default=[],
            metavar="HEAD",
            help="heads kept elsewhere, each the line as a mail, a filing or an export prints it, "
            "or a file that holds such lines: what was cut off is found by them alone",
        )
        parser.add_argument("--json", action="store_true", help="say it as JSON")

    def handle(self, *args: Any, newsroom: str | None, against: list[str], **options: Any) -> None:
        known = _known(against)
        names = _names(newsroom, known)
        verdicts = []
        for name in names:
            verdict = verify(name, known)
            verdicts.append(verdict)
            if not options["json"]:
                self.stdout.write("\n".join([_line(verdict), *verdict.before_the_cut]))
        is_whole = all(verdict.is_whole for verdict in verdicts)
        if options["json"]:
            said = {"whole": is_whole, "chains": [_as_json(verdict) for verdict in verdicts]}
            self.stdout.write(json.dumps(said, indent=1))
        if not is_whole:
            raise SystemExit(1)
        if any(verdict.before_the_cut for verdict in verdicts):
            raise SystemExit(BAD_INPUT)


def _known(against: list[str]) -> list[KnownHead]:
    try:
        return heads_in(_text_of(given) for given in against)
    except (HeadError, OSError, UnicodeDecodeError) as error:
        raise CommandError(str(error), returncode=BAD_INPUT) from error


def _text_of(given: str) -> str:
    is_file = len(given) < 1000 and "\n" not in given and Path(given).is_file()
    return Path(given).read_text("utf-8") if is_file else given


def _names(newsroom: str | None, known: list[KnownHead]) -> list[str]:
    """Of the newsroom asked for; else of each newsroom, and whatever chain is stored or known."""
    if newsroom is not None:
        rows = Newsroom.objects.filter(name=newsroom)
        if newsroom.isdigit():
            rows = rows | Newsroom.objects.filter(pk=int(newsroom))
        keys = list(rows.values_list("pk", flat=True))
        if len(keys) != 1:
            names = ", ".join(Newsroom.objects.order_by("name").values_list("name", flat=True))
            raise CommandError(
                f"No newsroom here is called “{newsroom}”. There are: {names}.",
                returncode=BAD_INPUT,
            )
        return [chain_name(book, keys[0]) for book in (LEDGER, SECURITY)]
    keys = list(Newsroom.objects.values_list("pk", flat=True))
    expected = {chain_name(book, key) for key in (*keys, None) for book in (LEDGER, SECURITY)}
    stored = set(ChainHead.objects.values_list("name", flat=True))
    return sorted(expected | stored | {one.chain for one in known})


def _line(verdict: Verdict) -> str:
    stands = KnownHead(verdict.chain, verdict.entries, verdict.head)
    if verdict.finding is None:
        since = f" since its cut at entry {verdict.cut_at:,}" if verdict.cut_at else ""
        return f"{stands}: whole{since}."
    return f"Chain {verdict.chain}: {verdict.finding.sentence}"


def _as_json(verdict: Verdict) -> dict[str, Any]:
    finding = verdict.finding
    return {
        "chain": verdict.chain,
        "entries": verdict.entries,
        "head": verdict.head,
        "whole": verdict.is_whole,
        "cut_at": verdict.cut_at,
        "before_the_cut": list(verdict.before_the_cut),
        "finding": finding
        and {"what": finding.what, "entry": finding.number, "sentence": finding.sentence},
    }
