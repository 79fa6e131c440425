"""citeproc with its known faults mended: see each class. It takes these classes instead of its own by their names."""

import re
import threading
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from citeproc import CitationStylesStyle, model
from citeproc.model import CitationStylesElement
from citeproc.string import String
from django.utils.translation import gettext_lazy as _

from research_db.citing.marks import ITALIC, ROMAN

FILES = Path(__file__).parent / "styles"
LETTERED_PAGES = re.compile(r"[ivxlc]+\s*[-–]\s*[ivxlc]+", re.IGNORECASE)
# A style keeps notes of the record it is at, so one thread at a time uses it.
at_work = threading.RLock()


class Style(StrEnum):
    """The styles offered, by the names of their files: those that come out as the reference processor makes them."""

    APA = "apa"
    HARVARD = "harvard-cite-them-right"
    AMA = "american-medical-association"
    VANCOUVER = "nlm-citation-sequence"

    @property
    def label(self) -> str:
        """What readers call it."""
        return str(LABELS[self])


LABELS = {
    Style.APA: _("APA, 7th edition"),
    Style.HARVARD: _("Harvard, Cite Them Right"),
    Style.AMA: _("AMA, 11th edition"),
    Style.VANCOUVER: _("Vancouver"),
}


class Formatter:
    """Writes italics as hidden signs, and no other decoration; nothing is escaped yet."""

    preformat = Bold = Light = Underline = Superscript = Subscript = SmallCaps = staticmethod(str)

    @staticmethod
    def Italic(text: Any) -> str:  # noqa: N802  # citeproc's name
        """Text between the signs of italics."""
        return f"{ITALIC}{text}{ROMAN}"

    Oblique = Italic


class Substitute(model.Substitute, CitationStylesElement):
    """Remembers what stood in for the author by the variables it said, whichever element said them."""

    def render(self, item: Any, context: Any = None, **kwargs: Any) -> Any:
        """What stands in for the author."""
        layout = context.get_layout()
        said: set[str] = set()
        layout.said = said
        text = super().render(item, context=context, **kwargs)
        layout.said = None
        layout.repressed.setdefault("said", set()).update(said)
        return text


def _is_told_already(context: Any, variable: str) -> bool:
    """Whether a variable stood in for the author; if that is being found out just now, that it is said is noted."""
    layout = context.get_layout()
    if getattr(layout, "said", None) is not None:
        layout.said.add(variable)
        return False
    return variable in layout.repressed.get("said", ())


class Text(model.Text, CitationStylesElement):
    """Says nothing twice that stood in for the author; gives no number, for citations stand alone.

    Says nowhere “Retrieved” without the day, and has “data set” and the hyphen between pages as the manuals do.
    """

    def _term(self, item: Any) -> Any:
        term = self.get("term")
        if term == "retrieved" and "accessed" not in item.reference:
            return None
        return String("data set") if term == "dataset" else super()._term(item)

    def _process(self, value: Any, variable: str) -> Any:
        text = super()._process(value, variable)
        is_vancouver = self.get_root().get("page-range-format") == "minimal"
        return String(str(text).replace("–", "-")) if is_vancouver and variable == "page" else text

    def _format_last_page(self, first: str, last: str) -> Any:
        """The last page, shortened where the style wants it; numbers in letters, such as “xv”, never are."""
        return super()._format_last_page(first, last) if any(map(str.isdigit, last)) else last

    def _variable(self, item: Any, context: Any) -> Any:
        variable = self.get("variable")
        if variable == "citation-number":
            return None
        text = super()._variable(item, context)
        return None if text and _is_told_already(context, variable) else text


class Names(model.Names, CitationStylesElement):
    """Says no names twice that stood in for the author."""

    def process(self, item: Any, names_context: Any = None, context: Any = None, **kwargs: Any) -> Any:
        """The names of the roles this element is for."""
        context = self if context is None else context
        present = [role for role in self.get("variable").split() if role in item.reference]
        if present and all(_is_told_already(context, role) for role in present):
            return None
        return super().process(item, names_context=names_context, context=context, **kwargs)


class Name(model.Name, CitationStylesElement):
    """Keeps a given name whole that has no capital to make initials of, and sets no mark after small words in one."""

    def initialize(self, given: str, mark: str, context: Any) -> str:
        """The initials, with the style's mark after each."""
        if not any(map(str.isupper, given)):
            return given
        return re.sub(r" \.(?= |$)", "", super().initialize(given, mark, context))


class Label(model.Label, CitationStylesElement):
    """Capitalises its terms, which are English, where a style asks for the case of titles; “xii-xv” are two pages."""

    def _is_plural(self, item: Any) -> bool:
        is_of_pages = self.get("variable") == "page" and "page" in item.reference
        return bool(is_of_pages and LETTERED_PAGES.fullmatch(str(item.reference.page))) or super()._is_plural(item)

    def case(self, text: Any, language: str | None = None) -> Any:
        """The term in the case the style asks for."""
        return super().case(String(text), language or "en")


class Date(model.Date, CitationStylesElement):
    """Sets what stands between the parts of a date as the language's own date says."""

    def join(self, strings: Any, default_delimiter: str = "") -> Any:
        """The parts in one."""
        form = self.get("form")
        own = self.get_date(form).get("delimiter", "") if form and not self.is_locale_date() else default_delimiter
        return super().join(strings, own)


# Styles with Britain's words for editions and editors, its dates and quotation marks; the others have America's.
BRITISH = frozenset({Style.HARVARD})


@cache
def loaded(style: Style) -> CitationStylesStyle:
    """The style, read once; use it only while holding `at_work`."""
    return CitationStylesStyle(
        str(FILES / f"{style}.csl"), locale="en-GB" if style in BRITISH else "en-US", validate=False
    )
