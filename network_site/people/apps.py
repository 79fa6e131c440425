"""People: the Django app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PeopleConfig(AppConfig):
    name = "network_site.people"
    label = "people"
    verbose_name = "People"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.signals import page_published

        post_migrate.connect(_after_migration, dispatch_uid="people.roles")
        page_published.connect(_after_publishing, dispatch_uid="people.roles")


def _after_migration(sender: AppConfig, **facts: Any) -> None:
    """Permissions are made by each app's own signal; ours completes what is there so far."""
    from django.apps import apps

    from network_site.people.roles import ensure_roles

    # The last app to be migrated speaks last: by then every permission exists.
    if sender == list(apps.get_app_configs())[-1]:
        ensure_roles()


def _after_publishing(sender: Any, **facts: Any) -> None:
    """Conference managers look after the conferences' branch as soon as there is one."""
    from network_site.people.roles import ensure_roles

    if sender._meta.label_lower == "events.conferenceindexpage":
        ensure_roles()
