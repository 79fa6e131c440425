"""The straight way to a page: what its address leads to is kept until an editor changes something.

Stock Wagtail asks the tree two questions a level for every request; here showing a page begins with one.
"""

from django.apps import apps
from wagtail.models import Page

from network_site.base.pages import BasePage
from network_site.base.remembered import remembered

Place = tuple[str, str, int]


def page_at(root: Page, components: list[str]) -> BasePage | None:
    """The published page at this address below `root`; None where the tree has to be walked to know."""
    address = f"{root.url_path}{'/'.join(components)}/"
    app, model_name, key = remembered("base.page_at", shown=address, make=lambda: _place(address)) or ("", "", 0)
    model = apps.get_model(app, model_name) if key else None
    if model is None or not issubclass(model, BasePage):
        return None
    found: BasePage | None = model.for_visitors().filter(pk=key, live=True).first()
    return found


def _place(address: str) -> Place | None:
    kind = Page.objects.filter(url_path=address, live=True).values_list(
        "content_type__app_label", "content_type__model", "pk"
    )
    found: Place | None = kind.first()
    return found
