"""50,000 rows into the log: how long the dry run and the import take, and with how much memory.

Run in a process of its own, on a database that is thrown away.
"""

import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass

from requests_app.actions.research import importing
from requests_app.actions.research.importing import AboutTheFile, BroughtFile
from requests_app.ledger.attribution import Attribution
from requests_app.models import ImportStage, LogImport, Membership, Newsroom, Role, User
from requests_app.research.importing import kept_rows
from requests_app.research.importing.checking import Now
from requests_app.research.importing.work import work

MOST_SECONDS = 180.0
MOST_GROWTH_MB = 60.0  # from the tenth of the batches to the last
HEADINGS = (
    "request id,requester,requester organization,subject,date requested,date perfected,"
    "date completed,status,exemptions cited,fee category,fee waiver,fees charged,"
    "processed under privacy act\r\n"
)
STATUSES = ("Granted in part", "Denied", "Completed", "Open", "No records", "Their own word")


@dataclass(frozen=True, slots=True)
class Result:
    rows: int
    taking_in: float
    dry_run: float
    writing: float
    growth_mb: float
    peak_mb: float

    @property
    def is_met(self) -> bool:
        return self.writing <= MOST_SECONDS and self.growth_mb <= MOST_GROWTH_MB

    def lines(self) -> Iterator[str]:
        mark = "ok" if self.writing <= MOST_SECONDS else "TOO SLOW"
        yield (
            f"import of {self.rows:,} rows: {self.writing:.1f} s (at most {MOST_SECONDS:.0f}) "
            f"{mark}; taken in {self.taking_in:.1f} s, dry run {self.dry_run:.1f} s"
        )
        mark = "ok" if self.growth_mb <= MOST_GROWTH_MB else "NOT FLAT"
        yield (
            f"memory: {self.growth_mb:.0f} MB more at the last batch than at the tenth part (at "
            f"most {MOST_GROWTH_MB:.0f}) {mark}; peak {self.peak_mb:.0f} MB"
        )


def run(rows: int, *, now: Now) -> Result:
    by = Attribution(_researcher(), now())
    begin = time.monotonic()
    file = BroughtFile("bench.csv", _file(rows))
    about = AboutTheFile(source="bench", place="Springfield, IL")
    row = importing.bring(by.user.membership.newsroom, file, about, by=by)
    taken_in = time.monotonic()
    importing.try_it(row, by=by)
    _work(row, ImportStage.CHECKED, now)
    tried = time.monotonic()
    importing.start(row, by=by)
    memory: list[float] = []
    _measure_batches(memory)
    _work(row, ImportStage.IMPORTED, now)
    done = time.monotonic()
    early = memory[len(memory) // 10]
    return Result(
        rows, taken_in - begin, tried - taken_in, done - tried, memory[-1] - early, _peak()
    )


def _work(row: LogImport, expected: ImportStage, now: Now) -> None:
    work(row.pk, now=now)
    row.refresh_from_db()
    if row.stage != expected:
        raise RuntimeError(f"the import is {row.stage}: {row.problem}")


def _measure_batches(memory: list[float]) -> None:
    """Note the process's memory with each row of the file that is read."""
    real = kept_rows.lines

    def measured(log_import: LogImport, offset: int = 0) -> Iterator[kept_rows.Line]:
        for line in real(log_import, offset):
            if line[0] % kept_rows.A_BATCH == 0:
                memory.append(_now())
            yield line

    kept_rows.lines = measured


def _now() -> float:
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
        return int(file.read().split()[1]) * resource.getpagesize() / 2**20


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _file(rows: int) -> Iterator[bytes]:
    yield HEADINGS.encode()
    for n in range(rows):
        yield (
            f"REQ-{n},Person {n},,Every record of matter {n} and what came of it,"
            f"{n % 12 + 1}/{n % 28 + 1}/20{n % 20 + 5:02},,2025-06-{n % 28 + 1:02},"
            f"{STATUSES[n % len(STATUSES)]},(b)({n % 9 + 1}),media,,{n % 100}.50,no\r\n"
        ).encode()


def _researcher() -> User:
    newsroom = Newsroom.objects.create(name="Bench")
    user = User.objects.create_user("bench@bench.example", name="Bench")
    Membership.objects.create(newsroom=newsroom, user=user, role=Role.RESEARCHER)
    return User.objects.get(pk=user.pk)
