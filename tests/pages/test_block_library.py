"""The library as an editor picks from it: every block can be looked at, and bears whatever is put into it."""

import json
import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import html5lib
import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from wagtail.blocks import BlockGroup, ListBlock, StructBlock

from network_site.base.blocks import body_blocks
from network_site.base.models import NetworkDocument, NetworkImage
from network_site.demo.tree import read
from network_site.history.models import Era, TimelineEvent
from network_site.pages.blocks import page_blocks
from network_site.pages.models import StandardPage
from network_site.people.models import User
from tests.factories.pages import NO_LINK
from tests.pages.reading import Html

pytestmark = pytest.mark.any_database

Make = Callable[..., Any]
NAMES = [name for name, _block in page_blocks()]
LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 2
RIGHT_TO_LEFT = "الوصفة الاجتماعية تبدأ بإبريق شاي وشيء مكسور"
SCRIPT = "</p><script>alert('x')</script><img src=x onerror=alert(1)>&amp;"
NINETY = "How the network came to be, what it does in every county, and who may come along on Tuesdays"


def body_of(page: StandardPage) -> str:
    source = "{% load page_parts %}{% body page.body as body %}{{ body.html }}"
    return str(Template(source).render(Context({"page": page})))


def faults(html: str, *, whole: bool = False) -> list[str]:
    parser = html5lib.HTMLParser()
    parser.parse(html) if whole else parser.parseFragment(html)
    return [code for _where, code, _facts in parser.errors]


# --- picking one --------------------------------------------------------------------------------------


@pytest.fixture
def moment(db: None) -> TimelineEvent:
    era = Era.objects.create(slug="first", title="First", years="2015", starts_on=date(2015, 1, 1))
    return TimelineEvent.objects.create(
        slug="began",
        title="It began",
        summary="With a kettle.",
        era=era,
        starts_on=date(2015, 10, 1),
        is_milestone=True,
    )


@pytest.mark.usefixtures("moment")
@pytest.mark.parametrize("name", NAMES)
def test_an_editor_can_look_at_a_block_before_using_it(name: str) -> None:
    block = dict(page_blocks())[name]
    assert block.is_previewable
    html = str(block.render(block.get_preview_value()))
    assert len(re.sub(r"<[^>]*>|\s+", " ", html).split()) > 3, "it says something"
    assert faults(html) == []
    assert not {"None", "Undefined"} & set(re.sub(r"<[^>]*>", " ", html).split())


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_the_picker_shows_it_in_the_look_of_the_site(name: str, client: Client) -> None:
    client.force_login(User.objects.create_superuser("editor@example.org"))
    block = StandardPage._meta.get_field("body").stream_block.child_blocks[name]
    answer = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert 'class="page-body"' in html
    assert "base/blocks.css" in html
    assert re.search(r'<html lang="en', html)


@pytest.mark.parametrize(("name", "block"), page_blocks())
def test_what_only_changes_the_look_is_among_the_settings(name: str, block: Any) -> None:
    looks = {"size", "shape", "tone"}
    if isinstance(block, StructBlock) and looks & set(block.child_blocks):
        assert isinstance(block.meta.form_layout, BlockGroup)
        assert looks & set(block.child_blocks) <= set(block.meta.form_layout.settings)


@pytest.mark.parametrize(("name", "block"), page_blocks())
def test_a_list_knows_how_long_it_may_be(name: str, block: Any) -> None:
    lists = [child for child in getattr(block, "child_blocks", {}).values() if isinstance(child, ListBlock)]
    for child in lists:
        if child.label != "Themes":  # none of those is all of them
            assert child.meta.min_num
        assert child.meta.max_num or child.label == "Themes"


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_an_empty_block_is_kept_as_a_draft_and_not_published(name: str) -> None:
    block = dict(page_blocks())[name]
    empty = block.get_default()
    block.defer_required_validation()
    block.clean(empty)
    block.restore_deferred_validation()
    if name != "table":  # Wagtail itself lets an empty table be; it shows nothing
        with pytest.raises(ValidationError):
            block.clean(empty)


