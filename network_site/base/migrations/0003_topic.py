from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("base", "0002_initial")]

    operations = [
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        help_text="One to three words readers use.", max_length=60, unique=True, verbose_name="name"
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        help_text="How it is written in web addresses: “link-workers”.",
                        max_length=60,
                        unique=True,
                        verbose_name="address",
                    ),
                ),
            ],
            options={"verbose_name": "topic", "verbose_name_plural": "topics", "ordering": ["name"]},
        ),
    ]
