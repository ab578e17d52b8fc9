"""Every letter to every city, as last approved: its text to the letter, its first page as it looks.

Every city in `cities/packs` has a folder in `golden/`; `--approve` writes it, and keeps the bytes
of what is right already. After a change: look at the `.new.png` and the difference that is printed,
then run this file with `--approve`.
"""

from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from cities.schema.load import city_slugs, load_city
from requests_app.demo.letter_pictures import compressed, first_page
from requests_app.demo.letter_samples import Sample, samples
from requests_app.demo.sample_newsroom import reporter
from requests_app.letters import changed_legal_sentences
from requests_app.letters.facts.declared_facts import FACTS, appeal_letter
from requests_app.models import LetterKind
from tests.casefile.papers import pdf
from tests.letters.approval import (
    COMMAND,
    GOLDEN,
    MEAN,
    WIDTH,
    WORST,
    approve,
    city_fault,
    distance,
    picture_fault,
    text_fault,
)  # fmt: skip


@pytest.mark.django_db
@pytest.mark.first_pass
@pytest.mark.parametrize("city", city_slugs())
def test_letters_are_as_approved(
    city: str, approving: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not approving and (fault := city_fault(city)):
        pytest.fail(fault, pytrace=False)
    # Of the letters that are sent on the way to a sample, nobody sees the paper.
    issuing = import_module("requests_app.letters.issue")
    monkeypatch.setattr(issuing, "render_pdf", lambda sheet: pdf(""))
    monkeypatch.setattr(issuing, "page_count", lambda pdf: 1)
    written = list(samples(city, by=reporter()))
    texts = {f"{one.name}.txt": _text_on_file(one) for one in written}
    pictures = {
        f"{one.name}.png": first_page(one.sheet, width=WIDTH)
        for one in written
        if _is_pictured(one, city)
    }
    folder = GOLDEN / city
    if approving:
        approve(folder, texts, pictures)
    faults = [
        *(text_fault(folder / name, text) for name, text in texts.items()),
        *(picture_fault(folder / name, picture) for name, picture in pictures.items()),
        *(f"{name}: no such letter any more" for name in _approved(folder, texts, pictures)),
        *(fault for one in written for fault in _unnoticed(one)),
    ]
    assert not any(faults), "\n\n".join(fault for fault in faults if fault)
    assert _stems(written) == _expected(city)


def test_every_approved_folder_is_a_citys() -> None:
    folders = {str(file.parent.relative_to(GOLDEN)) for file in GOLDEN.rglob("*.txt")}
    assert folders <= set(city_slugs())


def _unnoticed(one: Sample) -> Iterator[str]:
    """A letter as it was written departs from nothing, and one without a legal sentence does."""
    # By post a letter has the law's own count in place of the sentence with the day.
    is_posted = one.name.endswith("-posted")
    for text in (one.composition.text, *(() if is_posted else (one.sheet.text,))):
        if found := changed_legal_sentences(one.composition.legal, text):
            yield f"{one.name} departs from itself: {found}"
    for sentence in one.composition.legal:
        without = one.composition.text.replace(sentence, "")
        if changed_legal_sentences(one.composition.legal, without) != (sentence,):
            yield f"{one.name}: nobody would notice that this is gone: {sentence}"


def _text_on_file(one: Sample) -> str:
    """The text as a reader of the approved file wants it: with its heading and its template."""
    legal = "".join(f"§ {sentence}\n" for sentence in one.composition.legal)
    copies = f"\ncc: {'; '.join(one.sheet.copies)}\n" if one.sheet.copies else ""
    head = f"{one.sheet.heading}\n[{one.composition.template}]\n\n{one.sheet.text}{copies}"
    return f"{head}\nWhat rests on law:\n{legal}" if legal else head


def _approved(folder: Path, *known: Iterable[str]) -> list[str]:
    """Approved files that no letter of today goes by."""
    names = {name for each in known for name in each}
    return sorted(
        file.name
        for file in folder.glob("*.*")
        if not file.stem.endswith((".new", ".diff")) and file.name not in names
    )


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


def test_new_city_is_told_the_command_that_keeps_its_letters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.letters.approval.GOLDEN", tmp_path)
    assert city_fault("us-zz/port-alder") == (
        f"us-zz/port-alder: none of its letters were approved yet. Run `{COMMAND}`, read what it "
        "writes to tests/letters/golden/us-zz/port-alder, and commit it with the city’s pack."
    )
    approve(tmp_path / "us-zz/port-alder", {"thanks.txt": "Dear Clerk:\n"}, {})
    assert city_fault("us-zz/port-alder") == ""


def test_approving_keeps_what_is_right_and_removes_what_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.letters.approval.GOLDEN", tmp_path)
    before = compressed(_page(100)) + b"as it was committed"
    (tmp_path / "same.png").write_bytes(before)
    (tmp_path / "changed.png").write_bytes(compressed(_page(100)))
    (tmp_path / "gone.txt").write_text("Dear Clerk:\n")

    approve(
        tmp_path,
        {"thanks.txt": "Dear Clerk:\n"},
        {"same.png": _page(100), "changed.png": _page(300)},
    )

    assert (tmp_path / "same.png").read_bytes() == before
    assert (tmp_path / "changed.png").read_bytes() == compressed(_page(300))
    assert {file.name for file in tmp_path.iterdir()} == {"same.png", "changed.png", "thanks.txt"}


def test_text_that_changed_shows_its_difference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.letters.approval.GOLDEN", tmp_path)
    approved = tmp_path / "letter.txt"
    assert "never approved" in text_fault(approved, "Dear City Clerk:\n")
    approved.write_text("Dear City Clerk:\n")
    assert text_fault(approved, "Dear City Clerk:\n") == ""
    assert "-Dear City Clerk:\n+Dear Clerk:" in text_fault(approved, "Dear Clerk:\n")
