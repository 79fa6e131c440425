"""The research database: the Django app."""

from django.apps import AppConfig


class ResearchConfig(AppConfig):
    name = "research_db"
    label = "research_db"
    verbose_name = "Research"
    default_auto_field = "django.db.models.BigAutoField"
