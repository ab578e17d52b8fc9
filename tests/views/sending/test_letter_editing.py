"""A letter's text beside its paper: looked at, put right, put together; nothing kept by looking."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from requests_app.actions.newsroom import stationery
from requests_app.actions.requests import appeals
from requests_app.ledger.attribution import Attribution
from requests_app.models import Event, EventKind, Letter, Paragraph, RecordsRequest, Role, User
from tests.factories import NOW, TODAY, acting, draft, in_state, member, silent, submitted
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db
PANE = {"HX-Request": "true", "HX-Target": "letter-preview"}
FOUND = {"to": "clerk@stamford.example", "source": "a call", "checked_on": str(TODAY)}


def paragraph(by: User, text: str = "The Ledger is a daily newspaper.") -> Paragraph:
    return stationery.write_paragraph(
        by.membership.newsroom,
        about="who_we_are",
        title=text[:20],
        text=text,
        by=Attribution(by, NOW),
    )


def edit_page(rr: RecordsRequest) -> str:
    return reverse("request_edit", args=[rr.public_id])


def follow_up(rr: RecordsRequest) -> str:
    return reverse("record_act", args=[rr.public_id, "follow-up"])


def letter_pages() -> list[tuple[User, str]]:
    """A request, an appeal and a reply, each with who edits its letter."""
    rr, denied, late = draft(), in_state("denied"), silent()
    appeal = appeals.draft(denied, route="foic", **acting(denied))
    return [
        (rr.created_by, edit_page(rr)),
        (denied.created_by, reverse("appeal_edit", args=[appeal.pk])),
        (late.created_by, follow_up(late)),
    ]


def text_in(answer: Any) -> str:
    """What stands in the letter's field."""
    found = re.search(r'<textarea name="text"[^>]*>(.*?)</textarea>', answer.content.decode(), re.S)
    assert found
    return unescape(found[1]).strip()


@pytest.mark.parametrize("which", [0, 1, 2], ids=["request", "appeal", "reply"])
def test_every_letter_is_edited_beside_its_paper(which: int) -> None:
    person, url = letter_pages()[which]
    client = signed_in(person)
    text = text_in(client.get(url))

    page = client.get(url).content.decode()
    same = client.post(url, {"do": "look", "text": text}, headers=PANE).content.decode()
    other = client.post(url, {"do": "look", "text": "Hello."}, headers=PANE).content.decode()

    for shown in (page, same, other):
        assert 'alt="Page 1 of the letter"' in shown
    assert "<html" not in same
    assert "Words of the law changed" not in page + same
    assert "Words of the law changed" in other


@pytest.mark.parametrize("which", [0, 1, 2], ids=["request", "appeal", "reply"])
def test_sentence_that_was_changed_is_put_back_and_nothing_is_kept_yet(which: int) -> None:
    person, url = letter_pages()[which]
    client = signed_in(person)
    text = text_in(client.get(url))
    events, letters = Event.objects.count(), Letter.objects.count()
    changed = text.replace("§ 1-206", "§ 1-207")
    sentence = client.post(url, {"do": "look", "text": changed}).context["preview"].departures[0]

    answer = client.post(url, {"put_back": sentence, "text": changed})

    assert sentence not in answer.context["preview"].departures
    assert sentence in " ".join(text_in(answer).split())
    assert (Event.objects.count(), Letter.objects.count()) == (events, letters)
    assert text_in(client.get(url)) == text


def test_only_a_sentence_of_the_template_is_put_back() -> None:
    rr = draft()

    answer = signed_in(rr.created_by).post(
        edit_page(rr), {"put_back": "The moon is due by § 5.", "text": "Dear Clerk."}
    )

    assert text_in(answer) == "Dear Clerk."


@pytest.mark.parametrize("which", [0, 1, 2], ids=["request", "appeal", "reply"])
def test_paragraph_goes_to_the_end_without_a_script_and_is_marked(which: int) -> None:
    person, url = letter_pages()[which]
    own = paragraph(person)

    answer = signed_in(person).post(url, {"insert": str(own.pk), "text": "Dear Clerk:\n\nHello."})

    assert text_in(answer) == f"Dear Clerk:\n\nHello.\n\n{own.text}"
    assert "in the letter</span>" in answer.content.decode()


def test_paragraph_is_never_a_template() -> None:
    rr = draft()
    own = paragraph(rr.created_by, "{{ 7*7 }} {% include 'letters/_us.md' %}")

    answer = signed_in(rr.created_by).post(
        edit_page(rr), {"insert": str(own.pk), "text": "Dear Clerk."}
    )

    assert text_in(answer).endswith(own.text)


@pytest.mark.parametrize("number", ["strangers", "put away", "nonsense"])
def test_only_the_newsrooms_own_paragraphs_in_use_go_in(number: str) -> None:
    rr = draft()
    stranger, gone = paragraph(member()), paragraph(rr.created_by)
    stationery.put_away_paragraph(
        gone,
        by=Attribution(rr.created_by, NOW),
    )
    told = {"strangers": str(stranger.pk), "put away": str(gone.pk), "nonsense": "9e9"}[number]

    answer = signed_in(rr.created_by).post(edit_page(rr), {"insert": told, "text": "Dear Clerk."})

    assert text_in(answer) == "Dear Clerk."


def test_unsaved_text_is_shown_as_a_pdf() -> None:
    rr = draft()

    answer = signed_in(rr.created_by).post(edit_page(rr), {"do": "pdf", "text": "Dear Clerk."})

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    rr.refresh_from_db()
    assert rr.letter_text != "Dear Clerk.\n"


