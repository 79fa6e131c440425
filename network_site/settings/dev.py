"""Settings for a developer's machine and for the demonstration: SQLite, practice payments, mail on a page."""

from network_site.settings.base import *

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = SECRET_KEY or "not-secret-only-for-development-and-demonstration"
IS_DEMONSTRATION = True
VAR.mkdir(parents=True, exist_ok=True)
# Letters are shown on /dev/mail/; set EMAIL_URL to send them as well.
if not env.str("EMAIL_URL", default=""):
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
# Static files come from where they were written, also where DEBUG is off.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
LOGGING["loggers"]["wagtail"] = {"level": "WARNING"}
