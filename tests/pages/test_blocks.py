"""Every block as a reader meets it."""

import re
from collections.abc import Callable
from typing import Any

import html5lib
import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.test import Client
from wagtail.blocks import StreamValue
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Page

from network_site.base.blocks import CaptionedTable, VideoBlock, body_blocks
from network_site.base.blocks.table import numeric
from network_site.base.models import NetworkDocument, NetworkImage
from network_site.pages.blocks import page_blocks
from network_site.pages.models import ExplainerPage, StandardPage
from tests.factories.pages import NO_LINK
from tests.pages.reading import Html

Make = Callable[..., Any]
TABLE = {
    "data": [["When", "Delegates"], ["January 2016", "94"], ["July 2019", None]],
    "first_row_is_table_header": True,
    "first_col_is_header": True,
    "table_header_choice": "both",
    "table_caption": "Conferences so far",
}


def shown(page: Page) -> str:
    """The body's HTML, and proof that it is well-formed."""
    html = str(
        Template("{% load page_parts %}{% body page.body as body %}{{ body.html }}").render(Context({"page": page}))
    )
    parser = html5lib.HTMLParser()
    parser.parseFragment(html)
    assert [code for _where, code, _facts in parser.errors] == []
    return Html(html)


def video(**changes: Any) -> tuple[str, dict[str, Any]]:
    facts = {
        "address": "https://youtu.be/O9azfXNcqD8",
        "title": "Debs’s story",
        "duration": "",
        "summary": "",
        "poster": None,
        "transcript": NO_LINK,
    }
    return "video", {**facts, **changes}


def test_names_of_blocks_stay_because_they_are_in_the_database() -> None:
    assert [name for name, _block in page_blocks()] == [
        "text", "quote", "notice", "details", "steps", "picture", "gallery", "video", "figures", "table", "document",
        "documents", "address", "course", "call_to_action", "cards", "links", "people", "contact", "organisations",
        "conferences", "timeline", "writing", "callout",
    ]  # fmt: skip


def test_every_page_may_use_the_same_ones_and_some_use_more() -> None:
    here = [name for name, _block in page_blocks()]
    assert here[: len(body_blocks())] == [name for name, _block in body_blocks()]


@pytest.mark.parametrize(("name", "block"), page_blocks())
def test_an_editor_finds_each_block_by_icon_group_and_description(name: str, block: Any) -> None:
    assert block.meta.icon != "placeholder"
    assert str(block.meta.group)
    assert str(block.get_description())


def test_text_keeps_to_headings_lists_and_links(page_with: Make) -> None:
    html = shown(page_with(("text", "<h2>Who</h2><p>People <b>alone</b>.</p><ul><li>One</li></ul>")))
    assert html == '<div class="prose"><h2 id="who">Who</h2><p>People <b>alone</b>.</p><ul><li>One</li></ul></div> '


def test_a_quote_names_who_said_it(page_with: Make) -> None:
    html = shown(page_with(("quote", {"text": "Begin with a <kettle>.", "who": "Eastcliff"})))
    assert "<blockquote> <p>Begin with a &lt;kettle&gt;.</p> </blockquote>" in html
    assert '<figcaption><span class="block-quote__who">Eastcliff</span></figcaption>' in html


def test_a_quote_leads_to_where_it_was_said_and_may_be_large(page_with: Make) -> None:
    source = {"text": "The report", "page": None, "url": "https://example.org/report"}
    html = shown(page_with(("quote", {"text": "Begin.", "who": "", "source": source, "size": "large"})))
    assert '<blockquote cite="https://example.org/report">' in html
    assert '<cite><a href="https://example.org/report">The report</a></cite>' in html
    assert "block-quote--large" in html


def test_a_quote_of_nobody_in_particular_has_no_caption(page_with: Make) -> None:
    assert "figcaption" not in shown(page_with(("quote", {"text": "Begin.", "who": ""})))


@pytest.mark.parametrize(
    ("tone", "css"), [("note", "notice"), ("ok", "notice notice--ok"), ("warn", "notice notice--warn")]
)
def test_a_notice_has_a_tone(page_with: Make, tone: str, css: str) -> None:
    html = shown(page_with(("notice", {"tone": tone, "heading": "Closed", "text": "<p>Until May.</p>"})))
    assert f'<div class="{css}" role="note"><p class="notice__heading">Closed</p>' in html


