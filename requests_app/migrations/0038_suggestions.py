import django.db.models.deletion
from django.db import migrations, models

TABLE = "requests_app_indexeddataset"
POSTGRESQL = (
    # A generated column: the database keeps it in step with the four texts by itself.
    f"""ALTER TABLE {TABLE} ADD COLUMN search tsvector GENERATED ALWAYS AS (
          setweight(to_tsvector('simple', title_terms), 'A')
          || setweight(to_tsvector('simple', keyword_terms), 'B')
          || setweight(to_tsvector('simple', column_terms), 'C')
          || setweight(to_tsvector('simple', description_terms), 'D')) STORED""",
    f"CREATE INDEX indexed_dataset_search ON {TABLE} USING gin (search)",
)
SQLITE = (
    """CREATE VIRTUAL TABLE catalog_search USING
       fts5(title_terms, keyword_terms, column_terms, description_terms, tokenize = 'ascii')""",
)


def make_search(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL if is_postgresql else SQLITE:
        schema_editor.execute(statement)


def drop_search(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE {TABLE} DROP COLUMN search")
    else:
        schema_editor.execute("DROP TABLE catalog_search")


class Migration(migrations.Migration):

    dependencies = [
        ("requests_app", "0037_portals_given_up"),
    ]

    operations = [
        migrations.AddField(
            model_name="recordsrequest",
            name="letter_names_datasets",
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name="CatalogIndex",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("dataset_count", models.PositiveIntegerField(default=0)),
                ("term_counts", models.JSONField(default=dict)),
                ("rules_version", models.PositiveIntegerField()),
                ("portal", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="index", to="requests_app.cityportal")),
            ],
        ),
        migrations.CreateModel(
            name="IndexedDataset",
            fields=[
                ("dataset", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="indexed", serialize=False, to="requests_app.catalogdataset")),
                ("places", models.JSONField()),
                ("years", models.JSONField(default=list)),
                ("title_terms", models.TextField(blank=True)),
                ("keyword_terms", models.TextField(blank=True)),
                ("column_terms", models.TextField(blank=True)),
                ("description_terms", models.TextField(blank=True)),
                ("portal", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="requests_app.cityportal")),
            ],
        ),
        migrations.RunPython(make_search, drop_search, elidable=False),
    ]
