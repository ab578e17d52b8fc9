"""A file into the log by program, from its bytes to the log and out again."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from requests_app.models import LoggedRequest, LogImport, LogMapping, Scope
from tests.api.callers import errors_in, with_token
from tests.api.test_writing import post
from tests.research.importing.files import CITY_LOG, imported, researcher, worked
from tests.views.conftest import _monday, _plain_http  # noqa: F401  as for the pages

pytestmark = pytest.mark.django_db
WRONG_DAY = CITY_LOG + b"REQ-3,,,Parks,soon,\n"


def bring(client: Client, content: bytes = CITY_LOG, **headers: str) -> Any:
    file = SimpleUploadedFile("log.csv", content)
    body = {"file": file, "source": "City log", "place": "Springfield, IL"}
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(reverse("api_import_new"), body, headers=sent)


def try_it(client: Client, pk: int, **said: Any) -> Any:
    etag = client.get(reverse("api_import_mapping", args=[pk])).headers["ETag"]
    return post(client, "import_try", pk, body=said, If_Match=etag)


def done(pk: int) -> LogImport:
    return worked(LogImport.objects.get(pk=pk))


def in_log() -> list[Any]:
    names = ("source", "source_key", "subject", "status", "requested_on", "place")
    return list(LoggedRequest.objects.order_by("source_key").values_list(*names))


def test_import_by_program_makes_what_the_pages_acts_make_and_is_undone() -> None:
    user = researcher()
    client = with_token(user)
    brought = bring(client)
    pk = brought.json()["id"]
    mapping = client.get(reverse("api_import_mapping", args=[pk])).json()

    tried = try_it(client, pk, name="Springfield")
    done(pk)
    checked = client.get(reverse("api_import", args=[pk])).json()
    started = post(client, "import_start", pk)
    done(pk)
    by_program = in_log()
    undone = post(client, "import_undo", pk)
    done(pk)
    after = in_log()
    imported(CITY_LOG, by=user)

    assert brought.status_code == 201
    assert brought.headers["Location"] == brought.json()["url"]
    assert mapping["headings"][3]["meaning"] == "subject"
    assert mapping["found"]["status"] == ["Granted in part", "Weird word"]
    assert (tried.status_code, started.status_code, undone.status_code) == (200, 200, 200)
    assert (checked["stage"], checked["counts"]) == ("checked", {"new": 2})
    assert (len(by_program), after) == (2, [])
    assert by_program == in_log()
    kept = client.get(reverse("api_import_mappings")).json()["results"]
    assert [row["name"] for row in kept] == ["Springfield"]


def test_what_is_wrong_is_read_by_row_and_column_a_page_at_a_time() -> None:
    client = with_token(researcher())
    pk = bring(client, WRONG_DAY).json()["id"]
    rows = reverse("api_import_rows", args=[pk])
    too_early = client.get(rows)
    try_it(client, pk)
    done(pk)

    found, address = [], f"{rows}?limit=1"
    while address:
        page = client.get(address).json()
        found += page["results"]
        address = page["next"]
    refused = client.get(rows, {"fate": "refused"}).json()["results"]
    start = post(client, "import_start", pk)
    without = post(client, "import_start", pk, body={"leaves_out_refused": True})

    assert too_early.status_code == 404
    assert [row["fate"] for row in found] == ["new", "new", "refused"]
    assert refused == found[2:]
    assert (refused[0]["column"], refused[0]["subject"]) == ("date requested", "Parks")
    assert (start.status_code, without.status_code) == (409, 200)
    assert errors_in(client.get(rows, {"after": "7"})).keys() == {"after"}
    assert errors_in(client.get(rows, {"fate": "lost"})).keys() == {"fate"}


def test_mapping_is_written_on_the_version_that_was_read() -> None:
    client = with_token(researcher())
    pk = bring(client).json()["id"]
    said = {"words": {"status": {"Weird word": "rejected"}}, "columns": {"requester": ""}}

    unread = post(client, "import_try", pk)
    first = try_it(client, pk, **said)
    stale = post(client, "import_try", pk, If_Match='"another"')

    row = LogImport.objects.get()
    assert (unread.status_code, first.status_code, stale.status_code) == (428, 200, 412)
    assert row.words["status"]["weird word"] == "rejected"
    assert (row.columns["requester"], row.columns["subject"]) == ("", "subject")


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"columns": {"no such heading": "subject"}}, "#/columns"),
        ({"columns": {"subject": "nothing of ours"}}, "#/columns"),
        ({"columns": ["subject"]}, "#/columns"),
        ({"words": {"subject": {"a": "b"}}}, "#/words"),
        ({"words": {"status": {"Weird word": "odd"}}}, "#/words"),
        ({"unknown": True}, "#/unknown"),
    ],
)
def test_wrong_mapping_is_named_and_changes_nothing(said: Any, pointer: str) -> None:
    client = with_token(researcher())
    pk = bring(client).json()["id"]
    before = LogImport.objects.values().get()

    answer = try_it(client, pk, **said)

    assert answer.status_code == 422
    assert errors_in(answer).keys() == {pointer}
    assert LogImport.objects.values().get() == before
    assert not LogMapping.objects.exists()


def test_file_sent_twice_with_one_key_is_brought_once() -> None:
    client = with_token(researcher())

    first, again = bring(client, Idempotency_Key="a"), bring(client, Idempotency_Key="a")

    assert again.json() == first.json()
    assert LogImport.objects.count() == 1


def test_what_cannot_be_brought_or_done_is_refused() -> None:
    client = with_token(researcher())
    no_table, no_file = bring(client, b"%PDF-1.7"), post(client, "import_new", body={"source": "x"})
    pk = bring(client).json()["id"]

    refused = [post(client, f"import_{verb}", pk) for verb in ("start", "go_on", "undo")]

    assert (no_table.status_code, no_file.status_code) == (409, 422)
    assert [one.status_code for one in refused] == [409, 409, 409]


def test_another_newsroom_and_a_token_that_only_reads_are_kept_out() -> None:
    client = with_token(researcher())
    pk = bring(client).json()["id"]
    stranger, reader = with_token(researcher()), with_token(researcher(), Scope.READ)

    assert stranger.get(reverse("api_import_rows", args=[pk])).status_code == 404
    assert post(stranger, "import_undo", pk).status_code == 404
    assert bring(reader).status_code == 403
