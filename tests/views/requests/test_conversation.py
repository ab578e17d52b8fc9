"""A request as one readable conversation."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from requests_app.actions.mail import file_mail, read_mail
from requests_app.actions.mail.calls_and_letters import CallOrLetter, record_call_or_letter
from requests_app.actions.requests import city_determinations, city_progress, corrections, ending
from requests_app.actions.requests.notes import note
from requests_app.actions.sending.our_letters import OurLetter
from requests_app.actions.sending.plain_replies import PlainReply, reply_to
from requests_app.models import Communication, RecordsRequest
from requests_app.views.requests.conversation import A_PAGE, LONGEST
from tests.factories import BY_EMAIL, NOW, TODAY, acting, said, submitted
from tests.inbound.messages import answer_to, taken_in
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db

SUNDAY = NOW - timedelta(days=1)


def opened(request: RecordsRequest, **query: str) -> Any:
    client: Client = signed_in(request.created_by)
    return client.get(reverse("conversation", args=[request.public_id]), query)


def sentences(request: RecordsRequest, **query: str) -> list[str]:
    return [turn.sentence for turn in opened(request, **query).context["turns"]]


def asked(request: RecordsRequest, text: str = "Which ones?", **fields: Any) -> Communication:
    return taken_in(answer_to(request, text=text, **fields)).communications.get()


def test_it_says_in_order_what_we_wrote_what_they_wrote_and_what_it_meant() -> None:
    request = submitted()
    message = asked(request, "Your request is denied.", subject="Your request")
    note(request, on=TODAY, text="For us alone.", **acting(request))
    city_determinations.deny(request, answer=said(mail=message), **acting(request))
    reply_to(message, PlainReply("Dear Clerk: why?", BY_EMAIL), **acting(request))

    answer = opened(request)

    turns = answer.context["turns"]
    assert [(turn.is_ours, turn.sentence) for turn in turns] == [
        (True, "Submitted to the City Clerk by e-mail (clerk@stamford.example)."),
        (False, "Mail came from City Clerk: “Your request”."),
        (True, "We wrote to Stamford by e-mail."),
    ]
    assert [meaning.sentence for meaning in turns[1].meanings] == ["Stamford denied the request."]
    assert [turn.words.split(".")[0] for turn in turns[1:]] == [
        "Your request is denied",
        "Dear Clerk: why?\n",
    ]
    assert "For us alone." not in flat(answer)


def test_files_are_linked() -> None:
    request = submitted()
    asked(request, files=[("log.csv", b"1,2")])

    page = flat(opened(request))

    file = Communication.objects.get().attachments.get()
    letter = request.letters.get()
    assert reverse("attachment_download", args=[file.pk]) in page
    assert reverse("letter_pdf", args=[letter.pk]) in page


def test_a_struck_entry_is_crossed_out_with_who_and_why() -> None:
    request = submitted()
    city_determinations.grant(request, answer=said(text="Here."), **acting(request))
    corrections.strike(
        request.events.get(kind="granted"), why="It was a denial.", **acting(request)
    )

    page = flat(opened(request))

    assert "<s>Stamford gave the records.</s>" in page
    assert f"Struck by {request.created_by}" in page
    assert "It was a denial." in page


def test_a_struck_meaning_is_crossed_out_under_its_message() -> None:
    request = submitted()
    message = asked(request)
    city_determinations.grant(request, answer=said(mail=message), **acting(request))
    corrections.strike(request.events.get(kind="granted"), why="No.", **acting(request))

    assert "<s>Stamford gave the records.</s>" in flat(opened(request))


def test_an_entry_on_its_right_day_has_its_words_once() -> None:
    request = submitted(at=SUNDAY)
    city_progress.acknowledge(request, answer=said(text="We have it."), **acting(request))
    corrections.correct_day(
        request.events.get(kind="acknowledged"),
        on=SUNDAY.date(),
        why="It was Sunday.",
        **acting(request),
    )

    turns = opened(request).context["turns"]

    assert [
        turn.words for turn in turns if turn.sentence.endswith("acknowledged the request.")
    ] == [
        "We have it.",
        "",
    ]


def test_mail_that_belongs_elsewhere_is_not_shown() -> None:
    request = submitted()
    message = asked(request, "Another matter.")
    file_mail.take_out(message, **acting(request))

    assert "Another matter." not in flat(opened(request))
    assert len(sentences(request)) == 1


def test_a_withdrawal_shows_its_letter() -> None:
    request = submitted()
    letter = OurLetter("Dear Clerk: we withdraw it.", BY_EMAIL)
    ending.withdraw_by_letter(request, letter=letter, **acting(request))

    assert "we withdraw it." in flat(opened(request))


def test_what_nobody_has_read_stands_open_and_asks() -> None:
    request = submitted()
    message = asked(request, "The first.", message_id="<0@x.example>")
    for number in range(1, 6):
        later = asked(request, f"Number {number}.", message_id=f"<{number}@x.example>")
        read_mail.keep_as_correspondence(later, **acting(request))

    answer = opened(request)

    is_open = [turn.is_open for turn in answer.context["turns"]]
    assert is_open == [False, True, False, False, True, True, True]
    assert reverse("message_page", args=[message.pk]) in flat(answer)
    assert flat(answer).count("Read it and say what it is") == 1
    assert flat(answer).count("Kept as correspondence by") == 5


def test_what_a_sender_wrote_is_only_words() -> None:
    request = submitted()
    asked(request, "<script>alert(1)</script>", subject="<b>bold</b>")

    page = flat(opened(request))

    assert "<script>alert" not in page
    assert "<b>bold" not in page


def test_a_long_message_is_cut_and_says_so() -> None:
    request = submitted()
    asked(request, "word " * LONGEST)

    answer = opened(request)

    assert len(answer.context["turns"][1].words) == LONGEST
    assert "The rest stands on its own page." in flat(answer)


def test_pages_have_fifty_entries_the_newest_first_and_each_in_order() -> None:
    request = submitted()
    calls(request, A_PAGE + 4)

    first, second = sentences(request), sentences(request, page="2")

    assert (len(first), len(second)) == (A_PAGE, 5)
    assert second[0].startswith("Submitted")
    assert first[-1] == f"Stamford called: Caller {A_PAGE + 3}."


def calls(request: RecordsRequest, count: int) -> None:
    for number in range(count):
        heard = CallOrLetter("phone", TODAY, f"Caller {number}", "Wait.")
        record_call_or_letter(request, heard, **acting(request))


@pytest.mark.parametrize("count", [2, 45])
def test_it_asks_the_same_queries_for_any_number_of_messages(
    count: int, django_assert_num_queries: Any
) -> None:
    request = submitted()
    calls(request, count)
    first, *others = Communication.objects.order_by("pk")
    city_progress.acknowledge(request, answer=said(mail=first), **acting(request))
    for message in others[: count // 2]:
        read_mail.keep_as_correspondence(message, **acting(request))
    client = signed_in(request.created_by)
    client.get(reverse("conversation", args=[request.public_id]))

    with django_assert_num_queries(12):
        answer = client.get(reverse("conversation", args=[request.public_id]))

    assert len(answer.context["turns"]) == count + 1


def test_the_ledger_stands_beside_it() -> None:
    request = submitted()
    asked(request)

    page = strip_tags(flat(opened(request)).partition("beside-lines")[2])

    assert "Records request sent by e-mail" in page
