"""PDF: the Django app."""

from django.apps import AppConfig


class PdfConfig(AppConfig):
    name = "network_site.pdf"
    label = "pdf"
    verbose_name = "PDF"
    default_auto_field = "django.db.models.BigAutoField"
