"""A part of a template is drawn once, until an editor changes something or what it is made from is another."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.translation import override

from network_site.base import freshness

Draw = Callable[..., str]
PART = '{% load remembering %}{% remember "test.part" key %}{{ said }}{% endremember %}'


@pytest.fixture
def draw(real_db: str, settings: Any) -> Draw:
    settings.PAGE_CACHE_SECONDS = 60

    def drawn(template: str = PART, **context: object) -> str:
        return Template(template).render(Context(context))

    return drawn


def test_the_same_is_drawn_once_and_another_anew(draw: Draw) -> None:
    assert [draw(key=1, said="one"), draw(key=1, said="two"), draw(key=2, said="two")] == ["one", "one", "two"]


def test_each_language_has_its_own(draw: Draw) -> None:
    draw(key=1, said="one")
    with override("cy"):
        assert draw(key=1, said="un") == "un"


def test_an_editor_s_change_draws_it_anew_and_a_sale_does_not(draw: Draw) -> None:
    draw(key=1, said="one")
    freshness.touch()
    assert draw(key=1, said="two") == "one"
    freshness.touch_words()
    assert draw(key=1, said="two") == "two"


def test_a_preview_is_drawn_each_time_and_seen_by_nobody_else(draw: Draw) -> None:
    preview = SimpleNamespace(is_preview=True)
    assert [draw(key=1, said=said, request=preview) for said in ("draft", "later draft")] == ["draft", "later draft"]
    assert draw(key=1, said="public", request=SimpleNamespace()) == "public"


def test_it_stays_marked_as_html_and_what_goes_in_is_escaped(draw: Draw) -> None:
    twice = [draw(key=1, said="<b>"), draw(key=1, said="<b>")]
    assert twice == ["&lt;b&gt;"] * 2
    whole = "{% load remembering %}{% filter upper %}{% remember 'test.html' 1 %}<i>{% endremember %}{% endfilter %}"
    assert [draw(whole), draw(whole)] == ["<I>"] * 2


@pytest.mark.parametrize("visit", [1, 2])
def test_what_is_set_inside_is_not_there_outside(draw: Draw, visit: int) -> None:
    setting = (
        "{% load remembering %}{% remember 'test.set' 1 %}{% firstof 'in' as x %}{{ x }}{% endremember %}[{{ x }}]"
    )
    assert [draw(setting) for _time in range(visit)][-1] == "in[]"


def test_a_part_that_does_not_end_is_refused(draw: Draw) -> None:
    with pytest.raises(TemplateSyntaxError, match="remember"):
        draw("{% load remembering %}{% remember 'test.part' 1 %}")
