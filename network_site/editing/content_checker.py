"""Wagtail's content checker with the house's rules: the specification of what static/editing/checks.js looks for."""

from typing import Any

from django.forms.widgets import Script
from django.http import HttpRequest
from wagtail.admin.userbar import ContentCheckerItem

from network_site.base.pages import BasePage
from network_site.editing.checks import rules
from network_site.editing.checks.abbreviations import GLOSSARY, KNOWN
from network_site.editing.checks.rules import RULES

# Rules that axe-core or Wagtail has already, under the names our reports give them.
BORROWED = {
    "house-heading-order": "heading-order",
    "house-empty-heading": "empty-heading",
    "house-alt-missing": "image-alt",
}
PARAGRAPHS = "main :is(p, li, dd, td, figcaption, blockquote)"
LOOKED_AT = {
    "house-summary": "main h1",
    "house-dead-link": "main a:not([href], [id], [name])",
    "house-link-words": "main a[href]",
    "house-bare-address": "main a[href]",
    "house-alt-words": "main img[alt]",
    "house-long-sentence": PARAGRAPHS,
    "house-reading-age": "main h1",
    "house-abbreviation": "main :is(p, li, dd, td)",
    "house-file-size": "main a[href]",
    "house-table-header": "main table:not([role=presentation])",
    "house-transcript": "main [data-video]",
}
OPTIONS: dict[str, dict[str, Any]] = {
    "house-link-words": {"vague": list(rules.VAGUE)},
    "house-bare-address": {"pattern": rules.BARE_ADDRESS},
    "house-alt-words": {"patterns": [rules.PICTURE_OF, rules.FILE_NAME]},
    "house-long-sentence": {"most": rules.LONGEST_SENTENCE},
    "house-reading-age": {"highest": rules.HIGHEST_READING_AGE},
    "house-abbreviation": {"known": sorted(KNOWN), "glossary": GLOSSARY},
    "house-file-size": {"files": rules.FILE_LINK, "size": rules.SIZE},
}


class HouseChecker(ContentCheckerItem):
    """Axe's and Wagtail's rules for content, and ours; `page` is what is looked at, as it would be saved."""

    axe_run_only = [
        "button-name",
        "empty-table-header",
        "frame-title",
        "link-name",
        "p-as-heading",
        *BORROWED.values(),
        *LOOKED_AT,
    ]
    axe_custom_rules = [
        {"id": name, "impact": "moderate", "selector": selector, "tags": ["house"], "any": [name], "enabled": True}
        for name, selector in LOOKED_AT.items()
    ]
    axe_messages = {
        **ContentCheckerItem.axe_messages,
        **{BORROWED.get(one.name, one.name): {"error_name": one.sentence, "help_text": one.advice} for one in RULES},
    }

    class Media:
        js = [Script("editing/checks.js", type="module")]

    def __init__(self, page: Any = None, *, in_editor: bool = False) -> None:
        super().__init__(in_editor=in_editor)
        self.page = page

    def get_axe_custom_checks(self, request: HttpRequest) -> list[dict[str, Any]]:
        """What each check needs to know; the page’s own fields among it."""
        is_missing = isinstance(self.page, BasePage) and not self.page.description
        options = {**OPTIONS, "house-summary": {"isMissing": is_missing}}
        return [{"id": name, "options": options.get(name, {})} for name in LOOKED_AT]
