"""What our letters look like and say of us: the logo, signatures, the newsroom's own paragraphs."""

from django.db import transaction
from django.db.models import QuerySet

from requests_app import letters
from requests_app.actions.errors import Refused
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.security import security_log
from requests_app.letters.markdown import clean
from requests_app.letters.paper.pictures import Picture, read_picture
from requests_app.models import Logo, Newsroom, Paragraph, Signature, User
from requests_app.vocabulary.security_kinds import SecurityKind


@transaction.atomic
def keep_logo(
    newsroom: Newsroom,
    *,
    data: bytes,
    by: Attribution,
) -> Logo:
    """On every letter from now on, in place of the one before."""
    picture = _read(data, what="logo")
    logo, _ = Logo.objects.update_or_create(newsroom=newsroom, defaults=_fields(picture, by))
    _note("the logo", by=by.user, newsroom=newsroom)
    return logo


@transaction.atomic
def remove_logo(newsroom: Newsroom, *, by: User) -> None:
    """Letters that were issued keep it."""
    if not Logo.objects.filter(newsroom=newsroom).delete()[0]:
        raise Refused("There is no logo to remove.")
    _note("the logo, removed", by=by, newsroom=newsroom)


@transaction.atomic
def keep_signature(
    *,
    data: bytes,
    by: Attribution,
) -> Signature:
    """One's own, and nobody else's."""
    picture = _read(data, what="signature")
    kept, _ = Signature.objects.update_or_create(user=by.user, defaults=_fields(picture, by))
    _note("their own scanned signature", by=by.user)
    return kept


@transaction.atomic
def remove_signature(*, by: User) -> None:
    """Letters from now on are signed by hand, or by the typed name alone."""
    if not Signature.objects.filter(user=by).delete()[0]:
        raise Refused("There is no signature to remove.")
    _note("their own scanned signature, removed", by=by)


@transaction.atomic
def write_paragraph(
    newsroom: Newsroom,
    *,
    about: str,
    title: str,
    text: str,
    by: Attribution,
) -> Paragraph:
    """Words of the newsroom's own, offered beside every letter. They are never a template."""
    Newsroom.objects.select_for_update(no_key=True).get(pk=newsroom.pk)
    name, words = " ".join(clean(title).split()), clean(text).strip()
    if not name or not words:
        raise Refused("A paragraph needs a title to find it by, and its words.")
    if in_use(newsroom).filter(title__iexact=name).exists():
        raise Refused(f"There is a paragraph “{name}” already: change that one, or name this else.")
    _note(f"the paragraph “{name}”", by=by.user, newsroom=newsroom)
    return Paragraph.objects.create(
        newsroom=newsroom,
        about=Paragraph.About(about),
        title=name,
        text=words,
        written_at=by.at,
        written_by=by.user,
    )


@transaction.atomic
def rewrite_paragraph(
    paragraph: Paragraph,
    *,
    about: str,
    title: str,
    text: str,
    by: Attribution,
) -> Paragraph:
    """The old one is put away and a new one stands in its place: letters keep what they said."""
    # Before the log's head, as `write_paragraph` does: else two who write wait for each other.
    Newsroom.objects.select_for_update(no_key=True).get(pk=paragraph.newsroom_id)
    put_away_paragraph(
        paragraph,
        by=by,
    )
    return write_paragraph(
        paragraph.newsroom,
        about=about,
        title=title,
        text=text,
        by=by,
    )


@transaction.atomic
def put_away_paragraph(
    paragraph: Paragraph,
    *,
    by: Attribution,
) -> None:
    """Not offered any more. Its row stays."""
    taken = Paragraph.objects.filter(pk=paragraph.pk, retired_at=None).update(retired_at=by.at)
    if not taken:
        raise Refused(f"“{paragraph.title}” was put away already: reload the page.")
    changed = f"the paragraph “{paragraph.title}”, put away"
    _note(changed, by=by.user, newsroom=paragraph.newsroom)


def in_use(newsroom: Newsroom) -> QuerySet[Paragraph]:
    """The paragraphs that are offered, by what they are about."""
    return Paragraph.objects.filter(newsroom=newsroom, retired_at=None)


def _note(changed: str, *, by: User | None, newsroom: Newsroom | None = None) -> None:
    kind = SecurityKind.STATIONERY_CHANGED
    security_log.record(kind, by=by, newsroom=newsroom, changed=changed)


def _read(data: bytes, *, what: str) -> Picture:
    try:
        return read_picture(data, what=what)
    except letters.LetterError as error:
        raise Refused(str(error)) from error


def _fields(
    picture: Picture,
    by: Attribution,
) -> dict[str, object]:
    return {
        "png": picture.png,
        "sha256": picture.sha256,
        "width": picture.width,
        "height": picture.height,
        "added_at": by.at,
        "added_by": by.user,
    }
