"""Asks a portal as a guest should: by name, one page at a time, not again where it said no.

Tried again, four times at most: 429, 502, 503 and 504, timeouts, and 202 (still being made). A
server's Retry-After is heeded up to a minute; without one the wait is drawn at random below a limit
that doubles. At most three redirects, and never to another host.
"""

import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import IO, Any

import httpx

from cities.portals.outcome import NONE_GIVEN, ReadingFailedError, Validators
from cities.portals.plain_values import line
from cities.portals.safe_address import CheckedTransport, check_base_url

TRIES = 4
MOST_WAIT = 60.0
FIRST_WAIT = 0.5
MOST_DRAWN = 30.0
PACE = 0.5  # seconds between two questions
MOST_REDIRECTS = 3
MOST_BYTES = 64 * 2**20
MOST_SECONDS = 600.0  # for one answer, however slowly it drips
IN_MEMORY = 2**20
AGAIN = frozenset({202, 429, 502, 503, 504})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
TOKEN_CODES = frozenset({498, 499, 403, 401})


class BrokenOffError(ReadingFailedError):
    """An answer that ended too early: fewer at a time may come whole."""

    def __init__(self) -> None:
        super().__init__("broken", "Its answer broke off in the middle.")


@dataclass(frozen=True, slots=True)
class Patience:
    """How time passes. A test passes its own, and waits for nothing."""

    sleep: Callable[[float], None] = time.sleep
    draw: Callable[[], float] = random.random
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    pace: float = PACE
    tries: int = TRIES
    most_seconds: float = MOST_SECONDS


