"""Many publications at once: the same for the same number, with every facet, quickly."""

import random
from collections.abc import Sequence

from research_db.models import Contribution, Facet, Identifier, Notice, Publication, SearchChange, Source, Term

FACETS = {
    "population": ("Who took part", ["Adults>Older people", "Adults>Carers", "Young people", "Refugees", "Everyone"]),
    "intervention": (
        "What was offered",
        ["Link worker", "Nature>Gardens", "Nature>Walking", "Arts>Singing", "Arts>Painting", "Advice on money"],
    ),
    "outcome": (
        "What was measured",
        ["Mind>Loneliness", "Mind>Wellbeing", "Services>GP visits", "Services>Cost", "Movement"],
    ),
    "design": ("Kind of evidence", ["Trial", "Interviews", "Before and after", "Survey", "Costs"]),
    "setting": ("Where it happened", ["GP practice", "Hospital", "Library", "Community centre", "At home"]),
    "country": ("Country", [f"Country {letter}{number}" for letter in "ABCDE" for number in range(8)]),
}
SUBJECTS = ["loneliness", "wellbeing", "link workers", "gardening", "singing groups", "debt advice", "walking", "cost"]
PEOPLE = ["older people", "carers", "young people", "people in debt", "refugees", "people with dementia"]
FORMS = ["a review", "a trial", "interviews", "a survey", "a protocol", "what changed in a year"]
FAMILIES = ["Okafor", "Lindqvist", "Price", "Example", "Ó Briain", "Müller", "Nguyễn", "Achebe", "Sørensen", "Singh"]
WORDS = [
    "people",
    "practice",
    "group",
    "doctor",
    "visits",
    "months",
    "measured",
    "found",
    "change",
    "support",
    "community",
    "referral",
    "activity",
    "health",
    "study",
    "random",
    "follow",
    "scale",
    "score",
    "interview",
    "theme",
    "service",
    "voluntary",
    "sector",
    "evidence",
    "effect",
    "small",
    "nature",
    "garden",
    "art",
    "money",
    "advice",
    "loneliness",
    "wellbeing",
    "anxiety",
    "sleep",
    "exercise",
    "museum",
    "library",
    "hospital",
    "nurse",
    "link",
    "worker",
    "trust",
    "time",
    "listening",
]
RARE = [f"{start}{middle}{end}" for start in "bcdfgl" for middle in ("anto", "eri", "olu") for end in "mnrst"]


def make_vocabulary() -> list[list[Term]]:
    """The facets and their terms; a list for each facet, upper terms left out."""
    found = []
    for order, (key, (label, names)) in enumerate(FACETS.items()):
        facet = Facet.objects.create(key=key, label=label, order=order)
        terms: dict[str, Term] = {}
        for name in names:
            *upper, own = name.split(">")
            for one in upper:
                if one not in terms:
                    terms[one] = Term.objects.create(facet=facet, slug=_slug(one), label=one)
            parent = terms[upper[0]] if upper else None
            terms[name] = Term.objects.create(facet=facet, slug=_slug(own), label=own, parent=parent)
        found.append([terms[name] for name in names])
    return found


def _slug(name: str) -> str:
    return name.lower().replace(" ", "-")


def make_publications(number: int, *, seed: int = 1, batch: int = 5_000) -> list[Publication]:
    """So many publications with their vocabulary, and the search told of them."""
    chance = random.Random(seed)
    facets = make_vocabulary()
    names = [f"{kind} of {subject} {place}" for kind in ("Journal", "Annals") for subject in ("Care", "Health", "Age") for place in range(1, 20)]  # fmt: skip
    sources = Source.objects.bulk_create([Source(title=name, key=Source.key_of(name)) for name in names])
    made: list[Publication] = []
    for start in range(0, number, batch):
        some = [_publication(chance, start + place, sources) for place in range(min(batch, number - start))]
        some = Publication.objects.bulk_create(some, batch_size=500)
        _around(chance, some, facets)
        SearchChange.note([one.pk for one in some])
        made += some
    return made


def _publication(chance: random.Random, place: int, sources: Sequence[Source]) -> Publication:
    subject, people = chance.choice(SUBJECTS), chance.choice(PEOPLE)
    words = chance.choices(WORDS, k=chance.randrange(40, 120)) + chance.choices(RARE, k=3)
    chance.shuffle(words)
    year = chance.choice([None, *range(1998, 2027)])
    month = chance.choice([None, 3, 11]) if year else None
    return Publication(
        code=f"{place:06d}",
        kind=chance.choice(Publication.Kind.values[:11]),
        title=f"{subject.capitalize()} and {people}: {chance.choice(FORMS)} {chance.choice(RARE)}",
        abstract=" ".join(words),
        plain_summary=f"What {people} said about {subject}." if chance.random() < 0.3 else "",
        source=chance.choice(sources),
        year=year,
        month=month,
        open_access=chance.choice(["", "gold", "green", "closed"]),
        keywords=chance.sample(WORDS, 3),
        live=chance.random() > 0.02,
    )


def _around(chance: random.Random, some: list[Publication], facets: list[list[Term]]) -> None:
    people, numbers, about, notices = [], [], [], []
    through = Publication.terms.through
    for one in some:
        for place in range(chance.randrange(1, 5)):
            family, given = chance.choice(FAMILIES), chance.choice("ABCDEFGH")
            people.append(Contribution(publication=one, sort_order=place, family=family, given=given))
        numbers.append(Identifier(publication=one, scheme="doi", value=f"10.5555/made.{one.code}"))
        for terms in facets:
            chosen = chance.sample(terms, chance.randrange(3))
            about += [through(publication_id=one.pk, term_id=term.pk) for term in chosen]
        if chance.random() < 0.01:
            notices.append(Notice(publication=one, kind=Notice.Kind.RETRACTION))
    for model, rows in ((Contribution, people), (Identifier, numbers), (through, about), (Notice, notices)):
        model._default_manager.bulk_create(rows, batch_size=2_000)
