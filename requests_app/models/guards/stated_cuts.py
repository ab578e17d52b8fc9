"""What the triggers ask of a cut of the security log, in SQL that both databases read.

A row goes only behind a cut that is stated. A cut is stated only of a security log, at an entry
that stands there with that head, where nothing that goes is younger than it says, nor than a year.
"""

from dataclasses import dataclass

A_YEAR_AGO = "{a year ago}"  # each database says it in its own words


@dataclass(frozen=True, slots=True)
class Condition:
    """Of OLD or NEW, the row in question; `tables` are the others that it looks into."""

    sql: str
    tables: tuple[str, ...]


_CUT, _HEAD = "requests_app_securitylogcut", "requests_app_chainhead"
_ENTRY, _EVENT = "requests_app_chainentry", "requests_app_securityevent"
# `h` is the chain of whose newsroom a cut is.
_A_CUT = (
    "SELECT 1 FROM requests_app_securitylogcut c JOIN requests_app_chainhead h "
    "ON h.name = 'security-' || COALESCE(CAST(c.newsroom_id AS TEXT), 'desk')"
)
_AN_ENTRY_OF_THAT_LOG = (
    "SELECT 1 FROM requests_app_chainentry e JOIN requests_app_chainhead h ON h.id = e.chain_id "
    "AND h.name = 'security-' || COALESCE(CAST(NEW.newsroom_id AS TEXT), 'desk')"
)

ENTRY_IS_BEHIND_A_CUT = Condition(
    f"EXISTS ({_A_CUT} WHERE h.id = OLD.chain_id AND c.number >= OLD.number)", (_CUT, _HEAD)
)


def row_is_behind_a_cut(table: str) -> Condition:
    """`table` as the chain calls it: see `chained_tables`."""
    return Condition(
        f"EXISTS ({_A_CUT} JOIN {_ENTRY} e ON e.chain_id = h.id AND e.number <= c.number "
        f'WHERE e."table" = \'{table}\' AND e."row" = OLD.id)',
        (_CUT, _HEAD, _ENTRY),
    )


CUT_IS_TRUE = Condition(
    f"NEW.newest_at <= {A_YEAR_AGO} AND NEW.keep_days >= 365 "
    f"AND EXISTS ({_AN_ENTRY_OF_THAT_LOG} WHERE e.number = NEW.number AND e.hash = NEW.head) "
    f'AND NOT EXISTS ({_AN_ENTRY_OF_THAT_LOG} JOIN {_EVENT} s ON s.id = e."row" '
    "WHERE e.\"table\" = 'security' AND e.number <= NEW.number AND s.at > NEW.newest_at)",
    (_HEAD, _ENTRY, _EVENT),
)
