"""The API held against its own document, as each role and as nobody, with what nobody would send.

In the suite a few calls an address, always the same. `API_SCHEMA_EXAMPLES=150` makes as many of
each, and of others at every run: see CONTRIBUTING.md.
"""

import os
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
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

from requests_app.api.docs_page import whole_document
from requests_app.models import Event, Scope
from tests.api.callers import token_of
from tests.views.conftest import _monday, _plain_http  # noqa: F401  as for the pages
from tests.views.world import ROLES, World, build

pytestmark = [pytest.mark.django_db, pytest.mark.first_pass]

FEW = 4
EXAMPLES = int(os.environ.get("API_SCHEMA_EXAMPLES", FEW))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
OURS = "Rosa Delgado"  # who made everything in our newsroom, and nothing in another
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


@pytest.fixture
def world() -> World:
    return build()


def test_document_is_openapi_3_1_and_names_every_write() -> None:
    document = whole_document()

    assert document["openapi"].startswith("3.1")
    writes = [path for path, one in document["paths"].items() if "post" in one]
    assert len(writes) > 70
    assert all("Idempotency-Key" in _parameters(document["paths"][path]) for path in writes)


def _parameters(operations: Any) -> list[str]:
    return [one["name"] for one in operations["post"]["parameters"]]


def _ids(world: World) -> dict[str, list[Any]]:
    """What addresses may name: what there is, and what there is not."""
    events = list(world.denied.events.values_list("pk", flat=True))
    return {
        "public_id": [world.draft.public_id, world.denied.public_id, "zzzzzzzz"],
        "id": [world.appeal.pk, world.letter.pk, world.attachment.pk, *events, 2**63, 10**30],
        "state": ["us-ct", "nowhere"],
        "city": ["stamford", "nowhere"],
    }


def test_every_answer_is_as_the_document_says(world: World) -> None:
    schema = schemathesis.openapi.from_dict(whole_document())
    schema.app = WSGIHandler()
    tokens = {role: token_of(user, *Scope.values) for role, user in world.people.items() if user}
    ours = Event.objects.filter(records_request__newsroom=world.denied.newsroom)
    ids, entries = _ids(world), ours.count()

    for result in schema.get_all_operations():
        operation = result.ok()
        cases = [operation.as_strategy(generation_mode=mode) for mode in MODES]

        @settings(
            max_examples=EXAMPLES,
            database=None,
            derandomize=EXAMPLES == FEW,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=st.one_of(cases), role=st.sampled_from(ROLES), data=st.data())
        def call(case: Any, role: str, data: st.DataObject) -> None:
            for name in case.path_parameters or {}:
                case.path_parameters[name] = data.draw(st.sampled_from(ids[name]))
            for unsent in ("Authorization", "Cookie"):
                case.headers.pop(unsent, None)
            case.cookies.clear()
            headers = {"Authorization": f"Bearer {tokens[role]}"} if role in tokens else {}
            with transaction.atomic():
                answer = case.call(headers=headers)
                case.validate_response(answer, checks=CHECKS)
                if role in {"nobody", "stranger"}:
                    assert OURS not in answer.text
                    assert ours.count() == entries
                transaction.set_rollback(True)

        call()

    assert ours.count() == entries


def test_document_is_drawn_as_a_page_for_people() -> None:
    from tests.factories import member

    client = Client()
    client.force_login(member(), backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(reverse("api_docs")).content.decode()

    assert "POST /api/requests/{public_id}/record/denied/" in page
    assert "<script" not in page.replace('<script src="', "").replace("<script defer", "")
