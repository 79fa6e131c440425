"""Every word a visitor or an editor reads is marked for translation: templates, labels, messages."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("network_site", "events", "awards", "newsletter", "research_db")
READ = {"alt", "aria-label", "aria-description", "title", "placeholder", "label", "summary"}
SILENT = {"script", "style", "code", "kbd", "pre"}
# Something stands where a variable or tag was.
PLACE = "\ufffc"
WORD = re.compile(r"[^\W\d_]{2,}")
# Each with its reason.
ALLOWED_FILES = re.compile(
    r"/templates/ui/patterns"  # specimens for those who build the site
    r"|\.mjml$"  # what letters are made of: their words come from Python
    r"|/migrations/"
    r"|/demo/"  # content, not interface
    r"|/management/commands/"  # for whoever runs the server
    r"|/settings/"
    r"|/research_db/api/shapes\.py$"  # the description of the interface for programs, which has one language
    r"|/base/models/incident\.py$|/payments/models/"  # rows the machine writes; their help is for programmers
)
ALLOWED_WORDS = {
    "Social Prescribing",  # the name of the site, on two lines
    "Network",
    "– Social Prescribing Network",
    "(RSS)",  # kinds of files
    "(Atom)",
    "(PDF)",
    "group-",  # names of headings, put together
    "quota-",
}
# Said to a machine or a programmer, though by an error whose other sentences are read.
ALLOWED_MESSAGES = ("Nobody knows how to write a letter", "The page this was paid on")
LABELS = {
    "label", "help_text", "verbose_name", "verbose_name_plural", "heading", "empty_label", "menu_label", "placeholder",
    "violation_error_message", "description", "caption", "button_label",
}  # fmt: skip
# Mistakes whose sentence somebody reads; others are for programmers.
SHOWN_ERRORS = re.compile(r"(ValidationError|TicketingError|PaymentError|PdfError|HouseError|MailError|ContactError)$")


def templates() -> list[Path]:
    found = [file for package in PACKAGES for file in sorted((ROOT / package).rglob("templates/**/*.*"))]
    return [file for file in found if file.suffix in {".html", ".txt"} and not ALLOWED_FILES.search(str(file))]


def sources() -> list[Path]:
    found = [file for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py"))]
    return [file for file in found if not ALLOWED_FILES.search(str(file))]


# Between these tags nothing is read as it stands: it is marked, a remark, or the name of a class.
SHUT = {"blocktranslate": "endblocktranslate", "blocktrans": "endblocktrans", "comment": "endcomment"}


def outside(text: str) -> str:
    """A template's own text: without tags, variables, comments, names of classes and what is marked."""
    kept, until = [], ""
    for token in Lexer(text).tokenize():
        parts = token.contents.split() if token.token_type == TokenType.BLOCK else []
        name = parts[0] if parts else ""
        if until:
            until = "" if name == until else until
        elif name in SHUT or (name == "block" and parts[1].endswith(("_class", "_thread"))):
            until = SHUT.get(name, "endblock")
        elif token.token_type == TokenType.TEXT:
            kept.append(token.contents)
        elif token.token_type == TokenType.VAR or name in {"translate", "trans"}:
            kept.append(PLACE)
    return "".join(kept)


class Reader(HTMLParser):
    """What is read or heard in a template's own HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent.append(tag)
        facts = dict(attrs)
        is_button = tag == "input" and facts.get("type") in {"submit", "button", "reset"}
        self.words += [value for name, value in attrs if value and (name in READ or (name == "value" and is_button))]

    def handle_endtag(self, tag: str) -> None:
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(data)


def unmarked(text: str) -> list[str]:
    """Words in a template that nobody can translate."""
    reader = Reader()
    reader.feed(outside(text))
    reader.close()
    lines = (" ".join(part.split()) for words in reader.words for part in words.split(PLACE))
    return [line for line in lines if WORD.search(line) and line not in ALLOWED_WORDS]


def test_templates_mark_every_word() -> None:
    found = {
        str(file.relative_to(ROOT)): words
        for file in templates()
        if (words := unmarked(file.read_text() if file.suffix == ".html" else file.read_text().replace("<", "&lt;")))
    }
    assert found == {}
    assert len(templates()) > 150


def is_sentence(node: ast.AST) -> bool:
    """A plain text that somebody could read: it begins with a capital, or has a space; no address, no name of code."""
    if isinstance(node, ast.JoinedStr):
        return any(is_sentence(part) for part in node.values)
    if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        return False
    text = node.value.strip()
    return bool(WORD.search(text)) and (text[:1].isupper() or " " in text)


def plain_texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Labels and messages that are not marked."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    samples = {id(part) for node in functions if node.name == "get_preview_value" for part in ast.walk(node)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or id(node) in samples:
            continue
        for keyword in node.keywords:
            if keyword.arg in LABELS and is_sentence(keyword.value):
                yield node.lineno, f"{keyword.arg}={ast.unparse(keyword.value)}"
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if SHOWN_ERRORS.search(name) and node.args and is_sentence(node.args[0]):
            words = ast.unparse(node.args[0])
            if not words.lstrip("f'\"").startswith(ALLOWED_MESSAGES):
                yield node.lineno, f"{name}({words})"


def test_labels_and_messages_are_marked() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{line} {words}"
        for file in sources()
        for line, words in plain_texts(ast.parse(file.read_text()))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<p>Hello there</p>", ["Hello there"]),
        ('{% translate "Hello" %}', []),
        ("{% blocktranslate %}Hello {{ name }}{% endblocktranslate %}", []),
        ("<p>{{ n }} places</p>", ["places"]),
        ('<img alt="A hand">', ["A hand"]),
        ('<img alt="{{ words }}">', []),
        ('<input type="submit" value="Send">', ["Send"]),
        ('<input type="hidden" value="Send">', []),
        ("<script>const hello = 'there'</script>", []),
        ("{# Hello #}{% comment %}there{% endcomment %}", []),
        ("{% if a %}yes{% else %}no{% endif %}", ["yesno"]),
        ("<p>1 – 2 £</p>", []),
    ],
)
def test_this_finds_words_in_templates(text: str, found: list[str]) -> None:
    assert unmarked(text) == found


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("CharField(label='Your name')", 1),
        ("CharField(label=_('Your name'))", 0),
        ("CharField(label='Name')", 1),
        ("CharField(label='x')", 0),
        ("raise ValidationError('Give a name.')", 1),
        ("raise ValidationError(f'Give {a} name.')", 1),
        ("raise ValidationError(_('Give a name.'))", 0),
        ("raise ValueError('for programmers')", 0),
        ("field(placeholder='https://example.org')", 0),
    ],
)
def test_this_finds_words_in_python(text: str, number: int) -> None:
    assert len(list(plain_texts(ast.parse(text)))) == number