def test_a_gallery_holds_two_to_six_pictures_and_steps_are_at_least_two() -> None:
    library = dict(body_blocks())
    gallery, steps = library["gallery"].child_blocks["items"], library["steps"].child_blocks["items"]
    assert (gallery.meta.min_num, gallery.meta.max_num) == (2, 6)
    assert steps.meta.min_num == 2


# --- bearing anything ---------------------------------------------------------------------------------


def soaked(value: Any, words: str) -> Any:
    """The same value with other words wherever an editor writes words."""
    if isinstance(value, dict):
        kept = {"type", "size", "shape", "tone", "which", "address", "url", "email", "table_header_choice"}
        return {key: item if key in kept else soaked(item, words) for key, item in value.items()}
    if isinstance(value, list):
        return [soaked(item, words) for item in value]
    return words if isinstance(value, str) and not value.startswith("@") else value


@pytest.fixture
def every(picture: Make, document: NetworkDocument, add: Make) -> Callable[[str], str]:
    """The body of the page with every block, in other words where any are given; names are resolved to real things."""
    from network_site.pages.callouts import Callout
    from network_site.people.models import Organisation, Person

    target = add(StandardPage, title="Somewhere", summary="Where it leads.")
    keys = {
        "page": target.pk,
        "picture": picture().pk,
        "document": document.pk,
        "person": Person.objects.create(name="Ada Weaver").pk,
        "organisation": Organisation.objects.create(name="The Weavers").pk,
        "callout": Callout.objects.create(name="Help", heading="Help", text="<p>Now.</p>").pk,
    }

    def resolved(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: resolved(item) for key, item in value.items()}
        if isinstance(value, list):
            return [resolved(item) for item in value]
        return keys[value[1:].partition(":")[0]] if isinstance(value, str) and value.startswith("@") else value

    def make(words: str = "") -> str:
        content = read("pages/every_block.json")["body"]
        blocks = [{**block, "value": soaked(block["value"], words) if words else block["value"]} for block in content]
        return body_of(add(StandardPage, body=json.dumps(resolved(blocks))))

    return make


def test_the_editors_example_has_every_block() -> None:
    used = {block["type"] for block in read("pages/every_block.json")["body"]}
    assert set(NAMES) - used == set()


def test_a_page_with_every_block_is_valid(every: Callable[..., str]) -> None:
    html = every()
    assert faults(html) == []
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert " style=" not in html
    assert not re.search(r"\son[a-z]+=", html)


def test_headings_go_down_one_at_a_time(every: Callable[..., str]) -> None:
    levels = [1, *map(int, re.findall(r"<h([1-6])", every()))]
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []
    assert set(levels) == {1, 2, 3}


@pytest.mark.parametrize("words", [LONG, RIGHT_TO_LEFT, NINETY, "1", "…", "a\n\nb", "\u200b"])
def test_any_words_make_a_valid_page(every: Callable[..., str], words: str) -> None:
    assert faults(every(words)) == []


def test_words_are_never_taken_for_markup(every: Callable[..., str]) -> None:
    content = [block for block in read("pages/every_block.json")["body"] if block["type"] != "text"]
    assert content
    html = every(SCRIPT)
    plain = re.sub(r'<div class="(?:prose|question__answer prose)">.*?</div>', "", html, flags=re.DOTALL)
    assert "<script>alert" not in re.sub(r"<p class=\"notice__heading\">.*?</div>", "", plain, flags=re.DOTALL)


def test_a_page_whose_things_are_all_gone_is_still_a_page(every: Callable[..., str], add: Make) -> None:
    html = every()
    assert "Ada Weaver" in html
    page = StandardPage.objects.exclude(title="Somewhere").latest("pk")
    for model in (NetworkImage, NetworkDocument):
        model.objects.all().delete()
    from network_site.pages.callouts import Callout
    from network_site.people.models import Organisation, Person

    for gone in (Callout, Organisation, Person):
        gone.objects.all().delete()
    StandardPage.objects.get(title="Somewhere").delete()
    bare = body_of(StandardPage.objects.get(pk=page.pk))
    assert faults(bare) == []
    assert "None" not in re.sub(r"<[^>]*>", " ", bare).split()
    for trace in ("Ada Weaver", "<picture", "Somewhere", "download__title"):
        assert trace not in bare


