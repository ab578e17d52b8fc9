"""What well-known mail providers want in the domain name system, by the servers the desk uses.

Each from the provider's own instructions; a server that is none of them is named itself.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MailService:
    """`spf`: the mechanism; `mx`: records, `{dashed}` is the domain with dashes; `selectors`: of
    DKIM, where they are the same for everybody."""

    hosts: tuple[str, ...]
    spf: str
    mx: tuple[str, ...] = ()
    selectors: tuple[str, ...] = ()


SERVICES = (
    MailService(
        ("gmail.com", "google.com", "googlemail.com"),
        "include:_spf.google.com", ("1 smtp.google.com",), ("google",),
    ),
    MailService(
        ("office365.com", "outlook.com"),
        "include:spf.protection.outlook.com",
        ("0 {dashed}.mail.protection.outlook.com",), ("selector1", "selector2"),
    ),
    MailService(("postmarkapp.com",), "include:spf.mtasv.net", ("10 inbound.postmarkapp.com",)),
    MailService(
        ("mailgun.org",), "include:mailgun.org",
        ("10 mxa.mailgun.org", "10 mxb.mailgun.org"), ("mx", "smtp", "k1", "s1"),
    ),
    MailService(("amazonaws.com",), "include:amazonses.com"),
    MailService(("sendgrid.net",), "include:sendgrid.net", (), ("s1", "s2")),
    MailService(
        ("fastmail.com", "messagingengine.com"), "include:spf.messagingengine.com",
        ("10 in1-smtp.messagingengine.com", "20 in2-smtp.messagingengine.com"),
        ("fm1", "fm2", "fm3"),
    ),
)  # fmt: skip


def service_of(host: str) -> MailService | None:
    host = host.lower().rstrip(".")
    for service in SERVICES:
        if any(host == known or host.endswith(f".{known}") for known in service.hosts):
            return service
    return None
