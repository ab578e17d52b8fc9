"""What no letter of the packs says, and why. A newsroom's own wording is warned of it."""

STRUCK = {
    "on our count": "translated: counsel writes “by our count”",
    "the day for your answer": "translated: “your answer was due on”",
    "please tell us also": "translated: “please also tell us”",
    "one row a permit": "translated: “one row per permit”",
    "that is the way we intend to take": "translated: say what we will do",
    "before you incur it": "the city does not incur its own charge",
    "if you count the time otherwise": "translated: “if you count the time differently”",
    "acknowledgement": "American English has “acknowledgment”",
    "asks for a determination": "the law requires it",
    "asks the custodian": "the law requires it",
    "asks for the records": "the law requires them",
    "asks for an acknowledg": "the law requires it",
    "asks for a response": "the law requires it",
    "asks for a denial": "the law requires it",
    "asks for a written": "the law requires it",
    "asks for a format": "the law requires it",
    "asks for the staff": "the law requires it",
    "asks that records": "the law requires it",
    "asks for the answer": "the law requires it",
    "is not a request under": "a concession nobody asked for: request in the alternative",
    "we claim none": "a concession nobody asked for",
    "no law that we know of": "a concession nobody asked for",
    "we know of no rule": "a concession nobody asked for",
    "foot of this page": "an e-mail has no foot of a page",
    "go on with the request": "translated: “proceed with the request”",
    "what the law means": "translated: “how the law applies”",
}


def struck_in(text: str) -> list[str]:
    """The struck phrases of a text, however its lines were broken or its letters cased."""
    words = " ".join(text.lower().split())
    return [phrase for phrase in STRUCK if phrase in words]
