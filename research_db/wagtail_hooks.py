"""The research database in the Wagtail admin."""

from wagtail import hooks

from research_db.admin.imports import ImportViewSet


@hooks.register("register_admin_viewset")
def imports() -> ImportViewSet:
    """Imports."""
    return ImportViewSet()
