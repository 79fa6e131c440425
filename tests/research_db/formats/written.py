"""Records that the tests of every writer write."""

from research_db.formats.record import Contributor, Identifier, Name, PartialDate, Record

RECORDS = {
    "an article with everything": Record(
        kind="journal-article",
        title="Link workers & 50% of {care}",
        contributors=(
            Contributor(Name(family="Okafor", given="Ada", orcid="0000-0002-1825-0097")),
            Contributor(Name(family="King", given="Martin", suffix="Jr")),
            Contributor(Name(literal="NHS England, Wales")),
            Contributor(name=Name(family="Jones", given="Siân"), role="editor"),
            Contributor(name=Name(family="Wyn", given="Mair"), role="translator"),
        ),
        container="BMJ Open",
        container_short="BMJ Op.",
        date=PartialDate(2021, 5, 3),
        online_date=PartialDate(2021, 4),
        volume="11",
        issue="2",
        pages="12-19",
        article_number="e1",
        publisher="BMJ",
        place="London",
        edition="2nd",
        language="en",
        abstract="First.\nSecond; line.",
        keywords=(
            "loneliness",
            "a; b",
        ),
        identifiers=(
            Identifier("doi", "10.1000/a_b", ""),
            Identifier("pmid", "123", ""),
            Identifier("pmcid", "PMC99123", ""),
            Identifier("issn", "0378-5955", ""),
            Identifier("arxiv", "2101.00001", ""),
        ),
        urls=(
            "https://example.org/a?b=1",
            "https://example.com/c",
        ),
        notes=(
            "One",
            "Two\nlines",
        ),
        licence="CC BY",
        open_access_url="https://example.org/free.pdf",
        extra={"U1": ("kept",), "genre": ("lost in RIS",)},
    ),
    "nothing but a title": Record(title="Bare"),
    "a review": Record(kind="review", title="What works?", date=PartialDate(2019, 4)),
    "a chapter": Record(
        kind="chapter",
        title="Part",
        contributors=(Contributor(Name(family="van den Berg", given="Jan")),),
        container="Whole",
        date=PartialDate(2001),
        identifiers=(Identifier("isbn", "9780306406157", ""),),
    ),
    "a thesis in Welsh": Record(
        kind="thesis",
        title="Tŷ bach twt",
        contributors=(Contributor(Name(family="Ŵyn")),),
        publisher="Prifysgol Bangor",
        language="cy",
    ),
    "a formula for a title": Record(
        kind="report",
        title="=HYPERLINK(1)",
        notes=(
            "'tis",
            "-x",
        ),
    ),
    "lists that look like Python": Record(
        kind="dataset",
        title="[1]",
        keywords=(
            "[a",
            "b]",
            "c\\d",
        ),
    ),
    "TeX's own signs": Record(kind="preprint", title="a--b ``c'' ~ ^ \\ # $ _", pages="S1-S9"),
    "a guideline": Record(
        kind="guideline", title="NG1", contributors=(Contributor(Name(literal="NICE")),), date=PartialDate(1000)
    ),
    "a policy with a handle": Record(
        kind="policy",
        title="Act",
        identifiers=(
            Identifier("handle", "1721.1/2", ""),
            Identifier("openalex", "W2741809807", ""),
        ),
    ),
}
