"""`manage.py clocks CASES.json`: do the clocks give the dates that were worked out by hand?"""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cities.checks.run_cases import CaseError, Result, read_cases, run_case
from cities.clocks.explain import explain


class Command(BaseCommand):
    help = "Run a file of worked cases: a line each, then how many pass. Exit 1 if any differs."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("cases", type=Path, help="a JSON list of worked cases")
        shown = parser.add_mutually_exclusive_group()
        shown.add_argument("--json", action="store_true", help="print every date and explanation")
        shown.add_argument("--explain", metavar="ID", help="print one case's clocks as text")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            cases = read_cases(options["cases"])
        except (CaseError, OSError) as error:
            raise CommandError(str(error)) from error
        if wanted := options["explain"]:
            cases = [case for case in cases if case.id == wanted]
            if not cases:
                raise CommandError(f"There is no case {wanted!r} in {options['cases']}.")
        results = [run_case(case) for case in cases]
        if options["json"]:
            self.stdout.write(json.dumps([_as_json(r) for r in results], indent=1, default=_plain))
        elif wanted:
            self._explain(results[0])
        else:
            self._list(results)
        if not all(result.passes for result in results):
            raise SystemExit(1)  # without a word more: the last line is the count

    def _list(self, results: list[Result]) -> None:
        for result in results:
            self.stdout.write(f"{result.case.id} {'; '.join(result.differences) or 'pass'}")
        passed = sum(result.passes for result in results)
        self.stdout.write(f"{passed} of {len(results)}")

    def _explain(self, result: Result) -> None:
        self.stdout.write(f"{result.case.id}: {result.case.why}\n")
        for deadline in result.deadlines:
            self.stdout.write(f"\n{explain(deadline)}")
        for difference in result.differences:
            self.stdout.write(f"\nDiffers: {difference}")


def _as_json(result: Result) -> dict[str, Any]:
    return {
        "id": result.case.id,
        "pass": result.passes,
        "differences": result.differences,
        "deadlines": [
            asdict(one) | {"days": [day._asdict() for day in one.days], "text": explain(one)}
            for one in result.deadlines
        ],
    }


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")
