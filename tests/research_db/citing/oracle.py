"""Writes oracle.json anew: what the reference processor makes of the items that our rules make for each style.

npm install --no-save citeproc && python -m tests.research_db.citing.oracle
"""

import json
import re
import subprocess
from pathlib import Path

import citeproc

from research_db.citing import Style
from research_db.citing.engine import BRITISH, FILES
from research_db.citing.items import item
from research_db.citing.marks import shown
from tests.research_db.citing.test_citing import HERE, ITEMS, record_of

# Where the manuals have it otherwise than the processor and the style files, as styles/README.md tells.
MANUALS = {
    Style.APA: [(r" Retrieved (?=http)", " "), (r"\[Dataset\]", "[Data set]")],
    Style.VANCOUVER: [(r"(?<=\d)–(?=\d)", "-")],
}


def said(style: Style) -> list[str]:
    """Each item in this style, as the reference processor has it."""
    is_british = style in BRITISH
    asked = [
        {
            "item": item(record_of(one), "1", style),
            "style": str(FILES / f"{style}.csl"),
            "locale": "en-GB" if is_british else "en-US",
            "locales": str(Path(citeproc.__file__).parent / "data/locales"),
        }
        for one in ITEMS
    ]
    told = subprocess.run(
        ["node", HERE / "oracle.js"],  # whichever Node there is
        input=json.dumps(asked), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [_as_its_manual(shown(one, is_british=is_british), style) for one in json.loads(told.stdout)]


def _as_its_manual(text: str, style: Style) -> str:
    for pattern, written in MANUALS.get(style, ()):
        text = re.sub(pattern, written, text)
    return text


if __name__ == "__main__":
    expected = {style: said(style) for style in sorted(Style)}
    (HERE / "oracle.json").write_text(json.dumps(expected, indent=1, ensure_ascii=False) + "\n")
