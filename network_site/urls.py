"""Every address of the site; the Wagtail tree comes last."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from network_site.base.health import healthz, readyz
from network_site.base.media import uploaded
from network_site.base.straight import serve

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("network_site.people.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("accounts/", include("allauth.urls")),
    path("", include("network_site.ui.urls")),
    path("healthz", healthz),
    path("readyz", readyz),
    path("dev/mail/", include("network_site.mail.urls")),
    path("payments/", include("network_site.payments.urls")),
    path("", include("network_site.sharing.urls")),
    path("", include("network_site.search.urls")),
    path("", include("events.urls")),
    path("", include("research_db.urls")),
    path("", include("network_site.history.urls")),
    path("", include("network_site.news.urls")),
    path("", include("network_site.contact.urls")),
    path("media/<path:path>", uploaded),
    *(one for one in wagtail_urls.urlpatterns if one.name != "wagtail_serve"),
    re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
]
