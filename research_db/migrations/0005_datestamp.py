import django.db.models.deletion
from django.db import migrations, models

# What was ever public counts as changed when it was last written.
FILL = """
    INSERT INTO research_db_datestamp (publication_id, at)
    SELECT id, changed_at FROM research_db_publication WHERE first_published_at IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("research_db", "0004_words_of_addresses")]

    operations = [
        migrations.CreateModel(
            name="Datestamp",
            fields=[
                (
                    "publication",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="datestamp",
                        serialize=False,
                        to="research_db.publication",
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={"indexes": [models.Index(fields=["at", "publication"], name="datestamp_in_order")]},
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
