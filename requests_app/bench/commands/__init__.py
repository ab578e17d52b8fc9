"""The benchmarks by the names that `manage.py bench` takes. Each module's `run` measures one, says
what it shows, and whether every promise was kept."""

from collections.abc import Callable
from importlib import import_module

from requests_app.bench.running import Bench

# By the module: each loads much that the others do not need, and whose memory it would measure.
MODULES = {
    "chain": "chain",
    "clocks": "clocks",
    "ledger": "ledger",
    "letters": "letters",
    "casefile": "casefile",
    "mail": "mail",
    "bounces": "bounces",
    "pages": "pages",
    "api": "pages",
    "figures": "pages",
    "catalog": "catalog",
    "import": "log_import",
    "quotes": "quotes",
}


def benchmark(what: str) -> Callable[[Bench], bool]:
    """The one of that name."""
    found: Callable[[Bench], bool] = import_module(f"{__name__}.{MODULES[what]}").run
    return found
