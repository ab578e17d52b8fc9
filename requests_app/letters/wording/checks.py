"""Django's system check of the wording: a misspelt fact stops the start, not a letter."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from requests_app.letters.wording.check_wording import check_templates


@register("letters")
def letters_name_known_facts(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    return [Error(fault, id="letters.E001") for fault in check_templates()]
