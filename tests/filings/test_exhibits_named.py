"""A letter names what stands behind it, each by its number, and no other: whatever happened, and
whatever its writer does with the exhibits."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from requests_app.actions.challenges import supplements
from requests_app.actions.errors import Refused
from requests_app.actions.requests import (
    appeals,
    city_determinations,
    city_progress,
    exhibits,
)
from requests_app.actions.requests.attachments import attach
from requests_app.filings import proposing
from requests_app.letters import PlannedLetter, compose_in_challenge, sheet_for
from requests_app.letters.enclosures import exhibit_numbers_of
from requests_app.models import Appeal, Exhibit, LetterKind, RecordsRequest
from requests_app.policy.rights import open_routes
from requests_app.vocabulary.exhibit_numbers import named, numbers_in
from tests.casefile.papers import files, pdf
from tests.factories import TODAY, acting, said, submitted
from tests.filings.drafts import BY_EMAIL, denied, drafted, filed, planned, upload
from tests.one_answer.histories import OFFICE

pytestmark = pytest.mark.django_db
# The rows of one example stay for the next; making one smaller would take minutes of them.
IN_ONE_DATABASE = settings(
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

Act = Callable[..., Any]
BEFORE: Mapping[str, tuple[Act, dict[str, Any]]] = {
    "acknowledged": (city_progress.acknowledge, {}),
    "asked": (city_progress.request_clarification, {}),
    "extended": (city_progress.extend, {}),
    "quoted": (city_progress.estimate_fees, {"amount": Decimal("40.00")}),
    "gave some": (city_progress.produce_in_part, {}),
}
ANSWERS: Mapping[str, tuple[Act, dict[str, Any]]] = {
    "denied": (city_determinations.deny, {}),
    "in part": (city_determinations.grant_in_part, {}),
    "none": (city_determinations.find_no_records, {}),
    "referred": (city_determinations.refer, {"to": "the State Police"}),
}


@st.composite
def histories(draw: st.DrawFn) -> tuple[str, list[tuple[Act, dict[str, Any], bool]]]:
    """A city, and what it did in order; each in words, or with a file too."""
    city = draw(st.sampled_from(sorted(OFFICE)))
    acts = draw(st.lists(st.sampled_from(sorted(BEFORE)), max_size=3))
    answers = draw(st.lists(st.sampled_from(sorted(ANSWERS)), min_size=1, max_size=2))
    chosen = [BEFORE[name] for name in acts] + [ANSWERS[name] for name in answers]
    return city, [(verb, facts, draw(st.booleans())) for verb, facts in chosen]


def lived(city: str, acts: list[tuple[Act, dict[str, Any], bool]]) -> RecordsRequest:
    """The request after all of it that could be done."""
    request = submitted(city_slug=city, office_role=OFFICE[city])
    for verb, facts, has_file in acts:
        answer = said(text="The words.", files=files(answer_pdf=pdf("x")) if has_file else [])
        try:
            verb(request, answer=answer, **facts, **acting(request))
        except Refused:
            continue
        request.refresh_from_db()
    return request


def check(appeal: Appeal) -> None:
    appeal.refresh_from_db()
    titles = [one.title for one in appeal.exhibits.in_order()]
    there = list(enumerate(titles, start=1))
    assert numbers_in(appeal.letter_text) == {number for number, _ in there}
    assert list(sheet_for(planned(appeal), appeal.letter_text).exhibits) == there


def relied_on(appeal: Appeal, exhibit: Exhibit) -> None:
    """A sentence of the writer's own, on that exhibit."""
    number = [one.pk for one in appeal.exhibits.in_order()].index(exhibit.pk) + 1
    text = f"{appeal.letter_text}\nWe rely on Exhibit {number} above all.\n"
    appeals.edit_letter(appeal, by=appeal.created_by, text=text)


