"""What is said of SPF, DKIM and DMARC, in words of people who never heard of them."""

from collections.abc import Mapping

_WORDS = {
    ("spf", "passed"): "SPF passed: the server that sent it may send for {}.",
    ("spf", "failed"): "SPF failed: the server that sent it may not send for {}.",
    ("dkim", "passed"): "DKIM passed: {} signed it, and it was not changed since.",
    ("dkim", "failed"): "DKIM failed: the signature for {} is not valid, or it was changed since.",
    ("dmarc", "passed"): "DMARC passed: {} vouches for its sender.",
    ("dmarc", "failed"): "DMARC failed: {} does not vouch for its sender.",
}


def proof_in_words(proof: Mapping[str, str]) -> str:
    """Of one of `InboundMail.sender_proofs`."""
    domain = proof["domain"] or "the sender’s domain"
    unknown = f"{proof['method'].upper()} says nothing certain of {{}}."
    words = _WORDS.get((proof["method"], proof["result"]), unknown)
    return f"{words.format(domain)} Checked by {proof['by']}."
