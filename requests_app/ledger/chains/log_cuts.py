"""Where a security log begins after it was cut, and whether what its cuts state can be so."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import pairwise

from requests_app.ledger.chains.chain_heads import KnownHead
from requests_app.ledger.chains.findings import Finding
from requests_app.models import ChainEntry, ChainHead, SecurityLogCut
from requests_app.models.chain.chained_tables import SECURITY
from requests_app.models.newsroom.security_log_cut import FEWEST_DAYS
from requests_app.vocabulary.dates_and_amounts import day

ONE_DAY = timedelta(days=1)  # whoever kept a head may have had another day already


def stated_cuts(head: ChainHead) -> list[SecurityLogCut]:
    """The latest first; a ledger is never cut."""
    if head.book != SECURITY:
        return []
    return list(SecurityLogCut.objects.filter(newsroom=head.newsroom_id).order_by("-number"))


def wrongly_cut(head: ChainHead, cuts: Sequence[SecurityLogCut]) -> Finding | None:
    """What the walk along the entries behind the cut cannot find."""
    for one in cuts:
        if one.keep_days < FEWEST_DAYS or one.newest_at > one.at - timedelta(days=one.keep_days):
            return Finding(
                "cut too early",
                one.number,
                f"The cut at entry {one.number:,} of {day(one.at.date())} let entries of "
                f"{day(one.newest_at.date())} go: each is kept for {FEWEST_DAYS} days at "
                "least.",
            )
    for later, earlier in pairwise(cuts):
        if later.number - later.entries != earlier.number:
            return Finding(
                "cut otherwise than stated",
                later.number,
                f"The cut at entry {later.number:,} states that {later.entries:,} entries went, "
                f"and the one before it was at entry {earlier.number:,}: one of the two was "
                "written anew.",
            )
    if cuts:
        left = ChainEntry.objects.filter(chain=head, number__lte=cuts[0].number)
        if number := left.order_by("number").values_list("number", flat=True).first():
            return Finding(
                "slipped in",
                number,
                f"Entry {number:,} stands before the cut at entry {cuts[0].number:,}: it was "
                "slipped in, or the cut was.",
            )
    return None


def held_against_cuts(
    cuts: Sequence[SecurityLogCut], known: Iterable[KnownHead]
) -> tuple[list[KnownHead], Finding | None]:
    """The heads of which nothing can be said, since what they stand for went; and the first that
    shows a cut to be another than it states."""
    untold: list[KnownHead] = []
    heads = {one.number: one.head for one in cuts}
    for one in known:
        if not cuts or not 0 < one.length <= cuts[0].number:
            continue
        if (stated := heads.get(one.length)) is not None:
            if not stated.startswith(one.head):
                return untold, _another_head(one, stated)
            continue
        went_by = min((cut for cut in cuts if cut.number > one.length), key=lambda cut: cut.number)
        if one.on and one.on > went_by.newest_at.date() + ONE_DAY:
            return untold, Finding(
                "cut deeper than stated",
                one.length + 1,
                f"On {day(one.on)} the chain had {one.length:,} entries, so the next was "
                f"written later; and a cut let it go as one of {day(went_by.newest_at.date())}"
                " or before. The cut was forged.",
            )
        untold.append(one)
    return untold, None


def untold_sentence(known: KnownHead, cuts: Sequence[SecurityLogCut]) -> str:
    """Of a head from before the cut."""
    newest = cuts[0]
    said = (
        f"The head of {known.length:,} entries lies before the cut at entry {newest.number:,}: it "
        "is neither proven nor refuted, since what it stands for was let go."
    )
    if known.on:
        return f"{said} Its day, {day(known.on)}, agrees with what the cut states."
    return (
        f"{said} The cut states that nothing went that was written after "
        f"{day(newest.newest_at.date())}: a head kept later than that day would show it false."
    )


def _another_head(known: KnownHead, stated: str) -> Finding:
    return Finding(
        "changed",
        known.length,
        f"At entry {known.length:,} the head was {known.head[:16]}… when it was kept elsewhere, "
        f"and the cut there states {stated[:16]}…: the cut was forged, or what went was written "
        "anew before.",
    )
