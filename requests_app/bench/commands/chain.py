"""The proof of a chain, entry by entry."""

from requests_app.bench import chain_check
from requests_app.bench.running import BOTH, Bench


def run(bench: Bench) -> bool:
    bench.check_at_least(100, "entries")
    if not bench.options["yes"]:
        return bench.on_databases_of_its_own(*bench.told("entries"), kinds=BOTH)
    result = chain_check.run(bench.options["entries"])
    for line in result.lines():
        bench.say(line)
    return result.is_met
