"""A letter edited in Chromium: the paper follows the text, a sentence comes back, a paragraph goes
in where the cursor stands."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.looking import Looker
from tests.desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_paper_follows_the_text(browser: Browser, desk: Desk, pictures: Path) -> None:
    with Looker(browser, desk, pictures) as rosa:
        page = rosa.page
        rosa.sign_in("metro@ledger.example")
        page.goto("/requests/?q=Use-of-force")
        page.get_by_role("main").get_by_role("link", name=re.compile("Use-of-force")).first.click()
        page.wait_for_url(re.compile("/requests/[a-z0-9]+/$"))
        page.goto(page.url + "record/follow-up/")
        text, paper = page.get_by_label("The letter", exact=True), page.get_by_alt_text("Page 1")
        before, picture = text.input_value(), paper.get_attribute("src")

        text.fill(before.replace("(Conn. Gen. Stat. § 1-206(a))", "(§ 9-999)"))
        expect(page.get_by_role("heading", name="Words of the law changed")).to_be_visible()
        expect(paper).not_to_have_attribute("src", picture or "")
        rosa.look("words-changed")

        page.get_by_role("button", name="Put it back").click()
        expect(text).to_have_value(re.compile(r"\(Conn\. Gen\. Stat\. § 1-206\(a\)\)"))
        expect(page.get_by_role("heading", name="Words of the law changed")).to_be_hidden()
        assert text.input_value().split() == before.split()

        page.get_by_text("The newsroom’s paragraphs").click()
        text.click()
        page.keyboard.press("Control+Home")
        page.keyboard.press("End")
        page.get_by_role("button", name="Put it in Who we are").click()
        expect(text).to_have_value(
            re.compile(r"^Dear City Clerk:\n\nThe Sound Shore Ledger is .+\n\nWe write", re.DOTALL)
        )
        expect(text).to_be_focused()

        with rosa.context.expect_page():
            page.get_by_role("button", name="PDF").click()
        page.get_by_role("button", name="Send the letter").click()
        page.wait_for_url(re.compile("/requests/[a-z0-9]+/$"))
        expect(page.get_by_role("main")).to_contain_text("We sent a follow-up by e-mail.")


def test_stationery_and_the_queue_fit_every_width(
    browser: Browser, desk: Desk, pictures: Path
) -> None:
    with Looker(browser, desk, pictures) as grace:
        page = grace.page
        grace.sign_in("editor@ledger.example")
        for name, address in (
            ("letterhead", "/stationery/"),
            ("signature", "/stationery/signature/"),
            ("paragraphs", "/stationery/paragraphs/"),
            ("to-post", "/deliveries/to-post/"),
            ("city-form", "/cities/us-ct/stamford/offices/city_clerk/form/"),
        ):
            page.goto(address)
            grace.look(name)

        page.goto("/deliveries/to-post/")
        with grace.context.expect_page():
            page.get_by_role("button", name="Print them").click()
        page.get_by_role("button", name="They were posted that day").click()
        expect(page.get_by_role("status")).to_contain_text("on the way")
