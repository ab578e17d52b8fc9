"""Who has a copy of a letter, and how it reaches them.

Until a letter is issued that is what its sender chose, or else what the city's pack proposes; from
then on it is what was written down with the letter. A copy is no sending of its own: it starts no
clock, and none holds its letter back.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cities.schema.copies import (
    CopiedLetters,
    CopyGoesBy,
    CopyRule,
    LetterToBeCopied,
    rules_for,
)
from cities.schema.offices import RequestKind
from requests_app.letters.planned_letter import PlannedLetter
from requests_app.letters.sending import Copy
from requests_app.models import Appeal, Channel, Letter, LetterCopy, LetterKind, RecordsRequest
from requests_app.office_contacts import (
    ResolvedFact,
    ResolvedOffice,
    goes_to_the_agency,
    resolve_all,
    role_written_to,
)
from requests_app.vocabulary import dates_and_amounts
from requests_app.vocabulary.copy_ways import CopyWay


@dataclass(frozen=True, slots=True)
class AboutLetter:
    """Of which letter the copies are."""

    request: RecordsRequest
    kind: LetterKind
    channel: Channel
    appeal: Appeal | None = None


@dataclass(frozen=True, slots=True)
class OfferedCopy:
    """A copy that the city's pack speaks of, as it would go, and the rule that says so."""

    copy: Copy
    rule: CopyRule


def offered_for(about: AboutLetter) -> tuple[OfferedCopy, ...]:
    """Every copy that the pack speaks of for such a letter, in its order."""
    request = about.request
    rules = rules_for(request.city.copies, _to_be_copied(about))
    if not rules:
        return ()
    offices = {one.office.role: one for one in resolve_all(request.newsroom, request.city)}
    return tuple(
        OfferedCopy(_copy(rule, offices[rule.office], about.channel), rule) for rule in rules
    )


def proposed_for(about: AboutLetter) -> tuple[Copy, ...]:
    """Those of them that go unless somebody drops one."""
    return tuple(one.copy for one in offered_for(about) if one.rule.is_proposed)


def of(letter: PlannedLetter) -> tuple[Copy, ...]:
    """Who has a copy of a letter that is not issued yet."""
    if letter.sending.copies is not None:
        return letter.sending.copies
    sending = letter.sending
    return proposed_for(
        AboutLetter(letter.records_request, letter.kind, sending.channel, letter.appeal)
    )


def freeze(issued: Letter, letter: PlannedLetter) -> None:
    """Written down with the letter."""
    LetterCopy.objects.bulk_create(
        LetterCopy(
            letter=issued,
            number=number,
            name=copy.name[:320],
            way=copy.way,
            to=copy.to,
            rule=copy.rule,
            why=copy.why,
            is_required=copy.is_required,
        )
        for number, copy in enumerate(of(letter), start=1)
    )


def on_issued(letter: Letter) -> tuple[Copy, ...]:
    """Of an issued letter, as they were written down with it."""
    return tuple(
        Copy(row.name, CopyWay(row.way), row.to, row.rule, row.why, row.is_required)
        for row in letter.copies.order_by("number")
    )


def addresses_in(copies: Sequence[Copy]) -> tuple[str, ...]:
    """The e-mail addresses that stand in the message's Cc."""
    return tuple(one.to for one in copies if one.way is CopyWay.WITH_THE_MAIL)


def line(names: Sequence[str]) -> str:
    """ "cc: City Clerk; City Attorney", as it stands under a letter."""
    return f"cc: {'; '.join(names)}"


def _to_be_copied(about: AboutLetter) -> LetterToBeCopied:
    request, appeal = about.request, about.appeal
    kind = RequestKind(request.kind)
    if appeal is not None:
        route = appeal.pack_route
        # A court's notice is for the city, and so is a letter that has it do what was decided.
        is_for_the_agency = route.is_court or goes_to_the_agency(about.kind)
        to = request.office_role if is_for_the_agency else ""
        return LetterToBeCopied(CopiedLetters.CHALLENGES, kind, to, route.slug)
    to = role_written_to(request, about.kind)
    if about.kind.described.goes_to_enforcer:
        return LetterToBeCopied(CopiedLetters.MISUSE, kind, to)
    begins = about.kind in LetterKind.requests()
    return LetterToBeCopied(CopiedLetters.REQUESTS if begins else CopiedLetters.REPLIES, kind, to)


def _copy(rule: CopyRule, office: ResolvedOffice, channel: Channel) -> Copy:
    way, to = _way(rule, office, channel)
    name = dates_and_amounts.typographic(office.name)
    return Copy(name, way, to, rule.slug, rule.why, rule.is_required)


def _way(rule: CopyRule, office: ResolvedOffice, channel: Channel) -> tuple[CopyWay, str]:
    """The first of the rule's ways that the letter's channel and the known addresses allow."""
    for goes_by in rule.goes_by:
        if goes_by is CopyGoesBy.EMAIL:
            if channel is Channel.EMAIL and office.email.may_enter_letter:
                return CopyWay.WITH_THE_MAIL, office.email.value
        elif goes_by is CopyGoesBy.POST and _is_whole(office.address):
            return CopyWay.PRINTED, office.address.value
        elif goes_by is CopyGoesBy.PORTAL and office.portal_url.may_enter_letter:
            return CopyWay.BY_HAND, office.portal_url.value
    known = (office.email, office.portal_url, office.address)
    return CopyWay.BY_HAND, next((fact.value for fact in known if fact.may_enter_letter), "")


def _is_whole(address: ResolvedFact) -> bool:
    return address.may_enter_letter and dates_and_amounts.has_zip_code(address.value)
