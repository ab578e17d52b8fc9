"""The Date header, in the shapes programs have given it since 1982."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_tz

_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:\s*(?:Z|[+-]\d\d:?\d\d))?")
_COMMENT = re.compile(r"\([^()]*\)")
EARLIEST, LATEST = 1990, 2100
FARTHEST_ZONE = 14 * 3600  # seconds; a zone beyond it is a slip, and the day would be wrong


def instant(value: str) -> datetime | None:
    """The moment it names, aware; None when it names none. Without a zone it is taken as UTC."""
    text = _COMMENT.sub(" ", value[:200]).strip()
    if match := _ISO.match(text):
        return _from_iso(match[0])
    try:
        parsed = parsedate_tz(text)
        if parsed is None or abs(parsed[9] or 0) > FARTHEST_ZONE:
            return None
        naive = datetime(*parsed[:6], tzinfo=UTC)
        moment = datetime.fromtimestamp(naive.timestamp() - (parsed[9] or 0), UTC)
    except (ValueError, TypeError, IndexError, OverflowError, OSError):
        return None
    return moment if EARLIEST <= moment.year <= LATEST else None


def _from_iso(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.replace(" +", "+").replace(" -", "-").strip())
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC) if EARLIEST <= aware.year <= LATEST else None
