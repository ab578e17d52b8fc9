"""Letters on their way: issued and promised with their act, and what a person does for them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Q

from requests_app import letters
from requests_app.actions.cities import contacts
from requests_app.actions.days import check
from requests_app.actions.errors import Refused
from requests_app.actions.requests import exhibits
from requests_app.actions.transitions import lock, refuse_on_clock_error
from requests_app.delivery import message_plan, outbox
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.occasion import Occasion
from requests_app.letters import PlannedLetter, Sending, copies, enclosures
from requests_app.models import (
    Channel,
    Delivery,
    DeliveryState,
    Letter,
    LetterKind,
    RecordsRequest,
    User,
)
from requests_app.permissions import may
from requests_app.reply_addresses import BadAddress, deliverable


def keep_found_address(
    records_request: RecordsRequest,
    sending: Sending,
    *,
    by: Attribution,
    office_role: str = "",
) -> None:
    """Beside what the newsroom knows of the office already; in the sending's own transaction."""
    if sending.found is None:
        return
    contacts.enter_office(
        records_request.newsroom,
        city_slug=records_request.city_slug,
        office_role=office_role or records_request.office_role,
        found=sending.found,
        by=by,
        **{sending.channel.described.contact: sending.to},
    )


def issue_and_promise(
    letter: PlannedLetter,
    text: str,
    *,
    by: Attribution,
    entered: Mapping[str, Any] | None = None,
) -> Delivery:
    """Issue the letter and promise its sending, inside the caller's transaction.

    `entered`: what a person typed for the wording. A letter that cannot be made refuses the whole
    act, so nothing is half-done.
    """
    _check_request_left_first(letter, by=by.user)
    sending = replace(letter.sending, to=letter.sending.to.strip())
    issued = _issue(replace(letter, sending=sending), text, at=by.at, entered=entered)
    try:
        return outbox.enqueue(issued, sending, by=by)
    except message_plan.TooLarge as error:
        raise Refused(str(error)) from error


def _check_request_left_first(letter: PlannedLetter, *, by: User) -> None:
    """No letter that nobody reviews goes ahead of one that an editor approved."""
    kind, request = LetterKind(letter.kind), letter.records_request
    is_reviewed = kind in LetterKind.requests()
    if is_reviewed or kind is LetterKind.WITHDRAWAL or may(by, "change_approved_letter", request):
        return
    own = request.deliveries.filter(letter__kind__in=LetterKind.requests())
    has_left = Q(sent_at__isnull=False) | Q(handed_at__isnull=False)
    if own.exists() and not own.filter(has_left).exists():
        raise Refused(
            "The request that an editor approved has not left yet: send it first, or ask an editor "
            "or an admin to write this letter. Nothing was changed."
        )


def copies_recorded(letter: Letter) -> dict[str, list[str]]:
    """For the event of the act: who has a copy of its letter; nothing where nobody has."""
    names = [copy.to or copy.name for copy in copies.on_issued(letter)]
    return {"copies": names} if names else {}


def hand_over_now(delivery: Delivery, sending: Sending, *, by: Attribution) -> None:
    """Where the day of handing over is known already, write it down with the act itself."""
    if on := sending.day_by_hand:
        with refuse_on_clock_error():
            confirmation = sending.confirmation.strip()
            handed = outbox.HandedOver(on, sending.handed_over_at, confirmation)
            outbox.hand_over(delivery, handed, by=by)


def leaving(records_request: RecordsRequest, sending: Sending, *, at: datetime) -> datetime | None:
    """The moment it leaves: of e-mail when it may no longer be recalled, by hand as is said."""
    if not sending.channel.is_by_hand:
        return outbox.leaves_at(records_request.newsroom, at=at)
    on, hour = sending.day_by_hand, sending.handed_over_at
    return datetime.combine(on, hour, tzinfo=records_request.city.tz) if on and hour else None


