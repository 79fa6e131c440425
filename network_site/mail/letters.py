"""Letters: written once as blocks, read as HTML or as plain text with the same words and links."""

import textwrap
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _

WIDTH = 72
# Mail programs and the renderer stumble over these; no name or sentence needs them.
CONTROL = {code: None for code in (*range(32), 127) if chr(code) not in "\n\t"}

SCHEMES = "".join(f'<meta name="{name}" content="light dark">' for name in ("color-scheme", "supported-color-schemes"))


def clean(text: str) -> str:
    """`text` without control characters and halves of characters."""
    return text.encode("utf-8", "ignore").decode().translate(CONTROL)


def wrapped(text: str) -> str:
    """`text` in lines a plain-text reader can show; its own line breaks stay, addresses are never cut."""
    lines = (textwrap.fill(line, WIDTH, break_long_words=False, break_on_hyphens=False) for line in text.splitlines())
    return "\n".join(lines)


@dataclass(frozen=True)
class Heading:
    """A heading; the first one of a letter is its title."""

    text: str
    kind: ClassVar[str] = "heading"

    def as_text(self) -> str:
        """The heading, underlined."""
        lines = wrapped(self.text)
        return f"{lines}\n{'=' * max((len(line) for line in lines.splitlines()), default=0)}"


@dataclass(frozen=True)
class Paragraph:
    """Some sentences; line breaks in them are kept."""

    text: str
    kind: ClassVar[str] = "paragraph"

    def as_text(self) -> str:
        """The sentences, wrapped."""
        return wrapped(self.text)


@dataclass(frozen=True)
class Facts:
    """A small table: what it is, and how it is."""

    rows: tuple[tuple[str, str], ...]
    kind: ClassVar[str] = "facts"

    def as_text(self) -> str:
        """One line a fact."""
        return "\n".join(f"{label}: {value}" for label, value in self.rows)


@dataclass(frozen=True)
class Leading:
    """Leads to `url`, a full address."""

    text: str
    url: str

    def __post_init__(self) -> None:
        if urlsplit(self.url).scheme not in {"http", "https"}:
            raise ValueError(f"A {type(self).__name__.lower()} in a letter needs a full address, not {self.url!r}.")


@dataclass(frozen=True)
class Button(Leading):
    """The one thing to do."""

    kind: ClassVar[str] = "button"

    def as_text(self) -> str:
        """What to do, and the address in a line of its own."""
        return f"{self.text}:\n{self.url}"


@dataclass(frozen=True)
class Link(Leading):
    """Something else one may do, less loud than the button."""

    kind: ClassVar[str] = "link"

    def as_text(self) -> str:
        """What it leads to, and the address in a line of its own."""
        return f"{wrapped(self.text)}:\n{self.url}"


@dataclass(frozen=True)
class Entry(Leading):
    """Something to read, one of several: its title, a line about it, and a few words of it."""

    about: str = ""
    words: str = ""
    kind: ClassVar[str] = "entry"

    def as_text(self) -> str:
        """Title, line, words and address under one another."""
        return "\n".join([*map(wrapped, filter(None, [self.text, self.about, self.words])), self.url])


@dataclass(frozen=True)
class Note:
    """Small print."""

    text: str
    kind: ClassVar[str] = "note"

    def as_text(self) -> str:
        """The sentences, wrapped."""
        return wrapped(self.text)


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a letter."""

    filename: str
    content_type: str
    content: bytes


Block = Heading | Paragraph | Facts | Button | Link | Entry | Note


@dataclass(frozen=True)
class Letter:
    """A letter.

    `preheader` is what an inbox shows after the subject. `stop_url`: for letters that come again and again, a full
    address that ends them with a POST and asks on a GET (RFC 8058).
    """

    subject: str
    blocks: tuple[Block, ...]
    attachments: tuple[Attachment, ...] = ()
    preheader: str = ""
    stop_url: str = ""

    def html(self) -> str:
        """The letter for readers with colours and tables; every word of it is escaped."""
        import mrml

        page: str = mrml.to_html(clean(render_to_string("mail/letter.mjml", self._context()))).content
        return finish(page, language=str(get_language()))

    def text(self) -> str:
        """The same letter for readers of plain text."""
        parts = [block.as_text() for block in self.blocks]
        return clean("\n\n".join([*parts, f"-- \n{closing()}\n{settings.SITE_URL}/"]) + "\n")

    def _context(self) -> dict[str, object]:
        title = next((block for block in self.blocks if isinstance(block, Heading)), None)
        return {
            "letter": self,
            "title": title,
            "language": get_language(),
            "mark": urljoin(f"{settings.SITE_URL}/", static("mail/mark.png")),
            "site_name": settings.SITE_NAME,
            "site_url": f"{settings.SITE_URL}/",
            "closing": closing(),
        }


def finish(page: str, *, language: str) -> str:
    """Add what the renderer cannot: the direction and language mail programs look for, and that dark is welcome."""
    page = page.replace('dir="auto"', 'dir="ltr"').replace("<body ", f'<body lang="{language}" dir="ltr" ', 1)
    return page.replace("</title>", f"</title>{SCHEMES}", 1)


def closing() -> str:
    """The last lines of every letter."""
    lines = [
        settings.SITE_NAME,
        _("You can answer this letter, or write to %(address)s.") % {"address": settings.CONTACT_EMAIL},
    ]
    if settings.IS_DEMONSTRATION:
        lines.append(_("This site is a demonstration: the conferences, places and payments in it are not real."))
    return "\n".join(lines)
