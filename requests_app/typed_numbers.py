"""A number that a browser sends as text: a row's key, a version, a place."""

MOST_DIGITS = 18  # what every database holds, and no more than Python reads in an instant


def whole_number(text: str) -> int | None:
    """None of what is none: other digits than 0 to 9, or more of them than any number here has."""
    is_one = text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS
    return int(text) if is_one else None
