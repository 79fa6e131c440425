"""The house's rules for a page, in the order editors read them."""

import re
from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from network_site.editing.checks.abbreviations import unexplained
from network_site.editing.checks.document import Element
from network_site.editing.checks.findings import Rule, Seen
from network_site.editing.checks.words import sentences, words

# Goes up when a rule changes what it finds, so that every page is read again.
VERSION = 1
LONGEST_SENTENCE = 25
HIGHEST_READING_AGE = 14
VAGUE = (
    "click", "click here", "continue", "details", "download", "find out more", "go", "here", "learn more", "link",
    "more", "more details", "more info", "more information", "on this page", "page", "read more", "read on", "see here",
    "see more", "site", "this", "this article", "this link", "this page", "this website", "view", "view more",
    "visit", "web page", "webpage", "website",
)  # fmt: skip
BARE_ADDRESS = r"^(?:https?://|www\.)\S+$"
PICTURE_OF = r"^(?:an? |the )?(?:image|picture|photo|photograph|graphic|icon|logo image|screenshot) (?:of|showing)\b"
FILE_NAME = r"\.(?:avif|gif|heic|jpe?g|png|svg|tiff?|webp)$|^(?:img|dsc[nf]?|pxl|screenshot|image)[-_ ]?\d+$|\w_\w"
FILE_LINK = r"(?:^|/)documents/\d+/|\.(?:csv|docx?|odt|ods|pdf|pptx?|txt|xlsx?|zip)(?:[?#]|$)"
SIZE = r"\d[\d.,]*\s?(?:bytes?|kb|mb|gb)\b"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def label(element: Element) -> str:
    """What a link or button is called by those who do not see it."""
    return (element.attributes.get("aria-label") or element.text()).strip()


def vague_links(seen: Seen) -> Iterator[str]:
    """Links whose words would fit any link."""
    for link in seen.main.all("a"):
        plain = label(link).lower().strip(" .…:>»→!")
        if link.attributes.get("href") and plain in VAGUE:
            yield label(link)


def bare_addresses(seen: Seen) -> Iterator[str]:
    """Links that show their address in place of words."""
    for link in seen.main.all("a"):
        if link.attributes.get("href") and re.match(BARE_ADDRESS, label(link), re.IGNORECASE):
            yield label(link)


def dead_links(seen: Seen) -> Iterator[str]:
    """Links that lead nowhere, because the page they led to is gone."""
    for link in seen.main.all("a"):
        if "href" not in link.attributes and not {"id", "name"} & link.attributes.keys():
            yield label(link)


def skipped_levels(seen: Seen) -> Iterator[str]:
    """Headings more than one level below the heading before."""
    headings = [heading for heading in seen.main.all(*HEADINGS) if heading.text()]
    for before, heading in pairwise(headings):
        if int(heading.tag[1]) > int(before.tag[1]) + 1:
            yield heading.text()


def empty_headings(seen: Seen) -> Iterator[str]:
    """Headings without words."""
    return ("" for heading in seen.main.all(*HEADINGS) if not heading.text() and not heading.first("img"))


def undecided_pictures(seen: Seen) -> Iterator[str]:
    """Pictures that say neither what they show nor that they are decoration."""
    for picture in seen.main.all("img"):
        if "alt" not in picture.attributes and picture.attributes.get("role") != "presentation":
            yield picture.attributes.get("src", "").rsplit("/", 1)[-1]


def poor_alternatives(seen: Seen) -> Iterator[str]:
    """Text alternatives that begin with "picture of", or are the name of a file."""
    for picture in seen.main.all("img"):
        text = picture.attributes.get("alt", "").strip()
        if re.search(PICTURE_OF, text, re.IGNORECASE) or re.search(FILE_NAME, text, re.IGNORECASE):
            yield text


def long_sentences(seen: Seen) -> Iterator[str]:
    """Sentences of more than twenty-five words."""
    for _element, text in seen.paragraphs:
        yield from (sentence for sentence in sentences(text) if len(words(sentence)) > LONGEST_SENTENCE)


