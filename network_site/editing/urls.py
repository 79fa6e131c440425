"""The addresses of the guide, of the reports and of a page's own report; all under /admin/."""

from django.urls import include, path

from network_site.editing.guide import views as guide
from network_site.editing.menu import Menu
from network_site.editing.views import BeforeYouPublish

editing = (
    [
        path("menu/", Menu.as_view(), name="menu"),
        path("guide/", guide.Contents.as_view(), name="guide"),
        path("guide/everything/", guide.Everything.as_view(), name="everything"),
        path("guide/<slug:slug>/", guide.Chapter.as_view(), name="topic"),
        path("before-you-publish/<int:page_id>/", BeforeYouPublish.as_view(), name="before_you_publish"),
    ],
    "editing",
)
urlpatterns = [
    path("reports/house/", include("network_site.editing.reports.urls")),
    path("", include(editing)),
]
