"""The words of the interface that are there in every language: found in the code, kept in .po files, compiled.

GNU gettext is not needed: templates are read with Django's own lexer, Python with `ast`.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "network_site" / "locale"
# What visitors meet round every page and wherever all words are ours. Rooms with editors' pages speak their language.
SHARED = (
    "network_site/base/crumbs.py",
    "network_site/base/dates.py",
    "network_site/base/same_origin.py",
    "network_site/base/templates/base/contents.html",
    "network_site/base/templates/base/edit_link.html",
    "network_site/base/templates/base/other_site.html",
    "network_site/base/templates/base/way.html",
    "network_site/people/*.py",
    "network_site/people/templates/account/**/*.html",
    "network_site/people/templates/account/**/*.txt",
    "network_site/people/templates/allauth/**/*.html",
    "network_site/people/templates/mfa/**/*.html",
    "network_site/people/templates/mfa/**/*.txt",
    "network_site/people/templates/people/messages.html",
    "network_site/people/templates/people/my_network.html",
    "network_site/search/*.py",
    "network_site/search/templates/search/*.html",
    "network_site/sharing/*.py",
    "network_site/ui/*.py",
    "network_site/ui/templates/*.html",
    "network_site/ui/templates/ui/**/*.html",
    "*/findable.py",
    "network_site/*/findable.py",
)
# Met only by editors, or shown to nobody.
NOT_SHARED = re.compile(
    r"/(wagtail_hooks|user_admin|users_app|roles|public_pages|patterns|belonging|letters|slugs|reports)\.py$"
    r"|/templates/ui/patterns|/templates/ui/frame_preview"
)
# Words of Django and allauth that these pages show, where their own Welsh is missing or has slips.
FRAMEWORK = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    "This field is required.", "Enter a valid value.", "Enter a valid email address.", "Enter a valid date.",
    "Enter a whole number.", "Enter a valid URL.", "Null characters are not allowed.",
    "Select a valid choice. %(value)s is not one of the available choices.", "This password is too common.",
    "Code", "Authenticator code",
    "You must type the same password each time.", "Incorrect code.", "Incorrect password.",
    "Please type your current password.", "The new value must be different from the current one.",
    "This email address is already associated with this account.",
    "A user is already registered with this email address.",
    "The email address and/or password you specified are not correct.",
    "Too many failed login attempts. Try again later.", "Your primary email address must be verified.",
    "You cannot remove your primary email address.", "Use your password", "Use authenticator app or code",
    "Use a security key", "Be patient, you are sending too many requests.",
    "You cannot add an email address to an account protected by two-factor authentication.",
    "You cannot activate two-factor authentication until you have verified your email address.",
    "You cannot deactivate two-factor authentication.",
    "You cannot generate recovery codes without having two-factor authentication enabled.",
    "Master key", "Backup key", "Key nr. {number}",
)  # fmt: skip
FRAMEWORK_PLURALS = (
    (
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
    (
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
    ),
    (
        "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).",
    ),
)
ONE = {"gettext", "gettext_lazy", "gettext_noop", "_"}
MANY = {"ngettext", "ngettext_lazy"}
IN_CONTEXT = {"pgettext", "pgettext_lazy"}
CALL = re.compile(
    r"\b(?P<name>n?p?gettext|_)\(\s*(?P<args>(?:u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")\s*,?\s*)+)", re.DOTALL
)
STRING = re.compile(r"u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")", re.DOTALL)


@dataclass(frozen=True, order=True)
class Message:
    """Words to translate, with their plural and context where they have them."""

    words: str
    plural: str = ""
    context: str = ""


def of_others() -> set[Message]:
    """Messages of Django and allauth."""
    return {Message(words) for words in FRAMEWORK} | {Message(one, many) for one, many in FRAMEWORK_PLURALS}


def found_in(files: Iterator[Path]) -> dict[Message, list[str]]:
    """Every message, and in which files of the project it stands."""
    found: dict[Message, list[str]] = {}
    for file in files:
        for message in messages(file):
            places = found.setdefault(message, [])
            name = str(file.relative_to(ROOT))
            if name not in places:
                places.append(name)
    return found


def shared_files() -> Iterator[Path]:
    """The files whose words are translated."""
    found = {file for pattern in SHARED for file in ROOT.glob(pattern)}
    yield from sorted(file for file in found if not NOT_SHARED.search(f"/{file.relative_to(ROOT)}"))


def messages(file: Path) -> Iterator[Message]:
    """The messages of a template or a Python file."""
    text = file.read_text()
    yield from in_python(text) if file.suffix == ".py" else in_template(text)


def in_template(text: str) -> Iterator[Message]:
    """Django turns a template into calls of gettext among rubbish; the calls are what counts."""
    for call in CALL.finditer(templatize(text)):
        parts = [str(ast.literal_eval(part)) for part in STRING.findall(call["args"])]
        yield _message(call["name"], parts)


def in_python(text: str) -> Iterator[Message]:
    """Calls of gettext and its kin, under whatever name they were imported."""
    tree = ast.parse(text)
    names = _names(tree)
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    for call in calls:
        called = call.func.id if isinstance(call.func, ast.Name) else ""
        parts = _texts(call.args)
        if called in names and parts:
            yield _message(names[called], parts)


def _texts(arguments: list[ast.expr]) -> list[str]:
    constants = [argument.value for argument in arguments if isinstance(argument, ast.Constant)]
    return [value for value in constants if isinstance(value, str)]


def _names(tree: ast.Module) -> dict[str, str]:
    """What a file calls Django's functions."""
    imported = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    return {
        alias.asname or alias.name: alias.name
        for node in imported
        if node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in ONE | MANY | IN_CONTEXT
    }


def _message(name: str, parts: list[str]) -> Message:
    if name in MANY:
        return Message(parts[0], plural=parts[1])
    if name in IN_CONTEXT:
        return Message(parts[1], context=parts[0])
    return Message(parts[0])
