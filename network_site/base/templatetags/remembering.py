"""A part of a template that is drawn once, until an editor changes something or what it is made from is another."""

from collections.abc import Sequence

from django.template import Context, Library, Node, NodeList
from django.template.base import FilterExpression, Parser, Token
from django.utils.safestring import SafeString

from network_site.base.remembered import remembered

register = Library()


class RememberNode(Node):
    """What stands between `remember` and `endremember`."""

    def __init__(self, name: FilterExpression, shown: Sequence[FilterExpression], inside: NodeList) -> None:
        self.name, self.shown, self.inside = name, shown, inside

    def render(self, context: Context) -> SafeString:
        """The part, as it is remembered; a preview shows what is not saved, and so is drawn each time."""
        if getattr(context.get("request"), "is_preview", False):
            return self._drawn(context)
        shown = [one.resolve(context) for one in self.shown]
        return remembered(str(self.name.resolve(context)), shown=shown, make=lambda: self._drawn(context))

    def _drawn(self, context: Context) -> SafeString:
        with context.push():  # what is set inside is not there where the part is remembered, and so never
            return self.inside.render(context)


@register.tag
def remember(parser: Parser, token: Token) -> RememberNode:
    """`{% remember "research.record" object.pk as_of %}…{% endremember %}`.

    First comes what it is, then everything it is made from besides the pages, pictures and snippets that this names:
    see `base.remembered`. Nothing inside may depend on the visitor.
    """
    name, *shown = map(parser.compile_filter, token.split_contents()[1:])
    inside = parser.parse(["endremember"])
    parser.delete_first_token()
    return RememberNode(name, shown, inside)
