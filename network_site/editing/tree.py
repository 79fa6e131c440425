"""Questions over every kind of page at once: what BasePage keeps, each kind has in a table of its own."""

from functools import cache
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce
from wagtail.models import Page, get_page_models
from wagtail.permissions import policy_registry

from network_site.base.pages import BasePage
from network_site.people.models import User


@cache
def kinds() -> tuple[type[BasePage], ...]:
    """Every kind of page of this site."""
    return tuple(model for model in get_page_models() if issubclass(model, BasePage))


def of_any_kind(field: str) -> Coalesce:
    """The field of whichever kind a page is; None for pages that have no such field."""
    places = [F(f"{kind._meta.model_name}__{field}") for kind in kinds()]
    return Coalesce(*places, Value(None), output_field=BasePage._meta.get_field(field).__class__(null=True))


def pages() -> "QuerySet[Page]":
    """Every page of ours with what all kinds have: `said`, its summary, and `review_on`."""
    found = Page.objects.filter(depth__gt=1, content_type__in=_content_types())
    return found.annotate(said=of_any_kind("summary"), review_on=of_any_kind("review_on"))


def pages_for(user: User, *actions: str) -> "QuerySet[Page]":
    """Those of them on which the user may do one of these: "change", "publish"."""
    policy: Any = policy_registry.get_by_type(Page)
    mine = policy.instances_user_has_any_permission_for(user, set(actions or {"change"}))
    return pages().filter(pk__in=mine.order_by().values("pk"))


def may_write(user: User, model: type[BasePage]) -> bool:
    """Whether there is a page of this kind that the user may change, or a place to add one."""
    kinds_of_places = _content_types(model, *model.allowed_parent_page_models())
    return pages_for(user, "add", "change").filter(content_type__in=kinds_of_places).exists()


def _content_types(*models: type[Page]) -> list[int]:
    from django.contrib.contenttypes.models import ContentType

    return [one.pk for one in ContentType.objects.get_for_models(*(models or kinds())).values()]
