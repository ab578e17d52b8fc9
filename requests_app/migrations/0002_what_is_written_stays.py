"""The database itself refuses to change or delete an event or an issued letter, whoever asks.

A later migration that rebuilds one of these tables on SQLite drops its triggers with it:
tests/test_ledger_is_append_only.py notices.
"""

from django.db import migrations

TABLES = ("requests_app_event", "requests_app_letter")

POSTGRES_FUNCTION = """
CREATE FUNCTION records_desk_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'records desk: % is append-only', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$
"""


def protect(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        # No parameters at all: the % is PL/pgSQL's own.
        schema_editor.execute(POSTGRES_FUNCTION, params=None)
        for table in TABLES:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION records_desk_refuse()"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION records_desk_refuse()"
            )
    else:
        for table in TABLES:
            for act in ("UPDATE", "DELETE"):
                schema_editor.execute(
                    f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} BEGIN "
                    f"SELECT RAISE(ABORT, 'records desk: {table} is append-only'); END"
                )


def unprotect(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION records_desk_refuse() CASCADE")
    else:
        for table in TABLES:
            for act in ("update", "delete"):
                schema_editor.execute(f"DROP TRIGGER {table}_no_{act}")


class Migration(migrations.Migration):
    dependencies = [("requests_app", "0001_initial")]
    operations = [migrations.RunPython(protect, unprotect)]
