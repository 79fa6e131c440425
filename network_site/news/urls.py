"""The addresses of news that are not pages of the tree."""

from django.urls import path

from network_site.news import feeds

app_name = "news"
urlpatterns = [
    path("news/feed/rss.xml", feeds.feed, {"kind": "rss"}, name="rss"),
    path("news/feed/atom.xml", feeds.feed, {"kind": "atom"}, name="atom"),
]
