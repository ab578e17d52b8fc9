"""Everything as it came, in one ZIP: the case file, letters, files, mails, ledger, deadlines.

The same papers make the same order and the same names; `SHA256SUMS` is checked by `sha256sum -c`.
"""

import csv
import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import BytesIO, StringIO
from pathlib import Path
from typing import IO, Any, NamedTuple

from django.core.serializers.json import DjangoJSONEncoder

from cities.clocks.computed_deadline import Deadline
from cities.clocks.explain import as_json, explain
from requests_app.casefile import make_pdf
from requests_app.casefile.content import copy_for_others
from requests_app.casefile.content.dossier import Dossier, LetterPages
from requests_app.casefile.content.gather_dossier import was_taken_out
from requests_app.casefile.make_pdf import safe_name
from requests_app.ledger.effective import struck_by
from requests_app.models import CaseFile, Communication, Event, RecordsRequest
from requests_app.policy.shown_facts import for_programs
from requests_app.storage import content
from requests_app.vocabulary.event_kinds import describe

EPOCH = (1980, 1, 1, 0, 0, 0)  # the same papers are the same bytes, whenever they are packed
COLUMNS = ("on", "recorded_at", "kind", "what", "by", "appeal", "struck_on", "data")
READ_ME = """{reference}: {subject}
{newsroom}

case-file.pdf    everything, in order, to be read and printed
letters/         each letter as it was issued
filings/         each challenge as it was filed: the letter with its exhibits, every file that went
                 with it, and manifest.json, which says what each exhibit is and where it begins
exhibits/        each file as it came, under its exhibit's number
mail/            each message as it arrived, byte for byte
request.json     what is known of the request: its numbers, its fees, its days
ledger.json      what happened; ledger.csv holds the same as a table
deadlines.json   each deadline with the days that were counted; deadlines.txt in words
SHA256SUMS       the hash of each file: sha256sum -c SHA256SUMS

{notes}

The newsroom's ledger when this was made: {chain_head}
"""
MISSING = "These files are gone where the desk keeps them, or are no longer what was kept:"
LET_GO = (
    "The newsroom let go of the bytes of these messages, after the time for which it keeps them.\n"
    "What was read of each is in the case file; its SHA-256 proves the original of whoever has it."
    "\n"
)
NOTES = {
    True: "The newsroom's own notes are in the ledger: this copy is not meant to leave it.",
    False: "The newsroom's own notes, drafts and reviews are not in it.",
}


class RawMail(NamedTuple):
    """A message as it arrived: where its bytes lie, and their hash."""

    on: str
    path: str
    sha256: str


