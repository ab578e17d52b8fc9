"""One request with every kind of paper in it, for the tests that read its whole case file."""

import io
import zipfile
from datetime import timedelta

from requests_app.actions.requests import city_determinations, city_progress, exhibits, notes
from requests_app.models import RecordsRequest
from tests.casefile.papers import EML, SECRET, files, jpeg, pdf
from tests.factories import NOW, TODAY, acting, said, submitted
from tests.filings.drafts import drafted, filed

ARABIC = "السيد المحترم،\nوصلنا طلبكم رقم 17 بتاريخ 2 نوفمبر، وسنرد عليكم خلال عشرة أيام."
HEBREW = "שלום רב,\nבקשתכם התקבלה ותיענה בתוך עשרה ימים."
HEBREW_LETTER = (
    "שלום רב,\n\nבקשתכם מספר 17 מיום 2 בנובמבר התקבלה, ותיענה בתוך עשרה ימים.\n\n"
    "בברכה, לשכת הרשומות של העיר."
)
CSV = (
    "Vendor,Contract,Signed,Amount\n"
    "Harbor Paving LLC,2026-014,2026-03-02,\"$48,200.00\"\n"
    "\"Ruiz, Ortega & Co.\",2026-019,2026-04-17,\"$7,315.50\"\n"
    "مؤسسة النور,2026-022,2026-05-09,\"$12,000.00\"\n"
)  # fmt: skip
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument"


def _package(main: str, kind: str, parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        overrides = "".join(
            f'<Override PartName="/{name}" ContentType="{_MAIN}.{of}"/>'
            for name, of in {main: f"{kind}.main+xml", **_kinds(parts)}.items()
        )
        made.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        )
        made.writestr("_rels/.rels", _relations({"r1": (f"{_OFFICE}/officeDocument", main)}))
        for name, text in parts.items():
            made.writestr(name, text)
    return out.getvalue()


def _kinds(parts: dict[str, str]) -> dict[str, str]:
    return {name: "spreadsheetml.worksheet+xml" for name in parts if "/sheet" in name}


def _relations(of: dict[str, tuple[str, str]], *, outside: bool = False) -> str:
    mode = ' TargetMode="External"' if outside else ""
    rows = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{target}"{mode}/>'
        for key, (kind, target) in of.items()
    )
    return f'<Relationships xmlns="{_LINKS}">{rows}</Relationships>'


def docx(text: str, *, picture_from: str = "") -> bytes:
    """A Word document of one paragraph; a picture in it that is to be fetched from an address."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    drawn = (
        '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" '
        'style="width:100pt;height:100pt"><v:imagedata r:id="r9"/></v:shape></w:pict></w:r></w:p>'
        if picture_from
        else ""
    )
    body = f"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p>{drawn}</w:body>"
    parts = {
        "word/document.xml": f'<w:document xmlns:w="{word}" xmlns:r="{_OFFICE}">{body}</w:document>'
    }
    if picture_from:
        link = {"r9": (f"{_OFFICE}/image", picture_from)}
        parts["word/_rels/document.xml.rels"] = _relations(link, outside=True)
    return _package("word/document.xml", "wordprocessingml.document", parts)


def xlsx(**sheets: list[tuple[str, ...]]) -> bytes:
    """A workbook of sheets with words in their cells."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    named = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(sheets, 1)
    )
    links = {
        f"r{n}": (f"{_OFFICE}/worksheet", f"worksheets/sheet{n}.xml")
        for n in range(1, len(sheets) + 1)
    }
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{_OFFICE}"><sheets>{named}</sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": _relations(links),
    }
    for n, rows in enumerate(sheets.values(), 1):
        cells = "".join(
            "<row>" + "".join(f'<c t="inlineStr"><is><t>{v}</t></is></c>' for v in row) + "</row>"
            for row in rows
        )
        sheet = f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>'
        parts[f"xl/worksheets/sheet{n}.xml"] = sheet
    return _package("xl/workbook.xml", "spreadsheetml.sheet", parts)


def rich_request() -> RecordsRequest:
    """Asked, noted about, written about in three scripts, denied with many files, challenged."""
    request = submitted(at=NOW - timedelta(days=3))
    notes.note(request, on=TODAY, text=SECRET, **acting(request))
    city_progress.acknowledge(request, answer=said(text=ARABIC), **acting(request))
    city_progress.produce_in_part(request, answer=said(text=HEBREW), **acting(request))
    city_determinations.deny(
        request,
        answer=said(
            text="Your request is denied.\n\nSee the files.",
            files=files(
                records_pdf=pdf("records one", "records two"),
                wide_pdf=pdf("a page across", size=(1224, 792)),
                long_pdf=pdf("a long page", size=(595, 1400)),
                photo_jpg=jpeg((1200, 900)),
                answer_eml=EML,
                log_txt=b"a line of the log\n" * 80,
                letter_txt=HEBREW_LETTER.encode(),
                contracts_csv=CSV.encode(),
                memo_docx=docx("Memorandum on the contracts"),
                budget_xlsx=xlsx(Budget=[("Item", "Dollars"), ("Paint", "1,200.50")]),
                film_mp4=b"\0\0\0\x18ftypmp42" + b"\0" * 64,
                broken_pdf=b"%PDF-1.7 broken",
            ),
        ),
        exemptions=["§ 1-210(b)(1)"],
        **acting(request),
    )
    request.refresh_from_db()
    appeal = drafted(request)
    exhibits.open_all(appeal)
    for exhibit in appeal.exhibits.all():
        if exhibit.needs_settling:
            exhibits.settle(exhibit, **acting(request))
    filed(appeal)
    request.refresh_from_db()
    return request
