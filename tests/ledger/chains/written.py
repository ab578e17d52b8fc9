"""Two newsrooms in which something of every kind was written."""

from datetime import timedelta

from requests_app.actions.mail import file_mail
from requests_app.actions.mail.calls_and_letters import CallOrLetter, record_call_or_letter
from requests_app.actions.privacy.erasing_content import Why, erase_message
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.security.cutting import cut
from requests_app.ledger.security.security_log import record
from requests_app.models import (
    CameBy,
    ChainHead,
    Channel,
    Filing,
    InboundMail,
    LetterEnclosure,
    MailFile,
    Newsroom,
    RawMailRemoval,
    RecordsRequest,
    RequestState,
    Role,
)
from requests_app.models.chain.chained_tables import SECURITY, chain_name
from requests_app.vocabulary.erasure_grounds import ErasureGround
from requests_app.vocabulary.security_kinds import SecurityKind
from tests.factories import NOW, TODAY, in_state, member, submitted


def write_something_of_each(*, erases: bool = True) -> list[Newsroom]:
    first = submitted()
    _write_and_cut(first.newsroom)
    for number in range(3):
        came(number)
    _let_go(came(3))
    mail = InboundMail.objects.order_by("pk")[0]
    MailFile.objects.create(mail=mail, file="cd/cde", name="a.pdf", size=1, sha256="cde")
    file_mail.file_communication(mail, first, by=Attribution(first.created_by, NOW))
    letter, document = first.letters.get(), first.attachments.get()
    Filing.objects.create(letter=letter, document=document, sha256="cde", page_count=1, made_at=NOW)
    LetterEnclosure.objects.create(letter=letter, attachment=document, number=1, title="a.pdf")
    if erases:
        _erase_something(first)
    submitted(member(newsroom=first.newsroom))
    second = in_state(RequestState.DENIED)
    for newsroom in (second.newsroom, None):
        _write_and_cut(newsroom)
    for newsroom in (first.newsroom, second.newsroom, None):
        for _ in range(3):
            record(SecurityKind.BACKUP_MADE, newsroom=newsroom, how="encrypted")
            record(SecurityKind.SIGNED_IN, by=first.created_by, newsroom=newsroom)
    return [first.newsroom, second.newsroom]


def _erase_something(request: RecordsRequest) -> None:
    admin = Attribution(member(Role.ADMIN, request.newsroom), NOW)
    message = record_call_or_letter(
        request, CallOrLetter(Channel.PHONE, TODAY, "Dana Ortiz", "It is denied."), by=admin
    )
    erase_message(message, Why(ErasureGround.COURT_ORDER, "Order of Nov 2, 2026"), by=admin)


def _let_go(mail: InboundMail) -> None:
    """Its bytes, a notice's of more than a year ago."""
    RawMailRemoval.objects.create(
        mail=mail, at=NOW, setting="KEEP_NOTICES_DAYS", keep_days=365,
        counted_from=NOW - timedelta(days=400), sha256=mail.sha256, size=mail.size,
    )  # fmt: skip


def _write_and_cut(newsroom: Newsroom | None) -> None:
    """Two entries of years ago, which went."""
    for _ in range(2):
        at = NOW - timedelta(days=9 * 365)
        record(SecurityKind.BACKUP_MADE, newsroom=newsroom, at=at, how="encrypted")
    log = ChainHead.objects.get(name=chain_name(SECURITY, newsroom.pk if newsroom else None))
    assert cut(log, at=NOW, keep_days=3 * 365) == 2


def came(number: int) -> InboundMail:
    name = f"a{number}"
    return InboundMail.objects.create(
        raw=f"{name}/{name}", sha256=name, size=3, came_by=CameBy.PIPE, arrived_at=NOW,
        stage="read", content_key=name,
    )  # fmt: skip
