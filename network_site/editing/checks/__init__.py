"""What an editor may want to put right in a page before readers see it: pure functions from HTML to findings.

Nothing here stops anybody from publishing. The rules that can be seen in a page are also in
static/editing/checks.js, which Wagtail runs in the preview while an editor writes; both are held to the same cases.
"""

from network_site.editing.checks.findings import Facts, Finding, Report, Rule
from network_site.editing.checks.report import report_on
from network_site.editing.checks.rules import RULES, VERSION

__all__ = ["RULES", "VERSION", "Facts", "Finding", "Report", "Rule", "report_on"]
