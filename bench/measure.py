"""CPU of processes from the kernel's own books, and a table people can read."""

import os
import resource
import time
from collections.abc import Callable, Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def _fields(pid: int) -> list[str]:
    """What the kernel says of a process after its name, from the state on."""
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()


def family(pid: int) -> set[int]:
    """A process and everything below it."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int(_fields(int(folder.name))[1])
        except OSError:
            continue
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def cpu_seconds(pids: Iterable[int]) -> float:
    """User and system time of these processes, their families and their children that have ended."""
    total = 0.0
    for pid in set().union(*(family(pid) for pid in pids)):
        try:
            ended = sum(int(value) for value in _fields(pid)[13:15]) / TICKS
            total += time.clock_gettime(_clock_of(pid)) + ended
        except OSError:
            continue
    return total


def spent(server: int | None) -> float:
    """Seconds of CPU so far: this process's, and the database server's where there is one."""
    return time.process_time() + (cpu_seconds([server]) if server else 0.0)


def milliseconds(work: Callable[[], object], server: int | None = None) -> float:
    """CPU for a piece of work: of this process, and of the database server where one is named."""
    before = spent(server)
    work()
    return (spent(server) - before) * 1000


def peak() -> float:
    """The most memory this process ever had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _clock_of(pid: int) -> int:
    """The number of the clock that counts a process's CPU to the nanosecond, as Linux makes it."""
    return (~pid << 3) | 2


def report(title: str, rows: list[tuple[str, str, str, bool | None]]) -> bool:
    """Print what was measured, the target and whether it is met; True when every target is."""
    print(f"\n{title}\n{'-' * len(title)}")
    for name, value, target, is_met in rows:
        verdict = {True: "met", False: "NOT MET", None: ""}[is_met]
        print(f"{name:<58} {value:>14}   {target:<24} {verdict}")
    return all(is_met is not False for *_, is_met in rows)