def test_letter_that_no_font_can_print_says_so_beside_the_text() -> None:
    rr = draft()

    answer = signed_in(rr.created_by).post(
        edit_page(rr), {"do": "look", "text": "Dear \U000f0000."}, headers=PANE
    )

    assert answer.status_code == 200
    assert "cannot be printed" in answer.content.decode()


def test_editor_sees_on_review_what_the_reporter_changed() -> None:
    rr = draft()
    rr.letter_text = "Dear Clerk:\n\nThe log, please.\n"
    rr.save()
    client = signed_in(rr.created_by)
    client.post(reverse("send_to_review", args=[rr.public_id]))

    page = signed_in(member(Role.EDITOR, rr.newsroom)).get(f"/requests/{rr.public_id}/")

    assert "Words of the law changed" in page.content.decode()
    assert "Put it back" not in page.content.decode()


def test_departure_is_named_before_sending_and_stays_on_the_page_of_the_request() -> None:
    rr = draft()
    rr.letter_text = "Dear Clerk:\n\nThe log, please.\n"
    rr.save()
    client = signed_in(rr.created_by)
    submit = reverse("request_submit", args=[rr.public_id])

    before = client.get(submit).content.decode()
    client.post(submit, {"channel": "email", "version": "1", **FOUND})
    after = client.get(f"/requests/{rr.public_id}/").content.decode()

    assert "Words of the law changed" in before
    assert "changed, or not at all" in after


def _reply(client: Client, rr: RecordsRequest, act: str, **told: Any) -> Any:
    url = reverse("record_act", args=[rr.public_id, act])
    return client.post(url, {"channel": "email", **FOUND, **told})


def test_narrowing_is_written_from_what_is_typed_then_sent_and_shown() -> None:
    rr = submitted()
    client = signed_in(rr.created_by)
    asked = "the index of 2025\nthe report of May 3"

    written = _reply(client, rr, "narrowed", do="write", narrowed=asked, text="")
    sent = _reply(client, rr, "narrowed", narrowed=asked, text=text_in(written))

    assert "2. the report of May 3" in text_in(written)
    assert sent.status_code == 303
    page = client.get(f"/requests/{rr.public_id}/").content.decode()
    assert "We narrowed the request by e-mail" in page
    assert "the index of 2025<br>the report of May 3" in page


def test_narrowing_to_nothing_is_refused_on_its_field() -> None:
    rr = submitted()

    answer = _reply(signed_in(rr.created_by), rr, "narrowed", narrowed=" ", text="Dear Clerk.")

    assert answer.status_code == 422
    assert not rr.events.filter(kind=EventKind.NARROWED).exists()


def test_another_way_of_sending_keeps_the_words() -> None:
    rr = silent()

    answer = _reply(
        signed_in(rr.created_by), rr, "follow-up", switch="post", text="My own words.", to="x@y.z"
    )

    assert text_in(answer) == "My own words."
    page = flat(answer)
    assert 'name="switch" value="post" formnovalidate aria-current="true"' in page
    assert "x@y.z" not in page


def test_suit_is_announced_by_an_editor_with_a_day_that_is_to_come() -> None:
    rr = in_state("denied")
    editor = signed_in(member(Role.EDITOR, rr.newsroom))
    url = reverse("record_act", args=[rr.public_id, "suit-announced"])

    assert signed_in(rr.created_by).get(url).status_code == 403
    past = _reply(editor, rr, "suit-announced", answer_by_on=str(TODAY), text="Dear Clerk.")
    assert past.status_code == 422
    assert "still to come" in past.content.decode()
    written = _reply(editor, rr, "suit-announced", do="write", answer_by_on="2026-11-16", text="")
    assert "November 16, 2026" in text_in(written)
    done = _reply(editor, rr, "suit-announced", answer_by_on="2026-11-16", text=text_in(written))
    assert done.status_code == 303


@pytest.mark.parametrize(
    ("state", "offered", "not_offered"),
    [
        ("submitted", {"narrowed", "withdrawn-by-letter"}, {"thanked", "suit-announced"}),
        ("granted", {"thanked"}, {"narrowed", "suit-announced", "fee-waiver-requested"}),
        ("denied", {"suit-announced"}, {"thanked", "narrowed"}),
        ("draft", {"note"}, {"withdrawn", "withdrawn-by-letter", "thanked", "narrowed"}),
    ],
)
def test_letters_are_offered_where_they_make_sense(
    state: str, offered: set[str], not_offered: set[str]
) -> None:
    rr = in_state(state)
    editor = signed_in(member(Role.EDITOR, rr.newsroom))

    context = editor.get(f"/requests/{rr.public_id}/").context

    found = {act["slug"] for act in (*context["letters"], *context["others"])}
    assert offered <= found
    assert not not_offered & found


def test_narrowing_is_offered_beside_the_answer_to_a_question_or_a_fee() -> None:
    for state in ("awaiting_clarification", "awaiting_fees"):
        rr = in_state(state)

        context = signed_in(rr.created_by).get(f"/requests/{rr.public_id}/").context

        assert "narrowed" in {act["slug"] for act in context["replies"]}
        assert "narrowed" not in {act["slug"] for act in context["letters"]}


def test_late_city_may_be_told_of_a_suit() -> None:
    rr = silent()
    editor = signed_in(member(Role.EDITOR, rr.newsroom))

    found = {act["slug"] for act in editor.get(f"/requests/{rr.public_id}/").context["letters"]}

    assert "suit-announced" in found


def test_tone_of_a_follow_up_is_told() -> None:
    early, late = submitted(), silent()

    for rr, words in ((early, "before the day the answer is due"), (late, "after the day")):
        page = signed_in(rr.created_by).get(follow_up(rr)).content.decode()
        assert words in page
