"""The API held against its own document, as each role and as nobody, with what nobody would send.

In the suite a few calls an address, always the same. `SCHEMA_CALLS=20000` makes so many in all, and
others at every run: see docs/benchmarks.md.
"""

import os
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from requests_app.actions.catalog import following
from requests_app.api.docs_page import whole_document
from requests_app.ledger.attribution import Attribution
from requests_app.models import CatalogDataset, Event, Exhibit, RecordsRequest, Scope, User
from tests.api.callers import token_of
from tests.factories import NOW
from tests.research.coding_project import CLEAR, finished
from tests.views import test_every_url as things
from tests.views.conftest import _monday, _plain_http  # noqa: F401  as for the pages
from tests.views.world import ROLES, World, build

pytestmark = [pytest.mark.django_db, pytest.mark.first_pass]

CALLS = int(os.environ.get("SCHEMA_CALLS", "0"))
FEW, ROLES_OF_AN_ADDRESS = 2, 2  # in the suite: so many calls an address, by so many of the roles
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
OURS = "Rosa Delgado"  # who made everything in our newsroom, and nothing in another
THEIRS, MARK = "Otto Fremd", " Gegenblatt"  # the same in a second newsroom, whose subjects end so
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


def test_document_is_openapi_3_1_and_names_every_write() -> None:
    document = whole_document()

    assert document["openapi"].startswith("3.1")
    writes = [path for path, one in document["paths"].items() if "post" in one]
    assert len(writes) > 110
    assert all("Idempotency-Key" in _parameters(document["paths"][path]) for path in writes)


def _parameters(operations: Any) -> list[str]:
    return [one["name"] for one in operations["post"]["parameters"]]


class Named:
    """What addresses may name, by the first part of theirs: what there is, and what there is not.

    A thing that one act would change for all others is made anew by its own address's calls.
    """

    NOTHING = (0, 7_654_321, 2**63, 10**30)

    def __init__(self, world: World) -> None:
        things._drafted_appeal(world)  # first: what comes later would have to be settled in it
        study = things._study(world)
        finished(study.entries[0], study.ben)
        [webhook] = things._webhook(world)
        [message] = things._webhook_message(world)
        [mail] = things._waiting_mail(world)
        [call] = things._call(world)
        filed = things._filed_mail(world)
        offer, datasets = things._to_offer(world), things._dataset(world)
        followed = following.follow_dataset(
            CatalogDataset.objects.get(pk=datasets[0]), by=Attribution(world.denied.created_by, NOW)
        )
        [decision] = things._offered(world)
        self.by_room: dict[str, list[Any]] = {
            "appeals": [world.appeal.pk],
            "case-files": things._case_file(world),
            "codings": [study.project.codings.get().pk],
            "copies": things._copy(world),
            "datasets": datasets,
            "decisions": [decision],
            "deliveries": [world.by_hand.pk],
            "exhibits": list(Exhibit.objects.values_list("pk", flat=True)[:2]),
            "exports": things._log_export(world),
            "files": [world.attachment.pk],
            "followed": [followed.pk],
            "imports": things._log_import(world),
            "inbox": [mail, filed.pk],
            "letters": [world.letter.pk],
            "log": [*things._logged_appeal(world), study.entries[0].pk, offer[0]],
            "messages": [call, filed.communications.get().pk],
            "projects": [study.project.pk],
            "reminders": things._personal(world),
            "webhooks": [webhook],
            "webhook-messages": [message],
            "requests": list(world.denied.events.values_list("pk", flat=True)),
        }
        self.by_name: dict[str, list[Any]] = {
            "public_id": [world.draft.public_id, world.denied.public_id, "zzzzzzzz"],
            "entry": [study.entries[0].pk, *self.NOTHING],
            "coder": [study.ana.pk, study.ben.pk, *self.NOTHING],
            "key": [CLEAR, "nothing"],
            "exemption": [offer[1], "nothing"],
            "decision": [decision, *self.NOTHING],
            "role": ["city_clerk", "nothing"],
            "paragraph": [
                *world.appeal.argument_paragraphs.values_list("pk", flat=True)[:3],
                "nothing",
            ],
            "number": [0, 1, *self.NOTHING],
            "state": ["us-ct", "nowhere"],
            "city": ["stamford", "nowhere"],
        }

    def choices(self, path: str, name: str) -> list[Any]:
        room = path.split("/")[2]
        return self.by_name.get(name) or [*self.by_room[room], *self.NOTHING]