def day_of_act(
    records_request: RecordsRequest,
    sending: Sending,
    *,
    at: datetime,
    after: date | None = None,
    after_what: str = "it was submitted",
) -> date:
    """The day an act is dated: when its letter was handed over, or else today."""
    on = sending.day_by_hand
    if on is None:
        return records_request.city.local_date(at)
    return check(records_request, on, at=at, after=after, after_what=after_what)


@transaction.atomic
def hand_over(
    delivery: Delivery,
    *,
    on: date,
    by: Attribution,
    hour: time | None = None,
    confirmation: str = "",
) -> None:
    """A person posted, carried, pasted or phoned it, and says on which day, perhaps at what hour
    on the city's clock."""
    check(
        delivery.records_request,
        on,
        at=by.at,
        after=delivery.letter.dated_on,
        after_what="the letter was issued",
    )
    check_enclosures(delivery)
    with refuse_on_clock_error():
        handed = outbox.HandedOver(on, hour, confirmation.strip())
        was_sent = outbox.hand_over(delivery, handed, by=by)
    if not was_sent:
        raise Refused(_not_waiting(delivery))


@transaction.atomic
def retry(delivery: Delivery, *, by: Attribution, to: str = "", text: str | None = None) -> None:
    """Another try of a sending that failed, came back, was recalled or is in doubt; to another
    address or with other words if given.

    A letter is never changed. On a later day, to another address or with other words it is issued
    anew: its date and the day it says the answer is due would be wrong. Then it can be recalled
    once more; the same letter leaves at once. What an editor approved goes as it was approved,
    unless somebody sends it who could have approved it otherwise.
    """
    request = lock(delivery.records_request)
    # What is written when a request ends, or after it, still has to reach the city.
    if request.is_over and not LetterKind(delivery.letter.kind).described.is_farewell:
        stands = request.get_state_display().lower()
        raise Refused(f"This request is {stands}: its letter is not sent any more.")
    delivery.refresh_from_db()
    check_enclosures(delivery)
    _check_goes_as_approved(delivery, by=by.user, to=to, text=text)
    if text is not None:
        _reword(delivery, text)
    stays = copies.on_issued(delivery.letter)
    sending = Sending(Channel(delivery.channel), to.strip() or delivery.to, copies=stays)
    letter, leaves_at, today = delivery.letter, by.at, request.city.local_date(by.at)
    is_stale = letter.dated_on != today
    if delivery.part == 1 and (text is not None or sending.to != delivery.to or is_stale):
        leaves_at = outbox.leaves_at(request.newsroom, at=by.at)
        letter = issue_anew(delivery, sending, leaves_at, by=by, text=text)
    _check_address(sending)
    with refuse_on_clock_error():
        occasion = Occasion(by)
        was_moved = outbox.send_again(
            delivery, occasion, letter=letter, to=sending.to, not_before=leaves_at
        )
    if not was_moved:
        raise Refused(_not_waiting(delivery))


def _check_goes_as_approved(delivery: Delivery, *, by: User, to: str, text: str | None) -> None:
    is_reworded = text is not None and _kept_as(text) != _kept_as(words_of(delivery))
    is_redirected = to.strip() not in {"", delivery.to}
    if (is_reworded or is_redirected) and not may(by, "change_approved_letter", delivery):
        raise Refused(
            "An editor approved this letter as it stands: ask an editor or an admin to send it "
            "with other words or to another address. Nothing was changed; you can send it again "
            "as it is."
        )


def _reword(delivery: Delivery, text: str) -> None:
    """Other words for a letter that was recalled; the request or appeal keeps them from now on."""
    if delivery.state != DeliveryState.RECALLED:
        raise Refused(_not_waiting(delivery))
    if not text.strip():
        raise Refused("The letter is empty: write what the city should read.")
    keeper = delivery.appeal or delivery.records_request
    if delivery.letter.kind in {LetterKind.APPEAL, *LetterKind.requests()}:
        keeper.letter_text = _kept_as(text)
        keeper.save()