def test_questions_open_without_a_script(page_with: Make) -> None:
    items = [
        {"question": "Do I need a referral?", "answer": "<p>Often not.</p>"},
        {"question": "Cost?", "answer": "<p>No.</p>"},
    ]
    html = shown(page_with(("details", {"heading": "Questions", "items": items})))
    assert html.count("<details") == html.count("<summary>") == 2
    assert "<summary>Do I need a referral?</summary>" in html


def test_a_picture_says_what_it_shows_and_whose_it_is(page_with: Make, picture: Callable[..., NetworkImage]) -> None:
    image = picture(credit="A. Weaver", licence="CC BY 4.0")
    chosen = {"image": image.pk, "decorative": False, "alt_text": "Older hands knitting"}
    html = shown(page_with(("picture", {"image": chosen, "caption": "On Tuesdays", "size": "column"})))
    assert 'alt="Older hands knitting"' in html
    assert "On Tuesdays" in html
    licence = '<a href="https://creativecommons.org/licenses/by/4.0/" rel="license external">CC BY 4.0</a>'
    assert f'<span class="picture__credit">Picture: A. Weaver,{licence}</span>' in html


def test_a_picture_comes_in_three_formats_late_and_without_a_jump(
    page_with: Make, picture: Callable[..., NetworkImage]
) -> None:
    chosen = {"image": picture().pk, "decorative": True, "alt_text": ""}
    html = shown(page_with(("picture", {"image": chosen, "caption": "", "size": "small"})))
    assert re.findall(r'type="(image/\w+)"', html) == ["image/avif", "image/webp"]
    img = re.search(r"<img[^>]*>", html)
    assert img
    assert 'loading="eager"' in img[0], "it is the first thing on the page"
    for attribute in ('alt=""', 'width="400"', 'height="257"', "800w"):
        assert attribute in img[0]
    assert "figcaption" not in html
    assert "picture--small" in html


def test_a_picture_that_was_deleted_leaves_no_hole(page_with: Make, picture: Callable[..., NetworkImage]) -> None:
    image = picture()
    page = page_with(
        ("picture", {"image": {"image": image.pk, "decorative": True, "alt_text": ""}, "caption": "", "size": "small"})
    )
    image.delete()
    page.refresh_from_db()
    assert shown(page).strip() == ""


def test_a_video_loads_nothing_from_elsewhere(page_with: Make, picture: Callable[..., NetworkImage]) -> None:
    html = shown(page_with(video(), video(poster=picture().pk)))
    loading = re.findall(r'(?:src|srcset|data|poster|action)="([^"]*)"', html)
    assert loading
    assert [address for address in loading if not address.startswith(("/media/", "/static/"))] == []
    elsewhere = re.findall(r'<(\w+)[^>]*"https?://', html)
    assert elsewhere == ["a", "a"]
    assert "iframe" not in html


def test_a_video_says_where_it_is_and_who_is_told(page_with: Make) -> None:
    html = shown(page_with(video(duration="3 minutes", summary="An animation.")))
    assert "hosted on YouTube, not by us" in html
    assert "3 minutes" in html
    assert "An animation." in html
    assert 'href="https://www.youtube.com/watch?v=O9azfXNcqD8"' in html
    assert "Watch “Debs’s story” on YouTube" in html


def test_the_button_that_plays_here_is_hidden_until_a_script_can_serve_it(page_with: Make) -> None:
    html = shown(page_with(video()))
    assert re.search(r'<button class="button video__play" type="button" hidden>', html)
    assert re.search(r'<label class="check video__always" hidden>', html)
    assert 'data-video="O9azfXNcqD8"' in html


def test_a_video_leads_to_its_transcript(page_with: Make) -> None:
    to_text = {"text": "", "page": None, "url": "/debs/"}
    assert '<a class="more" href="/debs/">Read “Debs’s story” as text</a>' in shown(
        page_with(video(transcript=to_text))
    )
    named = {**to_text, "text": "Her words"}
    assert '<a class="more" href="/debs/">Her words</a>' in shown(page_with(video(transcript=named)))


def test_an_address_that_is_no_video_is_refused() -> None:
    block = VideoBlock()
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.to_python(video(address="https://example.org/film")[1]))
    assert list(refused.value.block_errors) == ["address"]
    assert block.clean(block.to_python(video()[1]))["title"] == "Debs’s story"


