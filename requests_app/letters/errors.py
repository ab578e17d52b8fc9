"""The one error of this package."""


class LetterError(Exception):
    """A letter cannot be written or made; the message is for a person and says what to do."""