def _kept_as(text: str) -> str:
    """A letter's words as they are kept, however a browser ended their lines."""
    return text.replace("\r\n", "\n").strip() + "\n"


def recall(
    delivery: Delivery,
    *,
    by: Attribution,
) -> int:
    """Keep at home what of a letter has not left yet; how many messages that were.

    The act that wrote it stands where it is, as if the letter waited: no clock runs for what has
    reached nobody. Sent again, it goes with the same words or others.
    """
    recalled = outbox.recall(
        delivery,
        by=by,
    )
    if not recalled:
        raise Refused(_not_waiting(delivery))
    return recalled


def words_of(delivery: Delivery) -> str:
    """The letter's words as they can be edited, its dates not filled in where that can be."""
    if delivery.appeal and delivery.letter.kind == LetterKind.APPEAL:
        return delivery.appeal.letter_text
    request = delivery.records_request
    is_request = delivery.letter.kind in LetterKind.requests()
    return request.letter_text if is_request else delivery.letter.text


def confirm_sent(
    delivery: Delivery,
    *,
    by: Attribution,
) -> None:
    """A person knows that a message in doubt did arrive."""
    with refuse_on_clock_error():
        arrived = outbox.confirm_sent(
            delivery,
            by=by,
        )
    if not arrived:
        raise Refused(_not_waiting(delivery))


def check_enclosures(delivery: Delivery) -> None:
    """Refused where a file that the letter names is kept apart by now."""
    try:
        enclosures.check_all_may_go(delivery)
    except letters.LetterError as error:
        raise Refused(f"{error} Nothing was changed.") from error


def issue_anew(
    delivery: Delivery,
    sending: Sending,
    leaves_at: datetime,
    *,
    by: Attribution,
    text: str | None = None,
) -> Letter:
    """The letter of today, with what it enclosed; of that, nothing that is kept apart by now."""
    letter, request = delivery.letter, delivery.records_request
    planned = PlannedLetter(
        request,
        LetterKind(letter.kind),
        sending,
        request.city.local_date(by.at),
        by.user,
        delivery.appeal,
        leaves_at,
        answers=letter.answers,
        chosen_files=enclosures.files_to_send(letter),
    )
    words = words_of(delivery) if text is None else text
    entered = letters.entered_in(letter)
    anew = _issue(_with_exhibits(planned, letter, words, by=by), words, at=by.at, entered=entered)
    if hasattr(anew, "filing"):
        made_anew = {file.name: file for file in enclosures.files_on(anew)}
        outbox.exchange_files(delivery, by_name=made_anew)
    return anew


def _with_exhibits(
    letter: PlannedLetter, before: Letter, text: str, *, by: Attribution
) -> PlannedLetter:
    """A filing that is issued anew is put together anew: its letter has another date."""
    if not hasattr(before, "filing") or letter.appeal is None:
        return letter
    if letter.kind != LetterKind.APPEAL:
        return exhibits.made_anew(letter, before, text, by=by)
    alone = replace(letter, chosen_files=())
    return exhibits.with_its_filing(alone, exhibits.put_together(alone), by=by)


def _issue(
    letter: PlannedLetter, text: str, *, at: datetime, entered: Mapping[str, Any] | None
) -> Letter:
    _check_address(letter.sending)
    try:
        return letters.issue(letter, text, at=at, entered=entered)
    except letters.LetterError as error:
        raise Refused(str(error)) from error


def _check_address(sending: Sending) -> None:
    channel = sending.channel
    if not sending.to:
        raise Refused(
            f"Sending by {channel.label.lower()} needs {channel.described.needs}: enter it first."
        )
    if channel is Channel.EMAIL:
        try:
            for address in (sending.to, *copies.addresses_in(sending.copies or ())):
                deliverable(address)
        except BadAddress as error:
            raise Refused(str(error)) from error


def _not_waiting(delivery: Delivery) -> str:
    delivery.refresh_from_db()
    state = delivery.get_state_display().lower()
    return f"This sending stands at “{state}”, so there is nothing to do. Nothing was changed."
