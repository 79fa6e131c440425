"""The list of publications at 100,000 of them: whole views, the engine beside its own floor, making the index.

In the end the answers of both databases are compared.

Times are of this process's CPU, because the machine may be busy with other things.
"""

import os
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING, Any

from bench import answers, measure, site

if TYPE_CHECKING:
    from research_db.finding.asking import Seeking
    from research_db.finding.index import Now

NUMBER = int(os.environ.get("BENCH_PUBLICATIONS", "100000"))
QUESTIONS = 250
# What else is made of all publications: its address, and how many milliseconds it may take.
BESIDE = {
    "evidence map": ("/research/map/?deep=1&q=people", 100),
    "statistics": ("/research/statistics/?q=people", 300),
    "what is missing": ("/research/missing/", 300),
    "Atom feed": ("/research/feed.atom?q=people", 300),
    "JSON page": ("/api/v1/publications?q=people&page=3", 300),
    "OAI-PMH page": ("/oai?verb=ListRecords&metadataPrefix=oai_dc", 300),
}
CHOSEN = [
    "kind=review", "population=older-people&population=carers", "outcome=mind", "country=country-a0&country=country-b1",
    "not.kind=thesis", "year=2012..2020", "only=free", "design=trial", "intervention=nature&all=intervention",
]  # fmt: skip


def questions(number: int = QUESTIONS) -> Iterator[str]:
    """Addresses as visitors make them: words, terms, years, orders, pages."""
    from tests.research_db.factory import FAMILIES, RARE, SUBJECTS, WORDS

    chance = random.Random(5)
    for place in range(number):
        words = [
            "", chance.choice(SUBJECTS), " ".join(chance.sample(WORDS, 2)), chance.choice(RARE),
            f"author:{chance.choice(FAMILIES)} {chance.choice(WORDS)}", f'"{chance.choice(SUBJECTS)}" -cost',
        ][place % 6]  # fmt: skip
        parts = [f"q={words}", *chance.sample(CHOSEN, place % 4)]
        parts += [chance.choice(["sort=title", "sort=oldest", "page=3", ""])]
        yield "&".join(filter(None, parts))


def spread(times: list[float]) -> tuple[float, float, float]:
    """Median, 95th percentile, most."""
    cuts = quantiles(times, n=20)
    return cuts[9], cuts[18], max(times)


def fill() -> None:
    """The page and its publications."""
    from django.core.management import call_command
    from wagtail.models import Page, Site

    from network_site.pages.models import HomePage
    from research_db.models import ResearchPage
    from tests.research_db.factory import make_publications

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    home = Page.objects.get(depth=1).add_child(
        instance=HomePage(title="The network", slug="front", headline="We link people", lead="All.")
    )
    Site.objects.update(root_page=home)
    home.add_child(instance=ResearchPage(title="What do we know?", slug="research"))
    make_publications(NUMBER)
    _came_here()


def _came_here() -> None:
    """As if editors had published them: harvests tell only of what visitors could once read."""
    from django.utils import timezone

    from research_db.models import Datestamp, Publication

    now = timezone.now()
    Publication.objects.public().update(first_published_at=now)
    Datestamp.renew(list(Publication.objects.public().values_list("pk", flat=True)), now=now)


def engine_alone(seeking: "Seeking", now: "Now") -> Callable[[], Any]:
    """What no page can do without: the best twenty with their exact count, and each facet counted once."""
    query, searcher = seeking.query(), now.reader.searcher
    size = {"size": 400, "segment_size": 400}
    wanted = {group.key: {"terms": {"field": f"facets.{group.key}", **size}} for group in now.vocabulary.groups}
    own = dict.fromkeys(facet for facet, _slug in seeking.criteria.chosen)
    others = [(seeking.query(leaving=facet), {facet: wanted[facet]}) for facet in own]

    def work() -> None:
        searcher.search(query, 20, count=True)
        searcher.aggregate(query, wanted)
        for other, facet in others:
            searcher.aggregate(other, facet)

    return work


def run(kind: str) -> bool:
    """Fill, make, measure and report; in a process of its own."""
    import django

    django.setup()
    from django.http import QueryDict
    from django.test import Client

    from research_db.finding import asking, index
    from research_db.finding.criteria import read

    fill()
    before = measure.peak()
    building = measure.milliseconds(index.site().make_anew) / 1000
    memory = measure.peak() - before
    bytes_on_disk = sum(file.stat().st_size for file in index.site().root.rglob("*") if file.is_file())
    now = index.site().now()
    assert now is not None
    visitor, asked = Client(headers={"host": "127.0.0.1"}), list(questions())
    for question in asked[:12]:
        visitor.get(f"/research/?{question}")
    import network_site.wsgi  # noqa: F401  # what is loaded by now stays, as in a web process

    criteria = [read(QueryDict(question), now.vocabulary) for question in asked]
    # One after the other, because a web process is kept warm by its own pages.
    views = [measure.milliseconds(partial(_got, visitor, one.query)) for one in criteria]
    engine = [measure.milliseconds(partial(asking.answer, one, now)) for one in criteria]
    alone = [measure.milliseconds(engine_alone(asking.Seeking(one, now), now)) for one in criteria]
    deep = measure.milliseconds(lambda: _got(visitor, f"?page={NUMBER // asking.A_PAGE - 50}"))
    beside = [_beside(visitor, *one) for one in BESIDE.items()]
    answers.write_down(visitor, kind, asked)
    view, own, floor = spread(views), spread(engine), spread(alone)
    mean = sum(engine) / sum(alone)
    figures = "{:.1f} / {:.1f} / {:.1f}"
    return measure.report(
        f"Search of {now.reader.size:,} publications on {kind}, CPU in milliseconds (p50 / p95 / max)",
        [
            ("whole view with template", figures.format(*view), "p50 < 15, p95 < 50", view[0] < 15 and view[1] < 50),
            ("engine: words, count, hits, every facet", figures.format(*own), "", None),
            ("tantivy alone, the same questions", figures.format(*floor), "", None),
            ("engine against tantivy alone, all together", f"{mean:.2f}", "at most 3", mean <= 3),
            ("a page near the end of everything", f"{deep:.1f}", "< 50", deep < 50),
            *beside,
            ("making the whole index, seconds", f"{building:.1f}", "", None),
            ("memory for that beyond before, MB", f"{memory:.0f}", "", None),
            ("index on disk, MB", f"{bytes_on_disk / 1e6:.0f}", "", None),
        ],
    )


def _beside(visitor: Any, name: str, place: tuple[str, int]) -> tuple[str, str, str, bool]:
    """What one of the other pages takes, asked once before."""
    address, most = place
    assert visitor.get(address).status_code == 200, address
    taken = min(measure.milliseconds(lambda: visitor.get(address)) for _time in range(3))
    return name, f"{taken:.1f}", f"< {most}", taken < most


def _got(visitor: Any, query: str) -> None:
    response = visitor.get(f"/research/{query}", follow=True)
    assert response.status_code == 200, (query, response.status_code)


def main() -> int:
    """Both databases, or the one named."""
    if sys.argv[1:2] == ["inside"]:
        return 0 if run(sys.argv[2]) else 1
    if len(sys.argv) > 1:
        return site.on_each("bench.research_search")
    with tempfile.TemporaryDirectory() as folder:
        os.environ[answers.FOLDER] = folder
        missed = site.on_each("bench.research_search")
        return 0 if answers.compare(Path(folder)) and not missed else 1


if __name__ == "__main__":
    raise SystemExit(main())
