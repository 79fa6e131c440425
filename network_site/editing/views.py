"""Before you publish: what there is to put right in one page's newest draft."""

from itertools import groupby
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from network_site.editing.checks import Finding, Report, report_on
from network_site.editing.reading import facts_of
from network_site.editing.reports.base import edit_url


class BeforeYouPublish(WagtailAdminTemplateMixin, TemplateView):
    """Everything the house notices in the newest draft, in the order of its rules; it stops nobody."""

    template_name = "editing/checks/before_you_publish.html"
    page_title = _("Before you publish")
    header_icon = "glasses"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        page = get_object_or_404(Page.objects.filter(depth__gt=1), pk=kwargs["page_id"])
        if not page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        self.draft = page.get_latest_revision_as_object()

    def get_page_subtitle(self) -> str:
        return str(self.draft.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": edit_url(self.draft), "label": self.get_page_subtitle()},
            {"url": "", "label": self.page_title},
        ]

    @cached_property
    def report(self) -> Report:
        """What is found in the draft’s preview."""
        if not self.draft.is_previewable():
            return report_on("", facts=facts_of(self.draft))
        response = self.draft.make_preview_request(self.request, self.draft.default_preview_mode)
        if hasattr(response, "render"):
            response.render()
        return report_on(response.content.decode(response.charset, "replace"), facts=facts_of(self.draft))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "draft": self.draft,
            "reading": self.report.reading,
            "rules": together(self.report.findings),
            "edit_url": edit_url(self.draft),
        }


def together(findings: tuple[Finding, ...]) -> list[dict[str, Any]]:
    """Findings of one rule under one heading."""
    return [
        {
            "sentence": found[0].sentence,
            "advice": found[0].advice,
            "excerpts": [one.excerpt for one in found if one.excerpt],
        }
        for _rule, group in groupby(findings, key=lambda one: one.rule)
        if (found := list(group))
    ]
