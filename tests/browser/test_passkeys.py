"""A passkey in Chromium's virtual authenticator: made in the first minute of a desk, used as a
second factor, and used alone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.desk import PASSWORD, running_desk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
FOUNDER = "ada@ledger.example"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """On a new desk, that nobody has set up."""
    with (
        running_desk(tmp_path_factory.mktemp("passkeys") / "var") as desk,
        browser.new_context(base_url=desk.base_url) as context,
    ):
        page = context.new_page()
        devtools = context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        yield page


def found_newsroom(page: Page) -> None:
    page.goto("/setup/")
    page.get_by_label("The newsroom's name").fill("The Ledger")
    page.get_by_label("Your name, as you sign letters").fill("Ada Admin")
    page.get_by_label("Your e-mail").fill(FOUNDER)
    page.get_by_label("A password").fill(PASSWORD)
    page.get_by_role("button", name="Open the desk").click()


def give_password(page: Page) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").fill(FOUNDER)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url(re.compile("/accounts/login/"))


def test_a_passkey_is_added_and_signs_in_beside_the_password_and_alone(page: Page) -> None:
    broken: list[str] = []
    page.on("console", lambda said: broken.append(said.text) if said.type == "error" else None)

    found_newsroom(page)
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("main").get_by_role("button", name="Add it").click()
    page.wait_for_url(re.compile("/2fa/recovery-codes/"))
    sign_out(page)

    give_password(page)
    page.wait_for_url(re.compile("/2fa/authenticate/"))
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("link", name="Board")).to_be_visible()
    sign_out(page)

    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("link", name="Board")).to_be_visible()
    assert broken == []
