"""Mail that comes in, read: pure functions from bytes to values. No database, no clock, no network.

`read` turns any bytes into a `Mail`; `reply_ids` finds our reply address among its recipients;
`suggest` says what its words look like. See docs/mail.md.
"""

from requests_app.mail.incoming_message import Address, File, Kind, Mail, Origin, Outcome, Report
from requests_app.mail.meaning.suggest import suggest
from requests_app.mail.meaning.suggestions import Details, Span, Suggestion, SuggestionKind
from requests_app.mail.meaning.tracking import tracking_numbers
from requests_app.mail.reading import read
from requests_app.mail.reply_to import candidates, ids_in_text, reply_ids

__all__ = [
    "Address", "Details", "File", "Kind", "Mail", "Origin", "Outcome", "Report", "Span",
    "Suggestion", "SuggestionKind", "candidates", "ids_in_text", "read",
    "reply_ids", "suggest", "tracking_numbers",
]  # fmt: skip
