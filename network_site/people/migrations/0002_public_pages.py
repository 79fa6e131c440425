import wagtail.fields
from django.db import migrations, models

import network_site.people.slugs


def give_addresses(apps, schema_editor):
    for kind in ("Organisation", "Person"):
        for row in apps.get_model("people", kind).objects.order_by("pk"):
            row.slug = network_site.people.slugs.free_slug(row, name=row.name)
            row.save(update_fields=["slug"])


ADDRESS = {
    "blank": True,
    "help_text": "The last part of the page’s address. Empty: made from the name.",
    "max_length": 80,
    "verbose_name": "address",
}
WORDS = {"blank": True}
SILENT = "Write something about them first: their page would be empty."


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.AddField("organisation", "slug", models.SlugField(**ADDRESS, default="", db_index=False)),
        migrations.AddField("person", "slug", models.SlugField(**ADDRESS, default="", db_index=False)),
        migrations.RunPython(give_addresses, migrations.RunPython.noop, elidable=True),
        migrations.AlterField("organisation", "slug", models.SlugField(**ADDRESS, unique=True)),
        migrations.AlterField("person", "slug", models.SlugField(**ADDRESS, unique=True)),
        migrations.AddField(
            "organisation",
            "about",
            models.TextField(blank=True, help_text="Two or three sentences.", verbose_name="about"),
        ),
        migrations.AddField(
            "organisation", "together", wagtail.fields.RichTextField(**WORDS, verbose_name="what we do together")
        ),
        migrations.AddField(
            "organisation",
            "is_partner",
            models.BooleanField(
                default=False,
                help_text="It is then listed among our partners.",
                verbose_name="partner with a page of its own",
            ),
        ),
        migrations.AddField(
            "person", "story", wagtail.fields.RichTextField(**WORDS, verbose_name="more about them")
        ),
        migrations.AddField("person", "website", models.URLField(blank=True, verbose_name="website")),
        migrations.AddField(
            "person",
            "is_public",
            models.BooleanField(
                default=False, help_text="Tick it only when they have agreed.", verbose_name="page of their own"
            ),
        ),
        migrations.AddConstraint(
            "organisation",
            models.CheckConstraint(
                condition=models.Q(("is_partner", False), models.Q(("about", ""), _negated=True), _connector="OR"),
                name="partner_page_says_something",
                violation_error_message=SILENT,
            ),
        ),
        migrations.AddConstraint(
            "person",
            models.CheckConstraint(
                condition=models.Q(("is_public", False), models.Q(("about", ""), _negated=True), _connector="OR"),
                name="person_page_says_something",
                violation_error_message=SILENT,
            ),
        ),
    ]
