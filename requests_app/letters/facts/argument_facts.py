"""The argument of a challenge or a rebuttal: its paragraphs as of today, and how they are printed.

The rows keep what a person chose, wrote and ordered. What the city claimed since is added from the
pack; a paragraph against a claim that no longer stands is not printed. What the pack may not print
is never printed, even where somebody edited it.
"""

from collections.abc import Iterable, Iterator, Sequence

from cities.rights.claimed_exemption import ClaimedExemption
from cities.schema.city import RouteKind
from cities.schema.filings.exemptions import GAP, Argument, ArgumentPoint
from requests_app.letters.facts import own_decisions
from requests_app.letters.facts.claimed_grounds import (
    WITHHOLDINGS,
    Challenged,
    Claimed,
    rebutted,
)
from requests_app.letters.facts.fact import Facts, stated
from requests_app.models import AppealState, ArgumentParagraph, RecordsRequest
from requests_app.vocabulary import dates_and_amounts

# What is said once, of every claim: the first argument of the pack that makes each point.
SAID_OF_EVERY_CLAIM: tuple[ArgumentPoint, ...] = (
    "burden",
    "narrow_reading",
    "segregation",
    "ground_in_writing",
)

GROUND_OF_A_PETITION = (
    "[[the ground of the petition: an error of fact or law, new evidence and why it comes late, or "
    "other good cause]]"
)

Group = tuple[str, list[str]]  # a heading, which may be empty, and its paragraphs


def of(what: Claimed) -> Facts:
    """The fact `argument`, where there is anything to argue."""
    return stated(what.statute.slug, argument=printed_groups(what, as_of_today(what)))


def of_rebuttal(request: RecordsRequest) -> Facts:
    """The fact `argument` of a letter that answers what the city claimed, as the pack has it."""
    return of(rebutted(request))


def as_of_today(what: Claimed) -> list[ArgumentParagraph]:
    """The rows with what the facts of today add to them; nothing is saved."""
    appeal = what.drafted_appeal
    rows = list(appeal.argument_paragraphs.all()) if appeal and appeal.pk else []
    if not what.can_be_argued or (appeal and appeal.state != AppealState.DRAFT):
        return rows
    claims = {claim.claim for claim in what.claims}
    for row in rows:
        if row.claim and row.claim not in claims:
            row.is_chosen = False
    known = {row.claim for row in rows if row.argument or row.claim}
    if "" not in known:
        rows = [*_general(what), *rows]
    for claim in what.claims:
        if claim.claim not in known:
            rows += against(what, claim)
    return own_decisions.with_offers(what, rows)


def _general(what: Claimed) -> Iterator[ArgumentParagraph]:
    if isinstance(what, Challenged) and what.route.kind is RouteKind.RECONSIDERATION:
        yield ArgumentParagraph(appeal=what.appeal, text=GROUND_OF_A_PETITION)
    offered = what.statute.general_arguments_over(what.answer)
    chosen = _chosen_of_general(what, offered) if what.is_argued else set()
    for argument in offered:
        yield ArgumentParagraph(
            appeal=what.drafted_appeal, argument=argument.slug, is_chosen=argument.slug in chosen
        )


def _chosen_of_general(what: Claimed, offered: Sequence[Argument]) -> set[str]:
    """What is said once of every claim. Over what is no withholding the pack's first, and whatever
    rests on no fact that the writer has yet to find; behind a decision its writer chooses."""
    if what.grievance not in WITHHOLDINGS:
        if what.grievance != what.answer:
            return set()
        beside_burden = [one.slug for one in offered if one.point != "burden"]
        return {*beside_burden[:1], *_needs_no_facts(offered)}
    first = {one.point: one.slug for one in reversed(offered)}
    return {first[point] for point in SAID_OF_EVERY_CLAIM if point in first}


