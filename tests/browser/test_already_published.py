"""In Chromium: while a draft is written, the desk names the dataset that may already answer it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.looking import Looker
from tests.desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
REPORTER = "data@ledger.example"
DATASET = "311 Service Requests"
EDIT = re.compile("/requests/[a-z0-9]+/edit/")


def test_what_a_dataset_leaves_out_is_asked_for_and_the_dataset_cited(
    browser: Browser, desk: Desk, pictures: Path
) -> None:
    with Looker(browser, desk, pictures) as dev:
        page = dev.page
        dev.sign_in(REPORTER)
        page.goto("/requests/new/?city=us-mo%2Fkansas-city&kind=records")
        page.get_by_label("Subject").fill("311 service requests")
        page.get_by_label("Which records?").fill(
            "Each 311 service request, with the department and the days to close"
        )
        page.get_by_role("button", name="Write the letter").click()
        page.wait_for_url(EDIT)

        panel = page.locator("#already-published")
        expect(panel).to_contain_text(DATASET)
        dev.look("already-published")
        panel.get_by_role("link", name="Partly").first.click()
        page.wait_for_url("**/partly/")
        page.get_by_label("What does it leave out?").fill(
            "who closed the case\nwhen it was reopened"
        )
        dev.look("partly")
        page.get_by_role("button", name="Ask for the rest").click()
        page.wait_for_url(EDIT)

        letter = page.get_by_label("The letter", exact=True)
        expect(letter).to_have_value(re.compile("who closed the case; when it was reopened"))
        expect(letter).to_have_value(re.compile(f"published as “{DATASET}”"))
