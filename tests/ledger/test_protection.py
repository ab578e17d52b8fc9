"""Nobody changes, replaces or deletes what was written: not the code, not the admin, not SQL."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model, ProtectedError

from config.running.prepare import migrate
from requests_app.actions.mail import file_mail, incoming
from requests_app.ledger import triggers
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.security.cutting import cut
from requests_app.models import (
    Attachment,
    CameBy,
    ChainEntry,
    ChainHead,
    CityForm,
    CodebookVersion,
    Coding,
    Communication,
    ErasedContent,
    Event,
    EventKind,
    Filing,
    FilledForm,
    InboundMail,
    Letter,
    LetterCopy,
    LetterEnclosure,
    LetterWording,
    MailFile,
    OfferedDecision,
    Project,
    RawMailRemoval,
    RecordsRequest,
    Resolution,
    ReviewComment,
    SampleDraw,
    SecurityEvent,
    WordingAct,
)
from requests_app.models.guards.protected_tables import PROTECTED_TABLES
from requests_app.models.letters.letter import LetterIsFrozenError
from requests_app.models.requests.event import LedgerIsAppendOnlyError
from tests.factories import NOW, submitted
from tests.research.entries import logged

pytestmark = pytest.mark.django_db

OTHER_TIME = datetime(2020, 1, 1, tzinfo=UTC)
ON_SQLITE = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite has OR REPLACE")
# What of these tables may still change, by their columns; of the others nothing may.
CHANGEABLE = {
    Communication: {
        "suggestions",
        "read_at",
        "read_by_id",
        "taken_out_at",
        "taken_out_by_id",
    },
    Attachment: {"quarantined"},
    MailFile: {"quarantined", "listing"},
    ReviewComment: {"settled_at", "settled_by_id"},
    LetterCopy: {"given_on", "given_by_id"},
    OfferedDecision: {"taken_back_at", "taken_back_by_id"},
    RawMailRemoval: {"removed_at"},
    ChainHead: {"length", "head", "takes_earlier_rows"},
}
KEPT_OF_MAIL = {"id", "raw", "sha256", "size", "arrived_at", "came_by", "envelope_to"}
# A value of the column's type that no row here has.
ANOTHER: dict[str, object] = {
    "DateTimeField": OTHER_TIME,
    "DateField": OTHER_TIME.date(),
    "BigAutoField": 9999,
    "ForeignKey": 9999,
    "OneToOneField": 9999,
    "PositiveBigIntegerField": 9999,
    "PositiveIntegerField": 9999,
    "PositiveSmallIntegerField": 9999,
    "BinaryField": b"other",
    "JSONField": '{"other": 1}',
}
PROTECTED = [apps.get_model("requests_app", table.model) for table in PROTECTED_TABLES]


@dataclass
class Written:
    """A request with one row in every protected table."""

    request: RecordsRequest
    mail: InboundMail

    def row(self, model: type[Model]) -> Any:
        return model._base_manager.order_by("pk").first()


@pytest.fixture
def written() -> Written:
    request = submitted()
    mail = InboundMail.objects.create(
        raw="ab/abc", sha256="abc", size=3, came_by=CameBy.PIPE, arrived_at=NOW, stage="read",
        content_key="abc",
    )  # fmt: skip
    MailFile.objects.create(mail=mail, file="cd/cde", name="a.pdf", size=1, sha256="cde")
    file_mail.file_communication(
        mail,
        request,
        by=Attribution(request.created_by, NOW),
    )
    form = CityForm.objects.create(
        newsroom=request.newsroom, city=request.city_slug, office="city_clerk", name="form.pdf",
        source="its site", pdf=b"%PDF", sha256="f", uploaded_by=request.created_by,
    )  # fmt: skip
    ReviewComment.objects.create(
        version=request.draft_versions.get(), paragraph="Dear Clerk:", text="Which?",
        by=request.created_by,
    )  # fmt: skip
    letter, document = request.letters.get(), request.attachments.get()
    FilledForm.objects.create(letter=letter, city_form=form, pdf=b"%PDF", sha256="g")
    Filing.objects.create(letter=letter, document=document, sha256="cde", page_count=1)
    LetterEnclosure.objects.create(letter=letter, attachment=document, number=1, title="a.pdf")
    LetterWording.objects.create(
        newsroom=request.newsroom, letter="thanks", number=1, act=WordingAct.WRITTEN,
        text="Dear Clerk:", pack_text="Dear Clerk:", pack_sha256="h",
        written_by=request.created_by,
    )  # fmt: skip
    SecurityEvent.objects.create(newsroom=request.newsroom, kind="signed_in", at=OTHER_TIME)
    log = ChainHead.objects.get(name=f"security-{request.newsroom_id}")
    assert cut(log, at=NOW, keep_days=365) == 1
    SecurityEvent.objects.create(newsroom=request.newsroom, kind="signed_in", at=NOW)
    event = request.events.order_by("pk")[0]
    ErasedContent.objects.create(event=event, table="mail", row=mail.pk, notice="[erased]")
    LetterCopy.objects.create(letter=letter, number=1, name="The mayor", way="by_hand")
    old = InboundMail.objects.create(
        raw="de/def", sha256="def", size=3, came_by=CameBy.PIPE, stage="read", content_key="def",
    )  # fmt: skip
    RawMailRemoval.objects.create(
        mail=old, at=NOW, setting="KEEP_NOTICES_DAYS", keep_days=365,
        counted_from=NOW - timedelta(days=400), sha256="def", size=3,
    )  # fmt: skip
    _coded(request)
    return Written(request, mail)


def _coded(request: RecordsRequest) -> None:
    """A project with a version of its codebook, a draw, a coding, a settlement; an offer."""
    person = request.created_by
    project = Project.objects.create(newsroom=request.newsroom, name="A", created_by=person)
    entry = logged(person)
    version = CodebookVersion.objects.create(
        project=project, number=1, variables=[], frozen_by=person
    )
    SampleDraw.objects.create(
        project=project, seed="a", size=1, entries=[1], coders=[1], twice=[1], drawn_by=person
    )
    Coding.objects.create(
        project=project, entry=entry, coder=person, version=version, codes={}, is_blind=True,
        begun_at=NOW,
    )  # fmt: skip
    Resolution.objects.create(
        project=project, entry=entry, version=version, variable="a", meaning=1, number=1,
        code={}, reason="Read it.", resolved_by=person,
    )  # fmt: skip
    OfferedDecision.objects.create(
        newsroom=request.newsroom, entry=entry, exemption="a", citation="FIC 1", text="It is not.",
        offered_by=person,
    )  # fmt: skip


def sql(statement: str, *parameters: Any) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.rowcount


def refused(statement: str, *parameters: Any, because: str) -> None:
    """The database refuses it, in its own words; or the test says what it let through."""
    answer = "It was taken. " + " ".join(triggers.missing("default"))
    try:
        sql(statement, *parameters)
    except DatabaseError as error:
        answer = str(error)
    if because not in answer:
        pytest.fail(f"{statement}\n  should be refused because: {because}\n  but: {answer}")


def fields_of(model: Any) -> list[Any]:
    return list(model._meta.concrete_fields)


def fixed_columns(model: type[Model]) -> Iterator[str]:
    for field in fields_of(model):
        is_kept = field.column in KEPT_OF_MAIL
        if is_kept if model is InboundMail else field.column not in CHANGEABLE.get(model, set()):
            yield field.column


# -- the code --
def test_event_cannot_be_saved_again(written: Written):
    event = written.row(Event)
    event.data = {"text": "it never happened"}

    with pytest.raises(LedgerIsAppendOnlyError):
        event.save()


def test_event_cannot_be_deleted(written: Written):
    with pytest.raises(LedgerIsAppendOnlyError):
        written.row(Event).delete()


@pytest.mark.parametrize("act", ["update", "delete"])
def test_events_cannot_be_changed_in_bulk(written: Written, act: str):
    with pytest.raises(LedgerIsAppendOnlyError):
        getattr(Event.objects.all(), act)()


@pytest.mark.parametrize("model", [Letter, FilledForm])
def test_what_was_issued_cannot_be_saved_again(written: Written, model: type[Model]):
    issued = written.row(model)
    issued.sha256 = "other"

    with pytest.raises(LetterIsFrozenError):
        issued.save()


def test_request_with_a_ledger_cannot_be_deleted(written: Written):
    with pytest.raises(ProtectedError):
        written.request.delete()

    assert written.request.events.filter(kind=EventKind.SUBMITTED).exists()


# -- the database --
@pytest.mark.parametrize("model", PROTECTED)
def test_database_refuses_to_change_any_of_the_columns(written: Written, model: type[Model]):
    for column in fixed_columns(model):
        kind = model._meta.get_field(column.removesuffix("_id")).get_internal_type()
        if kind == "BooleanField":  # whichever it is, the other
            refused(
                f'UPDATE {model._meta.db_table} SET "{column}" = NOT "{column}"',
                because="records desk: ",
            )
            continue
        refused(
            f'UPDATE {model._meta.db_table} SET "{column}" = %s',
            ANOTHER.get(kind, "x"),
            because="records desk: ",
        )


def test_database_lets_the_rest_of_a_row_change(written: Written):
    assert sql("UPDATE requests_app_communication SET suggestions = '[1]'") == 1
    assert sql("UPDATE requests_app_attachment SET quarantined = 'a virus'") == 1
    assert sql("UPDATE requests_app_mailfile SET quarantined = 'a virus'") == 1
    assert sql("UPDATE requests_app_inboundmail SET subject = 'read again', text = 'more'") == 2


@pytest.mark.parametrize("model", PROTECTED)
def test_database_refuses_to_delete(written: Written, model: type[Model]):
    assert written.row(model) is not None

    refused(f"DELETE FROM {model._meta.db_table}", because="is ever deleted")


@pytest.mark.parametrize("model", PROTECTED)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
def test_database_refuses_to_empty_a_table(written: Written, model: type[Model]):
    # What is deferred to the end of the transaction would refuse TRUNCATE first, on other grounds.
    statement = f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {model._meta.db_table} CASCADE"

    refused(statement, because="is ever deleted")


@ON_SQLITE
@pytest.mark.parametrize("model", PROTECTED)
def test_database_refuses_to_replace_a_row(written: Written, model: type[Model]):
    table = model._meta.db_table

    refused(
        f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1", because="is ever replaced"
    )


@ON_SQLITE
@pytest.mark.parametrize("key", ["id", "rowid", "_rowid_", "oid"])
@pytest.mark.parametrize("written_as", ["{}", "'{}'", "{}.0"])
def test_database_refuses_to_replace_a_row_however_its_key_is_written(
    written: Written, key: str, written_as: str
):
    for model in (Event, Letter, ChainEntry):
        row, table = written.row(model), model._meta.db_table
        columns = ", ".join(f'"{f.column}"' for f in fields_of(model) if f.column != "id")

        refused(
            f"INSERT OR REPLACE INTO {table} ({key}, {columns}) "
            f"SELECT {written_as.format(row.pk)}, {columns} FROM {table} WHERE id = {row.pk}",
            because="is ever replaced",
        )


@ON_SQLITE
@pytest.mark.parametrize(
    ("model", "unique"),
    [
        (FilledForm, "letter_id"),
        (Communication, "event_id"),
        (Communication, "mail_id, while it is filed"),
        (InboundMail, "sha256 and envelope_to"),
        (InboundMail, "content_key and addressed_to, of what was read"),
    ],
)
def test_database_refuses_to_replace_the_row_of_a_unique_value(
    written: Written, model: type[Model], unique: str
):
    """A new id, and the same value in columns of which there may be one: that row would go."""
    fresh = {"id": "9999"}
    if unique.startswith("mail_id"):
        fresh["event_id"] = f"{written.request.events.get(kind='drafted').pk}"
    if unique.startswith("content_key"):
        fresh["sha256"] = "'of other bytes'"
    columns = [field.column for field in fields_of(model)]
    chosen = ", ".join(fresh.get(column, f'"{column}"') for column in columns)
    into = ", ".join(f'"{column}"' for column in columns)
    table = model._meta.db_table

    refused(
        f"INSERT OR REPLACE INTO {table} ({into}) SELECT {chosen} FROM {table} LIMIT 1",
        because="is ever replaced",
    )


@ON_SQLITE
def test_database_refuses_an_update_that_replaces_another_mail(written: Written):
    later = InboundMail.objects.create(
        raw="fe/fed", sha256="fed", size=3, came_by=CameBy.PIPE, arrived_at=NOW, stage="read"
    )

    refused(
        "UPDATE OR REPLACE requests_app_inboundmail SET content_key = 'abc' WHERE id = %s",
        later.pk,
        because="is ever replaced",
    )


@ON_SQLITE
def test_database_refuses_an_update_that_replaces_another_filing(written: Written):
    first = written.row(Communication)
    file_mail.take_out(
        first,
        by=Attribution(written.request.created_by, NOW),
    )
    written.mail.refresh_from_db()
    file_mail.file_communication(
        written.mail,
        written.request,
        by=Attribution(written.request.created_by, NOW),
    )

    refused(
        "UPDATE OR REPLACE requests_app_communication "
        "SET taken_out_at = NULL, taken_out_by_id = NULL WHERE id = %s",
        first.pk,
        because="is ever replaced",
    )


def test_database_refuses_an_event_of_no_known_kind(written: Written):
    copied = 'records_request_id, recorded_at, data, "on"'

    refused(
        f"INSERT INTO requests_app_event (kind, {copied}) "
        f"SELECT 'mislaid', {copied} FROM requests_app_event LIMIT 1",
        because="requests_app_event has no such kind",
    )


def test_the_same_bytes_are_still_the_same_row(written: Written):
    """The trigger on replacing answers as the unique constraint did: storing sees it is known."""
    kept = incoming.Kept(name="ab/abc", sha256="abc", size=3)

    assert incoming.store(kept, came_by=CameBy.PIPE, at=NOW) == (written.mail, False)


# -- that it stands --
def drop_one() -> None:
    trigger = "requests_app_event_no_update"
    if connection.vendor == "postgresql":
        trigger = "requests_app_event_stays ON requests_app_event"
    sql(f"DROP TRIGGER {trigger}")


NAME = {"sqlite": "requests_app_event_no_update", "postgresql": "requests_app_event_stays"}


def test_every_trigger_stands_after_migrate():
    assert triggers.missing("default") == []


def test_check_names_the_trigger_and_the_table_and_what_to_do():
    drop_one()

    found = run_checks(databases=["default"])

    assert [(warning.id, warning.msg, warning.hint) for warning in found] == [
        (
            "requests_app.W002",
            f"The trigger {NAME[connection.vendor]} on requests_app_event is missing.",
            "Until it stands, what was written can be changed. Run: manage.py migrate",
        )
    ]


def test_check_names_a_trigger_that_refuses_less():
    if connection.vendor == "postgresql":
        sql("ALTER TABLE requests_app_event DISABLE TRIGGER requests_app_event_stays")
    else:
        drop_one()
        sql(
            "CREATE TRIGGER requests_app_event_no_update BEFORE UPDATE ON requests_app_event "
            "WHEN 0 BEGIN SELECT RAISE(ABORT, 'never'); END"
        )

    assert triggers.missing("default") == [
        f"The trigger {NAME[connection.vendor]} on requests_app_event is changed."
    ]


def test_migrate_puts_back_what_is_missing():
    drop_one()

    call_command("migrate", verbosity=0)

    assert triggers.missing("default") == []


def test_opening_the_desk_puts_back_what_is_missing():
    drop_one()

    assert [migrate(), migrate()] == ["the ledger's protection was put back", "up to date"]
    assert triggers.missing("default") == []


@pytest.mark.django_db(transaction=True)
def test_rebuilding_the_table_leaves_it_protected_after_migrate():
    """SQLite makes a new table for another column type, and drops the triggers of the old one."""
    field = Event._meta.get_field("kind")
    wider = field.clone()
    wider.max_length = 80
    wider.set_attributes_from_name("kind")
    with connection.schema_editor() as editor:
        editor.alter_field(Event, field, wider)
        editor.alter_field(Event, wider, field)

    call_command("migrate", verbosity=0)

    assert triggers.missing("default") == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", [ChainEntry, ErasedContent])
def test_a_table_that_other_tables_triggers_read_can_be_rebuilt(model: type[Model]):
    """SQLite refuses to rename a table while a trigger names one that is not there."""
    field: Any = model._meta.get_field("table")
    wider = field.clone()
    wider.max_length = 80
    wider.set_attributes_from_name("table")
    triggers.take_down(using="default", plan=["a migration"])
    with connection.schema_editor() as editor:
        editor.alter_field(model, field, wider)
        editor.alter_field(model, wider, field)

    call_command("migrate", verbosity=0)

    assert triggers.missing("default") == []


@pytest.mark.django_db(transaction=True)
def test_a_database_of_the_desk_before_is_protected_by_its_upgrade():
    """As migrations left it until now: two triggers on each of three tables, none on mail."""
    everything = MigrationExecutor(connection).loader.graph.leaf_nodes()
    take_down()  # SQLite drops no column that a trigger names
    MigrationExecutor(connection).migrate([("requests_app", "0011_what_the_scanner_said")])
    as_it_was()

    call_command("migrate", verbosity=0)

    assert triggers.missing("default") == []
    assert MigrationExecutor(connection).migration_plan(everything) == []


def test_a_database_migrated_a_part_of_the_way_is_protected_as_far():
    """As of 0004 nothing was known of mail that comes in, of a draft's versions, nor of filings."""
    then = MigrationExecutor(connection).loader.project_state(
        [("requests_app", "0004_calendar_feed")]
    )
    as_it_was()

    triggers.install(using="default", apps=then.apps)

    against_deleting = {"sqlite": "no_delete", "postgresql": "stays"}[connection.vendor]
    absent = [line for line in triggers.missing("default") if line.endswith("is missing.")]
    assert [line for line in absent if against_deleting in line] == [
        f"The trigger {table}_{against_deleting} on {table} is missing."
        for table in (
            "requests_app_chainentry",
            "requests_app_chainhead",
            "requests_app_securityevent",
            "requests_app_securitylogcut",
            "requests_app_erasedcontent",
            "requests_app_letterenclosure",
            "requests_app_lettercopy",
            "requests_app_draftversion",
            "requests_app_letterwording",
            "requests_app_reviewcomment",
            "requests_app_filing",
            "requests_app_mailfile",
            "requests_app_inboundmail",
            "requests_app_rawmailremoval",
            "requests_app_codebookversion",
            "requests_app_sampledraw",
            "requests_app_coding",
            "requests_app_resolution",
            "requests_app_offereddecision",
        )
    ]


def take_down() -> None:
    """Today's triggers gone."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname, relname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid "
                "WHERE NOT tgisinternal"
            )
            for name, table in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name} ON {table}")
            return
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


def as_it_was() -> None:
    """Today's triggers gone, and those of the desk before in place."""
    take_down()
    old = ("requests_app_event", "requests_app_letter", "requests_app_filledform")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION records_desk_refuse() RETURNS trigger "
                "LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'append-only'; END $$"
            )
            for table in old:
                cursor.execute(
                    f"CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table} "
                    "FOR EACH ROW EXECUTE FUNCTION records_desk_refuse()"
                )
            return
        for table in old:
            for act in ("update", "delete"):
                cursor.execute(
                    f"CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
                )
