"""How a letter names its exhibits: "Exhibit 2", "Exhibits 1 and 3", "Exhibits 2 through 5"."""

import re
from collections.abc import Iterable, Mapping

_TO = r"(?:through|to|–|-)"
_ONE = r"\d{1,3}(?!\d)"
_SPAN = rf"{_ONE}(?:\s*{_TO}\s*{_ONE})?"
_BETWEEN = r"(?:\s*,\s*and\s+|\s*,\s*|\s+and\s+)"
_NAMED = re.compile(rf"\bExhibit\s+({_ONE})|\bExhibits\s+({_SPAN}(?:{_BETWEEN}{_SPAN})*)")
_EACH = re.compile(rf"({_ONE})(?:\s*{_TO}\s*({_ONE}))?")


def named(numbers: Iterable[int]) -> str:
    """The exhibits as a sentence names them; runs of three and more by their ends."""
    spans = [_span(run) for run in _runs(sorted(set(numbers)))]
    single = len(spans) == 1 and spans[0].isdigit()
    return f"{'Exhibit' if single else 'Exhibits'} {_listed(spans)}"


def numbers_in(text: str) -> set[int]:
    """The number of every exhibit that a text names."""
    return {number for match in _NAMED.finditer(text) for number in _numbers(match)}


def renumbered(text: str, now: Mapping[int, int | None]) -> str:
    """The text with each exhibit under the number it has now; one that is gone (None) becomes a
    place to fill in, where nothing else stands beside it."""

    def put(match: re.Match[str]) -> str:
        before = _numbers(match)
        after = [number for one in before if (number := now.get(one, one)) is not None]
        if after == before:
            return match[0]
        return named(after) if after else f"[[{match[0]} was removed: say it without it]]"

    return _NAMED.sub(put, text)


def _numbers(match: re.Match[str]) -> list[int]:
    if match[1]:
        return [int(match[1])]
    found: list[int] = []
    for span in _EACH.finditer(match[2]):
        found += range(int(span[1]), int(span[2] or span[1]) + 1)
    return found


def _runs(numbers: list[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    # Two in a row are named one by one.
    return [part for run in runs for part in ([run] if len(run) > 2 else [[one] for one in run])]


def _span(run: list[int]) -> str:
    return str(run[0]) if len(run) == 1 else f"{run[0]} through {run[-1]}"


def _listed(parts: list[str]) -> str:
    if len(parts) < 3:
        return " and ".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
