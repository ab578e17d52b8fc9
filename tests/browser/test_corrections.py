"""In Chromium: a grant recorded by mistake is struck, and the board follows at once."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.looking import Looker
from tests.desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
ROSA = "metro@ledger.example"
SUBJECT = "Use-of-force reports, 2024–25"


def row_on_the_board(page: Page) -> Locator:
    page.goto("/")
    return page.get_by_role("row").filter(has_text=SUBJECT)


def place_on_the_board(page: Page) -> tuple[str, str]:
    """Under which heading it stands, and what its row says."""
    row = row_on_the_board(page)
    heading = page.locator("section.sheet").filter(has=row).get_by_role("heading")
    return heading.inner_text(), row.inner_text()


def next_step(page: Page) -> str:
    return page.locator("section.next").inner_text()


def clocks(page: Page) -> list[str]:
    return page.locator(".clock-sheet summary").all_inner_texts()


def test_a_wrong_grant_is_struck_and_the_board_follows(
    browser: Browser, desk: Desk, pictures: Path
) -> None:
    with Looker(browser, desk, pictures) as rosa:
        page = rosa.page
        rosa.sign_in(ROSA)
        stood = place_on_the_board(page)
        row_on_the_board(page).get_by_role("link", name=SUBJECT).click()
        state = page.locator(".masthead .state").inner_text()
        advised, ran = next_step(page), clocks(page)

        page.get_by_text("What did the city do?").click()
        page.get_by_role("link", name="Gave all of it").click()
        page.get_by_role("main").get_by_role("button", name="Record", exact=True).click()
        page.wait_for_url(re.compile("/requests/[a-z0-9]+/$"))
        expect(page.locator(".masthead .state")).to_have_text("granted")
        assert place_on_the_board(page) != stood

        row_on_the_board(page).get_by_role("link", name=SUBJECT).click()
        page.get_by_role("link", name=re.compile("Strike this entry.*gave the records")).click()
        page.get_by_label("Why").fill("The letter says no: it is a denial.")
        rosa.look("strike-an-entry")
        page.get_by_role("button", name="Strike it").click()
        page.wait_for_url("**/#ledger-title")

        entry = page.locator("li.struck")
        expect(entry.locator("s")).to_contain_text("gave the records")
        expect(entry).to_contain_text("Struck by Rosa")
        expect(entry).to_contain_text("The letter says no: it is a denial.")
        rosa.look("a-struck-entry")
        assert page.locator(".masthead .state").inner_text() == state
        assert (next_step(page), clocks(page)) == (advised, ran)
        assert place_on_the_board(page) == stood
