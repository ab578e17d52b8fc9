"""A city's PDF form examined and filled. Runs in the cage, without Django."""

from dataclasses import asdict
from typing import IO, Any

from requests_app.letters.errors import LetterError
from requests_app.letters.forms import fill_fields
from requests_app.letters.forms.pdf_fields import fields_of, opened
from requests_app.letters.paper import pdf_engine  # noqa: F401  loaded once, for all who come after
from requests_app.storage.cage.errors import RefusalError


def examine(source: IO[bytes], output: IO[bytes]) -> dict[str, Any]:
    """The fields of `office_form.FormFields`. RefusalError: why it cannot be filled."""
    try:
        with opened(source.read()) as form:
            fields = [asdict(one.described) for one in fields_of(form)]
            return {"fields": fields, "pages": len(form.pages)}
    except LetterError as reason:
        raise RefusalError(str(reason)) from reason


def fill(
    source: IO[bytes],
    output: IO[bytes],
    *,
    targets: dict[str, list[tuple[str, str]]],
    facts: dict[str, str],
) -> list[dict[str, str]]:
    """Write the filled form; the fields of each `Unfilled`. RefusalError as `examine`."""
    try:
        filled = fill_fields.fill(source.read(), targets, facts)
    except LetterError as reason:
        raise RefusalError(str(reason)) from reason
    output.write(filled.pdf)
    return [asdict(one) for one in filled.left_empty]
