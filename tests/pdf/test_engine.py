"""Documents: tagged, the same bytes for the same data, and whatever is put in stays text."""

from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pypdfium2
import pytest

from network_site.pdf import engine
from network_site.pdf.engine import MISSING, render
from network_site.pdf.errors import PdfError
from network_site.ui.thread.pictures import MARK

AT = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
TEMPLATE = """
#import "/base.typ": *
#show: sheet.with(title: data.title, lang: data.at("lang", default: "en"))
#letterhead()
= #data.title
#fact("Name", data.name)
#stitches(6, 2)
#loop()
#thread()
"""


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "ticket.typ"
    path.write_text(TEMPLATE)
    return path


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return " ".join(" ".join(pages).split())


def made(template: Path, name: str = "Ada", at: datetime = AT, **more: Any) -> bytes:
    return render(template, data={"title": "Your ticket", "name": name, **more}, at=at)


def test_the_words_can_be_read_back(template: Path) -> None:
    assert words_of(made(template)) == "Your ticket Name Ada"


def test_the_file_is_tagged_and_says_its_language_and_title(template: Path) -> None:
    pdf = made(template, lang="cy")
    assert pdf.startswith(b"%PDF-1.7")
    for sign in (b"/MarkInfo", b"/Marked true", b"/StructTreeRoot", b"/Lang", b"cy-GB", b"pdfuaid"):
        assert sign in pdf, sign
    document = pypdfium2.PdfDocument(pdf)
    metadata = document.get_metadata_dict()
    tagged = document.is_tagged()
    document.close()
    assert (metadata["Title"], metadata["Author"]) == ("Your ticket", "Social Prescribing Network")
    assert tagged


def test_the_same_data_gives_the_same_bytes(template: Path) -> None:
    assert made(template) == made(template)
    assert made(template) != made(template, name="Eva")
    assert made(template) != made(template, at=AT.replace(hour=10))


def test_our_typefaces_are_used(template: Path) -> None:
    pdf = made(template, name="Siân Ŵŷ")
    for face in (b"AtkinsonNext-Bold", b"AtkinsonNextExt-Bold", b"Fraunces-SemiBold"):
        assert face in pdf, face


@pytest.mark.parametrize(
    "name",
    [
        '#include "/base.typ"',
        '#read("/etc/passwd")',
        "*bold* _it_ `raw` $x$ = head",
        "#{ 1/0 }",
        "quotes \" and \\ and \\u{1F600} and '",
        "</script> <b> &amp; %PDF",
        "Tŷ Ŵŷn, Llŷn",
        "Łukasz Żółć, Ğül, Đặng",
        "Ελένη Иван",
        "{{ data }} {% now %}",
    ],
)
def test_whatever_is_put_in_stays_text(template: Path, name: str) -> None:
    assert words_of(made(template, name=name)) == f"Your ticket Name {name}"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ada 😀", f"Ada {MISSING}"),
        ("日本 Ada", f"{MISSING}{MISSING} Ada"),
        ("A\x00d\x1ba", "Ada"),
        ("Ada\ud800", "Ada?"),
    ],
)
def test_what_cannot_be_shown_has_a_sign(template: Path, name: str, shown: str) -> None:
    assert words_of(made(template, name=name)) == f"Your ticket Name {shown}"


@pytest.mark.parametrize(
    "name",
    [
        "👨\u200d👩\u200d👧 family",
        "".join(chr(0x4E00 + n) for n in range(100)),
        "한글" * 500,
        "long " * 5000,
        "x" * 20000,
        "e\u0301\u0323\u0302" * 50,
        "\u202eabc\u200f",
        "",
    ],
)
def test_nothing_makes_it_fall_over(template: Path, name: str) -> None:
    pdf = made(template, name=name)
    assert pdf.startswith(b"%PDF")
    assert words_of(pdf).startswith("Your ticket Name")


def test_giving_up_foreign_letters_spares_our_own(template: Path) -> None:
    name = "Tŷ – “£5” " + "".join(chr(0x4E00 + n) for n in range(100))
    assert words_of(made(template, name=name)).startswith(f"Your ticket Name Tŷ – “£5” {MISSING}")


def test_texts_inside_lists_are_cleaned_too(tmp_path: Path) -> None:
    template = tmp_path / "list.typ"
    template.write_text('#import "/base.typ": *\n#show: sheet.with(title: "x")\n#for row in data.rows [#row.name ]')
    rows = ({"name": "a😀"}, {"name": "b"}, {"name": "c\x07"})
    assert words_of(render(template, data={"rows": rows, "n": 1}, at=AT)) == f"a{MISSING} b c"


def test_files_are_read_by_name(tmp_path: Path) -> None:
    template = tmp_path / "picture.typ"
    template.write_text('#import "/base.typ": *\n#show: sheet.with(title: "x")\n#image("qr.svg", alt: "A square")')
    square = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
    assert b"A square" in render(template, data={}, at=AT, files={"qr.svg": square})


@pytest.mark.parametrize("name", ["../x.svg", "/etc/x", "a/b.svg", "", "..", "base.typ"])
def test_files_stay_where_they_are_put(template: Path, name: str) -> None:
    with pytest.raises(ValueError, match="plain file name"):
        render(template, data={}, at=AT, files={name: b""})


@pytest.mark.parametrize(
    "source",
    [
        "#panic()",
        '#read("/etc/passwd")',
        '#read("../../settings/base.py")',
        "= No title is set",
        '#import "@preview/x:1.0.0"',
    ],
)
def test_a_template_at_fault_is_said_so(tmp_path: Path, source: str) -> None:
    template = tmp_path / "bad.typ"
    template.write_text(source)
    with pytest.raises(PdfError, match="could not be made"):
        render(template, data={}, at=AT)


def test_pictures_need_words(tmp_path: Path) -> None:
    template = tmp_path / "silent.typ"
    template.write_text('#import "/base.typ": *\n#show: sheet.with(title: "x")\n#image("a.svg")')
    with pytest.raises(PdfError):
        render(template, data={}, at=AT, files={"a.svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>'})


def test_threads_do_not_disturb_each_other(template: Path) -> None:
    start, results = Barrier(4), {}

    def work(number: int) -> None:
        start.wait(20)
        results[number] = [words_of(made(template, name=f"N{number}")) for _ in range(5)]

    threads = [Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert results == {number: [f"Your ticket Name N{number}"] * 5 for number in range(4)}


def test_the_machines_own_typefaces_are_left_out() -> None:
    families = set(engine.typefaces().families())
    assert {"Atkinson Hyperlegible Next", "Atkinson Hyperlegible Next Ext", "Fraunces", "Fraunces Ext"} <= families
    assert "DejaVu Sans" not in families


def test_the_typefaces_come_with_their_licences() -> None:
    folder = Path(engine.__file__).parent / "fonts"
    assert {path.name for path in folder.glob("LICENSE-*")} == {
        "LICENSE-AtkinsonHyperlegibleNext-OFL.txt",
        "LICENSE-Fraunces-OFL.txt",
    }
    assert len(list(folder.glob("*.ttf"))) == 6


def test_the_mark_is_the_networks() -> None:
    assert MARK in engine.base().decode()
