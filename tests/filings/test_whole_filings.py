"""What each city may do to us, from our letter to a filed challenge as one document.

Each document is left in its test's own folder: `--basetemp=FOLDER` keeps them to be looked at.
"""

import io
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from requests_app.actions.filings.checklist import checklist
from requests_app.actions.requests import appeals, city_determinations, city_progress
from requests_app.actions.requests.city_act_recording import CityAnswer
from requests_app.delivery.channels.message import content_of
from requests_app.demo.finished_drafts import finish
from requests_app.models import Appeal, Communication, Delivery, RecordsRequest
from requests_app.vocabulary.exhibit_numbers import numbers_in
from tests.cities.worked import CONCORD, CT, MO, OR, STOCKTON
from tests.factories import NOW, TODAY, acting, submitted
from tests.filings.drafts import BY_EMAIL, Read, document_of
from tests.inbound.messages import answer_to, taken_in
from tests.one_answer.histories import OFFICE

pytestmark = pytest.mark.django_db

LETTER_SIZE = (612, 792)
# Who is written to first. In California the law gives a court alone, and a review is asked for
# before; Missouri's Attorney General is not asked about a referral.
BODY = {
    CT: "foic",
    STOCKTON: "administrative_review",
    CONCORD: "administrative_review",
    MO: "attorney_general",
    OR: "district_attorney",
}
OTHER_BODY = {(MO, "referral"): "city_manager"}
Answers = Callable[..., Any]


def claims_two(verb: Answers) -> Answers:
    """The exemptions that the state's cities claim most."""

    def answer(request: RecordsRequest, **told: Any) -> None:
        claimed = [one.citation for one in request.city.statute.exemptions[:2]]
        verb(request, exemptions=claimed, **told)

    return answer


def with_facts(verb: Answers, **facts: Any) -> Answers:
    def answer(request: RecordsRequest, **told: Any) -> None:
        verb(request, **facts, **told)

    return answer


ANSWERS: Mapping[str, tuple[str, Answers] | None] = {
    "silence": None,
    "denied": (
        "Your request is denied. The records are exempt.",
        claims_two(city_determinations.deny),
    ),
    "in part": (
        "Four reports are attached. The rest is withheld as exempt.",
        claims_two(city_determinations.grant_in_part),
    ),
    "no records": ("We have no responsive records.", city_determinations.find_no_records),
    "fee": (
        "The search will cost $412.50, to be paid before we begin.",
        with_facts(city_progress.estimate_fees, amount=Decimal("412.50")),
    ),
    "referral": (
        "These are kept by the State Police. Please ask them.",
        with_facts(city_determinations.refer, to="the State Police"),
    ),
}


def answered(request: RecordsRequest, words: str, answer: Answers) -> None:
    """By a message that came in and was read as that."""
    mail = taken_in(answer_to(request, text=words))
    filed: Communication = mail.standing_communication()
    answer(request, answer=CityAnswer(on=TODAY, mail=filed), **acting(request))
    request.refresh_from_db()


def challengeable(city: str, grievance: str) -> tuple[RecordsRequest, date]:
    """A request, and the day on which it is challenged."""
    request = submitted(city_slug=city, office_role=OFFICE[city], subject="Use-of-force reports")
    if told := ANSWERS[grievance]:
        answered(request, *told)
        return request, TODAY
    latest = request.deadlines.values_list("latest_on", flat=True).get(clock="response")
    assert latest is not None
    return request, latest + timedelta(days=3)


def filed(request: RecordsRequest, route: str, *, on: date) -> tuple[Appeal, Delivery]:
    """With every gap of its argument filled, and every requirement seen to."""
    by = acting(request, NOW + timedelta(days=(on - TODAY).days))
    appeal = appeals.draft(request, route=route, **by)
    finish(appeal, **by)
    return appeal, appeals.file(appeal, sending=BY_EMAIL, **by)


@pytest.mark.second_pass(city="us-ct/stamford")
@pytest.mark.parametrize("grievance", ANSWERS)
@pytest.mark.parametrize("city", OFFICE, ids=lambda slug: slug.split("/")[1])
def test_from_our_letter_to_a_filing(city: str, grievance: str, tmp_path: Path):
    request, on = challengeable(city, grievance)

    route = OTHER_BODY.get((city, grievance), BODY[city])
    appeal, delivery = filed(request, route, on=on)

    document = document_of(delivery.letter.filing)
    (tmp_path / f"{city.split('/')[1]}, {grievance}.pdf").write_bytes(document)
    whole = Read(document)
    behind = {stamp[0] for stamp in whole.stamps() if stamp}
    assert [line.requirement.slug for line in checklist(appeal, on=on) if line.is_missing] == []
    assert set(numbers_in(delivery.letter.text)) == behind == {*range(1, len(behind) + 1)}
    assert len(behind) == (1 if grievance == "silence" else 2)
    assert set(whole.sizes) == {LETTER_SIZE}
    assert pikepdf.open(io.BytesIO(document)).check_pdf_syntax() == []
    assert document in files_of(content_of(delivery))


def files_of(mail: bytes) -> list[bytes]:
    message = message_from_bytes(mail, policy=policy.default)
    return [part.get_content() for part in message.iter_attachments()]