def hard_reading(seen: Seen) -> Iterator[str]:
    """The page as a whole, where it asks for too much school."""
    age = seen.reading.age
    if age is not None and age > HIGHEST_READING_AGE:
        yield str(_("Reading age %(age)d") % {"age": age})


def unexplained_abbreviations(seen: Seen) -> Iterator[str]:
    """Short forms that nothing on the page explains, each once."""
    told: set[str] = set()
    for element, text in seen.paragraphs:
        if element.tag in {"p", "li", "dd", "td"}:
            fresh = [short for short in unexplained(text, page=seen.words) if short not in told]
            told.update(fresh)
            yield from fresh


def unsized_files(seen: Seen) -> Iterator[str]:
    """Links to files that do not say how large they are."""
    for link in seen.main.all("a"):
        address = link.attributes.get("href", "")
        if re.search(FILE_LINK, address, re.IGNORECASE) and not re.search(SIZE, label(link), re.IGNORECASE):
            yield label(link)


def headless_tables(seen: Seen) -> Iterator[str]:
    """Tables without header cells."""
    for table in seen.main.all("table"):
        caption = table.first("caption")
        if not table.first("th") and table.attributes.get("role") != "presentation":
            yield caption.text() if caption else table.text()


def silent_films(seen: Seen) -> Iterator[str]:
    """Films whose words cannot be read anywhere."""
    for film in seen.main.walk():
        if "data-video" in film.attributes and not any("data-transcript" in part.attributes for part in film.walk()):
            yield film.attributes.get("data-title", "")


def missing_summary(seen: Seen) -> Iterator[str]:
    """A page that says nothing of itself in lists and searches."""
    if seen.facts.has_summary is False:
        yield ""


RULES = (
    Rule(
        "house-summary",
        _("The page has no summary."),
        _("Write one or two sentences under “Promote”: lists, searches and other sites show them."),
        missing_summary,
    ),
    Rule(
        "house-dead-link",
        _("A link leads nowhere: the page it led to is gone."),
        _("Choose another page, or take the link away."),
        dead_links,
    ),
    Rule(
        "house-link-words",
        _("The words of a link do not say where it leads."),
        _("Say what the reader finds there, such as “Read the programme”, in place of “click here”."),
        vague_links,
    ),
    Rule(
        "house-bare-address",
        _("A link shows its address in place of words."),
        _("Write what the reader finds there. A screen reader would spell the address out."),
        bare_addresses,
    ),
    Rule(
        "house-heading-order",
        _("A heading skips a level."),
        _("After a heading of one level use the next one down: readers jump from heading to heading."),
        skipped_levels,
    ),
    Rule("house-empty-heading", _("A heading is empty."), _("Write it, or take it away."), empty_headings),
    Rule(
        "house-alt-missing",
        _("A picture has no text alternative."),
        _("Say what it shows, or that it is only decoration."),
        undecided_pictures,
    ),
    Rule(
        "house-alt-words",
        _("A text alternative is the name of a file, or begins with “picture of”."),
        _("Say what matters in the picture. A screen reader says by itself that it is one."),
        poor_alternatives,
    ),
    Rule(
        "house-long-sentence",
        _("A sentence has more than 25 words."),
        _("Make two of it: one thought, one sentence."),
        long_sentences,
    ),
    Rule(
        "house-reading-age",
        _("The page is hard to read."),
        _("Shorter sentences and everyday words help most. We aim at a reading age of about 12."),
        hard_reading,
    ),
    Rule(
        "house-abbreviation",
        _("An abbreviation is not explained."),
        _("Write it out where it comes first, with the short form in brackets. The guide has a list."),
        unexplained_abbreviations,
    ),
    Rule(
        "house-file-size",
        _("A link to a file does not say how large it is."),
        _("Use the document block, which says it by itself, or write “(PDF, 200 KB)” in the link."),
        unsized_files,
    ),
    Rule(
        "house-table-header",
        _("A table has no headers."),
        _("Say in the table’s settings that its first row or column is a header."),
        headless_tables,
    ),
    Rule(
        "house-transcript",
        _("A film has no transcript."),
        _("Link to a page with its words: for people who cannot hear it, and for those in a hurry."),
        silent_films,
    ),
)
