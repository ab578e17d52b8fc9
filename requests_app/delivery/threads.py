"""Which messages a message of ours answers, so that a clerk's mail program shows them as one."""

from requests_app.models import Channel, Communication, Delivery
from requests_app.vocabulary.states import MAY_HAVE_LEFT

# See `requests_app.mail`: no automatic answer, no report.
FROM_SOMEBODY = ("person", "notice")
MOST = 20  # RFC 5322 sets no limit, but servers limit headers
LONGEST = 250


def thread_of(delivery: Delivery) -> dict[str, str]:
    """In-Reply-To and References (RFC 5322, 3.6.4); none for a first message.

    A letter to the city belongs to the request's thread, one of an appeal to that appeal's.
    """
    earlier = _ours(delivery) + _theirs(delivery)
    ids = [message_id for _, message_id in sorted(earlier)]
    answered = _answered(delivery)
    if answered:  # last, whatever came since: it is this one that we answer
        ids = [*(name for name in ids if name != answered), answered]
    if delivery.first_part:
        ids.append(delivery.first_part.message_id)
    if not ids:
        return {}
    # The first stands for the whole thread; of the rest the latest matter.
    kept = list(dict.fromkeys([ids[0], *ids[1:][-MOST:]]))
    return {"In-Reply-To": ids[-1], "References": " ".join(kept)}


def _ours(delivery: Delivery) -> list[tuple[float, str]]:
    rows = Delivery.objects.filter(
        records_request=delivery.records_request_id,
        appeal=delivery.appeal_id,
        channel=Channel.EMAIL,
        state__in=MAY_HAVE_LEFT,
        part=1,
    ).exclude(pk__in=[delivery.pk, delivery.first_part_id or delivery.pk])
    when = rows.values_list("sent_at", "handed_at", "message_id")
    return [(at.timestamp(), name) for sent, handed, name in when if (at := sent or handed)]


def _theirs(delivery: Delivery) -> list[tuple[float, str]]:
    """What the city's filed mails were called, as far as such a name can stand in a header."""
    rows = Communication.objects.filter(
        records_request=delivery.records_request_id,
        appeal=delivery.appeal_id,
        direction=Communication.Direction.IN,
        mail__kind__in=FROM_SOMEBODY,
        taken_out_at=None,
    ).values_list("mail__arrived_at", "mail__message_id")
    # The filter above lets no row without a mail through, and the types cannot see that.
    named = [(came.timestamp(), f"<{name.strip('<>')}>") for came, name in rows if came is not None]
    return [(when, name) for when, name in named if is_message_id(name)]


def _answered(delivery: Delivery) -> str:
    """What the message is called that a reply in one's own words answers; "" where it has no
    name that can stand in a header, or was no mail."""
    answers = delivery.letter.answers
    name = f"<{answers.mail.message_id.strip('<>')}>" if answers and answers.mail else ""
    return name if is_message_id(name) else ""


def is_message_id(name: str) -> bool:
    """Whether it can stand in a header as it came: `<left@right>`, printable ASCII, not long."""
    inner = name[1:-1]
    return (
        len(name) <= LONGEST
        and name[:1] + name[-1:] == "<>"
        and inner.count("@") == 1
        and inner.isascii()
        and inner.isprintable()
        and not set(inner) & set(' <>,;:()[]\\"')
    )
