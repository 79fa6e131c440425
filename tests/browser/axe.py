"""axe-core, the rules of accessibility, let loose on a page."""

from functools import cache
from importlib import resources

from playwright.sync_api import Page

# Only what is wrong comes back: all that is right weighs a hundred times as much.
RUN = """async () => {
    const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target} ${node.failureSummary}`));
}"""


@cache
def rules() -> str:
    """The script of axe-core."""
    return (resources.files("axe_core_python") / "axe.min.js").read_text()


def axe(page: Page) -> list[str]:
    """What axe-core finds wrong, one line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(rules())
    found: list[str] = page.evaluate(RUN)
    return found
