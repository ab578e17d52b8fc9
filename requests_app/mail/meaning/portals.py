"""Records portals by the addresses they write from. A name here decides no date: it says whose
machine wrote, so that a clerk's answer sent through it is not taken for an automatic one."""

_DOMAINS = {
    "nextrequest.com": "NextRequest",
    "govqa.us": "GovQA",
    "mycusthelp.com": "GovQA",
    "mycusthelp.net": "GovQA",
    "justfoia.com": "JustFOIA",
    "civicplus.com": "CivicPlus",
    "accela.com": "Accela",
    "granicus.com": "Granicus",
    "laserfiche.com": "Laserfiche",
    "smartsheet.com": "Smartsheet",
    "foiadirect.com": "FOIADirect",
    "records.civicplus.com": "CivicPlus",
}
_NO_REPLY = ("noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "do_not_reply")


def portal_of(address: str) -> str:
    """The portal whose domain this address is in, or ""."""
    domain = address.rpartition("@")[2]
    while domain:
        if domain in _DOMAINS:
            return _DOMAINS[domain]
        domain = domain.partition(".")[2]
    return ""


def is_no_reply(address: str) -> bool:
    local = address.partition("@")[0]
    return any(name in local for name in _NO_REPLY)
