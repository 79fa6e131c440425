"""Answers as XML. Whatever a record holds, what comes out can be read."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import StringIO
from xml.sax.xmlreader import AttributesImpl

from django.utils.xmlutils import SimplerXMLGenerator

from network_site.base.feeds import writable

OAI = "http://www.openarchives.org/OAI/2.0/"
OAI_DC = f"{OAI}oai_dc/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
SCHEMA_DC = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
ROOT = {"xmlns": OAI, "xmlns:xsi": INSTANCE, "xsi:schemaLocation": f"{OAI} {SCHEMA}"}
ROOT_DC = {
    "xmlns:oai_dc": OAI_DC,
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:xsi": INSTANCE,
    "xsi:schemaLocation": f"{OAI_DC} {SCHEMA_DC}",
}


class Writer:
    """Elements within elements."""

    def __init__(self) -> None:
        self.text = StringIO()
        self.out = SimplerXMLGenerator(self.text, "utf-8")
        self.out.startDocument()

    @contextmanager
    def within(self, name: str, attributes: Mapping[str, str] | None = None) -> Iterator[None]:
        """What is written meanwhile stands in this element."""
        self.out.startElement(name, AttributesImpl(_clean(attributes)))
        yield
        self.out.endElement(name)

    def add(self, name: str, words: str, attributes: Mapping[str, str] | None = None) -> None:
        """An element with words in it."""
        self.out.addQuickElement(name, writable(words), _clean(attributes))

    @property
    def document(self) -> str:
        """All of it."""
        return self.text.getvalue()


def _clean(attributes: Mapping[str, str] | None) -> dict[str, str]:
    return {name: writable(value) for name, value in (attributes or {}).items()}
