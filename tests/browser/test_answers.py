"""What a city wrote, read and recorded in Chromium, by keys."""

import re
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import Looker
from tests.desk import Desk, until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
ROSA = "metro@ledger.example"
CLERK = "records-of-towing@stamford.example"
DENIAL = (
    "Dear Ms. Delgado,\n\nYour request is denied. The records are exempt under Conn. Gen. Stat. "
    "§ 1-210(b)(3).\n\nThe City Clerk\n"
)


def file_a_request(page: Page, subject: str) -> str:
    """To Stamford's City Clerk, by e-mail; the address of its page."""
    page.goto("/requests/new/?city=us-ct%2Fstamford&kind=records&subject=")
    page.get_by_label("Subject").fill(subject)
    page.get_by_label("Which records?").fill("every invoice for towing since January")
    page.get_by_role("button", name="Write the letter").click()
    page.wait_for_url(re.compile("/requests/[a-z0-9]+/edit/"))
    page.get_by_role("button", name="Preview and submit").click()
    page.wait_for_url("**/submit/")
    page.get_by_role("main").get_by_role("button", name="Send it", exact=True).click()
    page.wait_for_url(re.compile("/requests/[a-z0-9]+/$"))
    return page.url


def the_city_answers(desk: Desk, subject: str, text: str) -> None:
    """By mail to the address that the letter bears, as the city's server would bring it."""

    def letters() -> list[EmailMessage]:
        return [mail for mail in desk.mails() if subject in (mail["Subject"] or "")]

    letter = until(letters, what=f"the letter about {subject}")[0]
    answer = EmailMessage()
    answer["From"], answer["To"] = f"City Clerk <{CLERK}>", letter["Reply-To"]
    answer["Subject"] = f"Re: {letter['Subject']}"
    answer["In-Reply-To"] = letter["Message-ID"]
    answer["Message-ID"] = f"<answer-about-{subject.replace(' ', '-')}@stamford.example>"
    answer.set_content(text)
    answer.add_attachment(b"%PDF-1.7", "application", "pdf", filename="denial.pdf")
    file = desk.var / "answer.eml"
    file.write_bytes(answer.as_bytes())
    desk.manage("ingest_mail", str(file))


def mails_at_once(desk: Desk) -> list[str]:
    """What Rosa was told of a city's writing, by the mails' subjects."""
    subjects = [mail["Subject"] for mail in desk.mails() if mail["To"] == ROSA]
    return [subject for subject in subjects if subject.endswith("Stamford wrote")]


def test_a_denial_that_arrives_by_mail_is_recorded_in_two_keys(
    browser: Browser, desk: Desk, pictures: Path
) -> None:
    with Looker(browser, desk, pictures) as rosa:
        page = rosa.page
        rosa.sign_in(ROSA)
        url = file_a_request(page, "Invoices for towing")
        the_city_answers(desk, "Invoices for towing", DENIAL)

        until(lambda: mails_at_once(desk), what="the mail to whose request it is")

        page.goto(url)
        expect(page.get_by_role("heading", name="Read what the city wrote")).to_be_visible()
        expect(page.get_by_role("navigation", name="Main")).to_contain_text("unread")
        rosa.look("unread-request")
        page.get_by_role("main").get_by_role("link", name="Read it", exact=True).click()
        page.wait_for_url(re.compile(r"/inbox/\d+/$"))
        expect(page.get_by_text("Looks like a denial")).to_be_visible()
        rosa.look("what-is-it")
        page.keyboard.press("1")
        page.wait_for_url("**/record/denied/**")
        expect(page.get_by_role("checkbox", name=re.compile(r"1-210\(b\)\(3\)"))).to_be_checked()
        rosa.look("record-from-mail")
        page.keyboard.press("r")
        page.wait_for_url(lambda now: "/record/" not in now)

        page.goto(url)
        expect(page.get_by_role("main")).to_contain_text("Stamford denied the request")
        expect(page.get_by_role("heading", name="Ways to challenge it")).to_be_visible()
        page.get_by_role("main").get_by_role("link", name="Conversation", exact=True).click()
        expect(page.get_by_role("main")).to_contain_text("It meant: Stamford denied the request")
        rosa.look("conversation")
