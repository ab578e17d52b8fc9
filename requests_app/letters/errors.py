"""The error of this package, and its one kind that a page need not ask for again."""


class LetterError(Exception):
    """A letter cannot be written or made; the message is for a person and says what to do."""


class TooLongToLayOutError(LetterError):
    """The engine was ended at its time: the same text would take as long again."""
