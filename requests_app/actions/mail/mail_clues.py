"""What in the desk's own rows speaks for a request: the clues that `matching` weighs.

Asked in the order of their weight, each by an index, and no further than to the first that
decides: mail with the right reply address costs one query among a hundred thousand requests.
"""

from collections.abc import Iterator

from django.db.models import Q
from django.db.models.functions import Lower, Upper

from requests_app.actions.mail import city_clues, known_senders
from requests_app.matching import (
    Clue,
    Match,
    Weight,
    bare_subject,
    decide,
    likeness,
    numbers,
    our_references,
    words,
)
from requests_app.models import (
    Communication,
    Delivery,
    InboundMail,
    RecordsRequest,
)
from requests_app.models.requests.records_request import RecordsRequestQuerySet
from requests_app.return_paths import tokens_in

MOST = 50  # rows looked at for one clue
REFUTED = "a check of who sent it failed"
LIKE_ENOUGH = 0.34  # a third of a request's telling words


def by_address(mail: InboundMail) -> Match | None:
    """What the reply addresses it bears decide, the newsroom too; None where they name nothing."""
    clues = list(_by_address(mail, _within(mail, None)))
    return decide(clues) if clues else None


def match(mail: InboundMail, *, in_newsroom: int | None = None) -> Match:
    """The request that a message belongs to, within one newsroom where that is known."""
    clues = list(_by_address(mail, _within(mail, in_newsroom)))
    for look in (_by_thread, _by_number, _by_subject):
        if any(clue.weight.decides for clue in clues):
            return decide(clues)
        clues += look(mail, _within(mail, in_newsroom))
    if not any(clue.weight.decides for clue in clues):
        clues += _by_sender(mail, _within(mail, in_newsroom))
    if not clues:
        clues += city_clues.by_city(mail, _within(mail, in_newsroom))
    return decide(clues)


def _within(mail: InboundMail, in_newsroom: int | None) -> RecordsRequestQuerySet:
    newsroom = in_newsroom or mail.newsroom_id
    found: RecordsRequestQuerySet = RecordsRequest.objects.filter()
    return found.filter(newsroom_id=newsroom) if newsroom else found


def _by_address(mail: InboundMail, requests: RecordsRequestQuerySet) -> Iterator[Clue]:
    """The reply address, whose check letters stand for the rest of it."""
    ids = [public_id for public_id in mail.addressed_to.split(",") if public_id]
    if ids:
        found = requests.filter(public_id__in=ids).values_list("pk", "newsroom_id")
        for pk, newsroom in found[:MOST]:
            why = "It was sent to this request's own address."
            yield Clue(pk, newsroom, Weight.REPLY_ADDRESS, why)
    yield from _by_return_path(mail, requests)


def _by_return_path(mail: InboundMail, requests: RecordsRequestQuerySet) -> Iterator[Clue]:
    """Where a letter of ours comes back to, or an automatic answer to it."""
    tokens = tokens_in((mail.envelope_to, *mail.recipients))
    if not tokens:
        return
    letters = Delivery.objects.filter(
        Q(return_token__in=tokens) | Q(earlier_sendings__return_token__in=tokens)
    )
    found = requests.filter(pk__in=letters.values(REQUEST)).values_list("pk", "newsroom_id")
    for pk, newsroom in found[:MOST]:
        why = "It came to the return path of a letter of this request."
        yield Clue(pk, newsroom, Weight.REPLY_ADDRESS, why)


def _by_thread(mail: InboundMail, requests: RecordsRequestQuerySet) -> Iterator[Clue]:
    """What it says that it answers: a letter of ours, or mail that was filed."""
    ids: list[str] = mail.refers_to[:MOST]
    if not ids:
        return
    ours = Delivery.objects.filter(message_id__in=ids).values_list("message_id", REQUEST)
    theirs = Communication.objects.filter(mail__message_id__in=ids, taken_out_at=None)
    known = [(ids.index(i), pk, "letter of ours") for i, pk in ours]
    known += [
        (ids.index(i), pk, "message filed there")
        for i, pk in theirs.values_list("mail__message_id", REQUEST)
    ]
    rows = {
        row.pk: row for row in _needed_columns(requests.filter(pk__in={pk for _, pk, _ in known}))
    }
    known = [found for found in known if found[1] in rows]
    nearest = min((place for place, _, _ in known), default=0)
    for place, pk, what in known:
        if place == nearest:
            weight = Weight.EARLIER_IN_THREAD if place else Weight.ANSWERS_OUR_MESSAGE
            yield _clue(rows[pk], weight, f"It answers a {what} (by its Message-ID).")


