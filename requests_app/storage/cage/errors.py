"""How a job ends that does not come to its end."""


class CageError(Exception):
    """No result, whatever the reason: a sentence about the file."""


class RefusalError(CageError):
    """Raised by the called function itself: the file is none for it, and why.

    `kind` names which of its reasons, where a caller tells them apart.
    """

    def __init__(self, reason: str, *, kind: str = "") -> None:
        super().__init__(reason)
        self.kind = kind


class TooMuchError(CageError):
    """It was ended at a limit: of time, memory or output."""


class BrokenError(CageError):
    """The library could not make sense of the file, or fell over it."""
