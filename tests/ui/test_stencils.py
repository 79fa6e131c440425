"""A stencil that is filled is what the template would have drawn, whatever the texts."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from hypothesis import given
from hypothesis import strategies as st

from network_site.ui import remembered, stencils

TEXTS = (
    st.text()
    | st.text("\ue000\ue001<&\"'% {}query\\1").map(mark_safe)
    | st.sampled_from(["?q=a&b=%22", "\ue000query\ue001"])
)
YES_OR_NO = st.booleans()


def made_of(*texts: str, **shape: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries({**dict.fromkeys(texts, TEXTS), **shape})


PARTS = {
    "research_db/list/facets.html": made_of("boxes", "first", "last", "hidden"),
    "research_db/list/box.html": made_of("url", "total", "words"),
    "research_db/list/links.html": made_of("site", "about", "lasting", query=st.text(), has_any=YES_OR_NO),
    "research_db/list/take.html": made_of("found", query=st.text()),
    "research_db/parts/other_ways.html": made_of("query", "map_query", has_map=YES_OR_NO),
    "research_db/parts/machines.html": made_of("lasting"),
    "research_db/alerts/offer.html": made_of("lasting", has_any=YES_OR_NO),
    "research_db/list/face.html": made_of(
        *("key", "label", "first", "more"),
        number=st.integers(0, 40),
        **dict.fromkeys(("has_more", "is_open", "is_long", "can_switch", "is_all"), YES_OR_NO),
    ),
}


@pytest.mark.parametrize("name", PARTS)
def test_it_is_what_the_template_draws(name: str) -> None:
    @given(PARTS[name])
    def check(given: dict[str, object]) -> None:
        assert stencils.filled(name, **given) == render_to_string(name, given)

    check()


def test_texts_are_escaped_unless_they_are_html() -> None:
    drawn = stencils.filled("research_db/list/take.html", query="", found="<b>")
    assert "&lt;b&gt;" in drawn
    assert isinstance(drawn, SafeString)
    assert "<b>" in stencils.filled("research_db/list/take.html", query="", found=mark_safe("<b>"))


def test_other_texts_are_no_other_drawing_and_another_shape_is(monkeypatch) -> None:
    made: list[dict[str, object]] = []

    def draw(name: str, context: dict[str, object]) -> SafeString:
        made.append(context)
        return SafeString(f"{context['has_any']}:{context['lasting']}")

    monkeypatch.setattr(remembered, "render_to_string", draw)
    name = "made_up_for_this.html"
    filled = [
        stencils.filled(name, lasting=lasting, has_any=has_any)
        for lasting, has_any in [("a", True), ("b", True), ("a", False), ("a & b", False)]
    ]
    assert filled == ["True:a", "True:b", "False:a", "False:a &amp; b"]
    assert [one["has_any"] for one in made] == [True, False]


def test_each_language_has_its_own() -> None:
    def said() -> str:
        return stencils.filled("research_db/list/box.html", url="/", total="3", words="")

    assert "Search</button>" in said()
    with translation.override("cy"):
        assert "Chwilio</button>" in said()
    assert "Search</button>" in said()
