"""Contents, bookmarks, stamps and links all say the page that an exhibit really is on."""

import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import page
import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bootstrap.machine import tools
from requests_app.casefile.pdf import pages, picture_pages, placing
from requests_app.casefile.pdf.place_in_cage import Placed
from requests_app.casefile.pdf.placing_program import not_shown_of
from requests_app.filings import opening, putting_together
from requests_app.filings.opening import Opened
from requests_app.filings.putting_together import Binding, Bound, BoundExhibit
from tests.casefile.papers import pdf
from tests.filings.drafts import Read
from tests.filings.papers import any_file, form, source_of

LETTER = (612, 792)


@pytest.fixture
def placed_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the same functions as in the cage, which takes longer to begin."""

    def place(copy: Path, target: Path, *, kind: str) -> Placed:
        if kind == "application/pdf":
            with copy.open("rb") as file:
                return Placed(placing.place(copy, target), not_shown_of(file))
        return Placed(picture_pages.place(copy, target))

    monkeypatch.setattr(opening, "place", place)


def letter(folder: Path) -> Path:
    """Of two pages."""
    path, words = folder / "letter.pdf", "A line of the letter.\n\n" * 40
    printed = pages.render("filing/message.html", heading="The letter", head=(), text=words)
    path.write_bytes(printed.pdf)
    return path


def opened(file: tuple[str, bytes], folder: Path) -> Opened:
    folder.mkdir()
    return opening.open_source(source_of(file), folder)


def binding(folder: Path, exhibits: list[Opened], titles: list[str] | None = None) -> Binding:
    bound = [
        BoundExhibit(
            number,
            titles[number - 1] if titles else f"Paper called {number}",
            one.path,
            one.page_count,
            tuple(file["name"] for file in one.beside),
        )
        for number, one in enumerate(exhibits, start=1)
    ]
    return Binding("STAM-2026-0001", "The Ledger", letter(folder), "Appeal", tuple(bound))


def check(read: Read, made: Binding, bound: Bound) -> None:
    """The same page by every way to it, and US Letter throughout."""
    stamps = read.stamps()
    firsts = list(bound.first_pages.values())
    expected = [
        (exhibit.number, own, exhibit.page_count, bound.first_pages[exhibit.number] + own - 1)
        for exhibit in made.exhibits
        for own in range(1, exhibit.page_count + 1)
    ]
    assert [stamp for stamp in stamps if stamp] == expected
    assert [n for n, stamp in enumerate(stamps, start=1) if stamp and stamp[1] == 1] == firsts
    assert [stamp[3] for stamp in stamps if stamp] == [
        n for n, stamp in enumerate(stamps, start=1) if stamp
    ]
    outline = read.outline()
    assert [outline[f"{one.label}: {one.title}"] for one in made.exhibits] == firsts
    assert read.contents_links() == firsts
    titles = [exhibit.title for exhibit in made.exhibits]
    counts = [exhibit.page_count for exhibit in made.exhibits]
    assert list(read.contents_rows(titles)) == list(zip(counts, firsts, strict=True))
    assert set(read.sizes) == {LETTER}
    assert len(read.sizes) == bound.page_count
    assert read.pdf.check_pdf_syntax() == []
    assert "/AcroForm" not in read.pdf.Root


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(files=st.lists(any_file(), min_size=1, max_size=6))
def test_every_way_to_an_exhibit_leads_to_its_page(
    files: list[tuple[str, bytes]], placed_here: None
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        exhibits = [opened(file, folder / str(n)) for n, file in enumerate(files)]
        made = binding(folder, exhibits)

        bound = putting_together.put_together(made, folder)

        check(Read(bound.path), made, bound)


@pytest.mark.parametrize("count", [1, 30, 31, 45, 120])
def test_contents_of_several_pages_are_counted_among_the_pages(count: int, tmp_path: Path) -> None:
    one = opened(("paper.pdf", pdf("words")), tmp_path / "one")
    made = binding(tmp_path, [one] * count, [f"Title {n:03d} of a paper" for n in range(count)])

    bound = putting_together.put_together(made, tmp_path)

    check(Read(bound.path), made, bound)


def test_contents_that_never_come_to_rest_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = binding(tmp_path, [opened(("paper.pdf", pdf("words")), tmp_path / "one")])
    real: Callable[..., pages.Printed] = pages.render
    rounds = iter(range(2, 99))

    def grows(template: str, **context: object) -> pages.Printed:
        printed = real(template, **context)
        return pages.Printed(printed.pdf, next(rounds), printed.anchors)

    monkeypatch.setattr(putting_together.pages, "render", grows)

    with pytest.raises(Exception, match="do not come to rest"):
        putting_together.put_together(made, tmp_path)


def test_fields_of_one_name_keep_their_own_values(tmp_path: Path) -> None:
    exhibits = [
        opened((f"{value}.pdf", form(value)), tmp_path / value) for value in ("first", "second")
    ]
    bound = putting_together.put_together(binding(tmp_path, exhibits), tmp_path)

    read = Read(bound.path)

    assert ["first" in text for text in read.texts[-2:]] == [True, False]
    assert ["second" in text for text in read.texts[-2:]] == [False, True]


def test_stamp_covers_nothing_of_the_page(tmp_path: Path) -> None:
    """A page that is black to its edges is white where the stamp stands."""
    exhibit = opened(("black.pdf", black()), tmp_path / "one")
    bound = putting_together.put_together(binding(tmp_path, [exhibit]), tmp_path)

    document = pypdfium2.PdfDocument(bound.path)
    shown = document[bound.page_count - 1].render(scale=2).to_pil().convert("L")
    document.close()
    band = shown.crop((0, 2 * (792 - 41), 2 * 612, 2 * 792))
    above = shown.crop((2 * 40, 2 * 14, 2 * 570, 2 * (792 - 44)))
    dark = sum(band.histogram()[:128]) / (band.width * band.height)
    assert 0 < dark < 0.05  # the stamp's own letters
    assert above.getextrema() == (0, 0)


def test_same_papers_are_the_same_bytes(tmp_path: Path) -> None:
    exhibit = opened(("paper.pdf", pdf("words")), tmp_path / "one")
    made = binding(tmp_path, [exhibit])

    first = putting_together.put_together(made, tmp_path).path.read_bytes()

    assert putting_together.put_together(made, tmp_path).path.read_bytes() == first


def test_exhibits_as_files_of_their_own_bear_the_same_stamps(tmp_path: Path) -> None:
    files = [("paper.pdf", pdf("one", "two")), ("form.pdf", form("value"))]
    exhibits = [opened(file, tmp_path / str(n)) for n, file in enumerate(files)]
    made = binding(tmp_path, exhibits, ["Denial of November 20, 2026", "A form"])
    bound = putting_together.put_together(made, tmp_path)
    whole = Read(bound.path)

    parts = list(putting_together.separate(bound, made, tmp_path))

    assert [one.file_stem for one, _ in parts] == [
        "Exhibit 1 - Denial of November 20 2026",
        "Exhibit 2 - A form",
    ]
    stamps = [stamp for _, path in parts for stamp in Read(path).stamps()]
    assert stamps == [stamp for stamp in whole.stamps() if stamp]


def test_document_is_tagged_throughout_and_claims_no_standard(tmp_path: Path) -> None:
    """Whether a stranger's fonts are embedded is not ours to say."""
    exhibits = [opened(("paper.pdf", pdf("one")), tmp_path / "one")]
    bound = putting_together.put_together(binding(tmp_path, exhibits), tmp_path)

    report = page.validate_pdf_bytes(
        bound.path.read_bytes(), profile=page.ValidationProfile.PDF_UA_1
    )

    of_ours = [f.rule_id for f in report.failures if not f.rule_id.startswith("PDFUA1-FONT")]
    assert sorted(of_ours) == ["PDFUA1-ID-PART-001", "PDFUA1-ID-SCHEMA-001"]


@pytest.mark.tools
def test_qpdf_finds_nothing_wrong(tmp_path: Path) -> None:
    program = tools.found("qpdf")
    assert program is not None
    files = [("paper.pdf", pdf("one", size=(1224, 792))), ("form.pdf", form("value"))]
    exhibits = [opened(file, tmp_path / str(n)) for n, file in enumerate(files)]
    made = binding(tmp_path, exhibits)
    bound = putting_together.put_together(made, tmp_path)
    alone = [path for _, path in putting_together.separate(bound, made, tmp_path)]

    for path in (bound.path, *alone):
        checked = subprocess.run([program, "--check", path], capture_output=True, text=True)
        assert checked.returncode == 0, checked.stdout + checked.stderr


def black() -> bytes:
    """A Letter page that is black to its edges."""
    out = BytesIO()
    with pikepdf.Pdf.open(BytesIO(pdf("x"))) as opened_pdf:
        opened_pdf.pages[0].obj.Contents = opened_pdf.make_stream(b"0 g 0 0 612 792 re f")
        opened_pdf.save(out)
    return out.getvalue()
