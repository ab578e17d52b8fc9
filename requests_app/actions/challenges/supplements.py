"""Further exhibits of a filed challenge: chosen, numbered on, put together behind their letter.

What leaves is made as a challenge's filing is: outside any transaction, and held against the rows
once they are locked. An exhibit that the body has already keeps its number.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import TypeAlias

from django.db import transaction

from requests_app.actions.errors import Refused
from requests_app.actions.requests import attachments, exhibits
from requests_app.actions.requests.exhibits import CHANGED, Paper
from requests_app.actions.sending.our_letters import FurtherExhibits
from requests_app.actions.transitions import lock
from requests_app.filings import checks, proposing, ready, sources
from requests_app.filings.make_filing import Contents, MadeFiling
from requests_app.ledger.attribution import Attribution
from requests_app.letters import PlannedLetter
from requests_app.letters.enclosures import exhibit_numbers_of, title_of
from requests_app.models import Appeal, Attachment, Exhibit, Filing

Numbered: TypeAlias = list[tuple[int, Exhibit]]

__all__ = ["FurtherExhibits"]


def key_of(file: Attachment) -> Paper:
    """By which a file of the request is chosen; letters and messages have theirs."""
    return "file", file.pk


def choices(appeal: Appeal) -> list[tuple[Paper, str]]:
    """Every paper of the request that may stand behind a supplement, with its title."""
    files = Attachment.objects.filter(records_request=appeal.records_request_id, quarantined="")
    papers = [(one.paper, one.title) for one in proposing.all_papers(appeal)]
    made = _made_by_the_desk(appeal)
    return [*papers, *((key_of(one), title_of(one)) for one in files if one.pk not in made)]


def _made_by_the_desk(appeal: Appeal) -> set[int]:
    """The documents of filings and what went beside them, which are files of the request too."""
    enclosed = Attachment.objects.filter(enclosed_in__letter__filing__isnull=False)
    documents = Filing.objects.values("document")
    of_request = Attachment.objects.filter(records_request=appeal.records_request_id)
    return {
        *of_request.filter(pk__in=enclosed.values("pk")).values_list("pk", flat=True),
        *of_request.filter(pk__in=documents).values_list("pk", flat=True),
    }


@transaction.atomic
def keep_files(
    appeal: Appeal, uploads: Sequence[attachments.Upload], *, by: Attribution
) -> list[Paper]:
    """Files that somebody brings for a supplement: files of the request, to be chosen."""
    request = lock(appeal.records_request)
    return [key_of(file) for file in attachments.attach(request, uploads, by=by)]


def titles_of(appeal: Appeal, papers: Sequence[Paper]) -> tuple[tuple[int, str], ...]:
    """Each with the number that it would have, as the letter lists them."""
    return tuple((number, exhibit.title) for number, exhibit in _numbered(appeal, papers))


def numbers_of(appeal: Appeal, papers: Sequence[Paper]) -> list[int]:
    return [number for number, _ in titles_of(appeal, papers)]


def put_together(letter: PlannedLetter, text: str, chosen: FurtherExhibits) -> MadeFiling:
    """What would leave, made and kept; nothing else is changed. Refused where it may not leave."""
    appeal = letter.appeal
    assert appeal is not None
    numbered, filed = _opened(appeal, chosen), exhibit_numbers_of(appeal)
    if found := checks.problems_of(appeal.pack_route, numbered, text, filed=filed):
        raise Refused(f"{found[0]} Nothing was sent.")
    return _made_of(numbered, letter, text)


def look_at(letter: PlannedLetter, text: str, chosen: FurtherExhibits) -> MadeFiling:
    """The same as the page has it, for a look at it. Refused where there are no pages."""
    assert letter.appeal is not None
    numbered = _opened(letter.appeal, chosen)
    for _, exhibit in numbered:
        if exhibit.problem:
            raise Refused(exhibit.problem)
    return _made_of(numbered, letter, text)


def _opened(appeal: Appeal, chosen: FurtherExhibits) -> Numbered:
    numbered = _numbered(appeal, chosen.papers)
    for _, exhibit in numbered:
        for name, value in exhibits.opened(exhibit).items():
            setattr(exhibit, name, value)
        if chosen.is_beside_confirmed:
            exhibit.settled_at = exhibit.added_at  # with the choice itself
    return numbered


def _made_of(numbered: Numbered, letter: PlannedLetter, text: str) -> MadeFiling:
    contents = Contents(_mark(numbered, text), ready.numbered(numbered))
    return exhibits.made_of(contents, _listing(letter, numbered), text)


def _listing(letter: PlannedLetter, numbered: Numbered) -> PlannedLetter:
    """The letter with the exhibits that stand under its signature."""
    listed = tuple((number, exhibit.title) for number, exhibit in numbered)
    return replace(letter, further_exhibits=listed)


def with_its_filing(
    letter: PlannedLetter, made: MadeFiling, chosen: FurtherExhibits, *, text: str, by: Attribution
) -> PlannedLetter:
    """The letter with what was made for it, under the lock of its challenge."""
    assert letter.appeal is not None
    numbered = _numbered(letter.appeal, chosen.papers)
    if _mark(numbered, text) != made.mark:
        raise Refused(CHANGED)
    return exhibits.with_files(_listing(letter, numbered), made, by=by)


def _numbered(appeal: Appeal, papers: Sequence[Paper]) -> Numbered:
    """Each paper as an exhibit that is kept nowhere, by its number, in the order of those. The
    same paper chosen twice is one exhibit."""
    known, last = _with_the_body(appeal), max(exhibit_numbers_of(appeal), default=0)
    found: dict[int, Exhibit] = {}
    for exhibit in _exhibits(appeal, papers):
        mark = sources.source_of(exhibit).mark
        if mark not in known:
            last += 1
            known[mark] = last, exhibit.title
        number, exhibit.title = known[mark]
        found[number] = exhibit
    return sorted(found.items())


def _with_the_body(appeal: Appeal) -> dict[str, tuple[int, str]]:
    """What was filed or sent before, by what it was made from."""
    manifests = Filing.objects.filter(letter__appeal=appeal).values_list("manifest", flat=True)
    return {
        str(line["made_from"]): (int(line["number"]), str(line["title"]))
        for manifest in manifests
        for line in manifest
    }


def _exhibits(appeal: Appeal, papers: Sequence[Paper]) -> Iterator[Exhibit]:
    offered = {one.paper: one for one in proposing.all_papers(appeal)}
    files = Attachment.objects.filter(records_request=appeal.records_request_id).in_bulk(
        [key for kind, key in papers if kind == "file"]
    )
    for kind, key in dict.fromkeys(papers):
        if paper := offered.get((kind, key)):
            yield Exhibit(
                appeal=appeal,
                title=paper.title,
                letter=paper.letter,
                communication=paper.communication,
            )
        elif kind == "file" and key in files:
            yield Exhibit(appeal=appeal, title=_title(files[key]), attachment=files[key])
        else:
            raise Refused("What was chosen is no paper of this request. Nothing was changed.")


def _title(file: Attachment) -> str:
    if file.quarantined:
        raise Refused(f"“{file.name}” is kept apart: it is not sent. Nothing was changed.")
    return title_of(file)[:200]


def _mark(numbered: Numbered, text: str) -> str:
    told = [
        [number, exhibit.title, sources.source_of(exhibit).mark] for number, exhibit in numbered
    ]
    return sha256(json.dumps([text, told]).encode()).hexdigest()
