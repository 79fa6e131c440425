"""What the demonstration's delegate wants to be told of."""

from datetime import datetime

from django.http import QueryDict

from research_db.alerts import saving
from research_db.finding.criteria import read
from research_db.finding.vocabulary import load
from research_db.models import SavedSearch

EMAIL = "delegate@example.org"
WANTED = (("q=link+workers", SavedSearch.Frequency.WEEKLY), ("kind=review", SavedSearch.Frequency.MONTHLY))


def make_saved_searches(*, now: datetime) -> None:
    """Two searches that were confirmed; no letter asks for it."""
    vocabulary = load()
    for query, frequency in WANTED:
        criteria = read(QueryDict(query), vocabulary)
        search = saving.written(criteria, email=EMAIL, frequency=frequency, vocabulary=vocabulary, now=now)
        search.save()
        saving.confirm(search, now=now)
