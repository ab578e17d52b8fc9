"""Import and export in the browser: from the file to the log, and out again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from requests_app.models import LogEntry, LogExport, LoggedRequest, LogImport
from tests.research.exporting.logs import content_of, exported, full_log
from tests.research.importing.files import CITY_LOG, researcher, worked
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db


def test_a_file_is_brought_mapped_tried_and_imported():
    client = signed_in(researcher())
    file = SimpleUploadedFile("log.csv", CITY_LOG)

    answer = client.post(
        reverse("log_imports"), {"file": file, "source": "City log", "place": "Springfield, IL"}
    )

    row = LogImport.objects.get()
    assert answer.headers["Location"] == reverse("log_import_mapping", args=[row.pk])
    mapping = client.get(answer.headers["Location"])
    assert "Granted in part · Weird word" in flat(mapping)
    form = mapping.context["form"]
    said = {name: form[name].value() or "" for name in form.fields}
    said |= {"word_status_5_1": "rejected", "name": "Springfield"}
    answer = client.post(answer.headers["Location"], said)
    assert answer.headers["Location"] == reverse("log_import", args=[row.pk])
    assert 'hx-trigger="every 2s"' in flat(client.get(answer.headers["Location"]))
    worked(row)
    assert "Import 2 rows" in flat(client.get(answer.headers["Location"]))
    client.post(reverse("log_import_start", args=[row.pk]))
    worked(row)
    assert "Undo the import" in flat(client.get(answer.headers["Location"]))
    assert [one.status for one in LoggedRequest.objects.order_by("pk")] == ["partial", "rejected"]


def test_words_of_a_column_mapped_on_the_page_are_asked_before_it_is_tried():
    client = signed_in(researcher())
    file = SimpleUploadedFile("log.csv", b"What,How it went\r\nBudgets,Denied\r\nParks,Weird\r\n")
    client.post(reverse("log_imports"), {"file": file, "source": "Log", "place": "Springfield"})
    row = LogImport.objects.get()
    mapping = reverse("log_import_mapping", args=[row.pk])
    assert "Status: “" not in flat(client.get(mapping))

    said = {"column_0": "subject", "column_1": "status"}
    answer = client.post(mapping, said)

    row.refresh_from_db()
    assert (answer.status_code, row.stage) == (422, "mapping")
    assert "say below which of our words theirs are" in flat(answer)
    form = answer.context["form"]
    proposed = {field.label: field.value() for field in form.word_fields()}
    assert proposed == {"Status: “Denied”": "rejected", "Status: “Weird”": ""}
    said |= {field.html_name: field.value() for field in form.word_fields()}
    client.post(mapping, {**said, "word_status_1_1": "fix"})
    row.refresh_from_db()
    assert row.stage == "to_check"
    assert {"denied": "rejected", "weird": "fix"}.items() <= row.words["status"].items()


def test_a_desks_own_export_needs_no_mapping():
    content = content_of(exported(full_log(), "package"))
    client = signed_in(researcher())
    before = LogEntry.objects.count()

    file = SimpleUploadedFile("package.zip", content)
    answer = client.post(reverse("log_imports"), {"file": file, "source": "Their log"})

    row = LogImport.objects.get()
    assert answer.headers["Location"] == reverse("log_import", args=[row.pk])
    assert worked(row).counts == {"new": 11}
    assert LogEntry.objects.count() == before


def test_a_file_that_is_no_table_is_refused_on_the_page():
    client = signed_in(researcher())
    file = SimpleUploadedFile("log.csv", b"%PDF-1.7")

    answer = client.post(reverse("log_imports"), {"file": file, "source": "City log"})

    assert (answer.status_code, LogImport.objects.count()) == (422, 0)
    assert "This is no table: bring a CSV" in flat(answer)


def test_refused_rows_must_be_left_out_by_choice():
    client = signed_in(researcher())
    file = SimpleUploadedFile("log.csv", CITY_LOG + b"REQ-3,,,Parks,soon,\n")
    client.post(reverse("log_imports"), {"file": file, "source": "Log", "place": "Springfield"})
    row = LogImport.objects.get()
    form = client.get(reverse("log_import_mapping", args=[row.pk])).context["form"]
    said = {name: form[name].value() or "" for name in form.fields}
    client.post(reverse("log_import_mapping", args=[row.pk]), said)
    worked(row)

    answer = client.post(reverse("log_import_start", args=[row.pk]))

    assert answer.status_code == 422
    assert "1 row was refused" in flat(answer)


def test_an_export_is_asked_for_and_fetched():
    by = full_log()
    client = signed_in(by)

    client.post(reverse("log_exports"), {"format": "csv", "what": "challenges"})

    export = LogExport.objects.get()
    assert (export.stage, export.filters) == ("waiting", {"what": "challenges"})
    assert "with personal data" not in flat(client.get(reverse("log_exports"))).lower()
