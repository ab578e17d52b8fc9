"""A supplement: further exhibits behind a letter, as one document, numbered on and frozen."""

from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest

from requests_app.actions.challenges import letters as challenge_letters
from requests_app.actions.challenges import supplements
from requests_app.actions.errors import Refused
from requests_app.actions.requests import appeals
from requests_app.actions.requests.attachments import attach
from requests_app.actions.sending import deliveries
from requests_app.actions.sending.our_letters import OurLetter
from requests_app.delivery.channels.message import content_of
from requests_app.ledger.attribution import Attribution
from requests_app.letters import Sending, compose_in_challenge, enclosures
from requests_app.models import (
    Appeal,
    Attachment,
    Channel,
    Delivery,
    EventKind,
    Filing,
    Letter,
    LetterKind,
)
from requests_app.vocabulary.exhibit_numbers import named, numbers_in
from tests.actions.challenges.test_letters import BODY
from tests.casefile.papers import pdf
from tests.factories import NOW, TODAY, acting, in_state
from tests.filings import drafts
from tests.filings.drafts import Read, denied_by_mail, document_of, drafted, upload

pytestmark = pytest.mark.django_db
KIND = LetterKind.CHALLENGE_SUPPLEMENT
ADDED: dict[str, Any] = {"added": "The city has written that the reports exist."}


def filed() -> Appeal:
    """With two exhibits: our request and the denial."""
    appeal = drafted()
    drafts.filed(appeal)
    appeal.refresh_from_db()
    return appeal


def file_of(request: Any, name: str, data: bytes = b"") -> Attachment:
    [file] = attach(request, [upload(name, data or pdf(name))], **acting(request))
    return file


def supplement(
    appeal: Appeal, *files: Attachment, text: str = "", beside: bool = False, **fields: Any
) -> Delivery:
    """Sent an hour after the filing; its letter names what stands behind it."""
    numbers = supplements.numbers_of(appeal, [supplements.key_of(file) for file in files])
    entered = {**ADDED, "further_exhibits": named(numbers) if numbers else ""}
    text = text or compose_in_challenge(appeal, KIND, on=TODAY, **entered).text
    keys = tuple(supplements.key_of(file) for file in files)
    exhibits = supplements.FurtherExhibits(keys, is_beside_confirmed=beside)
    letter = OurLetter(text, Sending(Channel.EMAIL, BODY), ADDED, exhibits=exhibits, **fields)
    by = acting(appeal.records_request, NOW + timedelta(hours=1))
    return challenge_letters.send(appeal, kind=KIND, letter=letter, **by)


def test_it_leaves_as_one_document_whose_exhibits_go_on_from_those_filed():
    appeal = filed()
    one = file_of(appeal.records_request, "notice.pdf", pdf("first notice", "second page"))
    two = file_of(appeal.records_request, "memo.pdf", pdf("the memo"))

    delivery = supplement(appeal, one, two)

    whole = Read(document_of(delivery.letter.filing))
    assert [stamp[:3] for stamp in whole.stamps() if stamp] == [(3, 1, 2), (3, 2, 2), (4, 1, 1)]
    assert whole.outline() == {
        "Supplement": 1, "Exhibits": 2, "Exhibit 3: notice.pdf": 3, "Exhibit 4: memo.pdf": 5,
    }  # fmt: skip
    assert whole.contents_links() == [3, 5]
    assert "Exhibit 3: notice.pdf Exhibit 4: memo.pdf" in whole.texts[0]
    assert set(numbers_in(delivery.letter.text)) == {3, 4}
    assert [file.name for file in delivery.files.all()] == ["STAM-2026-0001 - Supplement.pdf"]


def test_its_entry_and_its_manifest_name_each_exhibit():
    appeal = filed()
    paper = file_of(appeal.records_request, "notice.pdf")

    delivery = supplement(appeal, paper)

    appeal.refresh_from_db()
    entry = appeal.events.get(kind=EventKind.APPEAL_SUPPLEMENTED)
    (line,) = delivery.letter.filing.manifest
    assert (appeal.state, entry.delivery) == ("filed", delivery)
    assert (line["number"], line["title"]) == (3, "notice.pdf")
    assert entry.data["exhibits"] == [
        {"number": 3, "title": "notice.pdf", "sha256": line["pages_sha256"]}
    ]


def test_its_mail_brings_the_document_byte_for_byte():
    appeal = filed()

    delivery = supplement(appeal, file_of(appeal.records_request, "notice.pdf"))

    message = message_from_bytes(content_of(delivery), policy=policy.default)
    [only] = message.iter_attachments()
    assert only.get_payload(decode=True) == document_of(delivery.letter.filing)