def pack(
    case_file: CaseFile,
    dossier: Dossier,
    pdf: Path,
    *,
    letter_pdf: Callable[[int], bytes],
    report: make_pdf.Report,
) -> Path:
    """Write the ZIP beside the case file's PDF."""
    request, target = case_file.records_request, pdf.with_name("case-file.zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as out:
        packing = _Packing(out)
        report("Packing the case file", 0, 4)
        with pdf.open("rb") as file:
            packing.add("case-file.pdf", file)
        report("Packing the letters", 1, 4)
        for number, letter in enumerate((e.letter for e in dossier.entries if e.letter), start=1):
            _add_letter(packing, number, letter, letter_pdf(letter.pk))
        report("Packing the files", 2, 4)
        _add_files(packing, dossier, request)
        report("Packing the ledger", 3, 4)
        for name, text in _texts(case_file, dossier):
            packing.add_bytes(name, text.encode("utf-8"))
        packing.finish()
    return target


class _Packing:
    """Adds to a ZIP, keeping the hash of each file."""

    def __init__(self, out: zipfile.ZipFile) -> None:
        self._out = out
        self._sums: list[str] = []
        self._missing: list[str] = []

    def add_stored(self, name: str, path: str, sha256: str) -> None:
        """A file as the desk keeps it; one that is gone, or is not what was kept, is named."""
        if not content.is_whole(path, sha256=sha256):
            self._missing.append(f"{name} (SHA-256 {sha256})")
            return
        with content.open_kept(path) as file:
            self.add(name, file)

    def add(self, name: str, file: IO[bytes]) -> None:
        digest = hashlib.sha256()
        info = zipfile.ZipInfo(name, EPOCH)
        info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
        with self._out.open(info, "w", force_zip64=True) as target:
            while chunk := file.read(1024 * 1024):
                digest.update(chunk)
                target.write(chunk)
        self._sums.append(f"{digest.hexdigest()}  {name}")

    def add_bytes(self, name: str, data: bytes) -> None:
        self.add(name, BytesIO(data))

    def finish(self) -> None:
        if self._missing:
            listed = "\n".join(self._missing)
            self.add_bytes("MISSING.txt", f"{MISSING}\n{listed}\n".encode())
        info = zipfile.ZipInfo("SHA256SUMS", EPOCH)
        info.external_attr = 0o644 << 16
        self._out.writestr(info, "\n".join(self._sums) + "\n")


def _add_letter(packing: _Packing, number: int, letter: LetterPages, pdf: bytes) -> None:
    """As it was issued; of a challenge, beside it, all that was filed."""
    kind = safe_name(letter.kind.lower().replace(" ", "-"))
    name = f"{number:03d}-{letter.dated_on}-{kind}"
    packing.add_bytes(f"letters/{name}.pdf", make_pdf.checked(letter, pdf))
    if letter.filing:
        for file in letter.filing.files:
            packing.add_stored(f"filings/{name}/{safe_name(file.name)}", file.path, file.sha256)
        manifest = _json(letter.filing.manifest)
        packing.add_bytes(f"filings/{name}/manifest.json", manifest.encode("utf-8"))


def _add_files(packing: _Packing, dossier: Dossier, request: RecordsRequest) -> None:
    for exhibit in dossier.exhibits:
        name = f"exhibits/{exhibit.number:03d}-{safe_name(exhibit.name)}"
        packing.add_stored(name, exhibit.path, exhibit.sha256)
    for number, mail in enumerate(raw_mails(request), start=1):
        packing.add_stored(f"mail/{number:03d}-{mail.on}.eml", mail.path, mail.sha256)
    if lines := _kept_without_bytes(request):
        packing.add_bytes("mail/LET-GO.txt", f"{LET_GO}\n{lines}".encode())


def raw_mails(request: RecordsRequest) -> Iterator[RawMail]:
    """The messages filed with a request and not taken out again, in their order."""
    filed = (
        Communication.objects.filter(
            records_request=request,
            mail__isnull=False,
            taken_out_at__isnull=True,
            mail__erased_at=None,
            mail__raw_removal=None,
        )
        .select_related("mail")
        .order_by("on", "pk")
    )
    for communication in filed:
        mail = communication.mail
        if mail is not None:
            yield RawMail(communication.on.isoformat(), str(mail.raw.name), mail.sha256)


def _kept_without_bytes(request: RecordsRequest) -> str:
    """A line for each message whose bytes went after their time."""
    filed = Communication.objects.filter(
        records_request=request, taken_out_at=None, mail__erased_at=None,
        mail__raw_removal__isnull=False,
    )  # fmt: skip
    rows = filed.select_related("mail__raw_removal").order_by("on", "pk")
    removals = [(one.on, one.mail.raw_removal) for one in rows if one.mail]
    return "".join(
        f"{on}  SHA-256 {gone.sha256}  {gone.size} bytes, let go on {gone.at.date()}\n"
        for on, gone in removals
    )


def _texts(case_file: CaseFile, dossier: Dossier) -> Iterator[tuple[str, str]]:
    request = case_file.records_request
    rows = list(_ledger(request, has_notes=case_file.has_notes))
    deadlines = [clock.deadline for clock in dossier.clocks]
    facts = for_programs(request, with_private=case_file.has_notes)
    yield "request.json", _json(facts)
    yield "ledger.json", _json(rows)
    yield "ledger.csv", _csv(rows)
    yield "deadlines.json", _json([_deadline(d, has_notes=case_file.has_notes) for d in deadlines])
    yield "deadlines.txt", "\n\n".join(explain(deadline) for deadline in deadlines) + "\n"
    yield (
        "README.txt",
        READ_ME.format(
            reference=dossier.reference,
            subject=dossier.subject,
            newsroom=dossier.newsroom,
            notes=NOTES[case_file.has_notes],
            chain_head=dossier.chain_head,
        ),
    )


def _deadline(deadline: Deadline, *, has_notes: bool) -> dict[str, Any]:
    names = ("clock", "whose", "status", "route", "starts_on", "due_on", "met_on")
    reasons = as_json(deadline)
    if not has_notes:
        reasons = {key: reasons[key] for key in ("rule", "citation", "days", "remarks")}
    return {name: getattr(deadline, name) for name in names} | {"explanation": reasons}


def _ledger(request: RecordsRequest, *, has_notes: bool) -> Iterator[dict[str, Any]]:
    events = (
        Event.objects.filter(records_request=request)
        .select_related("by", "appeal", "communication", "in_place_of__communication")
        .in_order()
    )
    struck = struck_by(events)
    for event in events:
        if not has_notes and (not copy_for_others.is_open(event) or was_taken_out(event)):
            continue
        yield {
            "on": event.on,
            "recorded_at": event.recorded_at,
            "kind": event.kind,
            "what": describe(event.kind).heading,
            "by": event.by.name if event.by else "",
            "appeal": event.appeal.route if event.appeal else "",
            "struck_on": struck[event.pk].on if event.pk in struck else "",
            "data": event.data if has_notes else copy_for_others.open_facts(event),
        }


def _json(rows: Sequence[Any] | Mapping[str, Any]) -> str:
    text = json.dumps(rows, cls=DjangoJSONEncoder, indent=1, ensure_ascii=False, sort_keys=True)
    return text + "\n"


def _csv(rows: Iterable[dict[str, Any]]) -> str:
    """A table that a spreadsheet may open: no cell is taken for a formula."""
    out = StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        data = json.dumps(row["data"], cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True)
        cells = {**row, "data": data}
        writer.writerow({key: _cell(str(value)) for key, value in cells.items()})
    return out.getvalue()


def _cell(value: str) -> str:
    return f"'{value}" if value[:1] in {"=", "+", "-", "@", "\t", "\r"} else value
