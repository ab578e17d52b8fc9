"""Words that say nothing of what a draft asks for, and words that mean the same: `words.toml`."""

import tomllib
from pathlib import Path
from typing import Any

_LISTS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("words.toml").read_text())

STOP_WORDS = frozenset(_LISTS["stop_words"].split() + _LISTS["months_and_days"].split())
BOILERPLATE = frozenset(_LISTS["boilerplate"].split())
KEPT_WHOLE = frozenset(_LISTS["kept_whole"].split())
SAME_MEANING = tuple(tuple(line.split()) for line in _LISTS["same_meaning"].strip().splitlines())
PHRASES: dict[str, str] = _LISTS["phrases"]
