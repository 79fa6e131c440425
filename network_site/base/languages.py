"""Which language is spoken where: a page speaks its own, and what stands round it the visitor's.

Words that are ours (log-in, search, what stands round a page) are there in several languages; what editors write is in
one. A visitor who asks for Welsh gets our words in Welsh, and an editor's page as it was written, wholly and said so.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.translation import get_language_info
from wagtail.models import Locale, Page

KEEP_SECONDS = 3600
# Where every word is ours and translated; elsewhere a page is in the site's own language.
TRANSLATED = ("allauth.", "network_site.people.views.", "network_site.search.views.")


@dataclass(frozen=True)
class Spoken:
    """A language as HTML names it, and the direction it is written in."""

    tag: str
    direction: str


class VisitorsLanguage(LocaleMiddleware):
    """Django's choice by what the browser asks for, kept to the pages that are wholly there in that language."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """Speak the site's own language where the words are not ours to translate, or not yet translated."""
        if not is_translated(view):
            translation.activate(settings.LANGUAGE_CODE)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """What went wrong is told in words of ours, and so in the visitor's language again."""
        translation.activate(visitors(request))


def is_translated(view: Callable[..., Any]) -> bool:
    """Whether a view shows nothing but words that are there in every language of the site."""
    return f"{getattr(view, 'view_class', view).__module__}.".startswith(TRANSLATED)


def speak(page: Page) -> None:
    """From here on the page's language, until the request is over."""
    translation.activate(code_of(page))


def visitors(request: HttpRequest | None) -> str:
    """The language the visitor asked for; the one spoken now where nobody asked."""
    return getattr(request, "LANGUAGE_CODE", None) or current()


def spoken(code: str = "") -> Spoken:
    """A language, or the one spoken now, as HTML needs it."""
    return _spoken(code or current())


@lru_cache(maxsize=64)
def _spoken(code: str) -> Spoken:
    return Spoken(tag(code), direction(code))


def language_of(page: Page) -> str:
    """The language a page is written in, as a tag for `lang`: "en-GB"."""
    return tag(code_of(page))


def code_of(page: Page) -> str:
    """The same as one of the site's own codes, such as "en-gb"."""
    return own(_stored(page.locale_id)) if page.locale_id else settings.LANGUAGE_CODE


def _stored(locale: int) -> str:
    """A locale's code, asked once in a while: locales hardly ever change."""
    key = f"base.locale.{locale}"
    code: str | None = cache.get(key)
    if code is None:
        code = str(Locale.objects.get(pk=locale).language_code)
        cache.set(key, code, KEEP_SECONDS)
    return code


@lru_cache(maxsize=64)
def own(code: str) -> str:
    """The site's variant of a language: "en" is "en-gb" here."""
    codes = [known for known, _ in settings.LANGUAGES]
    if code in codes:
        return code
    return next((known for known in codes if known.split("-")[0] == code.split("-", maxsplit=1)[0]), code)


@lru_cache(maxsize=64)
def tag(code: str) -> str:
    """A language's code as HTML and the feeds write it: "en-gb" is "en-GB"."""
    name, _, region = code.partition("-")
    return f"{name}-{region.upper()}" if region else name


def direction(code: str) -> str:
    """ "rtl" for a language that is written from right to left, otherwise "ltr"."""
    try:
        info: dict[str, Any] = get_language_info(code)
    except KeyError:
        return "ltr"
    return "rtl" if info["bidi"] else "ltr"


def current() -> str:
    """The language that is spoken now."""
    return translation.get_language() or settings.LANGUAGE_CODE
