"""The log, projects, codings and figures by program: as on the pages, and as blind."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from requests_app.models import Coding, LogEntry, Project, Resolution, Role
from tests.api.callers import errors_in, with_token
from tests.api.test_writing import post
from tests.factories import member
from tests.research.coding_project import CLEAR, NOTE, finished, given, study
from tests.research.entries import logged
from tests.views.conftest import _monday, _plain_http  # noqa: F401  as for the pages

pytestmark = pytest.mark.django_db

LOGGED = {
    "place": "Stamford, CT",
    "subject": "Overtime of the police",
    "body": "Freedom of Information Commission",
    "filed": "March 2019",
    "decided": "2019-09-04",
    "outcome": "reversed",
}
CLAIM = {"as_claimed": "§ 1-210(b)(3)", "became": "rejected", "passage": "It is none."}


def read(client: Client, name: str, *args: Any, **asked: str) -> Any:
    answer = client.get(reverse(f"api_{name}", args=args), asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_challenge_is_logged_followed_and_corrected() -> None:
    client = with_token(member())

    made = post(client, "log_new", body={**LOGGED, "claims": [CLAIM]})
    pk = made.json()["id"]
    file = SimpleUploadedFile("decision.pdf", b"%PDF-1.7", "application/pdf")
    kept = client.post(reverse("api_log_correct", args=[pk]), {"docket": "D-1", "files": file})
    step = post(client, "log_next_step", pk, body={"body": "Superior Court", "state": "filed"})

    assert made.status_code == 201, made.json()
    assert made.json()["filed_on"] == "2019-03-01"
    assert made.json()["filed_precision"] == "month"
    assert kept.status_code == 200, kept.json()
    entry = read(client, "log_entry", pk)
    assert (entry["docket"], entry["subject"]) == ("D-1", LOGGED["subject"])
    assert [one["became"] for one in entry["exemptions"]] == ["rejected"]
    [document] = entry["documents"]
    downloaded = client.get(document["content"])
    assert b"".join(downloaded.streaming_content) == b"%PDF-1.7"  # type: ignore[attr-defined]
    assert step.json()["follows"] == pk
    assert [row["id"] for row in read(client, "log", q="overtime")["results"]] == [
        step.json()["id"], pk,
    ]  # fmt: skip


def test_what_is_wrong_with_a_claim_is_pointed_at() -> None:
    client = with_token(member())

    unknown = post(client, "log_new", body={**LOGGED, "claims": [{**CLAIM, "became": "lost"}]})
    shapeless = post(client, "log_new", body={**LOGGED, "claims": "all"})

    assert list(errors_in(unknown)) == ["#/claims~10~1became"]
    assert list(errors_in(shapeless)) == ["#/claims"]
    assert not LogEntry.objects.exists()


def test_entry_is_taken_out_by_who_may() -> None:
    reporter = member()
    entry = logged(reporter)
    other = with_token(member(newsroom=reporter.membership.newsroom))

    refused = post(other, "log_take_out", entry.pk)
    gone = post(with_token(reporter), "log_take_out", entry.pk)

    assert (refused.status_code, gone.status_code) == (403, 200)
    assert not LogEntry.objects.exists()


def test_project_is_made_filled_and_emptied() -> None:
    reporter = member()
    client, entry = with_token(reporter), logged(reporter)

    made = post(client, "project_new", body={"name": "Policing"})
    put = post(client, "log_project", entry.pk, body={"project": made.json()["id"]})
    counted = read(client, "project", made.json()["id"])
    out = post(client, "log_project", entry.pk, body={"project": None})

    assert made.headers["Location"] == made.json()["url"]
    assert put.json()["project"] == made.json()["id"]
    assert counted["entry_count"] == 1
    assert out.json()["project"] is None


def test_codebook_is_written_on_the_revision_that_was_read() -> None:
    client = with_token(member(Role.RESEARCHER))
    pk = post(client, "project_new", body={"name": "Policing"}).json()["id"]
    variable = {"key": "tone", "label": "Tone", "type": "nominal", "values": "a = A\nb = B"}
    etag = client.get(reverse("api_codebook", args=[pk])).headers["ETag"]

    added = post(client, "variable_new", pk, body=variable, If_Match=etag)
    stale = post(client, "variable_new", pk, body={**variable, "key": "x"}, If_Match=etag)
    changed = post(
        client, "variable_change", pk, "tone", body={"label": "Its tone"}, If_Match='"1"'
    )

    assert [one["key"] for one in added.json()["variables"]] == ["tone"]
    assert stale.status_code == 412
    assert changed.json()["variables"][0]["label"] == "Its tone"
    assert len(changed.json()["variables"][0]["values"]) == 2
    assert Project.objects.get().codebook.revision == 2


def test_coder_keeps_finishes_and_reads_no_other_before() -> None:
    of = study()
    entry, ana, ben = of.entries[0], with_token(of.ana), with_token(of.ben)
    finished(entry, of.ben, given("vague"))
    begun = ana.get(reverse("api_coding_draft", args=[of.project.pk, entry.pk]))

    before = read(ana, "codings", of.project.pk)["results"]
    kept = post(
        ana,
        "coding_keep",
        of.project.pk,
        entry.pk,
        body={f"code_{CLEAR}": "stated"},
        If_Match=begun.headers["ETag"],
    )
    done = post(ana, "coding_finish", of.project.pk, entry.pk, If_Match='"1"')
    after = read(ana, "codings", of.project.pk)["results"]

    assert before == []
    assert kept.json()["codes"] == {
        CLEAR: {"value": "stated", "passage": "", "source": "", "page": ""}
    }
    assert done.status_code == 201, done.json()
    assert {row["codes"][CLEAR]["value"] for row in after} == {"vague", "stated"}
    assert all(row["is_blind"] for row in after)
    assert read(ben, "coding", done.json()["id"])["coder"] == "Ana"
    assert read(ana, "assignments", of.project.pk)["results"][0]["finished_at"]


def test_disagreement_is_settled_with_its_reason() -> None:
    of = study()
    entry = of.entries[0]
    for who, code in ((of.ana, "stated"), (of.ben, "vague")):
        finished(entry, who, given(code))
    client = with_token(of.editor)
    body = {f"code_{CLEAR}": "vague"}

    without = post(client, "settle", of.project.pk, entry.pk, CLEAR, body=body)
    settled = post(
        client, "settle", of.project.pk, entry.pk, CLEAR, body={**body, "reason": "No ground."}
    )

    assert list(errors_in(without)) == ["#/reason"]
    assert settled.status_code == 200, settled.json()
    assert Resolution.objects.get().code["value"] == "vague"
    assert Coding.objects.count() == 2
    agreed = read(client, "agreement", of.project.pk)
    assert {one["variable"] for one in agreed["variables"]} == {CLEAR, NOTE}


def test_coders_are_assigned_and_taken_back() -> None:
    of = study(entries=2)
    client, colleague = with_token(of.editor), member(Role.RESEARCHER, of.project.newsroom)
    plan = {"coders": [colleague.pk, of.ana.pk], "extent": "all", "seed": "another"}

    assigned = post(client, "coders_assign", of.project.pk, body=plan)
    back = post(client, "coder_end", of.project.pk, colleague.pk)

    assert {one["person"] for one in assigned.json()["coders"]} == {
        of.ana.pk, of.ben.pk, colleague.pk,
    }  # fmt: skip
    assert {one["person"] for one in back.json()["coders"]} == {of.ana.pk, of.ben.pk}


def test_figure_is_of_what_is_seen_and_says_what_it_leaves_out() -> None:
    client = with_token(member())

    figure = read(client, "figure_appeals", city="us-ct/stamford")
    wrong = client.get(reverse("api_figure_appeals"), {"city": "nowhere"})

    assert figure["n"] == 0
    assert figure["too_few"]
    assert errors_in(wrong) == {"city": "This desk knows no city “nowhere”: choose one."}
