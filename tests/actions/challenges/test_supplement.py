"""A supplement: further exhibits under the same challenge, numbered on and frozen."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from requests_app.actions.challenges import letters as challenge_letters
from requests_app.actions.errors import Refused
from requests_app.actions.requests import appeals
from requests_app.actions.requests.attachments import attach
from requests_app.actions.sending.our_letters import OurLetter
from requests_app.letters import Sending, compose_in_challenge, enclosures
from requests_app.models import Appeal, Attachment, Channel, Delivery, EventKind, LetterKind
from tests.actions.challenges.test_letters import BODY, filed
from tests.factories import NOW, TODAY, acting, in_state

pytestmark = pytest.mark.django_db
KIND = LetterKind.CHALLENGE_SUPPLEMENT
SAID: dict[str, Any] = {"added": "The city has written that the reports exist."}


def file_of(request: Any, name: str) -> Attachment:
    upload = SimpleUploadedFile(name, b"%PDF-1.4 " + name.encode(), "application/pdf")
    [file] = attach(request, [upload], **acting(request))
    return file


def supplement(appeal: Appeal, *files: Attachment, **fields: Any) -> Delivery:
    text = compose_in_challenge(appeal, KIND, on=TODAY, **SAID).text
    letter = OurLetter(
        text, Sending(Channel.EMAIL, BODY), SAID, chosen_files=tuple(files), **fields
    )
    by = acting(appeal.records_request, NOW + timedelta(hours=1))
    return challenge_letters.send(appeal, kind=KIND, letter=letter, **by)


def test_its_exhibits_go_on_from_those_filed_and_are_frozen_with_it():
    appeal = filed()
    last = max(enclosures.exhibit_numbers_of(appeal))
    one, two = (file_of(appeal.records_request, name) for name in ("notice.pdf", "memo.pdf"))

    delivery = supplement(appeal, one, two)

    appeal.refresh_from_db()
    entry = appeal.events.get(kind=EventKind.APPEAL_SUPPLEMENTED)
    titles = [f"Exhibit {last + 1}: notice.pdf", f"Exhibit {last + 2}: memo.pdf"]
    assert list(delivery.letter.enclosures.values_list("number", "title")) == [
        (last + 1, titles[0]),
        (last + 2, titles[1]),
    ]
    assert [(line["title"], line["sha256"]) for line in entry.data["exhibits"]] == [
        (titles[0], one.sha256),
        (titles[1], two.sha256),
    ]
    assert set(delivery.files.all()) == {one, two}
    assert (appeal.state, entry.delivery) == ("filed", delivery)
    assert f"beginning with Exhibit {last + 1}." in delivery.letter.text


def test_a_second_supplement_goes_on_and_a_paper_sent_before_keeps_its_number():
    appeal = filed()
    last = max(enclosures.exhibit_numbers_of(appeal))
    one, two = (file_of(appeal.records_request, name) for name in ("notice.pdf", "memo.pdf"))
    supplement(appeal, one)

    delivery = supplement(appeal, one, two)

    numbers = list(delivery.letter.enclosures.values_list("number", flat=True))
    assert numbers == [last + 1, last + 2]


def test_without_an_exhibit_it_is_refused():
    with pytest.raises(Refused, match="Choose at least one further exhibit"):
        supplement(filed())


def test_another_requests_file_is_refused():
    stranger = file_of(in_state("submitted"), "theirs.pdf")

    with pytest.raises(Refused, match="is another request’s file"):
        supplement(filed(), stranger)


def test_a_draft_is_not_supplemented():
    request = in_state("denied")
    draft = appeals.draft(request, route="foic", **acting(request))
    paper = file_of(request, "notice.pdf")

    with pytest.raises(Refused, match="Only a challenge that is filed and not decided"):
        challenge_letters.send(
            draft,
            kind=KIND,
            letter=OurLetter("More.", Sending(Channel.EMAIL, BODY), chosen_files=(paper,)),
            **acting(request),
        )
