"""An author's hands: every kind of block added to a page and filled in, whichever kinds there are."""

from playwright.sync_api import Locator, Page, expect
from wagtail.blocks import Block, ListBlock, StreamBlock

ADDRESS = "https://example.org/"
FILM = "https://www.youtube.com/watch?v=aaaaaaaaaaa"
# Where a field says nothing of itself but its name.
BY_NAME = {"address": FILM, "url": ADDRESS, "email": "office@example.org", "phone": "01632 960 001", "figure": "94"}


def write_blocks(page: Page, field: str, stream: StreamBlock) -> list[str]:
    """Add one block of every kind to a stream and fill in what each of them has; their names."""
    names = list(stream.child_blocks)
    for number, name in enumerate(names):
        block = add(page, field, number, str(stream.child_blocks[name].label))
        for _more in range(1, fewest(stream.child_blocks[name])):
            block.locator(".c-sf-add-button:visible").last.click()
            stands_still(page)
        fill(page, block, f"{name} words")
    return names


def fewest(block: Block) -> int:
    """How many items the list inside a block has at the least."""
    lists = [child for child in getattr(block, "child_blocks", {}).values() if isinstance(child, ListBlock)]
    return max([child.meta.min_num or 0 for child in lists], default=0)


def add(page: Page, field: str, number: int, label: str) -> Locator:
    """Choose a kind of block at the end of a stream."""
    page.locator(f"#panel-child-content-{field}-section .c-sf-add-button").last.click()
    page.get_by_role("option", name=label, exact=True).click()
    block = page.locator(f'input[name="{field}-{number}-type"]').locator("xpath=ancestor::*[@data-contentpath][1]")
    block.wait_for()
    stands_still(page)
    return block


def stands_still(page: Page) -> None:
    """Wait until nothing that was added slides in any more: until then its fields cannot all be seen."""
    expect(page.locator("[data-streamfield-child][style*=':']")).to_have_count(0)


def fill(page: Page, block: Locator, words: str) -> None:
    """Fill in every field one sees, and choose what has to be chosen."""
    for text in block.locator(
        "input[type=text]:visible, input[type=url]:visible, input[type=email]:visible, textarea:visible"
    ).all():
        name = (text.get_attribute("name") or "").rpartition("-")[2]
        if not text.input_value():
            text.fill(BY_NAME.get(name, words))
    for prose in block.locator("[contenteditable=true].public-DraftEditor-content:visible").all():
        prose.click()
        page.keyboard.type(f"{words.capitalize()}.")
    for header in block.locator("select[name=table-header-choice]:visible").all():
        header.select_option("row")
    has_address = block.locator("input[name$='-url']:visible").count() > 0
    # From the last to the first: one that has been used is no longer seen.
    for chooser in reversed(block.locator("button.chooser__choose-button:visible").all()):
        if not (has_address and "page" in chooser.inner_text().lower()) and is_needed(chooser):
            choose(page, chooser)


def is_needed(chooser: Locator) -> bool:
    """Whether the field of a chooser has the mark of what is required; items of a list have no label and are."""
    label = chooser.locator("xpath=ancestor::*[contains(@class, 'w-field__wrapper')][1]/parent::*").locator("> label")
    return not label.count() or label.locator(".w-required-mark").count() > 0


def choose(page: Page, chooser: Locator) -> None:
    """The first there is."""
    chooser.click()
    choice = (
        page.locator(".modal.in, .modal.show, .modal-dialog:visible")
        .locator("a[data-chooser-modal-choice], a.choose-page")
        .first
    )
    choice.click()
    page.locator(".modal-dialog").wait_for(state="hidden")
