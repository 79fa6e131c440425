"""HTML compared by what it says: space beside tags and line breaks make no difference."""

import re
from typing import Self


def tidy(html: str) -> str:
    """The same HTML without space on either side of a tag."""
    return re.sub(r"\s*([<>])\s*", r"\1", re.sub(r"\s+", " ", html)).strip()


class Html(str):
    """Tidied HTML; what is looked for in it is tidied too."""

    __slots__ = ()

    def __new__(cls, html: str) -> Self:
        return super().__new__(cls, tidy(html))

    def __contains__(self, part: str) -> bool:  # type: ignore[override]
        return super().__contains__(tidy(part))

    def __eq__(self, other: object) -> bool:
        return super().__eq__(tidy(str(other)))

    __hash__ = str.__hash__

    def count(self, part: str, *span: int) -> int:  # type: ignore[override]
        return super().count(tidy(part), *span)
