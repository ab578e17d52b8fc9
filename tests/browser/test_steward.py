"""In Chromium: a dataset's steward is asked, does not answer, and the law is asked in the end; and
a correction that is fixed."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.looking import Looker
from tests.desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
REPORTER = "data@ledger.example"
DATASET = "311 Service Requests"
REQUEST = re.compile("/requests/[a-z0-9]+/$")
THREE_WEEKS_AGO = (date.today() - timedelta(days=21)).isoformat()


def test_steward_does_not_answer_and_the_request_goes_on_under_the_law(
    browser: Browser, desk: Desk, pictures: Path
) -> None:
    with Looker(browser, desk, pictures) as dev:
        dev.sign_in(REPORTER)
        ask_the_steward(dev)
        escalate(dev)
        turn(dev)


def ask_the_steward(dev: Looker) -> None:
    page = dev.page
    page.goto("/cities/us-mo/kansas-city/datasets/?q=311")
    page.get_by_role("link", name=DATASET, exact=True).click()
    page.get_by_role("link", name="Ask for more").click()
    page.wait_for_url("**/requests/new/**")
    expect(page.get_by_role("heading", name="About this dataset")).to_be_visible()
    page.get_by_label("What do you want to learn from it?").fill("How long a call waits.")
    page.get_by_label("Which fields?").fill("closed by\nreopened on")
    dev.look("ask-the-steward")
    page.get_by_role("button", name="Write the letter").click()
    page.wait_for_url(re.compile("/requests/[a-z0-9]+/edit/"))
    letter = page.get_by_label("The letter", exact=True)
    expect(letter).to_have_value(re.compile("to add the fields named below"))
    expect(letter).to_have_value(re.compile(f"published as “{DATASET}”"))
    page.get_by_role("main").get_by_role("button", name="Preview and submit").click()
    page.wait_for_url("**/submit/")
    expect(page.get_by_role("heading", name="How Kansas City is asked")).to_be_visible()
    dev.look("ways-to-ask")
    page.get_by_role("link", name="Web portal").click()
    page.get_by_label("The portal's address").fill("https://data.kansas-city.example/request")
    page.get_by_label("Where you found it").fill("the portal's home page")
    page.get_by_label("Entered in the portal on").fill(THREE_WEEKS_AGO)
    page.get_by_label("Confirmation number").fill("C-4411")
    page.get_by_role("button", name="Submit", exact=True).click()
    page.wait_for_url(REQUEST)


def escalate(dev: Looker) -> None:
    page = dev.page
    next_step = page.locator("section.next")
    expect(next_step).to_contain_text("No answer for 14 days: follow up or escalate")
    expect(next_step).to_contain_text("No law sets a time for it.")
    dev.look("no-answer")
    next_step.get_by_role("link", name="Escalate").click()
    page.wait_for_url("**/record/escalated/")
    expect(page.get_by_label("The letter", exact=True)).to_have_value(
        re.compile("we have had no answer that settles it")
    )
    page.get_by_label("E-mail address").fill("manager@kansas-city.example")
    page.get_by_label("Where you found it").fill("the department's page")
    dev.look("escalate")
    page.get_by_role("button", name="Send the letter").click()
    page.wait_for_url(REQUEST)
    expect(page.locator("#ledger-title").locator("xpath=../..")).to_contain_text(
        "We took it to the Manager of the department"
    )


def turn(dev: Looker) -> None:
    page = dev.page
    page.get_by_role("link", name="Turn it into a records request").click()
    page.wait_for_url("**/records-request/")
    dev.look("turn-into-records-request")
    page.get_by_role("button", name="Begin the records request").click()
    page.wait_for_url(re.compile("/requests/[a-z0-9]+/edit/"))
    letter = page.get_by_label("The letter", exact=True)
    expect(letter).to_have_value(re.compile("We first asked the .+ for this data on"))
    expect(letter).to_have_value(re.compile("closed by; reopened on"))
    expect(letter).to_have_value(re.compile(f"published as “{DATASET}”"))


def test_correction_that_is_fixed_is_closed_in_one_press(
    browser: Browser, desk: Desk, pictures: Path
) -> None:
    with Looker(browser, desk, pictures) as dev:
        page = dev.page
        dev.sign_in(REPORTER)
        page.get_by_role("link", name="Property violations: closed cases shown as open").click()
        page.wait_for_url(REQUEST)
        expect(page.locator("section.next")).to_contain_text("Fixed?")
        page.get_by_role("link", name="See what changed").click()
        page.wait_for_url("**/dataset-change/")
        expect(page.get_by_role("main")).to_contain_text("4,112 fewer")
        dev.look("is-it-fixed")
        page.get_by_role("button", name="Fixed: close it").click()
        page.wait_for_url(REQUEST)
        expect(page.locator(".masthead .state")).to_have_text("closed")
        expect(page.get_by_role("main")).to_contain_text(
            "Kansas City corrected the dataset at our request."
        )
