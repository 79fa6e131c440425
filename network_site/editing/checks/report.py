"""A whole page looked at, rule by rule."""

from collections.abc import Iterable, Iterator

from network_site.editing.checks.document import main_of, parse
from network_site.editing.checks.findings import Facts, Finding, Report, Rule, Seen
from network_site.editing.checks.rules import RULES

LONGEST_EXCERPT = 120


def report_on(html: str, *, facts: Facts | None = None, rules: Iterable[Rule] = RULES) -> Report:
    """Look at a page's HTML; anything may be given, nothing fails."""
    seen = Seen(main_of(parse(html)), facts or Facts())
    return Report(tuple(_found(rules, seen)), seen.reading)


def _found(rules: Iterable[Rule], seen: Seen) -> Iterator[Finding]:
    for rule in rules:
        for excerpt in rule.find(seen):
            yield Finding(rule.name, str(rule.sentence), str(rule.advice), shortened(excerpt))


def shortened(text: str) -> str:
    """Enough of a text to find it again."""
    return text if len(text) <= LONGEST_EXCERPT else f"{text[: LONGEST_EXCERPT - 1].rstrip()}…"