def against(what: Claimed, claim: ClaimedExemption) -> list[ArgumentParagraph]:
    """The paragraphs offered against one claim; a place to fill in where the pack has none."""
    exemption = claim.exemption
    offered = exemption.printable_arguments if exemption else ()
    about = exemption.slug if exemption else ""
    if not offered:
        why = f"[[why {claim.claim or 'the exemption'} does not cover these records]]"
        return [
            ArgumentParagraph(
                appeal=what.drafted_appeal,
                claim=claim.claim,
                about=about,
                text=why,
                is_chosen=what.answers_claims,
            )
        ]
    chosen = _chosen_at_first(offered) if what.answers_claims else set()
    return [
        ArgumentParagraph(
            appeal=what.drafted_appeal,
            claim=claim.claim,
            about=about,
            argument=argument.slug,
            is_chosen=argument.slug in chosen,
        )
        for argument in offered
    ]


def _chosen_at_first(offered: Sequence[Argument]) -> set[str]:
    """What the city must prove, and whatever rests on no fact that the writer has yet to find; at
    least one, for no claim is left unanswered."""
    burden = {one.slug for one in offered if one.point == "burden"}
    return burden | _needs_no_facts(offered) or {offered[0].slug}


def _needs_no_facts(offered: Iterable[Argument]) -> set[str]:
    return {one.slug for one in offered if not (one.gaps or one.facts_needed)}


def printed_groups(what: Claimed, rows: Iterable[ArgumentParagraph]) -> list[Group]:
    """The chosen paragraphs, under a heading for each ground that they answer."""
    groups: list[Group] = []
    for (claim, about), members in in_groups(rows):
        printed = [text for row in members if row.is_chosen and (text := printed_text(what, row))]
        if printed:
            groups.append((_heading(what, claim, about), printed))
    if len(groups) == 1 and not groups[0][0]:
        return groups
    return [(heading or "What the law requires of the city", texts) for heading, texts in groups]


def in_groups(
    rows: Iterable[ArgumentParagraph],
) -> list[tuple[tuple[str, str], list[ArgumentParagraph]]]:
    """Each claim and exemption with its paragraphs, what is general first."""
    groups: dict[tuple[str, str], list[ArgumentParagraph]] = {("", ""): []}
    for row in rows:
        groups.setdefault((row.claim, row.about), []).append(row)
    return list(groups.items())


def _heading(what: Claimed, claim: str, about: str) -> str:
    """By the pack's citation where it may be printed, else in the city's words."""
    exemption = what.exemption(about)
    if exemption and exemption.confidence.may_enter_letter:
        return f"The claim under {exemption.citation}"
    return f"The claim of {claim}" if claim else ""


def printed_text(what: Claimed, row: ArgumentParagraph) -> str:
    """As it stands in the letter, with a mark for every gap; empty where it may not be printed."""
    text = words_of(what, row)
    for gap, answer in (known_gaps(what) | row.filled).items():
        text = text.replace(f"[[{gap}]]", answer)
    return text


def words_of(what: Claimed, row: ArgumentParagraph) -> str:
    """Its text with every gap open, as its writer edits it."""
    if row.is_own:
        return row.text
    argument = what.argument(row.about, row.argument)
    if argument is None or not argument.may_be_printed:
        return ""
    return row.text or text_of(argument)


def own_words(what: Claimed, row: ArgumentParagraph, text: str) -> str:
    """What a person wrote in its place; empty where that is the pack's own paragraph."""
    text = text.replace("\r\n", "\n").strip()
    argument = what.argument(row.about, row.argument)
    return "" if argument is not None and text in {"", text_of(argument)} else text


def text_of(argument: Argument) -> str:
    """The paragraph, and behind it the authority it rests on."""
    if argument.authority in argument.text:
        return argument.text
    return f"{argument.text} {dates_and_amounts.sentence(argument.authority)}"


def known_gaps(what: Claimed) -> dict[str, str]:
    """What the desk can fill in by itself."""
    names = ("the day of the denial", "the day of the response")
    return dict.fromkeys(names, what.answered_on) if what.answered_on else {}


def gaps_of(what: Claimed, row: ArgumentParagraph) -> list[str]:
    """What its writer must fill in, as the text names it, in its order and each once."""
    known = known_gaps(what)
    found = dict.fromkeys(match[1] for match in GAP.finditer(words_of(what, row)))
    return [gap for gap in found if gap not in known]
