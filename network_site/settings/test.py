"""Settings for the tests: quick where that changes nothing a user could notice."""

from network_site.settings.base import *

DEBUG = False
SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["*"]
SITE_URL = "http://testserver"
IS_DEMONSTRATION = True
STRIPE_SECRET_KEY = ""
PAYMENTS_GATEWAY = "network_site.payments.practice_gateway.PracticeGateway"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PAGE_CACHE_SECONDS = 0  # tests of the page cache turn it on
HOLDS_PER_ADDRESS = 100_000
ACCOUNT_RATE_LIMITS = False

# A test's data need not outlive a power cut, as a site's must.
QUICK = {**SQLITE_OPTIONS, "init_command": str(SQLITE_OPTIONS["init_command"]).replace("FULL", "OFF")}
ON_POSTGRES: dict[str, object] = {"ENGINE": "django.db.backends.postgresql", "NAME": "made by tests/databases.py"}
ON_SQLITE = {**DATABASES["default"], "OPTIONS": QUICK}
DATABASES["default"] = ON_POSTGRES if env.str("TEST_DATABASE", default="sqlite") == "postgres" else ON_SQLITE
