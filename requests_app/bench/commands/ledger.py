"""The check of every state and deadline, ten entries a request."""

from requests_app.bench import ledger_check
from requests_app.bench.running import Bench


def run(bench: Bench) -> bool:
    if not bench.options["yes"]:
        return bench.on_databases_of_its_own(*bench.told("requests"), kinds=("postgresql",))
    result = ledger_check.run(bench.options["requests"])
    for line in result.lines():
        bench.say(line)
    return result.is_met
