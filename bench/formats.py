"""Files of records: how fast they are read and written, how much memory that takes, and how fast records are cited.

Run through `make bench-formats`. Each line is a process of its own, so that its memory is its own.
"""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from bench.measure import report

ROOT = Path(__file__).resolve().parents[1]
READ = int(os.environ.get("BENCH_READ", "50000"))
WRITTEN = int(os.environ.get("BENCH_WRITTEN", "100000"))
CITED = 200
TARGETS = ("ris", "bib", "csl.json", "csv", "xlsx")
FASTEST_READ, LONGEST_WRITE, MOST_MEMORY = 10_000, 30.0, 100.0
# A workbook is a ZIP file, and in memory while it is read; every other file is read record by record.
WHOLE = "xlsx"


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
    """Inside a process: print the seconds and the peak memory in megabytes beyond what the imports took."""
    from django.conf import settings

    settings.configure(USE_I18N=False)
    work = {"read": _reading, "write": _writing, "cite": _citing}[deed](target)
    before = _peak()
    start = time.perf_counter()
    for _piece in work:
        pass
    print(time.perf_counter() - start, _peak(), _peak() - before)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


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
    with file.open("wb") as opened:
        opened.writelines(write(islice(records(), READ), Target(target)))  # type: ignore[arg-type]
    return str(file)


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
        for target in TARGETS:
            seconds, peak = _inside("read", target, _file(Path(folder), target))
            speed = FASTEST_READ if target == "ris" else 0
            limit = f"at least {speed:,}/s, " * bool(speed) + f"under {MOST_MEMORY:.0f} MB" * (target != WHOLE)
            within = READ / seconds >= speed and peak < MOST_MEMORY
            shown = f"{READ / seconds:,.0f}/s, {peak:.0f} MB"
            rows.append((f"read {READ:,} records from {target}", shown, limit, within if limit else None))
    for style in ("apa", "harvard-cite-them-right", "american-medical-association", "nlm-citation-sequence"):
        seconds, _peak_memory = _inside("cite", style)
        rows.append((f"cite in {style}", f"{seconds / CITED * 1000:.1f} ms each", "", None))
    return 0 if report("Files of records", rows) else 1


if __name__ == "__main__":
    if len(sys.argv) == 3:
        measure(sys.argv[1], sys.argv[2])
    else:
        sys.exit(main())
