"""The only writer of events, and of the deadlines and headlines that follow from them.

Everything here is called inside the transaction of the act that it records.
"""

from requests_app.ledger.checking import compare, compare_many
from requests_app.ledger.correcting_entries import correct
from requests_app.ledger.counted_rows import write_counted_of
from requests_app.ledger.headline_rows import (
    drop_past_headlines,
    write_headlines,
    write_headlines_of,
)
from requests_app.ledger.inputs import closures_of, derive_for, standing_for, subject_of
from requests_app.ledger.log_rows import write_log_entries
from requests_app.ledger.occasion import Occasion
from requests_app.ledger.record_event import record
from requests_app.ledger.rederiving import rederive, rederive_many
from requests_app.ledger.what_if import Move, moves_if_closed

__all__ = [
    "Move", "Occasion", "closures_of", "compare", "compare_many", "correct", "derive_for",
    "drop_past_headlines", "moves_if_closed", "record", "rederive", "rederive_many",
    "standing_for", "subject_of", "write_counted_of", "write_headlines", "write_headlines_of",
    "write_log_entries",
]  # fmt: skip
