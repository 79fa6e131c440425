"""The door for the web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "network_site.settings.production")

application = get_wsgi_application()
# Every view is loaded before the first visitor comes rather than while they wait. What is loaded by then stays: looking
# through all of it for what may go would make a visitor wait a sixth of a second now and then.
resolve("/")
gc.collect()
gc.freeze()
