"""The list of Welsh words is whole, agrees with the code, and is compiled."""

import re
import shutil
from importlib.resources import files
from pathlib import Path
from typing import Any

import polib
import pytest
from django.core.management import CommandError, call_command

from network_site.base import wordlists, words
from network_site.base.words import Message, in_python, in_template

WELSH = words.FOLDER / "cy" / "LC_MESSAGES" / "django.po"
PLACE = re.compile(r"%\(\w+\)[sd]|%d|\{\w+\}")
TAG = re.compile(r"</?\w+[^>]*>")


@pytest.fixture(scope="module")
def welsh() -> polib.POFile:
    return wordlists.read(WELSH)


def told(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_the_list_has_what_the_code_says_and_nothing_else(welsh: polib.POFile) -> None:
    listed = {Message(entry.msgid, entry.msgid_plural, entry.msgctxt or "") for entry in welsh}
    wanted = set(wordlists.wanted())
    assert wanted - listed == set(), "run manage.py words and translate what is new"
    assert listed - wanted == set(), "run manage.py words"
    assert len(wanted) > 200


def test_everything_is_translated(welsh: polib.POFile) -> None:
    assert [entry.msgid for entry in welsh if not all(told(entry))] == []
    assert [entry.msgid for entry in welsh if entry.fuzzy or entry.obsolete] == []
    forms = int(re.search(r"nplurals=(\d)", welsh.metadata["Plural-Forms"])[1])  # type: ignore[index]
    assert {len(told(entry)) for entry in welsh if entry.msgid_plural} == {forms}


def test_places_for_names_and_numbers_are_kept(welsh: polib.POFile) -> None:
    """A name in a sentence may be left out only in the forms for one and two, whose words say the number."""
    wrong = {}
    for entry in welsh:
        allowed = set(PLACE.findall(entry.msgid + entry.msgid_plural))
        needed = set(PLACE.findall(entry.msgid))
        for n, words_ in enumerate(told(entry)):
            found = set(PLACE.findall(words_))
            if not found <= allowed or not (needed <= found or (entry.msgid_plural and n == 0)):
                wrong[entry.msgid] = words_
            if TAG.findall(words_) != TAG.findall(entry.msgid):
                wrong[entry.msgid] = words_
    assert wrong == {}


def test_the_words_are_welsh_letters_and_signs_of_the_house(welsh: polib.POFile) -> None:
    everything = "".join(text for entry in welsh for text in told(entry))
    letters = set(everything.lower()) - set("abcdefghijklmnopqrstuvwxyzâêîôûŵŷáéíóúàèìòùäëïöü0123456789")
    assert letters <= set(' .,:;?’“”()<>/%={}_-–"@*…ʼ'), letters
    assert "!" not in everything
    assert "'" not in everything, "the house writes ’"


def test_it_is_compiled() -> None:
    assert wordlists.is_compiled(WELSH), "run manage.py words"


def test_words_of_others_are_still_theirs() -> None:
    """What we say better than Django is still what Django says."""
    theirs = {entry.msgid for entry in polib.pofile(str(files("django") / "conf/locale/en/LC_MESSAGES/django.po"))}
    auth = files("django") / "contrib/auth/locale/en/LC_MESSAGES/django.po"
    theirs |= {entry.msgid for entry in polib.pofile(str(auth))}
    theirs |= {entry.msgid for entry in polib.pofile(str(files("allauth") / "locale/de/LC_MESSAGES/django.po"))}
    assert {message.words for message in words.of_others()} - theirs == set()


# --- how words are found --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{% load i18n %}{% translate 'A “b”' %}", [Message("A “b”")]),
        ('{% load i18n %}{% translate "A" as b %}', [Message("A")]),
        ('{% load i18n %}<p title="{% translate "It\'s" %}">', [Message("It's")]),
        ("{% load i18n %}{% blocktranslate trimmed with a=b %}\n  x {{ a }}\n  y\n{% endblocktranslate %}",
         [Message("x %(a)s y")]),
        ("{% load i18n %}{% blocktranslate count n=x %}one{% plural %}{{ n }}{% endblocktranslate %}",
         [Message("one", "%(n)s")]),
        ('{% load i18n %}{% translate "A" context "c" %}', [Message("A", context="c")]),
        ("{% load i18n %}{{ _('A') }}{{ a|default:_('B') }}", [Message("A"), Message("B")]),
        ("{# translate 'A' #}<p>plain</p>", []),
    ],
)  # fmt: skip
def test_words_of_templates(text: str, found: list[Message]) -> None:
    assert list(in_template(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("from django.utils.translation import gettext as _\n_('a' 'b')", [Message("ab")]),
        ("from django.utils.translation import gettext_lazy\ngettext_lazy('a')", [Message("a")]),
        ("from django.utils.translation import ngettext\nngettext('a', 'b', 2)", [Message("a", "b")]),
        ("from django.utils.translation import pgettext as p\np('c', 'a')", [Message("a", context="c")]),
        ("from django.utils.translation import gettext as _\n_(variable)", []),
        ("_ = str\n_('a')", []),
        ("_('a')", []),
    ],
)
def test_words_of_python(text: str, found: list[Message]) -> None:
    assert list(in_python(text)) == found


# --- keeping the list -----------------------------------------------------------------------------------


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cy" / "LC_MESSAGES"
    shutil.copytree(WELSH.parent, folder)
    monkeypatch.setattr(words, "FOLDER", tmp_path)
    return folder / "django.po"


def test_a_list_that_is_up_to_date_stays_as_it_is(copy: Path, capsys: Any) -> None:
    before = {file.name: file.read_bytes() for file in copy.parent.iterdir()}
    call_command("words")
    call_command("words", "--check")
    assert {file.name: file.read_bytes() for file in copy.parent.iterdir()} == before
    assert capsys.readouterr().out == ""


def test_new_words_are_added_and_old_ones_go(copy: Path, capsys: Any) -> None:
    catalogue = wordlists.read(copy)
    gone = catalogue.find("Home")
    catalogue.remove(gone)
    catalogue.append(polib.POEntry(msgid="Nobody says this", msgstr="x"))
    catalogue.save(str(copy))
    with pytest.raises(CommandError, match="behind"):
        call_command("words", "--check")
    call_command("words")
    said = capsys.readouterr().out
    assert "new: Home" in said
    assert "gone: Nobody says this" in said
    again = wordlists.read(copy)
    assert again.find("Home").msgstr == ""
    assert again.find("Nobody says this") is None
    assert wordlists.is_compiled(copy)


def test_an_old_compilation_is_noticed(copy: Path) -> None:
    copy.with_suffix(".mo").unlink()
    with pytest.raises(CommandError):
        call_command("words", "--check")


def test_new_plurals_have_room_for_every_form() -> None:
    catalogue = polib.POFile()
    wordlists.bring_up(catalogue)
    assert any(entry.msgid_plural for entry in catalogue)
    assert len(catalogue) == len(wordlists.wanted())
