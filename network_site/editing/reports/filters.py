"""How lists are narrowed."""

from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import MultipleContentTypeFilter, WagtailFilterSet
from wagtail.models import Page, get_page_content_types

from network_site.editing.models import LinkCheck


def kinds(request: HttpRequest | None) -> "QuerySet[ContentType]":
    """Kinds of pages there are."""
    found: QuerySet[ContentType] = get_page_content_types(include_base_page_type=False)
    return found


class Whose(django_filters.ChoiceFilter):
    """Everybody's, or mine."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Whose"), choices=[("me", _("Mine"))], empty_label=_("All"), widget=forms.RadioSelect, **kwargs
        )

    def filter(self, qs: "QuerySet[Page]", value: str) -> "QuerySet[Page]":
        return qs.filter(owner=self.parent.request.user) if value == "me" else qs


class PageFilters(WagtailFilterSet):
    """By kind of page and by owner."""

    whose = Whose()
    content_type = MultipleContentTypeFilter(label=_("Kind"), queryset=kinds, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = Page
        fields: list[str] = []


class DraftFilters(PageFilters):
    """And by how long nobody has touched them."""

    untouched = django_filters.NumberFilter(
        label=_("Untouched for so many days"), method="filter_untouched", widget=forms.NumberInput(attrs={"min": 0})
    )

    def filter_untouched(self, pages: "QuerySet[Page]", name: str, value: Any) -> "QuerySet[Page]":
        days = min(int(value), 36_500)
        return pages.filter(latest_revision_created_at__lte=timezone.now() - timedelta(days=max(days, 0)))


class LinkFilters(WagtailFilterSet):
    """By what was found, and where it leads."""

    status = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=LinkCheck.Status.choices, widget=forms.CheckboxSelectMultiple
    )
    place = django_filters.ChoiceFilter(
        label=_("Where it leads"),
        method="filter_place",
        choices=[("here", _("This site")), ("elsewhere", _("Other sites"))],
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = LinkCheck
        fields: list[str] = []

    def filter_place(self, links: "QuerySet[LinkCheck]", name: str, value: str) -> "QuerySet[LinkCheck]":
        return links.filter(host="") if value == "here" else links.exclude(host="")
