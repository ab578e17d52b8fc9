"""A challenge's filing: its letter, the exhibits behind it, and one document of all of them.

proposing        the papers that a route's bundle asks for, from the ledger
sources          what an exhibit is made of, and the mark by which a change of it is seen
opening          each of its files → US Letter pages, or a slip sheet and the file beside
contents_pages   the contents, written from the pages as they were counted
putting_together letter, contents and exhibits → one PDF, stamped; and its parts as files
checks           why a filing would not be taken, in sentences
"""


class FilingError(Exception):
    """Why a filing cannot be put together, and what to do, in a sentence for its writer."""
