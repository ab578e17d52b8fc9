"""Pages, the API's list and the figures of one newsroom: on a PostgreSQL of its own; with --yes on
a database that is kept, filled but once."""

from django.core.management.base import CommandError

from requests_app.bench import api_list
from requests_app.bench.pages import figures_page
from requests_app.bench.pages import run as every_page
from requests_app.bench.running import Bench

FEWEST = 100  # requests: some of each kind
MEASURED = {"pages": every_page.run, "api": api_list.run_api, "figures": figures_page.run}


def run(bench: Bench) -> bool:
    if bench.options["requests"] < FEWEST:
        raise CommandError(f"--requests is at least {FEWEST}: some of each kind.")
    if not bench.options["yes"]:
        return bench.on_databases_of_its_own(*bench.told("requests"), kinds=("postgresql",))
    measured = MEASURED[bench.what]
    try:
        return measured(bench.options["requests"], at=bench.now(), report=bench.say)
    except every_page.NotOurDatabaseError as error:
        raise CommandError(str(error)) from error
