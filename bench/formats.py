"""Files of records: how fast they are read and written, how much memory that takes, and how fast records are cited.

Run through `make bench-formats`. Each line is a process of its own, so that its memory is its own.
"""

import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from html import escape
from itertools import chain, islice
from pathlib import Path

from bench.measure import peak, report

ROOT = Path(__file__).resolve().parents[1]
READ = int(os.environ.get("BENCH_READ", "50000"))
WRITTEN = int(os.environ.get("BENCH_WRITTEN", "100000"))
CITED = 200
TARGETS = ("ris", "bib", "csl.json", "csv", "xlsx")
FASTEST_READ, LONGEST_WRITE, MOST_MEMORY = 10_000, 30.0, 100.0
# A workbook whose cells share their texts, as Excel writes them: these come before the sheet, as many as it has cells.
SHARED = "shared.xlsx"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = {
    "_rels/.rels": '<r><Relationship Id="a" Type="/officeDocument" Target="xl/workbook.xml"/></r>',
    "xl/workbook.xml": f'<workbook xmlns:r="{RELATED}"><sheets><sheet r:id="a"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<r><Relationship Id="a" Type="/worksheet" Target="sheet.xml"/>'
    '<Relationship Id="b" Type="/sharedStrings" Target="texts.xml"/></r>',
}


def records() -> Iterator[object]:
    """Made-up records without end, each as long as a record of a real database."""
    from research_db.formats.record import Contributor, Identifier, Name, PartialDate, Record

    words = [
        "social",
        "prescribing",
        "link",
        "worker",
        "community",
        "loneliness",
        "evidence",
        "review",
        "referral",
        "primary",
        "care",
    ]
    for number in range(10**9):
        yield Record(
            kind="journal-article",
            title=f"Study {number} of {words[number % 11]} and {words[number % 7]} in general practice",
            contributors=tuple(Contributor(Name(f"Family{number + one}", f"Given {one}")) for one in range(5)),
            container="British Journal of Made-up Practice",
            date=PartialDate(1990 + number % 35, 1 + number % 12),
            volume=str(number % 90),
            issue=str(number % 12),
            pages=f"{number % 900}-{number % 900 + 9}",
            abstract=" ".join(words[(number + one) % 11] for one in range(180)),
            keywords=tuple(words[:5]),
            identifiers=(Identifier("doi", f"10.5555/made.up.{number}"), Identifier("pmid", str(number + 1))),
            urls=(f"https://example.org/{number}",),
        )


def measure(deed: str, target: str) -> None:
    """Inside a process: print its seconds of CPU and the most memory in megabytes, all and beyond the imports."""
    from django.conf import settings

    settings.configure(USE_I18N=False)
    work = {"read": _reading, "write": _writing, "cite": _citing}[deed](target)
    before = peak()
    start = time.process_time()
    for _piece in work:
        pass
    print(time.process_time() - start, peak(), peak() - before)


def _reading(target: str) -> Iterator[object]:
    from research_db.formats.reading import read

    file = Path(os.environ["BENCH_FILE"]).open("rb")  # noqa: SIM115  # read while it is measured
    return read(file, name=file.name)


def _writing(target: str) -> Iterator[object]:
    from research_db.formats.writing import Target, write

    return write(islice(records(), WRITTEN), Target(target))  # type: ignore[arg-type]


def _citing(target: str) -> Iterator[object]:
    from research_db.citing import Style, cite

    return (cite([record], Style(target)) for record in islice(records(), CITED))  # type: ignore[list-item]


def _inside(deed: str, target: str, file: str = "") -> tuple[float, float]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.formats", deed, target],
        env={**os.environ, "BENCH_FILE": file},
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    seconds, peak, _own = map(float, done.stdout.split())
    return seconds, peak


def _file(folder: Path, target: str) -> str:
    from research_db.formats.writing import Target, write

    file = folder / f"records.{target}"
    if target == SHARED:
        _write_sharing(file)
        return str(file)
    with file.open("wb") as opened:
        opened.writelines(write(islice(records(), READ), Target(target)))  # type: ignore[arg-type]
    return str(file)


def _write_sharing(file: Path) -> None:
    """Write the records as a workbook whose cells share their texts."""
    from research_db.formats.writing.table import HEADINGS, cells

    def rows() -> Iterator[list[str]]:
        yield list(HEADINGS)
        yield from (cells(record) for record in islice(records(), READ))  # type: ignore[arg-type]

    texts = (f"<si><t>{escape(text)}</t></si>" for row in rows() for text in row)
    places = (
        "".join(f'<c t="s"><v>{number * len(row) + at}</v></c>' for at in range(len(row)))
        for number, row in enumerate(rows())
    )
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in PARTS.items():
            packed.writestr(name, content)
        with packed.open("xl/texts.xml", "w") as part:
            part.writelines(map(str.encode, chain(["<sst>"], texts, ["</sst>"])))
        with packed.open("xl/sheet.xml", "w") as part:
            part.writelines(map(str.encode, chain(["<sheet>"], (f"<row>{row}</row>" for row in places), ["</sheet>"])))


def main() -> int:
    """Measure all; 1 when a target is missed."""
    import tempfile

    rows: list[tuple[str, str, str, bool | None]] = []
    for target in TARGETS:
        seconds, peak = _inside("write", target)
        is_judged = target == "ris"
        within = seconds < LONGEST_WRITE and peak < MOST_MEMORY
        limit = f"under {LONGEST_WRITE:.0f} s, {MOST_MEMORY:.0f} MB" if is_judged else ""
        shown = f"{seconds:.1f} s, {peak:.0f} MB"
        rows.append((f"write {WRITTEN:,} records as {target}", shown, limit, within if is_judged else None))
    with tempfile.TemporaryDirectory() as folder:
        for target in (*TARGETS, SHARED):
            seconds, peak = _inside("read", target, _file(Path(folder), target))
            speed = FASTEST_READ if target == "ris" else 0
            limit = f"at least {speed:,}/s, " * bool(speed) + f"under {MOST_MEMORY:.0f} MB"
            within = READ / seconds >= speed and peak < MOST_MEMORY
            shown = f"{READ / seconds:,.0f}/s, {peak:.0f} MB"
            rows.append((f"read {READ:,} records from {target}", shown, limit, within))
    for style in ("apa", "harvard-cite-them-right", "american-medical-association", "nlm-citation-sequence"):
        seconds, _peak_memory = _inside("cite", style)
        rows.append((f"cite in {style}", f"{seconds / CITED * 1000:.1f} ms each", "", None))
    return 0 if report("Files of records", rows) else 1


if __name__ == "__main__":
    if len(sys.argv) == 3:
        measure(sys.argv[1], sys.argv[2])
    else:
        sys.exit(main())
