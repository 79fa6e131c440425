"""What a visitor asks of the search page, read from its address; whatever is not understood is left out."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from network_site.search import kinds

MOST_FIGURES = 4


@dataclass(frozen=True)
class Request:
    """The words, the kind of thing, the page of results, and whether the words are meant exactly as typed."""

    words: str = ""
    kind: str = ""
    page: int = 1
    is_exact: bool = False

    @property
    def address(self) -> str:
        """The address that asks the same, as short as it can be."""
        asked = {
            "q": self.words,
            "kind": self.kind,
            "exact": "1" if self.is_exact else "",
            "page": str(self.page) if self.page > 1 else "",
        }
        return "?" + urlencode({name: value for name, value in asked.items() if value})

    def having(self, **changes: str | int | bool) -> "Request":
        """The same but for these; starts at the first page unless a page is given."""
        return replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]  # fields by name


def read(asked: QueryDict) -> Request:
    """The request of an address; every text is as it was sent."""
    kind, page = asked.get("kind", ""), asked.get("page", "")
    is_number = page.isascii() and page.isdigit() and len(page) <= MOST_FIGURES
    return Request(
        words=asked.get("q", ""),
        kind=kind if kinds.named(kind) else "",
        page=max(1, int(page)) if is_number else 1,
        is_exact=asked.get("exact") == "1",
    )
