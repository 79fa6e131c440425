"""Django's tag of translation, but that a fixed text is found once in each language and not at each drawing.

Looking a text up passes through the catalogue of every part of the site, and a page has forty of them.
"""

from django.template import Context
from django.template.base import FilterExpression, Parser, Token
from django.templatetags import i18n
from django.utils.translation import get_language


class FixedText(i18n.TranslateNode):
    """A text that is there in so many words, with nothing done to it: it depends on the language alone."""

    def __init__(self, text: FilterExpression) -> None:
        super().__init__(text, noop=False)
        self._found: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        """The text in the language that is spoken now."""
        language = get_language()
        if language not in self._found:
            self._found[language] = super().render(context)
        return self._found[language]


def translate(parser: Parser, token: Token) -> i18n.TranslateNode:
    """`{% translate "So many words" %}`, and whatever else Django's tag takes."""
    node = i18n.do_translate(parser, token)
    text = node.filter_expression
    is_fixed = text.token.startswith(('"', "'")) and not (
        text.filters or node.noop or node.asvar or node.message_context
    )
    return FixedText(text) if is_fixed else node


def install() -> None:
    """From here on `{% load i18n %}` gives every template this tag."""
    for name in ("translate", "trans"):
        i18n.register.tag(name, translate)
