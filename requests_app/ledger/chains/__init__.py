"""The hash chains: heads to keep elsewhere, rows from before there were chains, and the proof."""

from requests_app.ledger.chains.chain_heads import (
    HeadError,
    KnownHead,
    head_line,
    head_lines,
    heads_in,
    security_head_line,
)
from requests_app.ledger.chains.earlier_rows import (
    chain_after_migrate,
    chain_earlier_rows,
    chains_that_take_rows,
)
from requests_app.ledger.chains.findings import Finding
from requests_app.ledger.chains.verifying import Verdict, verify

__all__ = [
    "Finding", "HeadError", "KnownHead", "Verdict", "chain_after_migrate", "chain_earlier_rows",
    "chains_that_take_rows", "head_line", "head_lines", "heads_in",
    "security_head_line", "verify",
]  # fmt: skip
