"""A large file into the log, on a SQLite and on a PostgreSQL of its own; with --yes on the
configured database, where the rows stay."""

from requests_app.bench import log_import
from requests_app.bench.running import BOTH, Bench


def run(bench: Bench) -> bool:
    bench.check_at_least(1_000, "rows")
    if not bench.options["yes"]:
        return bench.on_databases_of_its_own(*bench.told("rows"), kinds=BOTH)
    result = log_import.run(bench.options["rows"], now=bench.now)
    for line in result.lines():
        bench.say(line)
    return result.is_met
