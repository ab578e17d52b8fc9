"""Print the code that setting up the desk asks for where it is not on this machine alone."""

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand

from config.embedded import setup_code


class Command(BaseCommand):
    help = "Print the code that setting up this desk asks for."

    def handle(self, **options: Any) -> None:
        self.stdout.write(setup_code(settings.VAR))
