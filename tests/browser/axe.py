"""axe-core, the rules of accessibility, let loose on a page."""

from functools import cache
from importlib import resources

from playwright.sync_api import Page

EVERYTHING = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
COLOURS = ("color-contrast", "link-in-text-block")
# Only what is wrong comes back: all that is right weighs a hundred times as much. No rule of these asks for style sheets.
RUN = """async (rules) => {
    const preload = { assets: ["media"] };
    const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ["violations"], preload });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target} ${node.failureSummary}`));
}"""


@cache
def rules() -> str:
    """The script of axe-core."""
    return (resources.files("axe_core_python") / "axe.min.js").read_text()


def axe(page: Page, asked: tuple[str, ...] = EVERYTHING) -> list[str]:
    """What axe-core finds wrong by these rules or kinds of rules, one line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(rules())
    found: list[str] = page.evaluate(RUN, list(asked))
    return found
