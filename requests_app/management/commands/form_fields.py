"""`manage.py form_fields request.pdf`: what a form asks for, for its mapping in a pack."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from requests_app.letters import LetterError
from requests_app.letters.forms.office_form import FormField, examine


class Command(BaseCommand):
    help = "List the fields of a PDF form, or say why it cannot be filled."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("pdf", type=Path)

    def handle(self, *args: Any, pdf: Path, **options: Any) -> None:
        try:
            form = examine(pdf.read_bytes())
        except OSError as error:
            raise CommandError(f"{pdf} cannot be read: {error.strerror}.") from error
        except LetterError as error:
            raise CommandError(str(error)) from error
        for field in form.fields:
            self.stdout.write(_line(field))


def _line(field: FormField) -> str:
    told = [
        field.kind,
        "several lines" if field.is_multiline else "",
        f"at most {field.max_length} characters" if field.max_length else "",
        "one character a cell" if field.is_comb else "",
        "nobody may fill it" if field.is_read_only else "",
        f"choices {', '.join(field.choices)}" if field.choices else "",
        f"“{field.label}”" if field.label else "",
    ]
    return f"{field.name!r}: {'; '.join(part for part in told if part)}"
