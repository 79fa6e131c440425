import django.db.models.deletion
import wagtail.fields
import wagtail.models.preview
from django.conf import settings
from django.db import migrations, models

import network_site.base.links


class Migration(migrations.Migration):
    dependencies = [("pages", "0002_social_image"), migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL)]

    operations = [
        migrations.CreateModel(
            name="Callout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        help_text="For editors: what it is about.", max_length=100, unique=True, verbose_name="name"
                    ),
                ),
                (
                    "tone",
                    models.CharField(
                        choices=[("note", "Note"), ("ok", "Good news"), ("warn", "Take care")],
                        default="note",
                        max_length=4,
                        verbose_name="tone",
                    ),
                ),
                ("heading", models.CharField(max_length=120, verbose_name="heading")),
                ("text", wagtail.fields.RichTextField(blank=True, verbose_name="text")),
                ("link_words", models.CharField(blank=True, max_length=120, verbose_name="words of the link")),
                (
                    "url",
                    models.CharField(
                        blank=True,
                        max_length=500,
                        validators=[network_site.base.links.safe_address],
                        verbose_name="or an address",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="page it leads to",
                    ),
                ),
            ],
            options={
                "verbose_name": "callout",
                "verbose_name_plural": "callouts",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("page", None), ("url", ""), _connector="OR"),
                        name="callout_leads_to_one_place",
                        violation_error_message="Choose a page or an address, not both.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("url", ""), models.Q(("link_words", ""), _negated=True), _connector="OR"),
                        name="callout_link_has_words",
                        violation_error_message="Say what the link leads to.",
                    ),
                ],
            },
            bases=(wagtail.models.preview.PreviewableMixin, models.Model),
        ),
    ]
