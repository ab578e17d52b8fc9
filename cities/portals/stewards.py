"""Who answers for a dataset, as its portal says it: an office or a person, not an account."""

import re
from collections.abc import Iterable

# In this order: who owns the data before whose department it is.
_KEYS = tuple(
    re.compile(rf"(?:^|[_\W]){key}(?:[-_ ]name)?$", re.I)
    for key in (
        r"data[-_ ]?(?:owner|steward)", r"(?:steward|owner)", r"contact[-_ ]department",
        r"(?:department|bureau)", r"agency",
    )
)  # fmt: skip
_CADENCE = re.compile(r"(?:update|refresh|publication)[-_ ]?frequency$|^frequency$", re.I)
_ACCOUNT = re.compile(
    r"[\w.-]*admin\d*|(?:open[ _-]?data|portal|site|data|socrata|gis|arcgis|ckan)"
    r"(?:[ _-]+(?:portal|admin|administrator|publisher|user|team|manager))*|\S+@\S+|default",
    re.I,
)


def steward_of(fields: Iterable[tuple[str, str]], *fallbacks: str) -> str:
    """The first that names somebody: the portal's own fields, by their meaning, then the rest."""
    named = [(key, value) for key, value in fields if value]
    for pattern in _KEYS:
        for key, value in named:
            if pattern.search(key) and is_somebody(value):
                return value
    return next((name for name in fallbacks if is_somebody(name)), "")


def cadence_of(fields: Iterable[tuple[str, str]]) -> str:
    """How often the portal says that it is updated, in its words. Each city has its own key."""
    return next((value for key, value in fields if value and _CADENCE.search(key)), "")


def is_somebody(name: str) -> bool:
    """Whether it names an office or a person, and not the account that uploads everything."""
    return bool(name) and not _ACCOUNT.fullmatch(name)
