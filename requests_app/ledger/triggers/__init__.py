"""The database's own guard over what was written: triggers, the same promise on both databases.

They are put up after every migrate and not by one migration: SQLite rebuilds a table to change its
columns, and drops its triggers without a word.
"""

from requests_app.ledger.triggers.guards import install, missing, take_down

__all__ = ["install", "missing", "take_down"]
