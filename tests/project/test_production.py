"""The public site refuses to start without its secrets, and starts with them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NEEDED = {
    "SECRET_KEY": "a-long-text-only-for-this-test-with-many-different-letters-0123456789",
    "ALLOWED_HOSTS": "www.example.org",
    "SITE_URL": "https://www.example.org",
    "DATABASE_URL": "sqlite:///:memory:",
    "STRIPE_SECRET_KEY": "sk_test_only",
    "STRIPE_WEBHOOK_SECRET": "whsec_only",
    "EMAIL_URL": "smtp://127.0.0.1:25",
    "DEFAULT_FROM_EMAIL": "bookings@example.org",
    "CONTACT_EMAIL": "bookings@example.org",
}

pytestmark = pytest.mark.project


def check(**environment: str) -> subprocess.CompletedProcess[str]:
    """A process as on a new server: only the path is inherited, nothing a test before this one may have set."""
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "ERROR"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "network_site.settings.production", **environment},
        capture_output=True,
        text=True,
    )


def test_it_starts_with_everything_it_needs() -> None:
    assert check(**NEEDED).returncode == 0


@pytest.mark.parametrize("missing", ["SECRET_KEY", "STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"])
def test_it_names_what_is_missing(missing: str) -> None:
    """Without a Stripe key there would be practice payments: not on the public site."""
    refused = check(**{name: value for name, value in NEEDED.items() if name != missing})
    assert refused.returncode != 0
    assert f"cannot start without {missing}." in refused.stderr
