"""Why a case file cannot be made, in a sentence for whoever asked for it."""


class CaseFileError(Exception):
    """What is wrong with the request's papers, and what to do."""


class ClaimLostError(Exception):
    """Another worker has taken over: whoever is told this stops."""


class NotPlacedError(Exception):
    """Why a file's pages cannot stand among the others; it is enclosed instead."""
