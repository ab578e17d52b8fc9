"""A draft in Chromium survives whatever happens to its browser, its session and its city."""

import re
import sqlite3
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import Looker
from tests.desk import PASSWORD, Desk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
ROSA, GRACE = "metro@ledger.example", "editor@ledger.example"
PURPOSE = "What do you want to learn from it?"
WORDS = "every invoice for towing since January"


def begin(page: Page, subject: str) -> str:
    """A draft to Stamford; the address of its page."""
    page.goto("/requests/new/?city=us-ct%2Fstamford&kind=records&subject=")
    page.get_by_label("Subject").fill(subject)
    page.get_by_label("Which records?").fill(WORDS)
    page.get_by_role("button", name="Write the letter").click()
    page.wait_for_url(re.compile("/requests/[a-z0-9]+/edit/"))
    return page.url


def letter(page: Page) -> str:
    return page.get_by_label("The letter", exact=True).input_value()


def type_at_the_end(page: Page, words: str) -> None:
    page.get_by_label("The letter", exact=True).press("Control+End")
    page.keyboard.type(words)


def kept(page: Page) -> None:
    expect(page.locator("#kept")).to_contain_text(re.compile(r"Saved \d+:\d\d [ap]\.m\."))


def nothing_left_to_send(page: Page) -> None:
    """Asked again and again from here: Playwright's own waiting evaluates words in the page, which
    the page's policy refuses."""
    for _ in range(100):
        if page.evaluate("localStorage.length") == 0:
            return
        page.wait_for_timeout(100)
    raise AssertionError("What was typed without a connection was never sent.")


def end_every_session(desk: Desk) -> None:
    """As time does: the rows are gone, the browsers keep their cookies."""
    url = desk.env.get("DATABASE_URL", "")
    if url.startswith("postgres"):
        with psycopg.connect(url, autocommit=True) as database:
            database.execute("DELETE FROM django_session")
    else:
        with sqlite3.connect(desk.var / "desk.sqlite3", timeout=20) as file:
            file.execute("DELETE FROM django_session")


def sign_in_here(page: Page, email: str) -> None:
    """On the page that asks for it, without leaving for another address."""
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_draft_survives_the_browser_the_session_and_the_city(
    browser: Browser, desk: Desk, pictures: Path
) -> None:
    with Looker(browser, desk, pictures) as rosa:
        page = rosa.page
        rosa.sign_in(ROSA)
        # another city: what was typed goes along, what does not fit is set aside and comes back
        page.goto("/requests/new/?city=us-ct%2Fstamford&kind=dataset")
        page.get_by_label("Subject").fill("Towing")
        page.get_by_label(PURPOSE).fill("Who profits.")
        with page.expect_response("**/requests/new/"):
            page.get_by_label("Which city?").select_option("us-ca/concord")
        expect(page.get_by_label(PURPOSE)).to_have_value("Who profits.")
        page.get_by_label("Records", exact=True).check()
        expect(page.get_by_role("heading", name="Set aside")).to_be_visible()
        expect(page.get_by_label("Subject")).to_have_value("Towing")
        page.get_by_label("Which records?").fill(WORDS)
        kept(page)
        rosa.look("set-aside")
        # the browser is killed
        rosa.restart(is_signed_in=True)
        page = rosa.page
        page.goto("/requests/new/")
        expect(page.get_by_label("Which city?")).to_have_value("us-ca/concord")
        expect(page.get_by_label("Which records?")).to_have_value(WORDS)
        page.get_by_label("A dataset", exact=True).check()
        expect(page.get_by_label(PURPOSE)).to_have_value("Who profits.")
        page.get_by_label("Records", exact=True).check()
        expect(page.get_by_label("Which records?")).to_have_value(WORDS)

        # the session ends while the letter is written
        url = begin(page, "Towing")
        type_at_the_end(page, "\n\nBefore the session ended.")
        kept(page)
        end_every_session(desk)
        type_at_the_end(page, "\n\nAfter it ended.")
        expect(page.locator("#kept")).to_contain_text("Your sign-in has ended.")
        rosa.forgive(401)
        page.get_by_role("link", name="sign in again").click()
        sign_in_here(page, ROSA)
        page.wait_for_url(url)
        assert letter(page).endswith("Before the session ended.\n\nAfter it ended.")

        # and the browser is killed in the middle of a word
        type_at_the_end(page, "\n\nAnd a last paragraph.")
        kept(page)
        rosa.restart(is_signed_in=True)
        page = rosa.page
        page.goto(url)
        expect(page.get_by_role("main")).to_contain_text("Here is what you typed until")
        assert letter(page).endswith("And a last paragraph.")
        rosa.look("words-kept")
        page.get_by_role("button", name="Preview and submit").click()
        page.wait_for_url("**/submit/")
        page.goto(url)
        assert letter(page).endswith("And a last paragraph.\n")


