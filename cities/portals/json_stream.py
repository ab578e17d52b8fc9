"""The objects of one long list in a JSON file, one by one: a catalog of 64 MB in little memory."""

import codecs
import json
from collections.abc import Iterator
from typing import IO, Any

from cities.portals.outcome import ReadingFailedError
from cities.portals.polite_client import BrokenOffError, refuse_error_in_body

CHUNK = 64 * 1024
MOST_OF_ONE = 8 * 2**20  # characters of one object
_SPACE = " \t\r\n"


class _Text:
    """The file's text, read on as it is needed, with a place in it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._decode = codecs.getincrementaldecoder("utf-8-sig")()
        self._decoder = json.JSONDecoder()
        self._text, self._at, self._is_over = "", 0, False

    def peek(self) -> str:
        """The next character that is no space. Nothing: the file is over."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in _SPACE:
                    return self._text[self._at]
                self._at += 1
            if not self._more(CHUNK):
                return ""

    def take(self, expected: str) -> None:
        found = self.peek()
        if found == expected:
            self._at += 1
        elif found:
            raise _no_json()
        else:
            raise BrokenOffError

    def value(self) -> Any:
        """The whole value that begins here. Read on in ever larger pieces until it is whole."""
        self.peek()
        piece = CHUNK
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if len(self._text) - self._at > MOST_OF_ONE:
                    raise _no_json() from error
                if not self._more(piece):
                    raise BrokenOffError from error
                piece *= 2
                continue
            except RecursionError as error:
                raise ReadingFailedError("broken", "Its answer is nested without end.") from error
            if end < len(self._text) or not self._more(CHUNK):  # a number may go on
                self._at = end
                return value

    def _more(self, size: int) -> bool:
        if self._is_over:
            return False
        raw = self._file.read(size)
        try:
            further = self._decode.decode(raw, final=not raw)
        except UnicodeDecodeError as error:
            raise ReadingFailedError("broken", "Its answer is not written in UTF-8.") from error
        if not raw:
            self._is_over = True
            return False
        self._text, self._at = self._text[self._at :] + further, 0
        return True


def objects_of(file: IO[bytes], names: tuple[str, ...]) -> Iterator[Any]:
    """The items of the list under the first of those names; or of the file, if it is all one list.

    An error that the body holds beside it, or in its place, is raised. ReadingFailedError.
    """
    text = _Text(file)
    if text.peek() == "[":
        yield from _list(text)
        return
    text.take("{")
    has_list = False
    if text.peek() == "}":
        raise _no_list(names)
    while True:
        key = text.value() if text.peek() == '"' else None
        if not isinstance(key, str):
            raise BrokenOffError if not text.peek() else _no_json()
        text.take(":")
        if key in names and text.peek() == "[":
            has_list = True
            yield from _list(text)
        else:
            value = text.value()
            if key == "error":
                refuse_error_in_body({key: value})
        if text.peek() == "}":
            break
        text.take(",")
    if not has_list:
        raise _no_list(names)


def _list(text: _Text) -> Iterator[Any]:
    text.take("[")
    if text.peek() == "]":
        text.take("]")
        return
    while True:
        yield text.value()
        if text.peek() == "]":
            text.take("]")
            return
        text.take(",")


def _no_json() -> ReadingFailedError:
    return ReadingFailedError("broken", "Its answer is no JSON.")


def _no_list(names: tuple[str, ...]) -> ReadingFailedError:
    return ReadingFailedError(
        "broken", f"Its answer holds no list of datasets (“{names[0]}”): is it another platform?"
    )
