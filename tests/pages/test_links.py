"""Links editors make."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from network_site.base.links import LinkBlock, safe_address
from network_site.pages.models import HomePage, StandardPage

PLACE = "https://example.org/"


@pytest.mark.parametrize("address", ["/about/", "/", PLACE, "http://example.org", "mailto:a@example.org", "tel:+44123"])
def test_an_address_one_can_follow_is_taken(address: str) -> None:
    safe_address(address)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "about", "/\\evil.example"]
)
def test_an_address_that_runs_or_deceives_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        safe_address(address)


def clean(block: LinkBlock, **value: Any) -> Any:
    return block.clean(block.to_python({"text": "", "page": None, "url": "", **value}))


def test_a_link_goes_to_a_page_or_to_an_address(home: HomePage) -> None:
    assert clean(LinkBlock(), page=home.pk).address == "/"
    assert clean(LinkBlock(), url=PLACE, text="There").address == PLACE


def test_a_link_to_both_is_refused(home: HomePage) -> None:
    with pytest.raises(StructBlockValidationError) as refused:
        clean(LinkBlock(), page=home.pk, url=PLACE)
    assert list(refused.value.block_errors) == ["url"]


def test_a_link_to_nothing_is_refused_unless_it_may_be_left_out() -> None:
    with pytest.raises(StructBlockValidationError) as refused:
        clean(LinkBlock())
    assert list(refused.value.block_errors) == ["page"]
    assert clean(LinkBlock(is_optional=True)).address == ""


def test_a_draft_may_have_a_link_to_nothing_yet() -> None:
    block = LinkBlock()
    block.defer_required_validation()
    assert clean(block).address == ""


def test_a_link_says_its_words_or_the_page_s_title_or_the_address(add: Callable[..., Any]) -> None:
    block = LinkBlock()
    page = add(StandardPage, title="About us")
    assert block.to_python({"text": "Who we are", "page": page.pk, "url": ""}).words == "Who we are"
    assert block.to_python({"text": "", "page": page.pk, "url": ""}).words == "About us"
    assert block.to_python({"text": "", "page": None, "url": PLACE}).words == PLACE


def test_a_link_to_a_page_that_is_not_published_or_gone_leads_nowhere(add: Callable[..., Any]) -> None:
    block = LinkBlock()
    page = add(StandardPage, live=False)
    assert block.to_python({"text": "", "page": page.pk, "url": ""}).address == ""
    assert block.to_python({"text": "", "page": 999_999, "url": ""}).address == ""
