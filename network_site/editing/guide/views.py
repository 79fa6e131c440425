"""The guide's list, its chapters, and all of it at once for printing."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from network_site.editing.checks import RULES
from network_site.editing.checks.abbreviations import GLOSSARY
from network_site.editing.guide import topics
from network_site.editing.guide.blocks import blocks_by_group

LONGEST_QUERY = 100


class GuidePage(WagtailAdminTemplateMixin, TemplateView):
    """A page of the guide."""

    header_icon = "help"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
        guide = {"url": reverse("editing:guide"), "label": _("Guide")}
        here = {"url": "", "label": self.get_page_title()}
        return [home, here] if isinstance(self, Contents) else [home, guide, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = {"rules": RULES, "glossary": sorted(GLOSSARY.items()), "topics": topics.TOPICS}
        return {**super().get_context_data(**kwargs), **facts}


class Contents(GuidePage):
    """All chapters, or those that speak of something."""

    template_name = "editing/guide/contents.html"
    page_title = _("Editors’ guide")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET.get("q", "")[:LONGEST_QUERY].strip()
        return {**super().get_context_data(**kwargs), "query": query, "found": topics.matching(query)}


class Chapter(GuidePage):
    """One chapter."""

    template_name = "editing/guide/chapter.html"

    def get_topic(self) -> topics.Topic:
        """The one that is asked for."""
        topic = topics.find(self.kwargs["slug"])
        if topic is None:
            raise Http404
        return topic

    def get_page_title(self) -> str:
        return str(self.get_topic().title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        topic = self.get_topic()
        groups = blocks_by_group() if topic.slug == "blocks" else []
        return {**super().get_context_data(**kwargs), "topic": topic, "groups": groups, "shows_previews": True}


class Everything(GuidePage):
    """All chapters one after the other, to be printed."""

    template_name = "editing/guide/everything.html"
    page_title = _("The whole guide")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "groups": blocks_by_group()}
