"""Demonstration: the Django app."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "network_site.demo"
    label = "demo"
    verbose_name = "Demonstration"
    default_auto_field = "django.db.models.BigAutoField"
