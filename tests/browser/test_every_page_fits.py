"""Every page that links lead to, at the width of a small telephone: none answers an error, none is
wider than the window, and the browser complains of none."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error

from tests.browser.looking import Looker
from tests.desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
ADMIN = "admin@ledger.example"
NARROW = (360, 740)
# A request, an entry, a message: whatever has a number or a public id in its address. The pages of
# a request differ most, by the state it is in.
ONE_OF_MANY = re.compile(r"/(?=[^/]*\d)[^/]+")
OF_A_REQUEST = "/requests/#/"
A_FEW, OF_ONE_KIND = 12, 1
LEAD_TO_NO_PAGE = re.compile(r"^/accounts/logout/|\.(pdf|txt|csv|zip)$")
IS_A_FILE = "Download is starting"
LINKS = "[...document.querySelectorAll('a[href]')].map(link => link.getAttribute('href'))"


def test_every_page_fits_a_telephone(browser: Browser, desk: Desk, pictures: Path) -> None:
    with Looker(browser, desk, pictures) as looker:
        looker.sign_in(ADMIN)
        looker.page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
        too_wide = []
        for address in pages_linked_from("/", looker):
            width = looker.page.evaluate("document.documentElement.scrollWidth")
            if width > NARROW[0]:
                too_wide.append(f"{address} is {width} px wide: {looker.widest()}")
        assert too_wide == []


def pages_linked_from(start: str, looker: Looker) -> Iterator[str]:
    """Each opened, and its address: some of every shape of address, breadth first."""
    seen: dict[str, int] = {}
    waiting = [start]
    while waiting:
        address = waiting.pop(0)
        shape = ONE_OF_MANY.sub("/#", address.partition("?")[0])
        if seen.get(shape, 0) >= (A_FEW if shape == OF_A_REQUEST else OF_ONE_KIND):
            continue
        seen[shape] = seen.get(shape, 0) + 1
        try:
            answer = looker.page.goto(address)
        except Error as error:
            if IS_A_FILE not in str(error):
                raise
            continue
        if answer is None or not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        yield address
        for link in looker.page.evaluate(LINKS):
            if link.startswith("/") and not LEAD_TO_NO_PAGE.search(link):
                waiting.append(link.partition("#")[0])
    assert len(seen) > 100, f"only {len(seen)} kinds of page were found: the walk is broken"
