"""Approving what was sent in, straight from a list: what cannot be published stays as it was sent in."""

from typing import Any

from django.contrib.admin.utils import quote
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.utils import get_latest_str
from wagtail.admin.views.pages.workflow import WorkflowActionView as PageAction
from wagtail.snippets.views.snippets import WorkflowActionView as SnippetAction


class SaysWhyNot:
    """Before Wagtail's own: another may have come to have a number or an address of the draft since it was sent in."""

    object: Any
    redirect_url_name: str

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, whole or not at all; where it cannot be done, say so in the form, which says what is wrong."""
        try:
            done: HttpResponse = super().post(request, *args, **kwargs)  # type: ignore[misc]
        except (IntegrityError, ValidationError):
            said = _(
                "“%(title)s” was not published: another has the same number or address, or something in it is not "
                "right. It still waits, as it was sent in. Publish it here, and the form shows what to change."
            )
            messages.error(request, said % {"title": get_latest_str(self.object)})
        else:
            return done
        way = reverse(self.redirect_url_name, args=[quote(self.object.pk)])
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            answer: HttpResponse = self.render_modal_json(request, {"step": "success", "redirect": way})  # type: ignore[attr-defined]
            return answer
        return redirect(way)


class PageApproval(SaysWhyNot, PageAction):
    """Of a page."""


class SnippetApproval(SaysWhyNot, SnippetAction):
    """Of a snippet."""
