"""The door for the web server."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

from network_site.base import loaded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "network_site.settings.production")

application = get_wsgi_application()
# Every view is loaded before the first visitor comes rather than while they wait.
resolve("/")
loaded.keep()
