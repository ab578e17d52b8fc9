"""How a portal is asked: again only where that helps, never elsewhere, and in whose name."""

from datetime import UTC, datetime

import httpx
import pytest

from cities.portals.outcome import ReadingFailedError
from cities.portals.polite_client import Patience, open_client
from cities.portals.safe_address import BadAddressError, CheckedTransport, check_base_url
from tests.portals import made_up
from tests.portals.conftest import Reader
from tests.portals.made_up import asset
from tests.portals.portal_server import PortalServer, Reply

ONE = Reply({"results": [asset(1)], "resultSetSize": 1})
CHALLENGE = b"<!DOCTYPE html><title>Just a moment...</title>"


def test_a_throttled_page_is_asked_for_again_when_the_server_says(
    portal: PortalServer, reader: Reader
) -> None:
    portal.in_turn(Reply(status=429, headers={"Retry-After": "7"}), Reply(status=503), ONE)

    records, outcome = reader.read("socrata")

    assert (len(records), outcome.is_complete) == (1, True)
    assert reader.slept == [7.0, 1.0]  # as told; then half of at most two seconds


def test_a_long_retry_after_is_heeded_up_to_a_minute(portal: PortalServer, reader: Reader) -> None:
    portal.in_turn(
        Reply(status=429, headers={"Retry-After": "86400"}),
        Reply(status=429, headers={"Retry-After": "Fri, 01 Jan 2100 00:00:00 GMT"}),
        Reply(status=202, headers={"Retry-After": "Thu, 01 Jan 1970 00:00:00 GMT"}),
        ONE,
    )

    reader.read("socrata")

    assert reader.slept == [60.0, 60.0, 0.0]


def test_after_four_tries_it_is_left_for_the_night(portal: PortalServer, reader: Reader) -> None:
    portal.in_turn(Reply(status=429))

    records, outcome = reader.read("socrata")

    assert (records, len(portal.asked)) == ([], 4)
    assert (outcome.status, outcome.sentence) == (
        "unreachable",
        "Asked 4 times, the last time it still asked for a slower pace (429).",
    )


@pytest.mark.parametrize(
    ("reply", "status", "sentence"),
    [
        (Reply(CHALLENGE), "blocked", "It answers a program with a page for people in place"),
        (
            Reply(CHALLENGE, 403, {"cf-mitigated": "challenge"}),
            "blocked", "It shows a test for people and lets no program in.",
        ),
        (
            Reply(CHALLENGE, 503, {"cf-mitigated": "challenge"}),
            "blocked", "It shows a test for people and lets no program in.",
        ),
        (Reply({"message": "no key"}, 401), "blocked", "It refuses programs, or asks for a key"),
        (Reply({"error": "bad limit"}, 400), "broken", "It answered 400: “bad limit”."),
        (Reply(b"oops", 500), "unreachable", "It answered 500."),
        (Reply(CHALLENGE, 404), "broken", "It has no catalog where its platform keeps one"),
        (Reply(b"{'results'}"), "broken", "Its answer is no JSON."),
        (Reply([1]), "broken", "Its answer is JSON of another shape than expected."),
        (Reply(b"{}", headers={"Content-Encoding": "gzip"}), "broken", "broke off in the middle."),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_asked_for_once(
    portal: PortalServer, reader: Reader, reply: Reply, status: str, sentence: str
) -> None:
    portal.in_turn(reply)

    records, outcome = reader.read("ckan")

    assert (records, outcome.status) == ([], status)
    assert sentence in outcome.sentence
    assert reader.slept == []


def test_three_redirects_on_the_host_are_followed(portal: PortalServer, reader: Reader) -> None:
    hops = [Reply(status=302, headers={"Location": f"/hop{n}"}) for n in range(3)]
    portal.in_turn(*hops, ONE)

    records, _ = reader.read("socrata")

    assert (len(records), portal.paths[-1]) == (1, "/hop2")


def test_a_fourth_redirect_is_not(portal: PortalServer, reader: Reader) -> None:
    portal.in_turn(Reply(status=302, headers={"Location": "/again"}))

    _, outcome = reader.read("socrata")

    assert (outcome.sentence, len(portal.asked)) == ("It redirects more than 3 times.", 4)


@pytest.mark.parametrize("target", ["https://elsewhere.example/x", "//169.254.169.254/latest"])
def test_a_redirect_off_the_host_is_not_followed(
    portal: PortalServer, reader: Reader, target: str
) -> None:
    portal.in_turn(Reply(status=301, headers={"Location": target}))

    records, outcome = reader.read("socrata")

    assert (records, outcome.status, len(portal.asked)) == ([], "misconfigured", 1)
    assert "which is not followed" in outcome.sentence


def test_it_says_who_asks_and_keeps_a_pace(portal: PortalServer) -> None:
    portal.answer = made_up.ckan([])
    slept: list[float] = []
    patience = Patience(sleep=slept.append)

    with open_client(
        portal.base_url, user_agent="RecordsDesk/1", by_hand=True, patience=patience
    ) as client:
        for _ in range(3):
            client.page("/api/3/action/package_search", {"start": "0", "rows": "1"})

    assert {asked.headers["User-Agent"] for asked in portal.asked} == {"RecordsDesk/1"}
    assert slept == [0.5, 0.5]


def test_a_machine_that_is_silent_is_asked_four_times() -> None:
    tries: list[httpx.Request] = []

    def silent(request: httpx.Request) -> httpx.Response:
        tries.append(request)
        raise httpx.ReadTimeout("", request=request)

    with (
        open_client(
            "https://data.franklin.example",
            user_agent="Tests",
            transport=httpx.MockTransport(silent),
            patience=Patience(sleep=lambda seconds: None),
        ) as client,
        pytest.raises(ReadingFailedError, match="it did not answer in time"),
    ):
        client.page("/", {})

    assert len(tries) == 4


def test_an_answer_that_drips_for_ten_minutes_is_given_up(portal: PortalServer) -> None:
    portal.answer = made_up.ckan([])
    moments = iter([0.0, 601.0])
    patience = Patience(clock=lambda: next(moments))

    with (
        open_client(portal.base_url, user_agent="Tests", by_hand=True, patience=patience) as client,
        pytest.raises(ReadingFailedError, match="more than 600 seconds"),
    ):
        client.page("/api/3/action/package_search", {"start": "0", "rows": "1"})


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("http://data.franklin.example", "must begin with https://"),
        ("https://localhost", "is this machine"),
        ("http://127.0.0.1:8000", "is this machine"),
        ("https://[::1]/x", "is this machine"),
        ("https://user@data.franklin.example", "is no address of a portal"),
        ("https://data.franklin.example/?a=1", "is no address of a portal"),
        ("https://", "is no address of a portal"),
        ("https://x.example:notaport", "is no address"),
        ("file:///etc/passwd", "is no address of a portal"),
    ],
)
def test_an_address_that_is_none_is_refused(address: str, sentence: str) -> None:
    with pytest.raises(BadAddressError) as error:
        check_base_url(address)

    assert sentence in str(error.value)


