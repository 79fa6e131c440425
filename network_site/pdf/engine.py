"""Setting documents: a template and plain data become a tagged PDF or a picture, the same bytes every time."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from django.utils.translation import gettext as _

from network_site.pdf.errors import PdfError

HERE = Path(__file__).parent
BASE = HERE / "base.typ"
STANDARD = "ua-1"
# Two pixels a point; a picture has no date.
PIXELS_PER_INCH = 144.0
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# What stands for a character that none of our typefaces has; in DejaVu, which typst carries.
MISSING = "□"
# A text has this many characters unknown to us before all that are not Latin are given up.
MOST_TRIES = 40
LATIN = 0x250
SIGNS = range(0x2000, 0x20D0)
UNSEEN = re.compile(r"the text `\"(.+?)\"` could not be displayed", re.DOTALL)
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
# They tie the parts of an emoji together; without the emoji they are in the way.
JOINERS = frozenset("\u200d\ufe0e\ufe0f")
CONTROL = {code: None for code in range(32) if chr(code) not in "\n\t"} | {0x7F: None}
_mine = threading.local()


def render(template: Path, *, data: dict[str, Any], at: datetime, files: dict[str, bytes] | None = None) -> bytes:
    """Set `template` with `data` as PDF/UA-1; PdfError when the template is at fault.

    Args:
        template: a .typ file; imports "/base.typ", which also gives it `data`.
        data: JSON values; texts reach the page as they are and are never read as markup.
        at: the time written into the file; with the same data it gives the same bytes.
        files: what the template reads by name, such as "qr.svg".
    """
    with on_a_desk(files) as root:
        return set_pages(template.read_bytes(), root=root, data=data, at=at)[0]


def draw(template: Path, *, data: dict[str, Any], files: dict[str, bytes] | None = None) -> bytes:
    """The first page of `template` as PNG, two pixels a point; PdfError when the template is at fault.

    The arguments are those of `render`. It is set as a document first, since only then characters that no typeface
    has come to light.
    """
    source = template.read_bytes()
    with on_a_desk(files) as root:
        _, inputs = set_pages(source, root=root, data=data, at=EPOCH)
        png: bytes = compiler().compile(
            input=source, root=root, format="png", ppi=PIXELS_PER_INCH, sys_inputs=inputs, timestamp=0
        )
    return png


@contextmanager
def on_a_desk(files: dict[str, bytes] | None) -> Iterator[Path]:
    """A folder with the shared template and these files, which is cleared afterwards."""
    with TemporaryDirectory(prefix="pdf-") as folder:
        root = Path(folder)
        (root / "base.typ").write_bytes(base())
        for name, content in (files or {}).items():
            (root / safe(name)).write_bytes(content)
        yield root


def set_pages(source: bytes, *, root: Path, data: dict[str, Any], at: datetime) -> tuple[bytes, dict[str, str]]:
    """Set the pages, again as long as a character turns up that no typeface has; the PDF, and what it was set from."""
    from typst import TypstError

    given_up: set[str] = set()
    while True:
        inputs = {"data": json.dumps(plain(data, given_up), ensure_ascii=False)}
        try:
            pdf: bytes = compiler().compile(
                input=source, root=root, format="pdf", sys_inputs=inputs, pdf_standards=[STANDARD],
                timestamp=int(at.timestamp()),
            )  # fmt: skip
        except TypstError as error:
            more = give_up(error.message, data=data, given_up=given_up)
            if not more:
                raise PdfError(_("The document could not be made. Nothing else is affected.")) from error
            given_up |= more
        else:
            return pdf, inputs


def compiler() -> Any:
    """This thread's compiler; the typefaces are read once for all."""
    if not hasattr(_mine, "compiler"):
        from typst import Compiler

        _mine.compiler = Compiler(root=HERE, font_paths=typefaces())
    return _mine.compiler


@cache
def typefaces() -> Any:
    """Ours and those typst carries, never the machine's: a document looks the same everywhere."""
    from typst import Fonts

    return Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[HERE / "fonts"])


@cache
def base() -> bytes:
    """The shared template."""
    return BASE.read_bytes()


def safe(name: str) -> str:
    """A file's name, which may not lead anywhere else."""
    if not name or PurePosixPath(name).name != name or name in {"..", "base.typ"}:
        raise ValueError(f"{name!r} is not a plain file name.")
    return name


def plain(value: Any, given_up: set[str]) -> Any:
    """The same data without control characters and with a sign for each character that cannot be shown."""
    if isinstance(value, str):
        table = CONTROL | {ord(sign): None if sign in JOINERS else MISSING for sign in given_up}
        return value.encode("utf-8", "replace").decode().translate(table)
    if isinstance(value, dict):
        return {key: plain(item, given_up) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item, given_up) for item in value]
    return value


def give_up(message: str, *, data: dict[str, Any], given_up: set[str]) -> set[str]:
    """Which more characters cannot be shown, from what typst says; none when it complains of something else.

    It names one cluster at a time, and only the first character of that; when this leads nowhere, or for too long,
    everything that is not Latin is given up.
    """
    found = UNSEEN.search(message)
    if not found:
        return set()
    text = ESCAPED.sub(lambda code: chr(int(code[1], 16)), found[1])
    named = {character for character in text if not character.isascii()} - given_up - {MISSING}
    if named and len(given_up) < MOST_TRIES:
        return named | JOINERS
    return foreign(data) - given_up


def foreign(data: dict[str, Any]) -> set[str]:
    """Every character in `data` beyond Latin letters and punctuation."""
    beyond = {sign for sign in json.dumps(data, ensure_ascii=False) if ord(sign) >= LATIN and ord(sign) not in SIGNS}
    return (beyond | JOINERS) - {MISSING}
