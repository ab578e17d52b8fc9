"""Whether a person wrote it. Each verdict carries its reason, to be shown beside the mail.

What decides, the strongest first: a delivery report (RFC 3464), a bounce in words, Auto-Submitted
(RFC 3834), headers of vacation programs, an empty return path, the subject, and last the words of
the text. A mistake is made towards "automatic" only where a machine left a mark.
"""

import re
from dataclasses import dataclass

from requests_app.mail.incoming_message import Kind, Report
from requests_app.mail.meaning.portals import is_no_reply, portal_of
from requests_app.mail.mime.addresses import addresses
from requests_app.mail.mime.encoded_words import decode_words
from requests_app.mail.mime.headers import Headers


@dataclass(frozen=True, slots=True)
class Traits:
    """What the verdict is made of."""

    headers: Headers
    content_type: str
    report_type: str
    report: Report | None  # a standard one
    from_address: str
    subject: str
    text: str  # without quotes
    has_files: bool
    is_calendar: bool
    carries_message: bool = False  # another message, whole, as its attachment


@dataclass(frozen=True, slots=True)
class Verdict:
    kind: Kind
    reason: str
    is_receipt: bool = False
    is_delay: bool = False


_SERVER = re.compile(
    r"^(?:mailer-daemon|post[_-]?master|mail-daemon|maildaemon|mdaemon|microsoftexchange[0-9a-f]*)@?"
    r"|^(?:bounce|bounces|mail\.?delivery(?:\.?system)?)@"
)
_SERVER_NAME = re.compile(
    r"mail delivery (?:sub)?system|mailer-daemon|internet mail delivery|postmaster", re.IGNORECASE
)
# A name without an address, as DragonFly's agent writes it.
_DAEMON_ALONE = re.compile(r"\"?(?:mailer-daemon|postmaster)\"?\s*<\s*>", re.IGNORECASE)
_BOUNCE_SUBJECT = re.compile(
    r"undeliver(?:able|ed)|mail delivery (?:failed|failure|subsystem|system)|returned mail"
    r"|failure notice|delivery (?:status notification|has failed|failure|failed|report)"
    r"|delivery notification|non[- ]?(?:deliverable|delivery)|could not be delivered"
    r"|message (?:was )?(?:not delivered|rejected|blocked)|bounce|nondeliverable"
    r"|rejected(?: mail)?:|unzustellbar|mail fail(?:ed|ure)|return(?:ed|ing) to sender"
    r"|failed mail|(?:mail|processing|delivery|transport) error",
    re.IGNORECASE,
)
_BOUNCE_TEXT = re.compile(
    r"this is the qmail-send program|mail delivery (?:software|system|subsystem)"
    r"|delivery has failed to these recipients|this is the mail system at host"
    r"|could not be delivered|couldn.t be delivered|wasn.t delivered|was not delivered"
    r"|(?:message|mail) (?:you sent )?(?:was|has been) (?:blocked|rejected|refused)"
    r"|did not reach the following recipient|the following address(?:es)? (?:had permanent|failed)"
    r"|permanent (?:fatal )?(?:error|failure)|recipient address rejected|user unknown"
    r"|no such (?:user|mailbox|recipient)|mailbox (?:is )?(?:full|unavailable)|undeliverable"
    r"|unable to deliver|address not found|does not exist|invalid user address|no such user here"
    r"|there was an error delivering your mail|can(?:not|'t|’t) be delivered"
    r"|could not deliver|(?:mail|message) (?:has been|was|is being) returned",
    re.IGNORECASE,
)
# "Could not be delivered to the following recipients: <address>", from whatever address.
_NAMES_THE_FAILED = re.compile(
    r"\b(?:could not|couldn.t|can ?not|can.t|unable to|failed to|was not|has not been)\s"
    r"(?:be )?deliver(?:ed)?\b.{0,200}?\b(?:recipients?|address(?:es)?)(?:\(\w+\))?\s*:"
    r".{0,60}?[^\s<>@:]@[^\s<>@]",
    re.IGNORECASE | re.DOTALL,
)
_NOT_DELIVERED = re.compile(
    r"\b(?:could not|couldn.t|can ?not|can.t|was not|wasn.t) be delivered\b", re.IGNORECASE
)
_ANSWER_OR_FORWARD = re.compile(r"\s*(?:re|fw|fwd|aw|wg)\s*:", re.IGNORECASE)
_NO_ADDRESS = re.compile(r"[^<>@]*<\s*>\s*")
_CARRIER_NOTICE = re.compile(
    r"your mail (?:sent|attempted to be delivered) on\s*:.{0,400}could not be delivered to\s*:",
    re.IGNORECASE | re.DOTALL,
)
_DELAY = re.compile(
    r"\(delay(?:ed)?\)|delayed|(?:could not|unable to) (?:send|deliver) (?:message|mail) for"
    r"|has not (?:yet )?been delivered|will (?:keep trying|be retried|continue to try)"
    r"|no action is required|you do not need to resend|still being retried"
    r"|attempts will continue",
    re.IGNORECASE,
)
_TAGS = re.compile(r"^(?:\s*[\[(*]{1,3}[^\])*]{1,40}[\])*]{1,3}\s*)+")
_AUTO_SUBJECT = re.compile(
    r"^(?:automatic(?:ally generated)? (?:reply|response|answer|acknowledg\w+)\b"
    r"|auto(?:mated)?[- ]?(?:reply|response|respond(?:er)?|answer|acknowledg\w+)\b"
    r"|auto(?:matisk)?svar\b"
    r"|auto:\s|automatische (?:antwort|afwezigheid)|automatisch antwoord|automatisk(?:t)? svar"
    r"|abwesen(?:d|heits)|r[ée]ponse automatique|respuesta autom[áa]tica|resposta autom[áa]tica"
    r"|risposta automatica|automaattinen vastaus|autoodpowied|fr[åa]nvaro|fravær"
    r"|fuera de (?:la )?oficina|absen(?:ce|t) du bureau|vacation (?:reply|response|auto))",
    re.IGNORECASE,
)
_AWAY_SUBJECT = re.compile(
    r"^(?:(?:i am |i'm )?(?:currently )?(?:out[- ]of[- ](?:the[- ])?office|ooo|out of town|on leave"
    r"|on vacation|away from (?:the|my) (?:office|desk)|away until))"
    r"\s*(?:$|[:\-–—(.!]|re\b|until|from|notice|message|notification|reply|auto|alert|today|this)",
    re.IGNORECASE,
)
_AWAY_TEXT = re.compile(
    r"\b(?:i am|i'm|i’m|i will be|i'll be|he is|she is|the city clerk is"
    r"|our offices? (?:is|are|will be))\s+(?:currently |presently |now )?"
    r"(?:out (?:of (?:the )?(?:office|town)|on leave|until|from|today)"
    r"|away(?: from| until| on)|on (?:vacation|leave|annual leave|holiday|pto|furlough)|closed"
    r"|traveling|unavailable|attending)"
    r"|\b(?:this is an auto(?:mated|matic)|automatically generated|auto-generated)"
    r" (?:response|reply|e-?mail|message)"
    r"|\bthis (?:mailbox|e-?mail address|inbox|account) is (?:not|no longer|un)",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\b(?:return(?:ing)?|back (?:in|on|at)|limited access|immediate (?:assistance|attention|help)"
    r"|urgent|upon my return|when i return|in my absence|please (?:contact|call|e-?mail|reach)"
    r"|do not reply|monitored|as soon as)\b",
    re.IGNORECASE,
)
_MATTER = re.compile(
    r"\b(?:attach|enclos|responsive|exempt|denied|den(?:y|ies|ying)|redact|estimate|invoice|fee\b"
    r"|your (?:public )?records? request|foia request|sunshine)",
    re.IGNORECASE,
)
_RECEIPT = re.compile(
    r"\b(?:(?:has|have) been (?:successfully )?(?:received|submitted|opened|created|entered|logged)"
    r"|(?:we|city|office|clerk|department) (?:have |has )?received your"
    r"|was (?:successfully )?(?:received|submitted)|successfully submitted"
    r"|thank you for (?:submitting|your (?:public |records? )?(?:records? )?request)"
    r"|confirm(?:s|ing|ation)? (?:of )?(?:the )?(?:receipt|submission|that (?:we|your))"
    r"|acknowledg(?:es?|ing|ement) (?:of )?(?:the )?receipt|is now open)",
    re.IGNORECASE,
)
_REQUEST = re.compile(r"\brequest|\bcase\b|\bticket\b|\breference\b|\bsubmission", re.IGNORECASE)
_OUTCOME = re.compile(
    r"\b(?:closed|denied|exempt|withheld|no (?:responsive )?records|released|invoice"
    r"|documents? (?:have|has) been (?:added|released|published)"
    r"|are (?:now )?available|a (?:new )?message (?:was|has been)"
    r"|estimate[ds]?\b.{0,30}\$|due date (?:has been|was) (?:changed|extended))",
    re.IGNORECASE,
)
_AUTOMATIC_HEADERS = (
    "x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply", "x-autoreply-from",
    "x-auto-reply-from", "x-mail-autoreply", "x-autogenerated", "x-vacation", "auto-reply",
    "x-fc-machinegenerated", "x-ms-exchange-inbox-rules-loop", "x-away-reply", "x-noreply-auto",
)  # fmt: skip


def kind_of_mail(traits: Traits) -> Verdict:
    """The kind of mail it is, and why."""
    for rule in (_by_report, _by_bounce, _by_header, _by_subject, _by_list, _by_text):
        if (verdict := rule(traits)) is not None:
            return verdict
    return Verdict(Kind.PERSON, "Nothing marks it as automatic.")


def _by_report(traits: Traits) -> Verdict | None:
    report = traits.report
    if report is not None and report.outcomes:
        words = report.action or "an outcome"
        if report.action == "failed" or (not report.action and report.status.startswith("5")):
            by = "RFC 3464" if report.is_standard else "Amazon SES"
            return Verdict(Kind.BOUNCE, f"A delivery report ({by}) that says: failed.")
        return Verdict(Kind.DELIVERY_REPORT, f"A report that says: {words}.")
    if "feedback" in traits.report_type:
        return Verdict(Kind.AUTO_REPLY, "A complaint (RFC 5965): no report that a letter is lost.")
    if traits.content_type == "multipart/report" or traits.report_type or report is not None:
        if "disposition" in traits.report_type:
            return Verdict(Kind.DELIVERY_REPORT, "A disposition notification without its details.")
        is_delay = _says_delay(traits)
        kind = Kind.DELIVERY_REPORT if is_delay else Kind.BOUNCE
        return Verdict(kind, "A delivery report whose details are missing.", is_delay=is_delay)
    return None


def _by_bounce(traits: Traits) -> Verdict | None:
    is_server = _is_server(traits)
    is_empty = _is_from_nobody(traits)
    failed = (
        traits.headers.has("x-failed-recipients")
        or _is_carrier_notice(traits)
        or _is_gateway_notice(traits)
    )
    if not (is_server or is_empty or failed):
        return None
    says = failed or any(_BOUNCE_SUBJECT.search(subject) for subject in _subjects(traits))
    is_failure = traits.carries_message or _BOUNCE_TEXT.search(traits.text[:4000])
    if not says and not (is_server and is_failure):
        if is_server:
            return Verdict(Kind.AUTO_REPLY, "It comes from a mail server itself.")
        return None
    sender = "a mail server" if is_server else "an empty return path" if is_empty else "a gateway"
    if _says_delay(traits):
        return Verdict(
            Kind.DELIVERY_REPORT, f"From {sender}, and it speaks of a delay.", is_delay=True
        )
    return Verdict(Kind.BOUNCE, f"From {sender}, and it says a letter was not delivered.")


def _is_carrier_notice(traits: Traits) -> bool:
    """A failure as KDDI's mail service tells it, from a no-reply address."""
    return is_no_reply(traits.from_address) and bool(_CARRIER_NOTICE.search(traits.text[:4000]))


def _is_gateway_notice(traits: Traits) -> bool:
    """A failure told from an ordinary address: by its subject and its words, with the address that
    failed or the letter itself. What a person answers or forwards is none.
    """
    text = traits.text[:2000]
    if not _NAMES_THE_FAILED.search(text) and not (
        traits.carries_message and _NOT_DELIVERED.search(text)
    ):
        return False
    subjects = _subjects(traits)
    return any(_BOUNCE_SUBJECT.search(said) for said in subjects) and not any(
        _ANSWER_OR_FORWARD.match(said) for said in subjects
    )


def _says_delay(traits: Traits) -> bool:
    words = (*_subjects(traits), traits.text[:2000])
    return any(_DELAY.search(said) for said in words)


# A header that stands twice counts with every value it has: the first may be the damaged one.


def _is_server(traits: Traits) -> bool:
    written = (*traits.headers.all("from"), *traits.headers.all("sender"))
    return any(
        _SERVER.match(sender.address) or _SERVER_NAME.fullmatch(sender.name)
        for sender in addresses(*written)
    ) or any(_DAEMON_ALONE.fullmatch(decode_words(value).strip()) for value in written)


def _is_from_nobody(traits: Traits) -> bool:
    """By its envelope, or by a From: with a name and no address at all."""
    paths = traits.headers.all("return-path")
    return any(path.replace(b" ", b"") == b"<>" for path in paths) or any(
        _NO_ADDRESS.fullmatch(decode_words(value)) for value in traits.headers.all("from")
    )


def _subjects(traits: Traits) -> list[str]:
    return [decode_words(value) for value in traits.headers.all("subject")[:20]]


def _by_header(traits: Traits) -> Verdict | None:
    headers = traits.headers
    for submitted in _submitted(traits):
        if submitted and not submitted.startswith("no"):
            return _machine(traits, f"Its header says Auto-Submitted: {submitted} (RFC 3834).")
    for name in _AUTOMATIC_HEADERS:
        if headers.has(name) and headers.text(name, 40).lower() not in {"no", "false", "0"}:
            return _machine(traits, f"It carries the header {name.title()}.", is_reply=True)
    values = (*headers.all("precedence"), *headers.all("x-precedence"))
    precedences = [decode_words(value, 40).lower() for value in values]
    if automatic := next((value for value in precedences if "auto" in value), ""):
        return _machine(traits, f"Its Precedence is {automatic}.", is_reply=True)
    if _is_from_nobody(traits):
        return _machine(traits, "Its return path is empty, as machines leave it (RFC 3834).")
    suppressed = headers.text("x-auto-response-suppress", 60).lower()
    if suppressed and is_no_reply(traits.from_address) and not portal_of(traits.from_address):
        return _machine(traits, "A no-reply address that wants no automatic answer.")
    if {"bulk", "junk"} & set(precedences) and _AWAY_TEXT.search(traits.text[:600]):
        return _machine(traits, f"Its Precedence is {precedences[0]}, and somebody is away.")
    return None


def _machine(traits: Traits, reason: str, *, is_reply: bool = False) -> Verdict:
    """Automatic; but a portal's machine also carries what a clerk wrote."""
    is_reply = is_reply or any(
        submitted.startswith("auto-replied") for submitted in _submitted(traits)
    )
    if portal_of(traits.from_address) and not is_reply and not _is_receipt(traits):
        return Verdict(Kind.NOTICE, f"{reason} It comes through a records portal.")
    return Verdict(Kind.AUTO_REPLY, reason, is_receipt=_is_receipt(traits))


def _submitted(traits: Traits) -> list[str]:
    return [decode_words(value, 40).lower() for value in traits.headers.all("auto-submitted")]


def _by_subject(traits: Traits) -> Verdict | None:
    for written in _subjects(traits):
        subject = _TAGS.sub("", written).strip()
        if match := _AUTO_SUBJECT.match(subject) or _AWAY_SUBJECT.match(subject):
            reason = f"Its subject begins “{match[0].strip()}”."
            return Verdict(Kind.AUTO_REPLY, reason, _is_receipt(traits))
    return None


def _by_list(traits: Traits) -> Verdict | None:
    headers = traits.headers
    if portal_of(traits.from_address):
        return None
    if headers.has("list-id") or headers.has("list-post"):
        return Verdict(Kind.LIST, "It was sent to a mailing list (List-Id).")
    if headers.text("precedence", 40).lower() == "list":
        return Verdict(Kind.LIST, "Its Precedence is list.")
    return None


def _by_text(traits: Traits) -> Verdict | None:
    portal = portal_of(traits.from_address)
    if portal or is_no_reply(traits.from_address):
        sender = f"the portal {portal}" if portal else "a no-reply address"
        if _is_receipt(traits):
            return Verdict(Kind.AUTO_REPLY, f"A receipt from {sender}.", is_receipt=True)
        return Verdict(Kind.NOTICE, f"It comes from {sender}.")
    if traits.is_calendar:
        return Verdict(Kind.CALENDAR, "It is an invitation.")
    text = traits.text
    away = _AWAY_TEXT.search(text[:300])
    is_short = len(text) < 900 and not traits.has_files
    if away and is_short and _BACK.search(text) and not _MATTER.search(text):
        return Verdict(Kind.AUTO_REPLY, f"A short text that says “{away[0]}”.")
    return None


def _is_receipt(traits: Traits) -> bool:
    """Whether it says that a request has come in, and nothing of what became of it."""
    words = f"{traits.subject}\n{traits.text[:1500]}"
    return bool(_RECEIPT.search(words) and _REQUEST.search(words) and not _OUTCOME.search(words))