def test_a_message_of_the_city_is_an_exhibit_with_its_original_beside():
    request = denied_by_mail()
    appeal = drafted(request)
    drafts.filed(appeal)
    appeal.refresh_from_db()
    key = ("message", request.communications.get(mail__isnull=False).pk)
    letter = OurLetter(
        "We rest on Exhibit 2.",
        Sending(Channel.EMAIL, BODY),
        ADDED,
        exhibits=supplements.FurtherExhibits((key,)),
    )

    delivery = challenge_letters.send(
        appeal, kind=KIND, letter=letter, **acting(request, NOW + timedelta(hours=1))
    )

    # It was filed with the challenge already, and keeps its number.
    assert [line["number"] for line in delivery.letter.filing.manifest] == [2]
    assert [file.name for file in delivery.files.order_by("pk")][1:] == ["Exhibit 2 - message.eml"]


def test_a_second_supplement_goes_on_and_a_paper_sent_before_keeps_its_number():
    appeal = filed()
    one, two = (file_of(appeal.records_request, name) for name in ("notice.pdf", "memo.pdf"))
    supplement(appeal, one)

    delivery = supplement(appeal, one, two)

    assert [line["number"] for line in delivery.letter.filing.manifest] == [3, 4]
    assert enclosures.exhibit_numbers_of(appeal) == {1, 2, 3, 4}


def test_a_file_without_pages_goes_beside_once_a_person_confirmed_it():
    appeal = filed()
    film = file_of(appeal.records_request, "film.mp4", b"\0\0\0\x18ftypmp42")

    with pytest.raises(Refused, match="Not all of Exhibit 3 can stand on pages"):
        supplement(appeal, film)
    delivery = supplement(appeal, film, beside=True)

    assert [file.name for file in delivery.files.order_by("pk")] == [
        "STAM-2026-0001 - Supplement.pdf", "Exhibit 3 - film.mp4",
    ]  # fmt: skip
    slip = Read(document_of(delivery.letter.filing)).texts[-1]
    assert "film.mp4" in slip
    assert film.sha256 in slip.replace(" ", "")


def test_an_exhibit_that_the_letter_does_not_name_is_not_filed():
    appeal = filed()
    paper = file_of(appeal.records_request, "notice.pdf")

    with pytest.raises(Refused, match="The letter does not name Exhibit 3"):
        supplement(appeal, paper, text="We add a notice.")
    with pytest.raises(Refused, match="names Exhibit 7, and there is no such exhibit"):
        supplement(appeal, paper, text="We add Exhibits 3 and 7.")

    assert not Letter.objects.filter(kind=KIND).exists()


def test_it_may_name_what_was_filed_before():
    appeal = filed()
    paper = file_of(appeal.records_request, "notice.pdf")

    delivery = supplement(appeal, paper, text="Exhibit 3 answers what Exhibit 2 says.")

    assert len(delivery.letter.filing.manifest) == 1


def test_recalled_and_sent_on_a_later_day_it_is_put_together_anew():
    appeal = filed()
    delivery = supplement(appeal, file_of(appeal.records_request, "notice.pdf"))
    first, by = delivery.letter.filing, appeal.created_by
    deliveries.recall(delivery, by=Attribution(by, NOW + timedelta(hours=1)))

    deliveries.retry(delivery, by=Attribution(by, NOW + timedelta(days=1)))

    delivery.refresh_from_db()
    again = delivery.letter.filing
    assert again.pk != first.pk
    assert "November 3, 2026" in Read(document_of(again)).texts[0]
    assert again.manifest == first.manifest
    assert [file.pk for file in delivery.files.all()] == [again.document_id]


def test_another_supplement_sent_meanwhile_stops_it(monkeypatch: pytest.MonkeyPatch):
    """What a colleague does between the making and the lock."""
    appeal = filed()
    one, two = (file_of(appeal.records_request, name) for name in ("notice.pdf", "memo.pdf"))
    real = supplements.put_together

    def put_together(*given: Any) -> Any:
        made = real(*given)
        monkeypatch.undo()
        supplement(appeal, two)
        return made

    monkeypatch.setattr(supplements, "put_together", put_together)

    with pytest.raises(Refused, match="changed while they were put together"):
        supplement(appeal, one)

    assert Filing.objects.filter(letter__kind=KIND).count() == 1


def test_without_an_exhibit_it_is_refused():
    with pytest.raises(Refused, match="Choose at least one further exhibit"):
        supplement(filed(), text="We add nothing.")


def test_another_requests_file_is_refused():
    stranger = file_of(in_state("submitted"), "theirs.pdf")

    with pytest.raises(Refused, match="is no paper of this request"):
        supplement(filed(), stranger, text="We add Exhibit 3.")


def test_a_draft_is_not_supplemented():
    request = in_state("denied")
    draft = appeals.draft(request, route="foic", **acting(request))
    paper = file_of(request, "notice.pdf")

    with pytest.raises(Refused, match="Only a challenge that is filed and not decided"):
        supplement(draft, paper, text="We add Exhibit 1.")
