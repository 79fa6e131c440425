"""The content security policy: strict for visitors, and what Wagtail needs for its own screens."""

from typing import Any

from csp.constants import HEADER, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

ADMIN = "/admin/"
# Found by using the admin in a browser: scripts and handlers in its pages, previews in frames, pictures not yet saved.
# Styles in pages are for the widgets of packages; no screen of Wagtail's own that we tried needs them.
ADMIN_DIRECTIVES: dict[str, Any] = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "media-src": [SELF],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}


class HousePolicy(CSPMiddleware):
    """django-csp's middleware with another policy for the admin; no screen of either asks another site."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """The strict policy of the settings, loosened under the admin unless the view set its own."""
        parts = super().get_policy_parts(request, response, report_only=report_only)
        if parts.config is None and not report_only and request.path_info.startswith(ADMIN):
            parts.config = {**settings.CONTENT_SECURITY_POLICY["DIRECTIVES"], **ADMIN_DIRECTIVES}
        return parts

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """A page previewed under the admin keeps the visitors' policy, but the editor may frame it."""
        if request.path_info.startswith(ADMIN) and HEADER in response:
            response[HEADER] = response[HEADER].replace("frame-ancestors 'none'", "frame-ancestors 'self'")
        return super().process_response(request, response)
