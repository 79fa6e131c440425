"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def house(request: HttpRequest) -> dict[str, Any]:
    """The site's name and whether what is shown is invented."""
    return {"SITE_NAME": settings.SITE_NAME, "IS_DEMONSTRATION": settings.IS_DEMONSTRATION}
