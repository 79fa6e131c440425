"""Editing: the Django app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate


class EditingConfig(AppConfig):
    name = "network_site.editing"
    label = "editing"
    verbose_name = "Editing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Carry Wagtail's notices by letter, make the workflow, ask for our own links again when pages go."""
        from wagtail.models import Page
        from wagtail.signals import page_slug_changed, page_unpublished, post_page_move

        from network_site.editing import notices, waiting  # noqa: F401  offers what waits

        notices.take_over()
        post_migrate.connect(_after_migration, dispatch_uid="editing.workflows")
        for signal in (page_unpublished, page_slug_changed, post_page_move):
            signal.connect(_own_links_may_break, dispatch_uid="editing.links")
        post_delete.connect(_own_links_may_break, sender=Page, dispatch_uid="editing.links")


def _after_migration(sender: AppConfig, **facts: Any) -> None:
    """The last app to be migrated speaks last: by then every kind of content is known."""
    from django.apps import apps

    from network_site.editing.workflows import ensure_workflows

    if sender == list(apps.get_app_configs())[-1]:
        ensure_workflows()


def _own_links_may_break(**facts: Any) -> None:
    """Some links to pages of ours may lead nowhere now."""
    from network_site.editing.links.checking import ask_ourselves_again

    ask_ourselves_again()
