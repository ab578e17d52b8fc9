"""Files a challenge in child processes that are killed (SIGKILL), on a desk of its own.

Prints, as JSON, what each left behind and what the next try made of it. Run by `test_killed.py`.
"""

import json
import os
import signal
from functools import partial
from importlib import import_module
from typing import Any

from tests.killing import dies_at, in_child


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    print(json.dumps([_killed(place) for place in PLACES]))


# Where it dies: in which module, at the call of which function, before or after it.
PLACES = (
    ("filings.opening", "open_source", False),
    ("filings.putting_together", "assemble", True),
    ("filings.make_filing", "_keep", True),
    ("actions.requests.exhibits", "with_its_filing", True),
    ("letters.issue", "_keep_filing", True),
    ("actions.sending.deliveries", "issue_and_promise", True),
)


def _killed(place: tuple[str, str, bool]) -> dict[str, Any]:
    from requests_app.models import Appeal, Attachment, Delivery, Filing, Letter
    from tests.casefile.papers import pdf
    from tests.filings.drafts import denied, drafted

    appeal = drafted(denied(answer_pdf=pdf("one")))
    letters, files = Letter.objects.count(), Attachment.objects.count()
    died = in_child(partial(_die_filing, appeal, *place))
    appeal.refresh_from_db()
    left = {
        "state": appeal.state,
        "letters": Letter.objects.count() - letters,
        "files": Attachment.objects.count() - files,
        "filings": Filing.objects.filter(letter__appeal=appeal).count(),
        "deliveries": Delivery.objects.filter(appeal=appeal).count(),
    }
    in_child(partial(_file, appeal))
    after = Appeal.objects.get(pk=appeal.pk)
    filings = Filing.objects.filter(letter__appeal=appeal).count()
    return {
        "at": place[1],
        "killed": died == signal.SIGKILL,
        "left": left,
        "then": [after.state, filings],
    }


def _die_filing(appeal: Any, module: str, name: str, after: bool) -> None:
    dies_at(import_module(f"requests_app.{module}"), name, nth=1, after=after)
    _file(appeal)


def _file(appeal: Any) -> None:
    from tests.filings.drafts import filed

    filed(appeal)


if __name__ == "__main__":
    main()
