"""Addresses that machines look for."""

from django.urls import path

from network_site.sharing import views

app_name = "sharing"
urlpatterns = [
    path("share/<slug:kind>-<int:pk>-<slug:digest>.png", views.card, name="card"),
    path("share/draft/<str:sealed>.png", views.draft, name="draft"),
    path("sitemap.xml", views.site_map, name="sitemap"),
    path("sitemap-<int:number>.xml", views.sitemap_part, name="sitemap_part"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security, name="security"),
    path("feed.xml", views.atom, name="feed"),
    path("favicon.ico", views.icon, {"name": "favicon.ico"}, name="favicon"),
    path("apple-touch-icon.png", views.icon, {"name": "apple-touch-icon.png"}, name="touch_icon"),
    path("site.webmanifest", views.manifest, name="manifest"),
]