@pytest.fixture(autouse=True)
def _connection_stays_open() -> Iterator[None]:
    """Around each request Django closes a connection that is in a transaction, and the test's own
    with it. Django's test client leaves that out; schemathesis calls the application itself."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def _ours_and_theirs() -> tuple[World, set[str]]:
    """Our world; and what stands in another newsroom's that nobody else may read."""
    world, theirs = build(), build(name=THEIRS, mark=MARK)
    requests = RecordsRequest.objects.filter(newsroom=theirs.denied.newsroom)
    ids = set(requests.values_list("public_id", flat=True))
    return world, {THEIRS, MARK.strip(), *ids}


def _schema() -> Any:
    schema = schemathesis.openapi.from_dict(whole_document())
    handler = WSGIHandler()

    def read_whole(environ: Any, start_response: Any) -> list[bytes]:
        """Closed once it is read, as a server does and schemathesis does not."""
        with closing(handler(environ, start_response)) as answer:
            return [b"".join(answer)]

    schema.app = read_whole
    return schema


def _signed(person: User) -> dict[str, str]:
    return {"Authorization": f"Bearer {token_of(person, *Scope.values)}"}


@pytest.mark.parametrize("role", ROLES)
def test_every_answer_is_as_the_document_says(role: str) -> None:
    world, hidden = _ours_and_theirs()
    named = Named(world)
    schema = _schema()
    person = world.people[role]
    headers = _signed(person) if person else {}
    if role in {"nobody", "stranger"}:
        hidden = {OURS, world.denied.public_id, world.draft.public_id}
    ours = Event.objects.filter(records_request__newsroom=world.denied.newsroom)
    entries, place = ours.count(), ROLES.index(role)
    operations = [result.ok() for result in schema.get_all_operations()]
    times = max(1, CALLS // len(operations) // len(ROLES)) if CALLS else FEW

    for number, operation in enumerate(operations):
        if not CALLS and (number + place) % len(ROLES) >= ROLES_OF_AN_ADDRESS:
            continue
        cases = [operation.as_strategy(generation_mode=mode) for mode in MODES]

        @settings(
            max_examples=times,
            database=None,
            derandomize=not CALLS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=st.one_of(cases), data=st.data())
        def call(case: Any, data: st.DataObject) -> None:
            for name in case.path_parameters or {}:
                choices = named.choices(case.path, name)
                case.path_parameters[name] = data.draw(st.sampled_from(choices))
            for unsent in ("Authorization", "Cookie"):
                case.headers.pop(unsent, None)
            case.cookies.clear()
            with transaction.atomic():
                answer = case.call(headers=headers)
                case.validate_response(answer, checks=CHECKS)
                asked = f"{case.path_parameters} {case.query} {case.body}"  # it may be said back
                # A letter's PDF is no text, and could hide nothing that is one.
                text = answer.content.decode("utf-8", "replace")
                told = {one for one in hidden if one in text and one not in asked}
                assert not told, case.path
                if role in {"nobody", "stranger"}:
                    assert ours.count() == entries
                transaction.set_rollback(True)

        call()

    assert ours.count() == entries


def test_coders_are_answered_as_the_document_says() -> None:
    world = build()
    study = things._study(world)
    end = _schema()["/api/projects/{id}/coders/{coder}/end/"]["POST"]
    named = {"id": study.project.pk, "coder": study.ben.pk}

    editor = world.people["editor"]
    assert editor is not None

    answer = end.Case(path_parameters=named, body={}).call(headers=_signed(editor))

    assert answer.status_code == 200
    end.Case(path_parameters=named, body={}).validate_response(answer, checks=CHECKS)


def test_document_is_drawn_as_a_page_for_people() -> None:
    from tests.factories import member

    client = Client()
    client.force_login(member(), backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(reverse("api_docs")).content.decode()

    assert "POST /api/requests/{public_id}/record/denied/" in page
    assert "<script" not in page.replace('<script src="', "").replace("<script defer", "")
