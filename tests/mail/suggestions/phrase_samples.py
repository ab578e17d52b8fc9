"""Sentences that a phrase of phrases.toml must match, made from its tree and not from its pattern:
the shortest, and one for each word or group that it may have instead or besides."""

from collections.abc import Iterator, Mapping

from requests_app.mail.suggestions.phrase_language import (
    Choice,
    Gap,
    Named,
    Piece,
    Sequence,
    Word,
    is_optional,
)

BUILT_IN = {
    "amount": "$12.50",
    "name": "Stamford Police Department",
    "question": "the March log?",
    "number": "14",
    "number_in_parentheses": "(14)",
}
NINE_WORDS = "by the staff of our own office on Monday"  # one more than a gap holds


def samples(tree: Sequence, patterns: Mapping[str, Sequence]) -> Iterator[str]:
    """The shortest sentence, then each with one choice made otherwise."""
    yield _plain(tree, patterns)
    for at, chunk in enumerate(tree.chunks):
        for filled in _chunk(chunk, patterns):
            words = [
                filled if number == at else _plain_chunk(other, patterns)
                for number, other in enumerate(tree.chunks)
            ]
            yield " ".join(word for word in words if word)


def too_far_apart(tree: Sequence, patterns: Mapping[str, Sequence]) -> str:
    """With nine words in each gap, where eight may stand."""
    words = [NINE_WORDS if c == (Gap(),) else _plain_chunk(c, patterns) for c in tree.chunks]
    return " ".join(word for word in words if word)


def _plain(tree: Sequence, patterns: Mapping[str, Sequence]) -> str:
    return " ".join(filter(None, (_plain_chunk(chunk, patterns) for chunk in tree.chunks)))


def _plain_chunk(chunk: tuple[Piece, ...], patterns: Mapping[str, Sequence]) -> str:
    """With nothing where nothing may stand."""
    if is_optional(chunk):
        return ""
    return "".join(
        "" if isinstance(p, Choice) and p.is_optional else next(_piece(p, patterns)) for p in chunk
    )


def _chunk(chunk: tuple[Piece, ...], patterns: Mapping[str, Sequence]) -> Iterator[str]:
    for at, piece in enumerate(chunk):
        for filled in _piece(piece, patterns):
            before, after = (
                _plain_chunk(chunk[:at], patterns),
                _plain_chunk(chunk[at + 1 :], patterns),
            )
            yield f"{before}{filled}{after}"


def _piece(piece: Piece, patterns: Mapping[str, Sequence]) -> Iterator[str]:
    match piece:
        case Word():
            yield piece.text
            if piece.any_beginning:
                yield f"did{piece.text}"
            if piece.any_ending:
                yield f"{piece.text}ing"
        case Named():
            if piece.name in BUILT_IN:
                yield BUILT_IN[piece.name]
            else:
                yield from samples(patterns[piece.name], patterns)
        case Choice():
            for alternative in piece.alternatives:
                yield from samples(alternative, patterns)
        case Gap():
            yield ""
            yield NINE_WORDS.rpartition(" ")[0]