def test_figures_say_what_they_count_first_to_a_listener(page_with: Make) -> None:
    items = [
        {"figure": "1,000", "what": "link workers", "source": "NHS"},
        {"figure": "94", "what": "delegates", "source": ""},
    ]
    html = shown(page_with(("figures", {"items": items})))
    assert '<dt>link workers</dt> <dd class="figures__figure">1,000</dd> <dd class="figures__source">NHS</dd>' in html
    assert html.count("<dd") == 3
    assert "figures--one" not in html


def test_a_figure_leads_to_its_source_and_one_alone_is_the_largest(page_with: Make) -> None:
    link = {"text": "", "page": None, "url": "/history/"}
    item = {"figure": "94", "what": "delegates", "source": "Our history", "link": link}
    html = shown(page_with(("figures", {"heading": "Who came", "items": [item]})))
    assert '<dd class="figures__source"><a href="/history/">Our history</a></dd>' in html
    assert 'class="figures figures--one"' in html
    assert '<h2 id="who-came">Who came</h2>' in html


def test_a_table_has_a_caption_headers_and_a_way_to_scroll_by_keyboard(page_with: Make) -> None:
    html = shown(page_with(("table", TABLE)))
    assert 'tabindex="0" role="region" aria-label="Conferences so far"' in html
    assert "<caption>Conferences so far</caption>" in html
    assert html.count('<th scope="col"') == 2
    assert '<th scope="row">January 2016</th><td class="n">94</td>' in html
    assert '<th scope="row">July 2019</th><td class="n"></td>' in html


def test_a_table_of_many_columns_can_be_folded(page_with: Make) -> None:
    wide = {**TABLE, "data": [["When", "Where", "Delegates"], ["January 2016", "London", "94"]]}
    html = shown(page_with(("table", wide)))
    assert 'class="table table--folds"' in html
    assert html.count('<th scope="col"') == 3
    assert '<td data-of="Where">London</td>' in html
    assert '<td data-of="Delegates" class="n">94</td>' in html
    assert "folds" not in shown(page_with(("table", TABLE)))


@pytest.mark.parametrize(
    ("words", "is_number"),
    [("94", True), ("1,000", True), ("£12.50", True), ("-3", True), ("45%", True), ("94 delegates", False),
     ("over 1,000", False), ("2016", True), ("-", False)],
)  # fmt: skip
def test_numbers_stand_flush_right(words: str, is_number: bool) -> None:
    assert numeric([["a", words], ["b", ""]], 1) is is_number


@pytest.mark.parametrize("value", [{}, {"data": []}, {"data": None}, {"data": [["When"]], "table_caption": None}])
def test_a_table_without_rows_breaks_nothing(value: dict[str, Any]) -> None:
    assert "None" not in CaptionedTable().render(value)
    assert CaptionedTable().render(None) == ""


def test_a_table_with_ragged_rows_breaks_nothing(page_with: Make) -> None:
    ragged = {**TABLE, "data": [["When", "Delegates", "Where"], ["2016"], ["2019", "350", "London", "more"]]}
    html = shown(page_with(("table", ragged)))
    assert "more" in html


def test_a_table_without_headers_is_plain_cells(page_with: Make) -> None:
    plain = {
        **TABLE,
        "first_row_is_table_header": False,
        "first_col_is_header": False,
        "table_header_choice": "neither",
    }
    html = shown(page_with(("table", plain)))
    assert "<th" not in html
    assert html.count("<td>") == 6


def test_a_corner_of_a_table_that_is_empty_is_no_header(page_with: Make) -> None:
    cornered = {**TABLE, "data": [["", "Delegates"], ["January 2016", "94"]]}
    assert "<td></td><th scope" in shown(page_with(("table", cornered)))


def test_a_table_without_caption_is_refused() -> None:
    with pytest.raises(ValidationError):
        CaptionedTable().clean({**TABLE, "table_caption": ""})
    assert CaptionedTable().clean(dict(TABLE))["table_caption"] == "Conferences so far"


def test_a_draft_of_a_table_may_lack_its_caption() -> None:
    block = CaptionedTable()
    block.defer_required_validation()
    assert block.clean({**TABLE, "table_caption": ""})


