"""A reporter in Chromium: from signing in to a decided appeal, looked at on the way."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import Looker
from tests.desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
REPORTER = "metro@ledger.example"


def main_button(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def test_a_request_from_draft_to_a_decided_appeal(browser: Browser, desk: Desk, pictures: Path):
    with Looker(browser, desk, pictures) as rosa:
        page = rosa.page
        rosa.sign_in(REPORTER)
        rosa.look("board")
        draft(rosa)
        submit(rosa)
        denied(rosa)
        appealed(rosa)
        page.goto("/cities/us-ct/stamford/")
        rosa.look("city")


def draft(rosa: Looker) -> None:
    page = rosa.page
    page.keyboard.press("n")
    page.wait_for_url("**/requests/new/")
    page.get_by_label("Which city?").select_option("us-ct/stamford")
    # The offices are swapped in; Stamford's Law Department is no office of the first city shown.
    expect(page.get_by_text("Corporation Counsel").first).to_be_attached()
    page.get_by_label("Subject").fill("Ambulance response times")
    page.get_by_label("Which records?").fill(
        "dispatch logs of every ambulance call since January\n"
        "the contract under which those calls are answered"
    )
    rosa.look("new-request")
    main_button(page, "Write the letter")
    page.wait_for_url(re.compile("/requests/[a-z0-9]+/edit/"))
    expect(page.get_by_label("The letter", exact=True)).to_have_value(
        re.compile("Freedom of Information Act")
    )
    expect(page.get_by_alt_text("Page 1 of the letter")).to_be_visible()
    rosa.look("draft")


def submit(rosa: Looker) -> None:
    page = rosa.page
    main_button(page, "Preview and submit")
    page.wait_for_url("**/submit/")
    expect(page.get_by_alt_text("Page 1 of the letter")).to_be_visible()
    rosa.look("submit")
    main_button(page, "Send it")
    page.wait_for_url(re.compile("/requests/[a-z0-9]+/$"))
    expect(page.get_by_role("main")).to_contain_text("Submitted")


def denied(rosa: Looker) -> None:
    page = rosa.page
    record(page, "Acknowledged")
    expect(page.get_by_role("main")).to_contain_text("Stamford acknowledged the request.")
    record(page, "Denied it", check="1-210(b)(1)")
    expect(page.get_by_role("heading", name="Ways to challenge it")).to_be_visible()
    rosa.look("request-denied")


def record(page: Page, act: str, *, check: str = "") -> None:
    """Record what the city did, today."""
    link = page.get_by_role("main").get_by_role("link", name=act, exact=True)
    if not link.is_visible():
        page.get_by_text("What did the city do?").click()
    link.click()
    page.wait_for_url("**/record/**")
    if check:
        page.get_by_role("checkbox", name=re.compile(re.escape(check))).first.check()
    page.get_by_label("What it says").fill("As the letter of the City Clerk says.")
    main_button(page, "Record")
    page.wait_for_url(re.compile("/requests/[a-z0-9]+/$"))


def argued(page: Page) -> None:
    """Each gap of the argument filled, each requirement said to be seen to."""
    page.get_by_role("main").get_by_role("link", name="Argument and relief").first.click()
    for gap in page.locator("input[name^=gap_]").all():
        gap.fill("nothing")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Back", exact=True).click()
    while page.get_by_role("button", name=re.compile("We have seen to it")).count():
        page.get_by_role("button", name=re.compile("We have seen to it")).first.click()
        page.wait_for_load_state()


def appealed(rosa: Looker) -> None:
    page = rosa.page
    main_button(page, "Draft: Appeal to the Freedom of Information Commission")
    page.wait_for_url(re.compile(r"/appeals/\d+/$"))
    rosa.look("appeal")
    argued(page)
    page.get_by_role("main").get_by_role("link", name="File the appeal").click()
    page.wait_for_url("**/file/")
    page.locator("main form[method=post] button.primary").click()
    page.wait_for_url(re.compile(r"/appeals/\d+/$"))
    page.get_by_role("main").get_by_role("link", name="Record the decision").click()
    page.wait_for_url("**/decide/")
    page.get_by_role("radio", name=re.compile("^Reversed")).check()
    page.locator("main form[method=post] button.primary").click()
    page.wait_for_url(re.compile("/requests/[a-z0-9]+/$"))
    expect(page.get_by_role("main")).to_contain_text("Appeal decided: reversed")


def test_keys_lead_where_they_say(browser: Browser, desk: Desk, pictures: Path):
    with Looker(browser, desk, pictures) as rosa:
        page = rosa.page
        rosa.sign_in(REPORTER)
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Skip to the page")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator("#main")).to_be_focused()

        page.keyboard.press("/")
        search = page.get_by_role("searchbox")
        expect(search).to_be_focused()
        page.keyboard.type("n/?")
        expect(search).to_have_value("n/?")  # keys are letters where somebody writes

        page.goto("/")
        page.keyboard.press("n")
        page.wait_for_url("**/requests/new/")
        page.keyboard.press("/")  # no search on that page: the one over everything opens
        page.wait_for_url("**/search/")
        expect(page.get_by_role("searchbox")).to_be_focused()

        page.goto("/")
        page.keyboard.press("?")
        page.wait_for_url("**/keys/")


def test_words_without_a_break_do_not_widen_the_pages(browser: Browser, desk: Desk, pictures: Path):
    with Looker(browser, desk, pictures) as rosa:
        page = rosa.page
        rosa.sign_in(REPORTER)
        page.goto("/requests/new/?city=us-ct%2Fstamford&kind=records")
        page.get_by_label("Subject").fill("Contract-" + "W" * 150)
        page.get_by_label("Which records?").fill("https://city.example/" + "x" * 300)
        main_button(page, "Write the letter")
        page.wait_for_url(re.compile("/requests/[a-z0-9]+/edit/"))
        rosa.look("long-draft")
        page.goto(page.url.removesuffix("edit/"))
        rosa.look("long-request")
        for name, address in (("long-board", "/"), ("long-list", "/requests/")):
            page.goto(address)
            rosa.look(name)