def test_words_typed_without_a_connection_are_sent_when_it_is_back(
    browser: Browser, desk: Desk, pictures: Path
) -> None:
    with Looker(browser, desk, pictures) as rosa:
        page = rosa.page
        rosa.sign_in(ROSA)
        url = begin(page, "Without a line")
        expect(page.locator("#letter-preview img").first).to_be_visible()
        rosa.context.set_offline(True)
        type_at_the_end(page, "\n\nTyped on a train.")
        expect(page.locator("#kept")).to_contain_text("No connection.")
        rosa.forgive("ERR_INTERNET_DISCONNECTED", "htmx:")
        # the tab is closed before the line is back, and another page opened after
        page.close()
        rosa.context.set_offline(False)
        rosa.open_another_tab()
        rosa.page.goto("/")
        nothing_left_to_send(rosa.page)
        rosa.page.goto(url)
        assert letter(rosa.page).endswith("Typed on a train.")


def test_two_people_at_one_draft_see_each_other_and_lose_nothing(
    browser: Browser, desk: Desk, pictures: Path
) -> None:
    with Looker(browser, desk, pictures) as rosa, Looker(browser, desk, pictures) as grace:
        rosa.sign_in(ROSA)
        grace.sign_in(GRACE)
        url = begin(rosa.page, "Two at it")
        grace.page.goto(url)
        type_at_the_end(grace.page, "\n\nGrace's paragraph.")
        kept(grace.page)
        type_at_the_end(rosa.page, "\n\nRosa's paragraph.")
        expect(rosa.page.locator("#kept")).to_contain_text("Grace Okafor is editing too")

        grace.page.get_by_role("button", name="Save", exact=True).click()
        expect(grace.page.get_by_role("main")).not_to_contain_text("Here is what you typed")
        rosa.page.get_by_role("button", name="Save", exact=True).click()
        expect(rosa.page.get_by_role("heading", name="saved another version")).to_be_visible()
        expect(rosa.page.locator(".conflict .difference del")).to_contain_text("Grace's")
        expect(rosa.page.locator(".conflict .difference ins")).to_contain_text("Rosa's")
        rosa.look("another-version")
        rosa.page.get_by_role("button", name="Save", exact=True).click()
        expect(rosa.page.get_by_role("heading", name="saved another version")).to_be_hidden()
        rosa.page.get_by_role("link", name="Versions").click()
        rosa.page.wait_for_url("**/versions/")
        expect(rosa.page.get_by_role("main")).to_contain_text("Version 2: saved")
        rosa.look("versions")


def test_review_with_comments_and_back(browser: Browser, desk: Desk, pictures: Path) -> None:
    with Looker(browser, desk, pictures) as grace:
        page = grace.page
        grace.sign_in(GRACE)
        page.goto("/requests/?q=School-bus")
        page.get_by_role("main").get_by_role("link", name=re.compile("School-bus")).first.click()
        page.get_by_role("main").get_by_role("link", name="Review", exact=True).click()
        page.wait_for_url("**/review/letter/")
        page.get_by_text("Comment", exact=True).nth(1).click()
        page.get_by_label("Comment on paragraph 2").fill("Which years? Name them.")
        kept(page)
        grace.look("review")
        page.get_by_role("button", name="Return with what you said").click()
        page.wait_for_url(re.compile("/requests/[a-z0-9]+/$"))
        page.get_by_role("link", name="Edit the letter").click()
        expect(page.get_by_role("heading", name="What the editor says")).to_be_visible()
        page.get_by_role("button", name="Find it in the letter").click()
        chosen = page.evaluate("getSelection().toString()")
        assert chosen.split() == page.locator(".comments blockquote").inner_text().split()
        grace.look("returned-draft")
