"""Each part on a SQLite and on a PostgreSQL of its own; with --yes on the configured database,
where everything is rolled back."""

from requests_app.bench import catalog
from requests_app.bench.running import BOTH, Bench


def run(bench: Bench) -> bool:
    bench.check_at_least(1, "datasets")
    part = bench.options["part"]
    if bench.options["yes"]:
        parts = [part] if part else list(catalog.PARTS)
        results = [catalog.run(one, bench.options["datasets"], bench.say) for one in parts]
        return all(results)
    told = bench.told("part", "datasets") if part else bench.told("datasets")
    return bench.on_databases_of_its_own(*told, kinds=BOTH)
