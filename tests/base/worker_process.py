"""A real worker in a process of its own, for tests: `python -m tests.base.worker_process [options of worker]`."""

import json
import os
import sys

import django
from django.conf import settings
from django.core.management import call_command

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "network_site.settings.test"
    settings.DATABASES["default"].update(json.loads(os.environ["WORKER_DATABASE"]))
    settings.WORKER_SCHEDULE = "tests.base.slow_job.JOBS"
    django.setup()
    call_command("worker", *sys.argv[1:])
