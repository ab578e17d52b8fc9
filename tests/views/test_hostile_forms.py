"""Every form of every page, as each role and as nobody, with what nobody would type: no fault of
ours, and nothing of another newsroom.

In the suite a few hundred requests, always the same. `FUZZ_REQUESTS=20000` sends so many, and
`FUZZ_SEED` others: see docs/benchmarks.md.
"""

import os
from random import Random
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from tests.views.conftest import signed_in
from tests.views.hostile import Forms, PageForm, bent, encoded, every_field, mutated
from tests.views.test_every_url import GET, POST
from tests.views.world import ROLES, World, build

pytestmark = pytest.mark.django_db

REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "350"))
SEED = os.environ.get("FUZZ_SEED", "14")
FEWEST_OF_A_PAGE = 5
NAMES = every_field()
FORM = "application/x-www-form-urlencoded"
# The mark is longer than what stands by chance in a token, or a picture within a page.
OURS, THEIRS, MARK = "Rosa Delgado", "Otto Fremd", " Gegenblatt"
NOT_SENT = {"first_newsroom", "account_logout"}  # ends what the test rests on


class Sender:
    """One role's browser, which draws what it sends from its own numbers."""

    def __init__(self, role: str, world: World) -> None:
        self.rng = Random(f"{SEED} {role}")
        self.role, self.world = role, world
        self.client = signed_in(world.people[role])
        self.begins_with = dict(self.client.cookies)
        self.faults: list[str] = []

    def visit(self, name: str, arguments: Any, times: int) -> None:
        """Requests to one address, which is there for as long as they last."""
        with transaction.atomic():
            url = reverse(name, args=arguments(self.world))
            forms = self._forms_of(url) if name in GET else []
            for _ in range(times):
                self._send(url, forms)
            transaction.set_rollback(True)

    def _forms_of(self, url: str) -> list[PageForm]:
        with transaction.atomic():
            answer = self.client.get(url)
            whole = _whole(answer)
            transaction.set_rollback(True)
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        return Forms(whole.decode()).found if is_page else []

    def _send(self, url: str, forms: list[PageForm]) -> None:
        rng, chance = self.rng, self.rng.random()
        asked: dict[str, Any] = {}
        if chance < 0.1:
            method, url = rng.choice(["get", "post"]), bent(url, rng)
        elif chance < 0.25:
            method, url = "get", f"{url.partition('?')[0]}?{encoded(mutated([], NAMES, rng))}"
        else:
            form = rng.choice(forms) if forms else PageForm()
            method, url = "post", form.action or url
            asked = {"data": encoded(mutated(form.fields, NAMES, rng)), "content_type": FORM}
        if method == "post" and not asked:
            asked = {"data": encoded(mutated([], NAMES, rng)), "content_type": FORM}
        self.client.cookies.clear()
        self.client.cookies.update(self.begins_with)
        told = f"{self.role} {method} {url[:200]} {str(asked.get('data', ''))[:600]}"
        with transaction.atomic():
            try:
                self._check(getattr(self.client, method)(url, **asked), told)
            except Exception as fault:  # noqa: BLE001  # each is told, with what was sent
                self.faults.append(f"{type(fault).__name__}: {fault!s:.200}\n    {told}")
            transaction.set_rollback(True)

    def _check(self, answer: Any, told: str) -> None:
        whole = _whole(answer)
        if answer.status_code >= 500:
            self.faults.append(f"{answer.status_code}\n    {told}")
        hidden = [OURS] if self.role in {"nobody", "stranger"} else [THEIRS, MARK.strip()]
        self.faults += [f"{one} is told\n    {told}" for one in hidden if one.encode() in whole]


def _whole(answer: Any) -> bytes:
    """Read to its end, as a browser does; the test client closes its file then."""
    found: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return found


@pytest.mark.second_pass(role="reporter")
@pytest.mark.parametrize("role", ROLES)
def test_no_form_ends_in_a_fault_of_ours(role: str) -> None:
    world = build()
    build(name=THEIRS, mark=MARK)
    sender, left = Sender(role, world), REQUESTS // len(ROLES)
    connection.close_at = None  # as in test_every_url
    targets = [(name, one[0]) for name, one in {**GET, **POST}.items() if name not in NOT_SENT]
    sender.rng.shuffle(targets)
    times = max(FEWEST_OF_A_PAGE, -(-left // len(targets)))
    while left > 0:
        name, arguments = targets.pop(0)
        sender.visit(name, arguments, min(times, left))
        left -= times

    assert not sender.faults, "\n".join(sender.faults)


@pytest.mark.parametrize(
    "address", ["/calendar/%00.ics", "/files/%00/", "/inbox/?q=%00", "/requests/?%00=1"]
)
def test_address_that_is_no_text_is_refused_with_a_sentence(address: str) -> None:
    world = build()

    answer = signed_in(world.people["reporter"]).get(address)

    assert answer.status_code == 400
    assert "a character in it that is no text" in answer.content.decode()


def test_kind_that_is_sent_twice_is_none() -> None:
    world = build()

    answer = signed_in(world.people["editor"]).post(
        reverse("request_new"), {"do": "change", "kind": ["records", "dataset"], "city": ["a", "b"]}
    )

    assert answer.status_code == 200


def test_form_that_is_no_text_is_refused_and_changes_nothing() -> None:
    world = build()
    before = world.draft.events.count()
    client: Client = signed_in(world.people["editor"])

    for name in ("approve", "return_to_draft"):
        answer = client.post(reverse(name, args=[world.draft.public_id]), {"note": "a\x00b"})
        assert answer.status_code == 400
        assert "Nothing was changed" in answer.content.decode()

    assert world.draft.events.count() == before
