"""Noticing what editors change, so that visitors see it at once."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.settings.models import AbstractSetting
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move, published, unpublished
from wagtail.snippets.models import get_snippet_models

from network_site.base.freshness import touch_words

SHOWN = (AbstractSetting, AbstractImage, AbstractDocument, Site, Redirect, PageViewRestriction)
EDITORIAL = (page_published, page_unpublished, page_slug_changed, post_page_move, published, unpublished)


def watch() -> None:
    """Connect the receivers; once, when the apps are ready."""
    for signal in EDITORIAL:
        signal.connect(something_changed, dispatch_uid="base.changes")
    post_save.connect(row_saved, dispatch_uid="base.changes")
    post_delete.connect(row_deleted, dispatch_uid="base.changes")


def something_changed(**kwargs: Any) -> None:
    """A page, snippet or the tree looks different."""
    touch_words()


def row_saved(sender: type[Model], *, update_fields: frozenset[str] | None, **kwargs: Any) -> None:
    """A row that pages show was saved; saving a draft names its fields and shows nothing."""
    if is_shown(sender) or (issubclass(sender, Page) and update_fields is None):
        touch_words()


def row_deleted(sender: type[Model], **kwargs: Any) -> None:
    """A row that pages show is gone."""
    if is_shown(sender) or issubclass(sender, Page):
        touch_words()


def is_shown(model: type[Model]) -> bool:
    """Whether rows of this kind appear on visitors’ pages as soon as they are saved."""
    return issubclass(model, SHOWN) or model in get_snippet_models()
