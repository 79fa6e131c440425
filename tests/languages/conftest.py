"""The site as it speaks: the visitor's language where all words are ours, and the words we have."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import html5lib
import pytest
from django.test import Client

from network_site.base import words
from network_site.ui import frame

ROOT = Path(__file__).resolve().parents[2]
DJANGOS = "django.middleware.locale.LocaleMiddleware"
OURS = "network_site.base.languages.VisitorsLanguage"
Text = tuple[str, str]


@pytest.fixture(autouse=True)
def _spoken(settings: Any) -> None:
    """As the site is set up, whatever the settings of the tests say."""
    settings.LOCALE_PATHS = [words.FOLDER]
    settings.MIDDLEWARE = [OURS if name == DJANGOS else name for name in settings.MIDDLEWARE]
    frame.part.cache_clear()


@pytest.fixture
def ask(client: Client) -> Callable[..., str]:
    """A page as somebody gets it who asks for a language."""

    def get(path: str, language: str = "cy", *, status: int = 200, data: Any = None) -> str:
        headers = {"accept-language": language}
        answer = client.get(path, headers=headers) if data is None else client.post(path, data, headers=headers)
        assert answer.status_code == status
        return answer.content.decode()

    return get


def texts(html: str, *, within: str = "body") -> list[Text]:
    """Everything one reads or hears in a page, each with the language it is said to be in."""
    document = html5lib.HTMLParser(namespaceHTMLElements=False).parse(html)
    found = document.find(f".//{within}")
    return list(_texts(found if found is not None else document, document.get("lang", "")))


HEARD = ("aria-label", "alt", "title", "placeholder")
SILENT = {"script", "style", "svg"}


def _texts(element: Any, language: str) -> Iterator[Text]:
    language = element.get("lang", language)
    if element.tag in SILENT or not isinstance(element.tag, str):
        return
    yield from ((" ".join(element.get(name).split()), language) for name in HEARD if element.get(name))
    if element.text and element.text.strip():
        yield " ".join(element.text.split()), language
    for child in element:
        yield from _texts(child, language)
        if child.tail and child.tail.strip():
            yield " ".join(child.tail.split()), language
