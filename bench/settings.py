"""The public site's settings with practice payments: what production runs, without its secrets."""

from network_site.settings.base import *

SECRET_KEY = "only-for-benchmarks"
DEBUG = False
IS_DEMONSTRATION = True
MAY_BE_FOUND = True  # a demonstration asks not to be found, which Lighthouse would mark down
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "bench.urls"
HOLDS_PER_ADDRESS = 1_000_000
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
LOGGING["root"]["level"] = "WARNING"
TEMPLATES[0]["DIRS"] = [ROOT / "bench/templates"]
if not env.bool("BENCH_PAGE_CACHE", default=True):
    MIDDLEWARE = [name for name in MIDDLEWARE if "page_cache" not in name]
MIDDLEWARE = ["bench.counting.CountedStatements", *MIDDLEWARE]
