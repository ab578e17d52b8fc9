"""Every letter to every city, as last approved: its text to the letter, its first page as it looks.

After a change: look at the `.new.png` and the difference that is printed, then run this file with
`--approve`.
"""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from cities.pack.load import city_slugs, load_city
from requests_app.demo.letter_pictures import compressed, first_page
from requests_app.demo.letter_samples import Sample, reporter, samples
from requests_app.letters import changed_legal_sentences
from requests_app.letters.facts.declared_facts import FACTS, appeal_letter
from requests_app.models import LetterKind
from tests.letters.approval import GOLDEN, MEAN, WIDTH, WORST, distance, picture_fault, text_fault


@pytest.mark.django_db
@pytest.mark.parametrize("city", city_slugs())
def test_letters_are_as_approved(
    city: str, approving: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Of the letters that are sent on the way to a sample, nobody sees the paper.
    issuing = import_module("requests_app.letters.issue")
    monkeypatch.setattr(issuing, "render_pdf", lambda sheet: b"")
    monkeypatch.setattr(issuing, "page_count", lambda pdf: 1)
    folder = GOLDEN / city
    written = list(samples(city, by=reporter()))
    if approving:
        _approve(folder, written)
    faults = [text_fault(folder / f"{one.name}.txt", _told(one)) for one in written]
    pictured = [one for one in written if _is_pictured(one, city)]
    for one in pictured:
        page = first_page(one.sheet, width=WIDTH)
        if approving:
            (folder / f"{one.name}.png").write_bytes(compressed(page))
        faults.append(picture_fault(folder / f"{one.name}.png", page))
    known = {f"{one.name}.txt" for one in written} | {f"{one.name}.png" for one in pictured}
    faults += [f"{name}: no such letter any more" for name in sorted(_approved(folder) - known)]
    faults += [fault for one in written for fault in _unnoticed(one)]
    assert not any(faults), "\n\n".join(fault for fault in faults if fault)
    assert _stems(written) == _expected(city)


def _unnoticed(one: Sample) -> Iterator[str]:
    """A letter as it was written departs from nothing, and one without a legal sentence does."""
    for text in (one.composition.text, one.sheet.text):
        if found := changed_legal_sentences(one.composition.legal, text):
            yield f"{one.name} departs from itself: {found}"
    for sentence in one.composition.legal:
        without = one.composition.text.replace(sentence, "")
        if changed_legal_sentences(one.composition.legal, without) != (sentence,):
            yield f"{one.name}: nobody would notice that this is gone: {sentence}"


def _told(one: Sample) -> str:
    """The text as a reader of the approved file wants it: with its heading and its template."""
    legal = "".join(f"§ {sentence}\n" for sentence in one.composition.legal)
    head = f"{one.sheet.heading}\n[{one.composition.template}]\n\n{one.sheet.text}"
    return f"{head}\nWhat rests on law:\n{legal}" if legal else head


def _approve(folder: Path, written: list[Sample]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.glob("*.*"):
        file.unlink()
    for one in written:
        (folder / f"{one.name}.txt").write_text(_told(one), encoding="utf-8")


def _approved(folder: Path) -> set[str]:
    return {file.name for file in folder.glob("*.*") if not file.stem.endswith((".new", ".diff"))}


def _is_pictured(one: Sample, city: str) -> bool:
    """Each kind with all it may say, each tone, and each route after its first answer."""
    if one.kind == LetterKind.APPEAL:
        slug, _, answer = one.name.removeprefix("appeal_").rpartition("-")
        return load_city(city).route(slug).follows[0] == answer
    return "-" not in one.name or one.name in {
        f"follow_up-{tone}" for tone in ("before", "on", "after")
    }


def _stems(written: list[Sample]) -> set[str]:
    """Which templates were used, by the name the letter goes by."""
    return {
        one.name.rpartition("-")[0]
        if one.kind == LetterKind.APPEAL
        else Path(one.composition.template).stem
        for one in written
    }


def _expected(city: str) -> set[str]:
    """Every kind of letter, and every route of the city."""
    kinds = {stem for stem in FACTS if not stem.startswith("appeal_")}
    return kinds | {appeal_letter(route.slug) for route in load_city(city).all_routes()}


def _page(*lines: int) -> Image.Image:
    """A page with a line of ink at each height."""
    page = Image.new("L", (WIDTH, 776), 255)
    for y in lines:
        ImageDraw.Draw(page).rectangle((80, y, 520, y + 6), fill=40)
    return page


def test_page_that_moved_by_less_than_a_pixel_is_the_same_page() -> None:
    mean, worst = distance(_page(100, 120, 400), _page(101, 121, 401))
    assert mean <= MEAN
    assert worst <= WORST


@pytest.mark.parametrize(
    "changed", [_page(100, 120), _page(100, 120, 430), _page(100, 120, 400, 600)]
)
def test_page_on_which_a_line_is_gone_or_moved_or_new_is_another(changed: Image.Image) -> None:
    mean, worst = distance(_page(100, 120, 400), changed)
    assert mean > MEAN or worst > WORST


def test_fault_leaves_the_new_picture_and_the_difference_beside_the_approved_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.letters.approval.GOLDEN", tmp_path)
    approved = tmp_path / "letter.png"
    approved.write_bytes(compressed(_page(100)))
    assert picture_fault(approved, _page(100)) == ""
    assert "--approve" in picture_fault(approved, _page(300))
    assert (tmp_path / "letter.new.png").is_file()
    assert (tmp_path / "letter.diff.png").is_file()


def test_text_that_changed_shows_its_difference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.letters.approval.GOLDEN", tmp_path)
    approved = tmp_path / "letter.txt"
    assert "never approved" in text_fault(approved, "Dear City Clerk:\n")
    approved.write_text("Dear City Clerk:\n")
    assert text_fault(approved, "Dear City Clerk:\n") == ""
    assert "-Dear City Clerk:\n+Dear Clerk:" in text_fault(approved, "Dear Clerk:\n")
