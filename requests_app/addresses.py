"""The reply address of a request: unique, readable over the phone, and checked against slips."""

from zlib import crc32

from django.conf import settings

from requests_app.models.records_request import ALPHABET, RecordsRequest


def check_letters(public_id: str) -> str:
    """Two letters that a mistyped id will almost certainly not match."""
    number = crc32(public_id.encode()) % (len(ALPHABET) ** 2)
    return ALPHABET[number // len(ALPHABET)] + ALPHABET[number % len(ALPHABET)]


def reply_address(records_request: RecordsRequest) -> str:
    """Such as r-k7m2qdw4-hs@desk.example.org."""
    public_id = records_request.public_id
    return f"r-{public_id}-{check_letters(public_id)}@{settings.MAIL_DOMAIN}"
