"""What is searched, and how each database is asked: PostgreSQL's full text, SQLite's FTS5.

Each index is a table of words without the texts, which the database's own triggers keep in step
with the rows, so that no part of the program can forget to. `installing` makes them all.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """Columns of one table that are searched as one text. `name`: the table of its words."""

    name: str
    table: str
    columns: tuple[str, ...]
    key: str = ""  # of the one column, JSON, whose text under this key is searched
    where: str = ""  # a condition, in SQL: other rows are not looked at


REQUESTS = SearchIndex(
    "search_requests",
    "requests_app_recordsrequest",
    ("reference", "city_reference", "subject", "letter_text"),
)
LETTERS = SearchIndex("search_letters", "requests_app_letter", ("subject", "text"))
CHALLENGES = SearchIndex(
    "search_challenges", "requests_app_appeal", ("body_reference", "subject", "letter_text")
)
MAIL = SearchIndex(
    "search_mail",
    "requests_app_inboundmail",
    ("from_name", "from_address", "subject", "text"),
)
CALLS = SearchIndex("search_calls", "requests_app_communication", ("text",))
NOTES = SearchIndex(
    "search_notes", "requests_app_event", ("data",), key="text", where="kind = 'noted'"
)
FILES = SearchIndex("search_files", "requests_app_filetext", ("text",))
INDEXES = (REQUESTS, LETTERS, CHALLENGES, MAIL, CALLS, NOTES, FILES)
