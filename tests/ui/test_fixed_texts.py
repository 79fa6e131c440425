"""A fixed text is found once a language; whatever Django's tag can do besides is Django's."""

import pytest
from django.template import Context, Template, engines
from django.utils import translation

from network_site.ui.fixed_texts import FixedText


def drawn(source: str, language: str = "en-gb", **given: object) -> str:
    with translation.override(language):
        return str(template(source).render(Context(given)))


def template(source: str) -> Template:
    return Template("{% load i18n %}" + source, engine=engines["django"].engine)


@pytest.mark.parametrize(
    ("source", "english", "welsh"),
    [
        ('{% translate "Search" %}', "Search", "Chwilio"),
        ("{% translate 'Search' %}", "Search", "Chwilio"),
        ('{% trans "Search" %}', "Search", "Chwilio"),
        ('{% translate "Search" as word %}{{ word }}!', "Search!", "Chwilio!"),
        ("{% translate word %}", "Search", "Chwilio"),
        ('{% translate "Search"|lower %}', "search", "chwilio"),
        ('{% translate "Search" noop %}', "Search", "Search"),
        ('{% translate "Search" context "nowhere" %}', "Search", "Search"),
        ('{% translate "50% of <b>" %}', "50% of <b>", "50% of <b>"),
        ('{% translate "" %}', "", ""),
    ],
)
def test_each_language_has_its_own_words(source: str, english: str, welsh: str) -> None:
    made = template(source)
    for language, words in [("en-gb", english), ("cy", welsh), ("en-gb", english), ("cy", welsh)]:
        with translation.override(language):
            assert made.render(Context({"word": "Search"})) == words


def test_the_words_of_a_variable_are_looked_up_each_time() -> None:
    made = template("{% translate word %}")
    assert [made.render(Context({"word": word})) for word in ("One", "Two")] == ["One", "Two"]


def test_a_fixed_text_is_looked_up_once(monkeypatch) -> None:
    made = template('{% for one in "abc" %}{% translate "Not in any catalogue" %}{% endfor %}')
    found: list[str] = []
    plain = FixedText.__mro__[1].render
    monkeypatch.setattr(FixedText.__mro__[1], "render", lambda node, context: found.append("x") or plain(node, context))
    assert made.render(Context()) == "Not in any catalogue" * 3
    assert found == ["x"]


def test_what_django_refuses_is_refused() -> None:
    with pytest.raises(Exception, match="at least one argument"):
        template("{% translate %}")


def test_the_rest_of_the_library_is_there() -> None:
    source = "{% get_current_language as code %}{{ code }} {{ 'cy'|language_name }} {% blocktranslate %}Search{% endblocktranslate %}"
    assert drawn(source) == "en-gb Welsh Search"
    assert drawn(source, "cy").startswith("cy ")
