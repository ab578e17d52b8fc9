"""A researcher's hour in Chromium: a log is imported, coded by two, settled, drawn, exported, and
stands in another newsroom as it was."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.looking import Looker
from tests.browser.test_one_journey import main_button
from tests.desk import PASSWORD, Desk, running_desk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
RESEARCHER, EDITOR = "research@ledger.example", "editor@ledger.example"
CODERS = {RESEARCHER: "Lena Fischer", EDITOR: "Grace Okafor"}
PROJECT, QUESTION = "Who looked inside", "Read the records"
HEADINGS = ("Case", "What they asked for", "Decided by", "Sent up", "Date decided", "How it ended")
LOG = [
    ("A-1", "Jail deaths", "Review board", "2019-02-04", "2019-05-06", "Upheld the city"),
    ("A-2", "Police overtime", "Review board", "2019-03-01", "2019-06-03", "Upheld the city"),
    ("A-3", "=SUM of invoices", "Review board", "2019-03-11", "2019-07-01", "Overturned"),
    ("A-4", "Vendor contracts", "Review board", "2020", "2020-11", "Overturned"),
    ("A-5", "Crash reports", "Review board", "2020-01-15", "2020-03-02", "Overturned"),
    ("A-6", "Päyroll, all offices", "Review board", "2020-02-20", "", ""),
]
IN_OUR_WORDS = {"Upheld the city": "affirmed", "Overturned": "reversed"}
# What each of them answers, case by case: they differ on the third.
ANSWERS = {RESEARCHER: "YYYNNN", EDITOR: "YYNNNN"}


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Desk]:
    with running_desk(tmp_path / "elsewhere" / "var") as desk:
        yield desk


def test_a_log_is_imported_coded_settled_drawn_exported_and_imported_elsewhere(
    browser: Browser, desk: Desk, elsewhere: Desk, pictures: Path, tmp_path: Path
) -> None:
    with (
        Looker(browser, desk, pictures) as researcher,
        Looker(browser, desk, pictures) as editor,
        Looker(browser, elsewhere, pictures) as other,
    ):
        researcher.sign_in(RESEARCHER)
        editor.sign_in(EDITOR)
        make_project(researcher)
        import_log(researcher, log_file(tmp_path))
        write_codebook(researcher)
        name_coders(researcher)
        code(researcher, ANSWERS[RESEARCHER])
        code(editor, ANSWERS[EDITOR])
        see_agreement(researcher)
        settle(researcher)
        look_at_the_chart(researcher)
        file = export(researcher, tmp_path)
        found_newsroom(other)
        import_our_own(other, file)
        assert rows_of(export(other, tmp_path / "again")) == rows_of(file)


def log_file(folder: Path) -> Path:
    file = folder / "reviews.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([HEADINGS, *LOG])
    return file


def make_project(someone: Looker) -> None:
    page = someone.page
    page.goto("/projects/new/")
    page.get_by_label("Name").fill(PROJECT)
    main_button(page, "Make it")
    expect(page.get_by_role("heading", name=PROJECT)).to_be_visible()


def import_log(someone: Looker, file: Path) -> None:
    """Upload, say what the columns mean, look at the dry run, import."""
    page = someone.page
    page.goto("/appeals/")
    page.get_by_role("link", name="Import", exact=True).click()
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_label("Which log is it?").fill("Springfield review board")
    page.get_by_label("Or another place").fill("Springfield, IL")
    page.get_by_label("Project").select_option(PROJECT)
    main_button(page, "Upload it")
    page.wait_for_url("**/mapping/")
    someone.look("import-mapping")
    means = {"Case": "reference", "What they asked for": "subject", "Sent up": "filed_on",
             "How it ended": "outcome"}  # fmt: skip
    for heading, column in means.items():
        column_of(page, heading).select_option(column)
    expect(column_of(page, "Date decided")).to_have_value("decided_on")
    main_button(page, "Try it")  # their words for an outcome are asked now, not before
    for word, ours in IN_OUR_WORDS.items():
        page.get_by_label(f"Outcome: “{word}”").select_option(ours)
    someone.look("import-words")
    main_button(page, "Try it")
    expect(page.get_by_role("heading", name="Tried")).to_be_visible()
    someone.look("import-tried")
    main_button(page, "Import 6 rows")
    expect(page.get_by_role("heading", name="Imported")).to_be_visible()


def column_of(page: Page, heading: str) -> Locator:
    return page.get_by_role("combobox", name=f"{heading} optional", exact=True)


def write_codebook(someone: Looker) -> None:
    page = someone.page
    page.goto("/projects/")
    page.get_by_role("link", name=PROJECT).click()
    page.get_by_role("link", name="Open it").click()
    page.get_by_role("link", name="Add a variable").click()
    page.get_by_label("Key").fill("looked")
    page.get_by_label("Label").fill(QUESTION)
    page.get_by_label("The question to the coder").fill("Did the body look at the records itself?")
    page.get_by_label("What is its code?").select_option("yes_no")
    page.get_by_label("A coding cannot be finished without it").check()
    main_button(page, "Save")
    expect(page.get_by_role("heading", name=QUESTION)).to_be_visible()


def name_coders(someone: Looker) -> None:
    """Both of them, every entry."""
    page = someone.page
    page.goto("/projects/")
    page.get_by_role("link", name=PROJECT).click()
    page.get_by_role("link", name="Coders").click()
    for name in CODERS.values():
        page.get_by_label(name).check()
    page.get_by_label("Every entry").check()
    main_button(page, "Draw and assign")
    expect(page.get_by_role("main")).to_contain_text("0 of 6 finished")


def code(someone: Looker, answers: str) -> None:
    """Each entry by its own subject, for the order is a random one."""
    page = someone.page
    page.goto("/projects/")
    page.get_by_role("link", name=PROJECT).click()
    page.get_by_role("link", name="Code the next entry").click()
    answer_to = dict(zip((row[1] for row in LOG), answers, strict=True))
    for _ in LOG:
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_have_text(re.compile("^Code: "))
        subject = heading.inner_text().removeprefix("Code: ")
        page.get_by_label({"Y": "Yes", "N": "No"}[answer_to.pop(subject)], exact=True).check()
        main_button(page, "Finish")
        expect(heading).not_to_have_text(f"Code: {subject}")
    expect(page.get_by_role("heading", level=1)).to_have_text(PROJECT)


def see_agreement(someone: Looker) -> None:
    """Five of six pairs agree; alpha as worked by hand: 1 - 11 * 2 / (2 * 5 * 7)."""
    page = someone.page
    page.get_by_role("link", name="Agreement", exact=True).click()
    row = page.get_by_role("row", name=re.compile(QUESTION))
    expect(row).to_contain_text("83.3 %")
    expect(row).to_contain_text("0.686")
    someone.look("agreement")


def settle(someone: Looker) -> None:
    page = someone.page
    page.get_by_role("link", name="Disagreements").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("=SUM of invoices")
    someone.look("disagreement")
    page.get_by_label("No", exact=True).check()
    page.get_by_label("Why").fill("It read the city's list of them, and not the records.")
    main_button(page, "Settle")
    expect(page.get_by_role("main")).to_contain_text("0 entries to be settled")


def look_at_the_chart(someone: Looker) -> None:
    page = someone.page
    page.goto("/projects/")
    page.get_by_role("link", name=PROJECT).click()
    page.get_by_role("link", name="Figures", exact=True).click()
    figure = page.locator("#appeals")
    expect(figure).to_contain_text("60% of the decided appeals were reversed or modified (3 of 5;")
    expect(figure.get_by_role("img", name="Appeals by route and outcome")).to_be_visible()
    someone.look("figures-of-a-project")


def export(someone: Looker, folder: Path) -> Path:
    """Asked for as CSV, watched until it is made, downloaded."""
    page = someone.page
    page.goto("/appeals/")
    page.get_by_role("link", name="Export", exact=True).click()
    page.get_by_role("radio", name="CSV", exact=True).check()
    page.get_by_label("Project").select_option(label=PROJECT)
    main_button(page, "Make it")
    link = page.get_by_role("link", name="Download").first
    expect(link).to_be_visible(timeout=20_000)
    someone.look("export")
    with page.expect_download() as coming:
        link.click()
    file = folder / "export.csv"
    coming.value.save_as(file)
    return file


def found_newsroom(someone: Looker) -> None:
    page = someone.page
    page.goto("/")
    page.wait_for_url("**/setup/")
    page.get_by_label("The newsroom's name").fill("The Other Paper")
    page.get_by_label("Your name, as you sign letters").fill("Olu Ade")
    page.get_by_label("Your e-mail").fill("olu@other.example")
    page.get_by_label("A password").fill(PASSWORD)
    page.locator("main form[method=post] button.primary").click()
    page.wait_for_url("**/")


def import_our_own(someone: Looker, file: Path) -> None:
    """Nothing has to be said of its columns: it is tried at once."""
    page = someone.page
    page.goto("/research/import/")
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_label("Which log is it?").fill("The Ledger")
    main_button(page, "Upload it")
    main_button(page, "Import 6 rows")
    expect(page.get_by_role("heading", name="Imported")).to_be_visible()
    page.goto("/appeals/")
    expect(page.get_by_role("main")).to_contain_text("Vendor contracts")


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))
