"""A challenge argued in Chromium: its gaps filled in, its checklist ticked."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.looking import Looker
from tests.desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_denial_is_argued_until_it_can_be_filed(
    browser: Browser, desk: Desk, pictures: Path
) -> None:
    with Looker(browser, desk, pictures) as rosa:
        page = rosa.page
        rosa.sign_in("metro@ledger.example")
        page.goto("/requests/?q=Chief+of+staff")
        request = page.get_by_role("main").get_by_role("link", name=re.compile("Chief of staff"))
        request.first.click()
        page.get_by_role("button", name="Draft the appeal").first.click()
        page.wait_for_url(re.compile(r"/appeals/\d+/$"))
        expect(page.get_by_role("heading", name="Still to fill in")).to_be_visible()
        rosa.look("draft-with-gaps")

        page.get_by_role("link", name="Argument and relief").first.click()
        page.get_by_label("What it gives as its ground").first.fill("only the words “drafts”")
        gap = page.get_by_label(re.compile("What the denial says of it"))
        gap.fill("nothing")
        rosa.look("argument")
        gap.press("Enter")

        expect(page.get_by_text("Saved, and brought into the letter.")).to_be_visible()
        page.get_by_role("link", name="Back", exact=True).click()
        expect(page.get_by_role("heading", name="Still to fill in")).to_be_hidden()
        expect(page.get_by_role("main")).to_contain_text("the city’s denial says nothing.")
        page.get_by_role("button", name=re.compile(r"We have seen to it\s+The official")).click()
        expect(page.get_by_text("Ticked, in your name.")).to_be_visible()
        rosa.look("checklist")