def test_this_machine_is_read_only_by_hand() -> None:
    assert check_base_url("http://127.0.0.1:8000/", by_hand=True) == "http://127.0.0.1:8000"
    with pytest.raises(BadAddressError):
        check_base_url("http://192.168.1.1", by_hand=True)


@pytest.mark.parametrize(
    "found",
    [
        ["10.0.0.8"],
        ["93.184.216.34", "192.168.0.1"],
        ["169.254.169.254"],
        ["127.0.0.1"],
        ["::1"],
        ["fe80::1%eth0"],
        ["::ffff:10.0.0.8"],
        ["64:ff9b::a00:8"],
        ["2002:a00:8::"],
        ["224.0.0.1"],
        ["0.0.0.0"],
        [],
    ],
)
def test_a_name_that_leads_into_a_private_network_is_not_read(found: list[str]) -> None:
    inner = httpx.MockTransport(lambda request: httpx.Response(200, json={}))
    transport = CheckedTransport(inner, resolve=lambda host, port: found)

    with (
        open_client("https://data.x.example", user_agent="Tests", transport=transport) as client,
        pytest.raises(ReadingFailedError) as error,
    ):
        client.page("/", {})

    assert error.value.status == "unreachable"


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    """Whatever the name answers the second time: it is looked up once for each request."""
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={})

    transport = CheckedTransport(
        httpx.MockTransport(answer), resolve=lambda host, port: ["93.184.216.34", "1.1.1.1"]
    )

    with open_client("https://data.x.example", user_agent="T", transport=transport) as client:
        client.page("/a", {})

    (request,) = seen
    assert (request.url.host, request.headers["host"], request.extensions["sni_hostname"]) == (
        "93.184.216.34",
        "data.x.example",
        "data.x.example",
    )


def test_a_trial_asks_once(portal: PortalServer) -> None:
    portal.in_turn(Reply(status=503))
    patience = Patience(tries=1)

    with (
        open_client(portal.base_url, user_agent="T", by_hand=True, patience=patience) as client,
        pytest.raises(ReadingFailedError, match="Asked once, it answered 503"),
    ):
        client.page("/", {})

    assert len(portal.asked) == 1


def test_a_name_that_nobody_has_is_said() -> None:
    def nobody(host: str, port: int) -> list[str]:
        raise OSError

    transport = CheckedTransport(httpx.MockTransport(lambda r: httpx.Response(200)), resolve=nobody)

    with (
        open_client("https://data.x.example", user_agent="Tests", transport=transport) as client,
        pytest.raises(ReadingFailedError, match="No machine has the name"),
    ):
        client.page("/", {})


def test_retry_after_counts_from_now(portal: PortalServer) -> None:
    portal.in_turn(
        Reply(status=503, headers={"Retry-After": "Sun, 22 Nov 2026 10:00:30 GMT"}), Reply({})
    )
    slept: list[float] = []
    at_ten = datetime(2026, 11, 22, 10, tzinfo=UTC)
    patience = Patience(sleep=slept.append, now=lambda: at_ten, pace=0)

    with open_client(portal.base_url, user_agent="T", by_hand=True, patience=patience) as client:
        client.page("/", {})

    assert slept == [30.0]