REQUEST = "records_request_id"


def _by_number(mail: InboundMail, requests: RecordsRequestQuerySet) -> Iterator[Clue]:
    """The city's tracking number, or the reference on our letters. Numbers are no secret, so what
    decides is a number from somebody of that city."""
    text = mail.said or mail.text
    yield from _numbered(mail, requests, mail.subject, Weight.NUMBER_IN_SUBJECT, "in its subject")
    yield from _numbered(mail, requests, text, Weight.NUMBER_IN_TEXT, "in its text")


def _numbered(
    mail: InboundMail, requests: RecordsRequestQuerySet, text: str, weight: Weight, where: str
) -> Iterator[Clue]:
    found: list[tuple[RecordsRequest, str]] = []
    if ours := our_references(text):
        rows = _needed_columns(requests.annotate(number=Upper("reference")).filter(number__in=ours))
        found += [(row, f"Our reference {row.reference} stands {where}") for row in rows]
    if theirs := numbers(text):
        spelled = [*theirs, *(f"#{number}" for number in theirs)]
        rows = _needed_columns(
            requests.annotate(number=Upper("city_reference"))
            .filter(number__in=spelled)
            .exclude(city_reference="")
        )
        found += [(row, f"The city's number {row.city_reference} stands {where}") for row in rows]
    known = _known_in(mail, [row for row, _ in found])
    for row, why in found:
        if who := known.get(row.pk):
            yield _clue(row, weight, f"{why}, and {who}.")
        elif mail.sender_is_refuted:
            yield _clue(row, Weight.NUMBER_FROM_A_STRANGER, f"{why}, but {REFUTED}.")
        else:
            stranger = f"{why}, but the desk does not know the sender in {row.city.name}."
            yield _clue(row, Weight.NUMBER_FROM_A_STRANGER, stranger)


def _by_subject(mail: InboundMail, requests: RecordsRequestQuerySet) -> Iterator[Clue]:
    subject = bare_subject(mail.subject)
    if not subject:
        return
    lower = requests.annotate(lower_subject=Lower("subject"))
    rows = list(_needed_columns(lower.filter(lower_subject=subject)))
    known = _known_in(mail, rows)
    for row in rows:
        if who := known.get(row.pk):
            yield _clue(row, Weight.SAME_SUBJECT, f"It has the request's subject, and {who}.")
        elif mail.sender_is_refuted:
            why = f"It has the request's subject, but {REFUTED}."
            yield _clue(row, Weight.NUMBER_FROM_A_STRANGER, why)


def _by_sender(mail: InboundMail, requests: RecordsRequestQuerySet) -> Iterator[Clue]:
    """Requests of which we wrote to that address or heard from it, by the words they share."""
    if not mail.from_address:
        return
    wrote = known_senders.written_to(mail.from_address)
    heard = Communication.objects.filter(mail__from_address=mail.from_address, taken_out_at=None)
    recent = {
        *wrote.order_by("-pk").values_list(REQUEST, flat=True)[:MOST],
        *heard.order_by("-mail_id").values_list(REQUEST, flat=True)[:MOST],
    }
    said = words(f"{mail.subject} {mail.said or mail.text}")
    for row in _needed_columns(requests.filter(pk__in=recent)):
        alike = likeness(words(row.subject), said)
        why = f"The desk has written with {mail.from_address} about it"
        if alike >= LIKE_ENOUGH:
            why += ", and it has words of the request's subject"
        yield _clue(row, Weight.WORDS_IN_COMMON, f"{why}.", alike)


def _known_in(mail: InboundMail, requests: list[RecordsRequest]) -> dict[int, str]:
    """How its sender is known in each request's city; of an address that is not proven, nothing."""
    if mail.sender_is_refuted:
        return {}
    return known_senders.known_senders(mail.from_address, requests)


def _needed_columns(requests: RecordsRequestQuerySet) -> RecordsRequestQuerySet:
    """What is read of a request. In no order: asked for one, a database may sort them all."""
    return requests.only(
        "pk", "state", "newsroom_id", "city_slug", "subject", "reference", "city_reference"
    )[:MOST]


def _clue(row: RecordsRequest, weight: Weight, why: str, alike: float = 0.0) -> Clue:
    return Clue(row.pk, row.newsroom_id, weight, why, alike)
