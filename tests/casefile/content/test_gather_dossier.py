"""What goes into a case file, and what does not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from requests_app.actions.mail.calls_and_letters import CallOrLetter, record_call_or_letter
from requests_app.actions.requests import (
    city_determinations,
    city_progress,
    corrections,
    drafting,
    submission,
)
from requests_app.actions.sending.plain_replies import PlainReply, reply_to
from requests_app.letters import Sending
from requests_app.models import Channel, Communication, EventKind
from tests.casefile.papers import SECRET, book_of, challenged, denied, files, pdf
from tests.factories import BY_EMAIL, NOW, TODAY, acting, draft, let_go, said, submitted

pytestmark = pytest.mark.django_db


def words_in(dossier) -> str:
    return " ".join([e.text + e.heading for e in dossier.entries])


def test_entries_stand_in_the_order_of_the_ledger():
    dossier = book_of(denied())

    assert [e.kind for e in dossier.entries] == ["submitted", "sent", "denied"]
    assert [e.number for e in dossier.entries] == [1, 2, 3]
    assert dossier.entry(3).facts == (("Exemptions claimed", "§ 1-210(b)(1)"),)
    assert dossier.entry(3).who == "City of Stamford"


def test_notes_stay_out():
    assert SECRET not in words_in(book_of(denied()))


def test_notes_go_in_where_they_were_chosen():
    dossier = book_of(denied(), has_notes=True)

    assert SECRET in words_in(dossier)
    assert "holds the newsroom’s own notes" in dossier.left_out


def test_notes_never_go_into_the_papers_of_an_appeal():
    appeal = challenged()

    dossier = book_of(appeal.records_request, "bundle", appeal=appeal, has_notes=True)

    assert SECRET not in words_in(dossier)


WHY = "The letter speaks of another request."


def struck(request):
    entry = request.events.get(kind=EventKind.DENIED)
    corrections.strike(entry, why=WHY, **acting(request))
    return request


def test_what_was_struck_stays_readable_and_is_no_mark_of_the_timeline():
    dossier = book_of(struck(denied()))

    assert [(e.kind, e.struck) for e in dossier.entries] == [
        ("submitted", ""),
        ("sent", ""),
        ("denied", "Struck on Mon Nov 2, 2026: it was recorded by mistake."),
    ]
    assert [mark.kind for mark in dossier.marks] == ["submitted"]
    assert WHY not in words_in(dossier)


def test_who_struck_it_and_why_is_among_the_newsrooms_notes():
    request = struck(denied())

    dossier = book_of(request, has_notes=True)

    [line] = [entry.struck for entry in dossier.entries if entry.struck]
    assert line == f"Struck on Mon Nov 2, 2026, by {request.created_by.name}: {WHY}"
    assert "entry_struck" in [entry.kind for entry in dossier.entries]


def test_what_was_struck_never_goes_into_the_papers_of_an_appeal():
    appeal = challenged()

    dossier = book_of(struck(appeal.records_request), "bundle", appeal=appeal)

    assert "denied" not in [entry.kind for entry in dossier.entries]


def test_a_corrected_day_keeps_the_words_and_files_of_its_entry():
    request = submitted(at=NOW - timedelta(days=7))
    answer = said(text="We withhold it.", files=files(one_pdf=pdf("x")))
    denial = city_determinations.deny(request, answer=answer, **acting(request))
    day = TODAY - timedelta(days=2)
    corrections.correct_day(denial, on=day, why="Misread.", **acting(request))

    [right] = [e for e in book_of(request).entries if e.kind == "denied" and not e.struck]

    assert (right.on, right.text, right.exhibits) == (day, "We withhold it.", (1,))


def test_letter_stands_once_at_the_act_it_made():
    dossier = book_of(denied())

    assert [(e.kind, e.letter is not None) for e in dossier.entries] == [
        ("submitted", True), ("sent", False), ("denied", False),
    ]  # fmt: skip


def test_same_content_is_one_exhibit_with_every_place_it_came_from():
    request = submitted()
    first = files(one_pdf=pdf("x"))
    city_progress.acknowledge(request, answer=said(text="A", files=first), **acting(request))
    again = files(two_pdf=pdf("x"))
    city_determinations.grant(request, answer=said(text="B", files=again), **acting(request))

    dossier = book_of(request)

    [exhibit] = dossier.exhibits
    assert (exhibit.name, exhibit.other_names) == ("one.pdf", ("two.pdf",))
    assert [dossier.entry(n).kind for n in exhibit.came_with] == ["acknowledged", "granted"]
    assert [e.exhibits for e in dossier.entries][-2:] == [(1,), (1,)]


def test_what_we_enclosed_is_an_exhibit_of_our_letter():
    request = draft()
    drafting.attach_enclosures(request, files=files(proof_pdf=pdf("p")), **acting(request))
    delivery = submission.submit(
        request, sending=Sending(Channel.EMAIL, "c@d.example"), **acting(request)
    )
    let_go(delivery)

    dossier = book_of(request)

    assert dossier.entry(1).exhibits == (1,)
    assert dossier.exhibit(1).is_ours


def test_what_a_reply_of_ours_encloses_is_an_exhibit_of_it():
    request = submitted()
    heard = CallOrLetter("phone", TODAY, "Dana Ortiz", "Which ones?")
    message = record_call_or_letter(request, heard, **acting(request))
    reply = PlainReply("Dear Clerk: these.", BY_EMAIL, uploads=files(list_pdf=pdf("l")))
    let_go(reply_to(message, reply, **acting(request)))

    dossier = book_of(request)

    [entry] = [e for e in dossier.entries if e.kind == EventKind.REPLIED]
    assert entry.exhibits == (1,)
    assert dossier.exhibit(1).is_ours


def test_a_call_that_was_struck_stays_readable():
    request = submitted()
    heard = CallOrLetter("phone", TODAY, "Dana Ortiz", "Which ones?")
    record_call_or_letter(request, heard, **acting(request))
    entry = request.events.get(kind=EventKind.CONTACTED_US)
    corrections.strike(entry, why=WHY, **acting(request))

    [kept] = [e for e in book_of(request).entries if e.kind == EventKind.CONTACTED_US]

    assert (kept.text, bool(kept.struck)) == ("Which ones?", True)


def test_communication_that_was_taken_out_is_not_there():
    request = denied(records_pdf=pdf("x"))
    filed = Communication.objects.filter(records_request=request)
    filed.update(taken_out_at=timezone.now(), taken_out_by=request.created_by)

    dossier = book_of(request)

    assert EventKind.DENIED not in [e.kind for e in dossier.entries]
    assert dossier.exhibits == ()


def test_bundle_holds_the_parts_of_its_route_in_their_order():
    appeal = challenged()

    dossier = book_of(appeal.records_request, "bundle", appeal=appeal)

    assert [(e.part, e.kind) for e in dossier.entries] == [
        ("appeal_letter", "appeal_filed"),
        ("request", "submitted"),
        ("answers", "denied"),
        ("correspondence", "sent"),
        ("correspondence", "sent"),
    ]
    assert "1-21j-28" in dossier.parts_source
    assert dossier.clocks == ()


def test_reminders_of_our_own_are_no_legal_clocks():
    dossier = book_of(denied())

    assert dossier.clocks
    assert not any(clock.is_reminder for clock in dossier.clocks)


def test_cover_says_who_when_and_how_it_ended():
    dossier = book_of(denied())

    assert [p.role for p in dossier.parties] == ["Requester", "Custodian asked"]
    assert ("Denied", "Monday, November 2, 2026") in dossier.dates
    assert dossier.outcome.startswith("The city denied the request.")
    assert dossier.today == NOW.date()


def test_number_of_queries_does_not_grow(django_assert_max_num_queries):
    request = submitted()
    for number in range(6):
        city_progress.produce_in_part(
            request,
            answer=said(text=f"{number}", files=files(a_txt=b"%d" % number)),
            **acting(request),
        )
    request.refresh_from_db()

    with django_assert_max_num_queries(14):
        book_of(request)
