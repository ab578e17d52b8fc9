"""One person's browser: what it complained about, how wide its pages are, how they look."""

from pathlib import Path
from types import TracebackType
from typing import Any, Self

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Response

from tests.desk import PASSWORD, Desk

SIZES = {"1280": (1280, 900), "360": (360, 740)}
SCHEMES = ("light", "dark")
# Chromium's line for any page that says no; that it does is what such a test asserts itself.
SAYS_NO = "the server responded with a status of 422"


class Looker:
    """A browser of their own, closed with its complaints counted."""

    def __init__(self, browser: Browser, desk: Desk, pictures: Path) -> None:
        self.pictures, self._browser, self._desk = pictures, browser, desk
        self.complaints: list[str] = []
        self.context = self._new_context()
        self.page: Page = self.open_another_tab()

    def _new_context(self, **kept: Any) -> BrowserContext:
        return self._browser.new_context(base_url=self._desk.base_url, locale="en-US", **kept)

    def open_another_tab(self) -> Page:
        self.page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.page.on("console", self._hear)
        self.page.on("pageerror", self._break)
        self.page.on("response", self._answer)
        return self.page

    def restart(self, *, is_signed_in: bool) -> None:
        """The browser is killed and started again. No page was left, so none could say goodbye."""
        cookies = self.context.storage_state() if is_signed_in else None
        self.context.close()
        self.context = self._new_context(**({"storage_state": cookies} if cookies else {}))
        self.open_another_tab()

    def forgive(self, *words: object) -> None:
        """What the browser complained of, where the test itself asked for it."""
        self.complaints = [
            line for line in self.complaints if not any(str(word) in line for word in words)
        ]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.context.close()
        if error is None:
            assert self.complaints == [], self.complaints

    def sign_in(self, email: str) -> None:
        self.page.goto("/accounts/login/")
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.wait_for_url("**/")

    def look(self, name: str) -> None:
        """A picture at each width, light and dark; no page scrolls sideways at any."""
        for size, (width, height) in SIZES.items():
            self.page.set_viewport_size({"width": width, "height": height})
            for scheme in SCHEMES:
                self.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
                self.page.evaluate("scrollTo(0, 0)")
                wide = self.page.evaluate("document.documentElement.scrollWidth")
                assert wide <= width, f"{name} is {wide} px wide at {size}: {self.widest()}"
                path = self.pictures / f"{name}-{size}-{scheme}.png"
                self.page.screenshot(path=path, full_page=True)
        self.page.set_viewport_size({"width": 1280, "height": 900})
        self.page.emulate_media(color_scheme="light")

    def widest(self) -> str:
        """The first element that sticks out, for whoever has to mend it."""
        return str(
            self.page.evaluate(
                "(() => { const out = [...document.querySelectorAll('main *')].find("
                "e => e.getBoundingClientRect().right > innerWidth + 1);"
                " return out ? out.outerHTML.slice(0, 200) : 'nothing in main'; })()"
            )
        )

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and SAYS_NO not in message.text:
            self.complaints.append(f"{message.type}: {message.text} ({self.page.url})")

    def _break(self, error: Error) -> None:
        self.complaints.append(f"script: {error} ({self.page.url})")

    def _answer(self, response: Response) -> None:
        if response.status >= 400 and response.status != 422:
            self.complaints.append(f"{response.status}: {response.url}")