def test_a_document_tells_its_kind_and_size(page_with: Make, document: NetworkDocument) -> None:
    html = shown(page_with(("document", {"document": document.pk, "title": "", "note": "What was said"})))
    assert f'<a href="{document.url}">The report' in html
    assert html.count("PDF, 2.0\xa0KB") == 1
    assert "Last changed on" in html
    assert "What was said" in html


def test_a_document_may_be_given_another_title(page_with: Make, document: NetworkDocument) -> None:
    html = shown(page_with(("document", {"document": document.pk, "title": "Report of 2016", "note": ""})))
    assert "Report of 2016" in html
    assert "The report" not in html


def course(**changes: Any) -> tuple[str, dict[str, Any]]:
    start = {"text": "Start learning", "page": None, "url": "https://example.org/course"}
    facts = {
        "title": "Step One",
        "made_by": "An institute",
        "is_free": True,
        "text": "At your own pace.",
        "link": start,
    }
    return "course", {**facts, **changes}


def test_the_course_box_says_which_course_and_who_made_it(page_with: Make) -> None:
    html = shown(page_with(course()))
    assert "This article is from the free online course" in html
    assert "Step One" in html
    assert "Made by An institute" in html
    assert '<a class="button" href="https://example.org/course">Start learning</a>' in html


def test_a_course_that_costs_something_is_not_called_free(page_with: Make) -> None:
    html = shown(page_with(course(is_free=False, link=NO_LINK)))
    assert "free" not in html
    assert html.count("href=") == 0


def test_a_call_to_action_is_one_button(page_with: Make) -> None:
    link = {"text": "See the programme", "page": None, "url": "/conferences/"}
    html = shown(page_with(("call_to_action", {"heading": "Come", "text": "Two days.", "link": link})))
    assert '<h2 id="come">Come</h2>' in html
    assert html.count('class="button"') == 1


def test_links_that_lead_nowhere_are_left_out(page_with: Make, add: Make) -> None:
    hidden = add(StandardPage, title="Hidden", live=False)
    items = [
        {"text": "A line", "action": "Read it", "link": {"text": "Here", "page": None, "url": "/here/"}},
        {"text": "", "action": "", "link": {"text": "", "page": hidden.pk, "url": ""}},
    ]
    html = shown(page_with(("links", {"heading": "Read on", "items": items})))
    assert html.count("<li") == 1
    title = '<h3 class="swatch__title"><a href="/here/">Here</a></h3>'
    assert f'{title} <p>A line</p> <p class="do">Read it</p>' in html


def test_contents_appear_with_four_headings(page_with: Make, client: Client) -> None:
    three = page_with(("text", "<h2>One</h2><h2>Two</h2><h2>Three</h2>"))
    assert b"On this page" not in client.get(three.url).content
    four = page_with(("text", "<h2>One</h2><h2>Two</h2>"), ("text", "<h2>Two</h2><h2>&amp; <b>four</b></h2>"))
    html = client.get(four.url).content.decode()
    assert "On this page" in html
    assert re.findall(r'<a href="#([^"]+)">([^<]*)</a>', html) == [
        ("one", "One"), ("two", "Two"), ("two-2", "Two"), ("four", "&amp; four"),
    ]  # fmt: skip
    assert '<h2 id="two-2">Two</h2>' in html


def test_a_heading_without_letters_still_has_an_anchor(page_with: Make) -> None:
    assert '<h2 id="part">?</h2><h2 id="part-2">!</h2><h2 id="part-3">…</h2>' in shown(
        page_with(("text", "<h2>?</h2><h2>!</h2><h2>…</h2>"))
    )


def test_a_hundred_pictures_cost_the_queries_of_one(
    page_with: Make, picture: Callable[..., NetworkImage], django_assert_num_queries: Callable[..., Any]
) -> None:
    def chosen(image: NetworkImage) -> tuple[str, dict[str, Any]]:
        return "picture", {
            "image": {"image": image.pk, "decorative": True, "alt_text": ""},
            "caption": "",
            "size": "small",
        }

    pages = [page_with(*[chosen(picture(f"p{n}-{m}")) for m in range(n)]) for n in (1, 4)]
    for page in pages:
        shown(page)
    for page in pages:
        fresh = ExplainerPage.objects.get(pk=page.pk)
        assert isinstance(fresh.body, StreamValue)
        with django_assert_num_queries(2):
            shown(fresh)
