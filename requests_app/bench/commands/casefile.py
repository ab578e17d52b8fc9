"""A long case file, in a process of its own, so that the memory is its alone."""

from requests_app.bench import casefile
from requests_app.bench.running import Bench

SIZE = ("communications", "exhibits", "pages")


def run(bench: Bench) -> bool:
    bench.check_at_least(1, *SIZE)
    if not bench.options["yes"]:
        return bench.on_databases_of_its_own(*bench.told(*SIZE), kinds=("sqlite",))
    result = casefile.run(casefile.Size(*(bench.options[name] for name in SIZE)))
    for line in result.lines():
        bench.say(line)
    return result.is_met
