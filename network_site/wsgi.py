"""The door for the web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "network_site.settings.production")

application = get_wsgi_application()
# What is loaded by now stays: looking through all of it for what may go makes a visitor wait a sixth of a second.
gc.collect()
gc.freeze()