# --- what is new --------------------------------------------------------------------------------------


def test_steps_are_a_numbered_list(page_with: Make) -> None:
    items = [{"title": "Ask", "text": "<p>At your practice.</p>"}, {"title": "Go", "text": ""}]
    html = Html(body_of(page_with(("steps", {"heading": "How", "items": items}), kind=StandardPage)))
    assert '<ol class="hung" role="list">' in html
    assert '<h3 class="steps__title"><span class="steps__number">1</span> Ask</h3>' in html
    assert html.count('<div class="prose">') == 1
    plain = Html(body_of(page_with(("steps", {"heading": "", "items": items}), kind=StandardPage)))
    assert '<p class="steps__title"><span class="steps__number">2</span> Go</p>' in plain


def chosen(image: NetworkImage, alt: str = "") -> dict[str, Any]:
    return {"image": image.pk, "decorative": not alt, "alt_text": alt}


def test_a_gallery_says_a_shared_credit_once(page_with: Make, picture: Make) -> None:
    images = [picture("a", credit="A. Weaver"), picture("b", credit="A. Weaver")]
    items = [{"image": chosen(image, "Wool"), "caption": "One"} for image in images]
    html = body_of(page_with(("gallery", {"heading": "", "items": items, "shape": "alike"}), kind=StandardPage))
    assert html.count("A. Weaver") == 1
    assert html.count("<picture>") == html.count("<figcaption") == 2
    assert html.count('alt="Wool"') == 2
    assert "fill-400x300" in html


def test_a_gallery_says_whose_each_is_where_they_differ(page_with: Make, picture: Make) -> None:
    images = [picture("a", credit="A. Weaver"), picture("b", credit="B. Knitter")]
    items = [{"image": chosen(image), "caption": ""} for image in images]
    html = body_of(page_with(("gallery", {"heading": "", "items": items, "shape": "own"}), kind=StandardPage))
    assert html.count("picture__credit") == 2
    assert "fill-" not in html


def test_a_picture_may_be_another_one_on_a_phone(page_with: Make, picture: Make) -> None:
    value = {"image": chosen(picture("wide"), "Hands"), "caption": "", "size": "column", "narrow": picture("tall").pk}
    html = body_of(page_with(("picture", value), kind=StandardPage))
    assert html.count('media="(max-width: 35.99rem)"') == 3
    assert "tall" in html.split("<img")[0]


def test_documents_are_listed_with_their_facts(page_with: Make, document: NetworkDocument) -> None:
    items = [
        {"document": document.pk, "title": "", "note": "What was said"},
        {"document": document.pk, "title": "Again", "note": ""},
    ]
    html = Html(body_of(page_with(("documents", {"heading": "To take away", "items": items}), kind=StandardPage)))
    assert html.count("<li>") == 2
    assert html.count("PDF, 2.0\xa0KB") == html.count("Last changed on") == 2
    assert f'<a href="{document.url}">Again</a>' in html


def test_an_address_is_one(page_with: Make) -> None:
    value = {
        "name": "The library", "lines": "12 Weaver Street\nLeeds", "directions": "<p>Downhill.</p>",
        "phone": "0113 496 0000", "email": "a@example.org",
        "map": {"text": "On a map", "page": None, "url": "https://example.org/map"},
    }  # fmt: skip
    html = Html(body_of(page_with(("address", value), kind=StandardPage)))
    assert "<address><p>12 Weaver Street<br>Leeds</p>" in html
    assert '<a href="tel:01134960000">Telephone 0113 496 0000</a>' in html
    assert '<a href="mailto:a@example.org">a@example.org</a>' in html
    assert "iframe" not in html
    bare = {**value, "directions": "", "phone": "", "email": "", "map": NO_LINK}
    html = Html(body_of(page_with(("address", bare), kind=StandardPage)))
    assert "href" not in html
    assert "prose" not in html