@dataclass(slots=True)
class PoliteClient:
    """Of one portal: its base address is the only host it ever asks."""

    base_url: str
    http: httpx.Client
    patience: Patience = field(default_factory=Patience)
    most_bytes: int = MOST_BYTES
    headers: Mapping[str, str] = field(default_factory=dict)
    _asked: bool = False

    def page(self, path: str, query: Mapping[str, str]) -> dict[str, Any]:
        """The JSON object at a path below the base address. ReadingFailedError."""
        with self.document(path, query) as document:
            body = _json(document.file)
        if not isinstance(body, dict):
            raise ReadingFailedError("broken", "Its answer is JSON of another shape than expected.")
        return body

    @contextmanager
    def document(
        self,
        path: str,
        query: Mapping[str, str] | None = None,
        *,
        seen: Validators | None = None,
    ) -> Iterator["Document"]:
        """The body at that path, whole, in a file. `seen`: of the last time it was fetched."""
        headers = dict(self.headers)
        if seen and seen.etag:
            headers["If-None-Match"] = seen.etag
        if seen and seen.last_modified:
            headers["If-Modified-Since"] = seen.last_modified
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as file:
            yield self._fetch(httpx.URL(self.base_url + path, params=query), headers, file)

    def _fetch(self, url: httpx.URL, headers: dict[str, str], file: IO[bytes]) -> "Document":
        found = _Again("")
        for tries in range(1, self.patience.tries + 1):
            self._keep_the_pace()
            try:
                answer = self._once(url, headers, file)
            except httpx.TimeoutException as error:
                answer = _Again("it did not answer in time", error=error)
            if isinstance(answer, Document):
                return answer
            found = answer
            if tries < self.patience.tries:
                self.patience.sleep(self._wait(tries, found.after))
        raise ReadingFailedError(
            "unreachable", f"{_times(self.patience.tries)} {found.why}."
        ) from found.error

    def _keep_the_pace(self) -> None:
        if self._asked and self.patience.pace:
            self.patience.sleep(self.patience.pace)
        self._asked = True

    def _wait(self, tries: int, after: float | None) -> float:
        if after is not None:
            return min(max(after, 0.0), MOST_WAIT)
        return self.patience.draw() * min(FIRST_WAIT * 2.0**tries, MOST_DRAWN)

    def _once(
        self, url: httpx.URL, headers: dict[str, str], file: IO[bytes]
    ) -> "Document | _Again":
        """One try, its redirects followed."""
        for _ in range(MOST_REDIRECTS + 1):
            try:
                with self.http.stream("GET", url, headers=headers) as response:
                    if response.status_code not in REDIRECTS:
                        return self._received(response, file)
                    url = self._redirect(url, response)
            except (httpx.RemoteProtocolError, httpx.DecodingError) as error:
                raise BrokenOffError from error
            except httpx.TimeoutException:
                raise
            except (httpx.TransportError, httpx.InvalidURL) as error:
                why = f"{url.host} could not be reached: {line(str(error), 200) or 'no answer'}."
                raise ReadingFailedError("unreachable", why) from error
        raise ReadingFailedError("broken", f"It redirects more than {MOST_REDIRECTS} times.")

    def _redirect(self, url: httpx.URL, response: httpx.Response) -> httpx.URL:
        try:
            target = url.join(response.headers.get("location", ""))
        except httpx.InvalidURL as error:
            raise ReadingFailedError("broken", "It redirects to what is no address.") from error
        if (target.scheme, target.host, target.port) != (url.scheme, url.host, url.port):
            raise ReadingFailedError(
                "misconfigured",
                f"It sends us on to {line(f'{target.scheme}://{target.host}', 200)}, which is not "
                "followed. If that is the city's portal, set it as the address.",
            )
        return target

    def _received(self, response: httpx.Response, file: IO[bytes]) -> "Document | _Again":
        code = response.status_code
        if code == httpx.codes.NOT_MODIFIED:
            return Document(file, is_unchanged=True)
        if code in AGAIN and "cf-mitigated" not in response.headers:
            return _Again(_in_words(code), _retry_after(response, self.patience.now()))
        self._keep(response, file)
        if code == httpx.codes.OK and not _is_a_page(response, file):
            headers = response.headers
            kept = Validators(
                line(headers.get("etag"), 300), line(headers.get("last-modified"), 100)
            )
            return Document(file, validators=kept)
        raise _refusal(response, file)

    def _keep(self, response: httpx.Response, file: IO[bytes]) -> None:
        """The body, up to the limit. It is counted as it is unpacked, however small it came."""
        file.seek(0)
        file.truncate()
        size, until = 0, self.patience.clock() + self.patience.most_seconds
        for chunk in response.iter_bytes(64 * 1024):
            size += len(chunk)
            if size > self.most_bytes:
                limit = f"{self.most_bytes / 2**20:.0f} MB"
                raise ReadingFailedError("broken", f"Its answer is larger than {limit}.")
            if self.patience.clock() > until:
                raise ReadingFailedError(
                    "unreachable",
                    f"Its answer takes more than {self.patience.most_seconds:,.0f} seconds.",
                )
            file.write(chunk)
        file.seek(0)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole body, at its beginning; or the word that the one we have is still the one."""

    file: IO[bytes]
    is_unchanged: bool = False
    validators: Validators = NONE_GIVEN


@dataclass(frozen=True, slots=True)
class _Again:
    why: str
    after: float | None = None
    error: Exception | None = None


@contextmanager
def open_client(
    base_url: str,
    *,
    user_agent: str,
    by_hand: bool = False,
    transport: httpx.BaseTransport | None = None,
    patience: Patience | None = None,
    headers: Mapping[str, str] | None = None,
) -> Iterator[PoliteClient]:
    """A client of that portal. BadAddressError: the address may not be read.

    `by_hand` lets it read this machine, without a pause; see `check_base_url`.
    """
    base = check_base_url(base_url, by_hand=by_hand)
    wire = transport or CheckedTransport(may_be_this_machine=by_hand)
    with httpx.Client(
        transport=wire,
        timeout=httpx.Timeout(30.0, connect=5.0),
        follow_redirects=False,
        trust_env=False,
        headers={"User-Agent": user_agent, "Accept": "application/json"},
    ) as http:
        passing = patience or Patience(pace=0.0 if by_hand else PACE)
        yield PoliteClient(base, http, passing, headers=headers or {})


def refuse_error_in_body(body: Mapping[str, Any]) -> None:
    """ArcGIS answers an error with 200 and says so inside. ReadingFailedError."""
    error = body.get("error")
    if not error:
        return
    code = error.get("code") if isinstance(error, dict) else None
    words = line(error.get("message") if isinstance(error, dict) else error, 200).rstrip(".")
    if code in TOKEN_CODES:
        raise ReadingFailedError("blocked", f"It asks for a key: “{words or code}”.")
    raise ReadingFailedError("broken", f"It answered with an error: “{words or code}”.")


def _json(file: IO[bytes]) -> Any:
    raw = file.read()
    try:
        return json.loads(raw.removeprefix(b"\xef\xbb\xbf"))
    except RecursionError as error:
        raise ReadingFailedError("broken", "Its answer is nested without end.") from error
    except (ValueError, UnicodeDecodeError) as error:
        if raw.rstrip()[-1:] not in {b"}", b"]"}:
            raise BrokenOffError from error
        raise ReadingFailedError("broken", "Its answer is no JSON.") from error


def _is_a_page(response: httpx.Response, file: IO[bytes]) -> bool:
    """Whether it is HTML, whatever it is called: a challenge, or a page of a site that moved."""
    start = file.read(256).removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    file.seek(0)
    return start == b"<" or "cf-mitigated" in response.headers


def _refusal(response: httpx.Response, file: IO[bytes]) -> ReadingFailedError:
    code = response.status_code
    if "cf-mitigated" in response.headers:
        return ReadingFailedError("blocked", "It shows a test for people and lets no program in.")
    if code in {401, 403, 407, 498, 499}:
        return ReadingFailedError("blocked", f"It refuses programs, or asks for a key ({code}).")
    if code == httpx.codes.OK:
        return ReadingFailedError(
            "blocked", "It answers a program with a page for people in place of its catalog."
        )
    words = _words_of_error(file)
    if "domain not found" in words.lower():
        return ReadingFailedError("misconfigured", "Its platform knows no portal of that name.")
    if code in {404, 410}:
        return AbsentError(words)
    told = f": “{words}”" if words else ""
    status = "unreachable" if code >= httpx.codes.INTERNAL_SERVER_ERROR else "broken"
    return ReadingFailedError(status, f"It answered {code}{told}.")  # type: ignore[arg-type]


class AbsentError(ReadingFailedError):
    """There is nothing at that address."""

    def __init__(self, words: str = "") -> None:
        told = f" (“{words}”)" if words else ""
        super().__init__(
            "broken",
            f"It has no catalog where its platform keeps one: not found{told}. "
            "Check the platform and the address.",
        )


def _words_of_error(file: IO[bytes]) -> str:
    """What an error's JSON says in words."""
    try:
        body = json.loads(file.read(65536))
    except (ValueError, RecursionError):
        return ""
    error = body.get("error") or body.get("message") if isinstance(body, dict) else ""
    if isinstance(error, dict):
        error = error.get("message")
    return line(error, 200)


def _times(tries: int) -> str:
    return "Asked once," if tries == 1 else f"Asked {tries} times, the last time"


def _in_words(code: int) -> str:
    if code == httpx.codes.TOO_MANY_REQUESTS:
        return "it still asked for a slower pace (429)"
    if code == httpx.codes.ACCEPTED:
        return "it was still making its answer (202)"
    return f"it answered {code}"


def _retry_after(response: httpx.Response, now: datetime) -> float | None:
    """Seconds, from a number or a date. None: it does not say."""
    text = response.headers.get("retry-after", "").strip()
    if text.isdigit():
        return float(text[:6])
    try:
        until = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return (until if until.tzinfo else until.replace(tzinfo=UTC)).timestamp() - now.timestamp()
