"""Which files go with a letter, and the titles by which it lists them.

Until a letter is issued they are those of its draft, or those chosen for it; from then on they are
the rows that were written with it, whatever is added to the request or kept apart later.
"""

from django.db.models import Q

from requests_app.letters.errors import LetterError
from requests_app.letters.planned_letter import PlannedLetter
from requests_app.models import (
    Appeal,
    Attachment,
    Delivery,
    FileLink,
    Filing,
    Letter,
    LetterEnclosure,
    LetterKind,
)
from requests_app.models.mail.communication import AttachmentQuerySet
from requests_app.vocabulary import dates_and_amounts


class KeptApartSinceError(LetterError):
    """A file that an issued letter encloses was kept apart since: only a person can go on."""


def files_of(letter: PlannedLetter) -> tuple[Attachment, ...]:
    """What a letter encloses that is not issued yet, in the order in which it is listed."""
    if letter.chosen_files is not None:
        return letter.chosen_files
    if letter.kind not in LetterKind.requests():
        return ()
    # By its number, of which a sample of the letterhead has none, and so no files.
    of_request = Attachment.objects.filter(records_request=letter.records_request.pk)
    return tuple(of_request.with_the_request().select_related("communication"))


def left_out_of(letter: PlannedLetter) -> tuple[Attachment, ...]:
    """What was attached for it and is kept apart: the letter neither names nor encloses it."""
    if letter.chosen_files is not None or letter.kind not in LetterKind.requests():
        return ()
    of_request = Attachment.objects.filter(records_request=letter.records_request.pk)
    return tuple(of_request.filter(is_enclosure=True).kept_apart().order_by("pk"))


def titles_of(letter: PlannedLetter) -> tuple[str, ...]:
    return tuple(title_of(file) for file in files_of(letter))


def exhibit_numbers_of(appeal: Appeal) -> set[int]:
    """Those of the exhibits that are with the body: filed with the challenge, or sent since."""
    manifests = Filing.objects.filter(letter__appeal=appeal).values_list("manifest", flat=True)
    filed = {int(line["number"]) for manifest in manifests for line in manifest}
    # Files that went beside a supplement by themselves, before it was one document.
    since = LetterEnclosure.objects.filter(
        letter__appeal=appeal, letter__kind=LetterKind.CHALLENGE_SUPPLEMENT, letter__filing=None
    )
    return filed | set(since.values_list("number", flat=True))


def title_of(file: Attachment) -> str:
    """What the city sent is known by its day; a file of our own by the name we gave it."""
    name, came_with = printable(file.name), file.communication
    if came_with is None or came_with.direction != came_with.Direction.IN:
        return name
    city = file.records_request.city.name
    return f"From the City of {city}, {dates_and_amounts.day(came_with.on)}: {name}"


def printable(name: str) -> str:
    """Without the line breaks and controls that a file's name may have, and that no font prints:
    else one such name would keep the letter at home."""
    return " ".join("".join(c if c.isprintable() else " " for c in name).split())


def freeze(issued: Letter, letter: PlannedLetter) -> None:
    """Written down with the letter: exactly these go with it."""
    LetterEnclosure.objects.bulk_create(
        LetterEnclosure(letter=issued, attachment=file, number=number, title=title_of(file))
        for number, file in enumerate(files_of(letter), start=1)
    )


def listed(titles: tuple[str, ...]) -> str:
    """ "Enclosures: 2" and their titles, as they stand under a letter in plain text."""
    noun = "Enclosure" if len(titles) == 1 else "Enclosures"
    return "\n".join([f"{noun}: {len(titles)}", *(f"  {n}. {t}" for n, t in enumerate(titles, 1))])


def titles_on(issued: Letter) -> tuple[str, ...]:
    """Of an issued letter: the city's form, then the files, as its paper lists them."""
    form = getattr(issued, "filled_form", None)
    return (*((form.city_form.name,) if form else ()), *titles_of_files(issued))


def titles_of_files(issued: Letter) -> tuple[str, ...]:
    """Of an issued letter: its files, without the city's form."""
    return tuple(issued.enclosures.order_by("number").values_list("title", flat=True))


def files_on(issued: Letter) -> AttachmentQuerySet:
    """What an issued letter encloses, in the order in which it is listed."""
    found = Attachment.objects.filter(enclosed_in__letter=issued)
    return found.order_by("enclosed_in__number")


def files_to_send(issued: Letter) -> tuple[Attachment, ...]:
    """Of what it encloses: what may be given to anybody today."""
    return tuple(files_on(issued).filter(quarantined=""))


def files_going(delivery: Delivery) -> AttachmentQuerySet:
    """What goes with a letter in all its messages, and by link, as long as nobody left it out."""
    first = delivery.first_part_id or delivery.pk
    messages = Delivery.objects.filter(Q(pk=first) | Q(first_part=first))
    enclosed = Delivery.files.through.objects.filter(delivery__in=messages)
    linked = FileLink.objects.filter(delivery__in=messages, ended_at=None)
    found = Attachment.objects.filter(
        Q(pk__in=enclosed.values("attachment")) | Q(pk__in=linked.values("attachment"))
    )
    return found.order_by("pk")


def kept_apart_since(delivery: Delivery) -> tuple[Attachment, ...]:
    """What should go with a letter that was issued, and nobody is given any more."""
    return tuple(files_going(delivery).kept_apart())


def check_all_may_go(delivery: Delivery) -> None:
    """KeptApartSinceError: a letter does not go without what it names, unless a person says so."""
    if apart := kept_apart_since(delivery):
        which = "; ".join(f"“{file.name}”: {file.quarantined}" for file in apart)
        raise KeptApartSinceError(
            f"This letter encloses what was kept apart after it was issued ({which}). "
            "It was not sent: send it without that, or do not send it."
        )