def check_own_sentence(appeal: Appeal, exhibit: Exhibit) -> None:
    there = [one.pk for one in appeal.exhibits.in_order()]
    named_now = re.search(r"We rely on Exhibit (\d+) above all", appeal.letter_text)
    if exhibit.pk in there:
        assert named_now
        assert int(named_now[1]) == there.index(exhibit.pk) + 1
    else:
        assert named_now is None


def handled(appeal: Appeal, data: st.DataObject) -> None:
    """What its writer may do with the exhibits, a few times over."""
    first = appeal.exhibits.in_order().last()
    assert first is not None
    relied_on(appeal, first)
    acts = st.sampled_from(["move", "remove", "add", "rename"])
    for does in data.draw(st.lists(acts, max_size=4)):
        done(appeal, does, data)
        if first.pk not in {one.pk for one in appeal.exhibits.all()}:
            appeal.refresh_from_db()
            check_own_sentence(appeal, first)
            return  # the place to fill in is the writer's now
        check(appeal)
        check_own_sentence(appeal, first)


def done(appeal: Appeal, does: str, data: st.DataObject) -> None:
    rows, by = list(appeal.exhibits.in_order()), acting(appeal.records_request)["by"]
    one = data.draw(st.sampled_from(rows))
    if does == "add":
        left = [one.paper for one in proposing.all_papers(appeal)]
        with suppress(Refused):  # it is among them already
            exhibits.add_paper(appeal, paper=data.draw(st.sampled_from(left)), by=by)
    elif does == "move":
        exhibits.move(one, to=data.draw(st.integers(1, len(rows))))
    elif does == "remove":
        exhibits.remove(one)
    else:
        exhibits.rename(one, title="Another title")


@settings(IN_ONE_DATABASE, max_examples=10)
@given(history=histories(), data=st.data())
def test_a_letter_names_exactly_what_stands_behind_it(
    history: tuple[str, list[tuple[Act, dict[str, Any], bool]]],
    data: st.DataObject,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(exhibits, "open_all", lambda appeal: None)  # no pages are made here
    request = lived(*history)
    for option in open_routes(request, on=TODAY):
        appeal = appeals.draft(request, route=option.route.slug, **acting(request))
        check(appeal)
        if appeal.exhibits.exists():
            handled(appeal, data)


@pytest.fixture
def supplemented() -> Appeal:
    """A filed challenge of a request with more papers than were filed."""
    request = denied(answer_pdf=pdf("denied"))
    for name in ("notice.pdf", "memo.pdf", "notice-again.pdf"):
        attach(request, [upload(name, pdf(name))], **acting(request))
    appeal = drafted(request)
    filed(appeal)
    appeal.refresh_from_db()
    return appeal


@settings(IN_ONE_DATABASE, max_examples=25)
@given(data=st.data())
def test_a_supplement_names_exactly_what_stands_behind_it(
    supplemented: Appeal, data: st.DataObject
) -> None:
    appeal, kind = supplemented, LetterKind.CHALLENGE_SUPPLEMENT
    filed_before = exhibit_numbers_of(appeal)
    offered = [paper for paper, _ in supplements.choices(appeal)]
    chosen = data.draw(st.lists(st.sampled_from(offered), min_size=1, max_size=6))

    listed = supplements.titles_of(appeal, chosen)

    numbers = [number for number, _ in listed]
    entered = {"added": "The city wrote.", "further_exhibits": named(numbers)}
    text = compose_in_challenge(appeal, kind, on=TODAY, **entered).text
    request = appeal.records_request
    letter = PlannedLetter(
        request, kind, BY_EMAIL, TODAY, request.created_by, appeal, further_exhibits=listed
    )
    assert numbers_in(text) == set(numbers)
    assert sheet_for(letter, text).exhibits == listed
    further = sorted(set(numbers) - filed_before)
    last = max(filed_before)
    assert further == list(range(last + 1, last + 1 + len(further)))
    assert len(numbers) == len(set(numbers)) == len(set(chosen))
