"""What a reporter does, page by page. Each step fails at once where the desk refused it."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import httpx

from tests.desk import Person, text_of, until
from tests.journeys.reading import form_of, plain, words_in


def days_ago(zone: str, number: int = 0) -> str:
    """A day of the city's, as a date field takes it."""
    return str(datetime.now(ZoneInfo(zone)).date() - timedelta(days=number))


def at_city_hall() -> dict[str, str]:
    """Stamford's street address is in its pack, but not verified: somebody has to look it up."""
    return {
        "channel": "in_person",
        "to": "888 Washington Boulevard, Stamford, CT 06901",
        "source": "a call to the Government Center",
        "checked_on": days_ago("America/New_York"),
    }


def begin(person: Person, *, files: object = None, **fields: object) -> str:
    """A new draft; its public id."""
    page = person.fill("/requests/new/", files=files, **fields)
    found = re.fullmatch(r"/requests/([a-z0-9]+)/edit/", page.url.path)
    assert found, refusal(page)
    return found.group(1)


def request_page(person: Person, public_id: str) -> httpx.Response:
    page = person.get(f"/requests/{public_id}/")
    assert page.status_code == 200
    return page


def submit(
    person: Person, public_id: str, *, channel: str = "email", **fields: object
) -> httpx.Response:
    """The request's page once the letter has gone."""
    path = f"/requests/{public_id}/submit/?channel={channel}"
    return once_sent(person, _sent(person, path, channel=channel, **fields))


def record(person: Person, public_id: str, act: str, **fields: object) -> httpx.Response:
    """Record something; the request's page that follows."""
    return _sent(person, f"/requests/{public_id}/record/{act}/", **{"channel": "email", **fields})


def reply(person: Person, public_id: str, act: str, **fields: object) -> httpx.Response:
    """Send the letter that the desk proposes in answer to the city."""
    path = f"/requests/{public_id}/record/{act}/?channel={fields.get('channel', 'email')}"
    text = words_in(person.get(path), "text")
    return once_sent(person, _sent(person, path, **{"channel": "email", "text": text, **fields}))


def refused(person: Person, path: str, **fields: object) -> str:
    """Try something that the desk must refuse: what it says."""
    page = person.fill(path, **fields)
    assert page.status_code == 422, f"accepted: {text_of(page)}"
    return refusal(page)


def draft_appeal(person: Person, public_id: str, route: str) -> str:
    """The new appeal's path; its argument has no gap, and its body's checklist is ticked."""
    page = person.send_form(f"/requests/{public_id}/appeals/new/{route}/")
    assert re.fullmatch(r"/appeals/\d+/", page.url.path), text_of(page)
    _argue(person, page.url.path)
    return page.url.path


def _argue(person: Person, appeal: str) -> None:
    """Fill in each gap of the argument, and say of each requirement that it is seen to."""
    form = form_of(person.get(f"{appeal}argument/"))
    gaps: dict[str, object] = {name: "nothing" for name in form if name.startswith("gap_")}
    if gaps:
        page = person.fill(f"{appeal}argument/", **{**form, **gaps})
        assert "Saved, and brought into the letter." in text_of(page), text_of(page)
    for slug in re.findall(r'name="slug" value="([^"]+)"', person.get(appeal).text):
        person.send_form(f"{appeal}requirement/", slug=slug, is_met="yes")


def file_appeal(
    person: Person, appeal: str, *, channel: str = "email", **fields: object
) -> httpx.Response:
    """The appeal's page once its letter has gone."""
    path = f"{appeal}file/?channel={channel}"
    return once_sent(person, _sent(person, path, channel=channel, **fields))


def once_sent(person: Person, page: httpx.Response) -> httpx.Response:
    """The same page when no letter on it waits for the worker.

    Opened once more at the end: a page put together while the answer came has the news in one half.
    """

    def has_gone() -> bool:
        return not re.search("Waiting to be sent|Being sent", text_of(person.get(page.url)))

    until(has_gone, what=f"the letter on {page.url} to go")
    return person.get(page.url)


def decide(
    person: Person, appeal: str, *, on: str, outcome: str, **fields: object
) -> httpx.Response:
    return _sent(person, f"{appeal}decide/", on=on, outcome=outcome, channel="email", **fields)


def refusal(page: httpx.Response) -> str:
    """Every error on a page, the page's own words where there is none."""
    errors = re.findall(r'<ul class="errorlist[^>]*>.*?</ul>', page.text, re.DOTALL)
    return " ".join(plain(error) for error in errors) or f"{page.url}: {text_of(page)}"


def _sent(person: Person, path: str, **fields: object) -> httpx.Response:
    page = person.fill(path, **fields)
    assert page.status_code == 200, f"{path}: {refusal(page)}"
    assert page.url.path != path.partition("?")[0], f"{path}: {text_of(page)}"
    return page


def in_words(day: str) -> str:
    """A day as refusals write it: "Mon Nov 9, 2026"."""
    on = date.fromisoformat(day)
    return f"{on:%a %b} {on.day}, {on.year}"
