"""Mail that comes in, read: pure functions from bytes to values. No database, no clock, no network.

`read` turns any bytes into a `Mail`; `addressed_ids` finds our reply address among its recipients;
`suggest` says what its words look like. Rooms: `mime` (bytes to parts, texts and files), `meaning`
(who wrote it, what it quotes, what it reports), `suggestions` (what a letter may say). See
docs/mail.md.
"""

from requests_app.mail.incoming_message import Address, File, Kind, Mail, Origin, Outcome, Report
from requests_app.mail.read_message import read
from requests_app.mail.suggestions.apply_rules import suggest
from requests_app.mail.suggestions.suggestion import Details, Span, Suggestion, SuggestionKind
from requests_app.mail.suggestions.tracking_numbers import tracking_numbers
from requests_app.mail.typed_reply_address import addressed_ids, possible_ids

__all__ = [
    "Address", "Details", "File", "Kind", "Mail", "Origin", "Outcome", "Report", "Span",
    "Suggestion", "SuggestionKind", "addressed_ids", "possible_ids", "read", "suggest",
    "tracking_numbers",
]  # fmt: skip
