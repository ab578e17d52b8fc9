"""The engine in this process; a closure that moves every open request of a city."""

from requests_app.bench import closure, derivations
from requests_app.bench.running import Bench


def run(bench: Bench) -> bool:
    if bench.options["yes"]:
        result = closure.run(bench.options["requests"])
        for line in result.lines():
            bench.say(line)
        return result.is_met
    measures = derivations.measures()
    for measure in measures:
        bench.say(str(measure))
    is_met = all(measure.is_met for measure in measures)
    if bench.options["engine"]:
        return is_met
    told = bench.told("requests")
    return bench.on_databases_of_its_own(*told, kinds=("postgresql",)) and is_met
