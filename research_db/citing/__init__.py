"""Citations of records in the styles that readers are asked for, made by citeproc from the styles' own CSL files."""

from research_db.citing.citing import Citation, cite
from research_db.citing.engine import Style

__all__ = ["Citation", "Style", "cite"]
