"""Publications, who wrote them, what they are about, how they stand, and what changed."""

from research_db.models.address import AddressUse
from research_db.models.alert import SavedSearch, ToldOf
from research_db.models.change import SearchChange
from research_db.models.datestamp import Datestamp
from research_db.models.imports import DuplicatePair, ImportBatch, ImportFile, ImportRow
from research_db.models.naming import Contribution, Identifier, Source
from research_db.models.page import ResearchPage
from research_db.models.publication import Publication
from research_db.models.reading_list import ReadingList, ReadingListEntry
from research_db.models.standing import Appraisal, Notice, Relation
from research_db.models.suggestion import Suggestion
from research_db.models.vocabulary import Facet, Term

__all__ = [
    "AddressUse",
    "Appraisal",
    "Contribution",
    "Datestamp",
    "DuplicatePair",
    "Facet",
    "Identifier",
    "ImportBatch",
    "ImportFile",
    "ImportRow",
    "Notice",
    "Publication",
    "ReadingList",
    "ReadingListEntry",
    "Relation",
    "ResearchPage",
    "SavedSearch",
    "SearchChange",
    "Source",
    "Suggestion",
    "Term",
    "ToldOf",
]
