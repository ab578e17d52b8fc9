"""Which wording a letter is written by: the narrowest that stands, and never one that says less."""

from typing import Any

import pytest

from requests_app import letters
from requests_app.letters.wording.newsrooms_own import pack_now
from requests_app.models import (
    LetterKind,
    LetterWording,
    Newsroom,
    RecordsRequest,
    User,
    WordingAct,
)
from tests import factories
from tests.factories import TODAY

pytestmark = pytest.mark.django_db
HELLO = "Hello from {place}."


@pytest.fixture
def request_() -> RecordsRequest:
    return factories.submitted()


def worded(newsroom: Newsroom, by: User, scope: str = "", **fields: Any) -> LetterWording:
    """A wording of thanks that says where it is for."""
    text = pack_now.text_for("thanks", scope).replace(
        "Please pass", f"Hello from “{scope}”. Please pass"
    )
    number = LetterWording.objects.filter(newsroom=newsroom, letter="thanks", scope=scope).count()
    values = {
        "letter": "thanks", "scope": scope, "number": number + 1, "act": WordingAct.WRITTEN,
        "text": text, "pack_text": "", "pack_sha256": "", "written_by": by,
    }  # fmt: skip
    return LetterWording.objects.create(newsroom=newsroom, **(values | fields))


def thanks(request: RecordsRequest) -> letters.Composition:
    return letters.compose_reply(request, LetterKind.THANKS, on=TODAY)


def greeted(request: RecordsRequest) -> str:
    text = thanks(request).text
    return text.partition("Hello from “")[2].partition("”")[0] if "Hello" in text else "the pack"


def test_the_narrowest_scope_wins(request_: RecordsRequest) -> None:
    newsroom, by = request_.newsroom, request_.created_by
    found = [greeted(request_)]
    for scope in ("", "us-or", "us-ct", "us-ct/stamford"):
        worded(newsroom, by, scope)
        found.append(greeted(request_))

    assert found == ["the pack", "", "", "us-ct", "us-ct/stamford"]


def test_after_it_is_put_back_the_wider_one_stands(request_: RecordsRequest) -> None:
    newsroom, by = request_.newsroom, request_.created_by
    worded(newsroom, by, "us-ct")
    worded(newsroom, by, "us-ct/stamford")
    worded(newsroom, by, "us-ct/stamford", act=WordingAct.PUT_BACK, text="")

    assert greeted(request_) == "us-ct"


def test_the_newest_version_is_the_one_in_use(request_: RecordsRequest) -> None:
    newsroom, by = request_.newsroom, request_.created_by
    worded(newsroom, by)
    second = worded(newsroom, by)

    composed = thanks(request_)

    assert composed.template == "newsroom/every-city/version-2/thanks.md" == second.template_name
    assert composed.template_sha256 not in ("", pack_now.template_for("thanks", "").sha256)


def test_another_newsroom_writes_by_the_packs_wording(request_: RecordsRequest) -> None:
    stranger = factories.submitted()
    worded(stranger.newsroom, stranger.created_by)

    assert (greeted(request_), greeted(stranger)) == ("the pack", "")


def test_a_wording_that_would_say_less_is_not_used_and_says_why(request_: RecordsRequest) -> None:
    worded(request_.newsroom, request_.created_by, text="Hello there, and thanks.")

    composed = thanks(request_)

    assert composed.template == "thanks.md"
    assert composed.text == by_the_pack(request_).text
    assert composed.not_used.startswith("It would not have said: salutation")


def test_a_wording_whose_passage_the_pack_gave_up_is_not_used(request_: RecordsRequest) -> None:
    text = pack_now.text_for("thanks", "") + "\n\n{{ pack: gone }}\n"
    worded(request_.newsroom, request_.created_by, text=text)

    composed = thanks(request_)

    assert composed.template == "thanks.md"
    assert composed.not_used == "The pack's wording of this letter has no passage “gone”."


def test_a_letter_that_was_issued_keeps_its_words(request_: RecordsRequest) -> None:
    issued = request_.letters.get()
    before = (issued.text, issued.template, issued.sha256)
    text = pack_now.text_for("records_request", "").replace(
        "Please release", "Hello. Please release"
    )
    worded(request_.newsroom, request_.created_by, letter="records_request", text=text)

    issued.refresh_from_db()

    assert (issued.text, issued.template, issued.sha256) == before
    assert "Hello." in letters.compose_request(request_).text


def test_its_sentences_of_law_are_known_as_such(request_: RecordsRequest) -> None:
    text = pack_now.text_for("records_request", "").replace(
        "Please release", "Hello. Please release"
    )
    packs = letters.compose_request(request_).legal
    worded(request_.newsroom, request_.created_by, letter="records_request", text=text)

    assert letters.compose_request(request_).legal == packs


def by_the_pack(request: RecordsRequest) -> letters.Composition:
    """The same letter of a newsroom that has no wording of its own."""
    LetterWording.objects.filter(newsroom=request.newsroom)
    return letters.compose_reply(factories_twin(request), LetterKind.THANKS, on=TODAY)


def factories_twin(request: RecordsRequest) -> RecordsRequest:
    twin = RecordsRequest.objects.get(pk=request.pk)
    twin.newsroom = Newsroom(name=request.newsroom.name)
    return twin
