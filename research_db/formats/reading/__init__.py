"""Reading files of records: never fails, tells what is wrong and where, and keeps what is good."""

from research_db.formats.reading.detecting import Format, detect
from research_db.formats.reading.found import Problem, Read
from research_db.formats.reading.opening import read

__all__ = ["Format", "Problem", "Read", "detect", "read"]
