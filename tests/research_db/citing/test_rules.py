"""Records of every kind in every style, as the manuals of the styles have them.

The manuals: Publication Manual of the APA, 7th ed.; Cite Them Right, 12th ed.; AMA Manual of Style, 11th ed.; Citing
Medicine, 2nd ed. What the reader adds, the day on which a page was read, is not there.
"""

from dataclasses import replace

import pytest

from research_db.citing import Style, cite
from research_db.formats.record import Contributor, Identifier, Name, PartialDate, Record


def by(family: str, given: str, suffix: str = "", role: str = "author") -> Contributor:
    return Contributor(Name(family, given, suffix), role)


def group(name: str) -> Contributor:
    return Contributor(Name(literal=name))


def doi(number: str) -> tuple[Identifier, ...]:
    return (Identifier("doi", number),)


EDITORS = (by("Polley", "Marie", role="editor"), by("Dixon", "Michael", role="editor"))
# Each record with APA, Harvard, AMA and Vancouver.
CITED: dict[str, tuple[Record, str, str, str, str]] = {
    "an article": (
        Record(
            kind="journal-article", title="Social prescribing: Bridging the gap", contributors=(by("Husk", "Kerryn"),),
            container="British Journal of General Practice", container_short="Br J Gen Pract",
            date=PartialDate(2019, 1, 5), volume="69", issue="678", pages="6-7",
            identifiers=doi("10.3399/bjgp19x700325"),
        ),
        ("Husk, K. (2019). Social prescribing: Bridging the gap. <i>British Journal of General Practice</i>, "
        "<i>69</i>(678), 6–7. https://doi.org/10.3399/bjgp19x700325"),
        ("Husk, K. (2019) ‘Social prescribing: Bridging the gap’, <i>British Journal of General Practice</i>, 69(678), "
        "pp. 6–7. Available at: https://doi.org/10.3399/bjgp19x700325."),
        ("Husk K. Social prescribing: Bridging the gap. <i>Br J Gen Pract</i>. 2019;69(678):6-7. "
        "doi:10.3399/bjgp19x700325"),
        ("Husk K. Social prescribing: Bridging the gap. Br J Gen Pract. 2019 Jan 5;69(678):6-7. "
        "doi:10.3399/bjgp19x700325"),
    ),
    "an article with a number for pages": (
        Record(
            kind="review", title="Link workers' views", contributors=(by("Kiely", "Bridget"), by("O'Shea", "Ciara")),
            container="BMJ Open", date=PartialDate(2022, 10), volume="12", issue="10", article_number="e062951",
        ),
        "Kiely, B., &amp; O’Shea, C. (2022). Link workers’ views. <i>BMJ Open</i>, <i>12</i>(10), Article e062951.",
        "Kiely, B. and O’Shea, C. (2022) ‘Link workers’ views’, <i>BMJ Open</i>, 12(10), p. e062951.",
        "Kiely B, O’Shea C. Link workers’ views. <i>BMJ Open</i>. 2022;12(10):e062951.",
        "Kiely B, O’Shea C. Link workers’ views. BMJ Open. 2022 Oct;12(10):e062951.",
    ),
    "a book with a particle, a suffix and an edition": (
        Record(
            kind="book", title="Strength to love", publisher="Harper & Row", place="New York", edition="2nd",
            contributors=(by("King", "Martin Luther", "Jr."), by("van der Berg", "Jan-Erik")), date=PartialDate(1963),
        ),
        "King, M. L., Jr., &amp; van der Berg, J.-E. (1963). <i>Strength to love</i> (2nd ed.). Harper &amp; Row.",
        "King, M.L., Jr. and van der Berg, J.-E. (1963) <i>Strength to love</i>. 2nd edn. New York: Harper &amp; Row.",
        "King ML Jr, van der Berg JE. <i>Strength to Love</i>. 2nd ed. Harper &amp; Row; 1963.",
        "King ML Jr, van der Berg JE. Strength to love. 2nd ed. New York: Harper &amp; Row; 1963.",
    ),
    "a book of two editors": (
        Record(
            kind="book", title="Arts in health", contributors=EDITORS, publisher="OUP", place="Oxford",
            date=PartialDate(2017),
        ),
        "Polley, M., &amp; Dixon, M. (Eds.). (2017). <i>Arts in health</i>. OUP.",
        "Polley, M. and Dixon, M. (eds) (2017) <i>Arts in health</i>. Oxford: OUP.",
        "Polley M, Dixon M, eds. <i>Arts in Health</i>. OUP; 2017.",
        "Polley M, Dixon M, editors. Arts in health. Oxford: OUP; 2017.",
    ),
    "a chapter": (
        Record(
            kind="chapter", title="Community connectors", contributors=(by("Ŵyn", "Siân"), *EDITORS),
            container="Handbook of Social Prescribing", publisher="Springer", place="Cham", pages="12-30",
            date=PartialDate(2020),
        ),
        ("Ŵyn, S. (2020). Community connectors. In M. Polley &amp; M. Dixon (Eds.), "
        "<i>Handbook of Social Prescribing</i> (pp. 12–30). Springer."),
        ("Ŵyn, S. (2020) ‘Community connectors’, in M. Polley and M. Dixon (eds) "
        "<i>Handbook of Social Prescribing</i>. Cham: Springer, pp. 12–30."),
        ("Ŵyn S. Community connectors. In: Polley M, Dixon M, eds. <i>Handbook of Social Prescribing</i>. "
        "Springer; 2020:12-30."),
        ("Ŵyn S. Community connectors. In: Polley M, Dixon M, editors. Handbook of Social Prescribing. "
        "Cham: Springer; 2020. p. 12-30."),
    ),
    "a chapter of a book without editors": (
        Record(
            kind="chapter", title="Management of the problem", contributors=(by("Franklin", "Alfred White"),),
            container="The maltreatment of children", publisher="MTP", place="Lancaster", pages="83-95",
            date=PartialDate(2012),
        ),
        ("Franklin, A. W. (2012). Management of the problem. In <i>The maltreatment of children</i> (pp. 83–95). MTP."),
        ("Franklin, A.W. (2012) ‘Management of the problem’, in <i>The maltreatment of children</i>. Lancaster: MTP, "
        "pp. 83–95."),
        "Franklin AW. Management of the problem. In: <i>The Maltreatment of Children</i>. MTP; 2012:83-95.",
        "Franklin AW. Management of the problem. In: The maltreatment of children. Lancaster: MTP; 2012. p. 83-95.",
    ),
    "a report of the organisation that wrote it": (
        Record(
            kind="report", title="A summary guide", contributors=(group("NHS England"),), publisher="NHS England",
            date=PartialDate(2019, 1, 31), urls=("https://www.england.nhs.uk/guide",),
        ),
        "NHS England. (2019). <i>A summary guide</i>. https://www.england.nhs.uk/guide",
        "NHS England (2019) <i>A summary guide</i>. NHS England. Available at: https://www.england.nhs.uk/guide.",
        "NHS England. <i>A Summary Guide</i>. NHS England; 2019. https://www.england.nhs.uk/guide",
        ("NHS England. A summary guide [Internet]. NHS England; 2019 Jan. "
        "Available from: https://www.england.nhs.uk/guide"),
    ),
    "a report with a number": (
        Record(
            kind="report", title="Cost of link workers", contributors=(by("Polley", "Marie"),), place="London",
            publisher="University of Westminster", article_number="12", date=PartialDate(2017),
        ),
        "Polley, M. (2017). <i>Cost of link workers</i> (Report No. 12). University of Westminster.",
        "Polley, M. (2017) <i>Cost of link workers</i>. Report 12. London: University of Westminster.",
        "Polley M. <i>Cost of Link Workers</i>. University of Westminster; 2017. Report 12.",
        "Polley M. Cost of link workers. London: University of Westminster; 2017. Report no.: 12.",
    ),
    "a guideline": (
        Record(
            kind="guideline", title="Depression in adults", contributors=(group("NICE"),), article_number="NG222",
            date=PartialDate(2022, 6, 29), publisher="NICE",
        ),
        "NICE. (2022). <i>Depression in adults</i> (Guideline No. NG222).",
        "NICE (2022) <i>Depression in adults</i>. Guideline NG222. NICE.",
        "NICE. <i>Depression in Adults</i>. NICE; 2022. NG222.",
        "NICE. Depression in adults. NICE; 2022 Jun. Report no.: NG222.",
    ),
    "a thesis in Welsh": (
        Record(
            kind="thesis", title="Grwpiau cerdded y gogledd", contributors=(by("Wyn", "Mair"),), language="cy",
            publisher="Prifysgol Bangor", date=PartialDate(2016, 9),
        ),
        "Wyn, M. (2016). <i>Grwpiau cerdded y gogledd</i> [Thesis]. Prifysgol Bangor.",
        "Wyn, M. (2016) <i>Grwpiau cerdded y gogledd</i>. Thesis. Prifysgol Bangor.",
        "Wyn M. <i>Grwpiau cerdded y gogledd</i>. Thesis. Prifysgol Bangor; 2016.",
        "Wyn M. Grwpiau cerdded y gogledd [thesis]. Prifysgol Bangor; 2016.",
    ),
    "a page of the site of those who wrote it": (
        Record(
            kind="webpage", title="What is it?", contributors=(group("The King's Fund"),),
            container="The King's Fund", date=PartialDate(2020, 11, 4), urls=("https://www.kingsfund.org.uk/x",),
        ),
        "The King’s Fund. (2020, November 4). <i>What is it?</i> https://www.kingsfund.org.uk/x",
        "The King’s Fund (2020) <i>What is it?</i> Available at: https://www.kingsfund.org.uk/x.",
        "The King’s Fund. What is it? November 4, 2020. https://www.kingsfund.org.uk/x",
        "The King’s Fund. What is it? [Internet]. 2020. Available from: https://www.kingsfund.org.uk/x",
    ),
    "a page of nobody at no time": (
        Record(kind="webpage", title="Social prescribing", container="NHS", urls=("https://www.nhs.uk/x",)),
        "<i>Social prescribing</i>. (n.d.). NHS. https://www.nhs.uk/x",
        "<i>Social prescribing</i> (no date) <i>NHS</i>. Available at: https://www.nhs.uk/x.",
        "Social prescribing. NHS. https://www.nhs.uk/x",
        "NHS [Internet]. Social prescribing. Available from: https://www.nhs.uk/x",
    ),
    "a preprint": (
        Record(
            kind="preprint", title="Early findings", contributors=(by("Chatterjee", "Helen J."),), container="medRxiv",
            date=PartialDate(2021, 3, 2), identifiers=doi("10.1101/2021.03.02"),
        ),
        "Chatterjee, H. J. (2021). <i>Early findings</i>. medRxiv. https://doi.org/10.1101/2021.03.02",
        ("Chatterjee, H.J. (2021) ‘Early findings’, <i>medRxiv</i> [Preprint]. "
        "Available at: https://doi.org/10.1101/2021.03.02."),
        ("Chatterjee HJ. Early findings. <i>medRxiv</i>. Preprint posted online March 2, 2021. "
        "doi:10.1101/2021.03.02"),
        "Chatterjee HJ. Early findings [preprint]. medRxiv. 2021. doi:10.1101/2021.03.02",
    ),
    "a paper in proceedings": (
        Record(
            kind="conference-paper", title="Prescribing nature", contributors=(by("Leavell", "Melissa A."),),
            container="Proceedings of the Conference", publisher="SPN", place="London", pages="3-8",
            date=PartialDate(2018, 6, 14),
        ),
        "Leavell, M. A. (2018). Prescribing nature. In <i>Proceedings of the Conference</i> (pp. 3–8). SPN.",
        "Leavell, M.A. (2018) ‘Prescribing nature’, <i>Proceedings of the Conference</i>. London: SPN, pp. 3–8.",
        "Leavell MA. Prescribing nature. In: <i>Proceedings of the Conference</i>. SPN; 2018:3-8.",
        "Leavell MA. Prescribing nature. In: Proceedings of the Conference. London: SPN; 2018. p. 3-8.",
    ),
    "data": (
        Record(
            kind="dataset", title="Survey of 2021", contributors=(by("Tierney", "Stephanie"),),
            publisher="UK Data Service", edition="Version 1.0", date=PartialDate(2021), identifiers=doi("10.5255/1"),
        ),
        ("Tierney, S. (2021). <i>Survey of 2021</i> (Version 1.0) [Data set]. UK Data Service. "
        "https://doi.org/10.5255/1"),
        "Tierney, S. (2021) ‘Survey of 2021’. UK Data Service. Available at: https://doi.org/10.5255/1.",
        "Tierney S. Survey of 2021. <i>UK Data Service</i>. Published online 2021. doi:10.5255/1",
        "Tierney S. Survey of 2021. UK Data Service; 2021. doi:10.5255/1",
    ),
    "an article without a date": (
        Record(
            kind="journal-article", title="In press", contributors=(by("Roland", "Martin"),), container="BMC",
            identifiers=doi("10.1186/x"),
        ),
        "Roland, M. (n.d.). In press. <i>BMC</i>. https://doi.org/10.1186/x",
        "Roland, M. (no date) ‘In press’, <i>BMC</i>. Available at: https://doi.org/10.1186/x.",
        "Roland M. In press. <i>BMC</i>. doi:10.1186/x",
        "Roland M. In press. BMC. doi:10.1186/x",
    ),
    "a film": (
        Record(
            kind="video", title="A link worker's day", contributors=(group("NASP"),), publisher="YouTube",
            date=PartialDate(2021, 5, 1), urls=("https://youtu.be/x",),
        ),
        "NASP. (2021, May 1). <i>A link worker’s day</i> [Video]. YouTube. https://youtu.be/x",
        "NASP (2021) <i>A link worker’s day</i>. YouTube. Available at: https://youtu.be/x.",
        "NASP. <i>A Link Worker’s Day</i>. YouTube; 2021. https://youtu.be/x",
        "NASP. A link worker’s day [Internet]. YouTube; 2021. Available from: https://youtu.be/x",
    ),
}  # fmt: skip
STYLES = (Style.APA, Style.HARVARD, Style.AMA, Style.VANCOUVER)


@pytest.mark.parametrize("at", range(4), ids=STYLES)
@pytest.mark.parametrize("name", CITED)
def test_as_the_manual_has_it(name: str, at: int) -> None:
    record, *cited = CITED[name]
    assert cite([record], STYLES[at])[0].html == cited[at]


# AMA 3.13.2; APA 10.4, example 50, “(NIH Publication No. 18-2059)”.
@pytest.mark.parametrize(
    ("style", "number", "said"),
    [
        (Style.AMA, "NIH publication 10-7586", "National Institute on Drug Abuse; 2010. NIH publication 10-7586."),
        (Style.AMA, "PAHO/HSS/HR/22-0012", "National Institute on Drug Abuse; 2010. PAHO/HSS/HR/22-0012."),
        (Style.AMA, "170", "National Institute on Drug Abuse; 2010. Report 170."),
        (Style.AMA, "", "National Institute on Drug Abuse; 2010."),
        (Style.APA, "NIH Publication No. 18-2059", "</i> (NIH Publication No. 18-2059). National Institute on Drug Abuse."),
        (Style.APA, "170", "</i> (Report No. 170). National Institute on Drug Abuse."),
        (Style.HARVARD, "NIH publication 10-7586", "</i>. NIH publication 10-7586. National Institute on Drug Abuse."),
        (Style.HARVARD, "", "</i>. National Institute on Drug Abuse."),
    ],
)  # fmt: skip
def test_the_number_of_a_report_is_called_one_unless_it_says_what_it_is(style: Style, number: str, said: str) -> None:
    people, publisher = (by("Johnson", "Lloyd D."),), "National Institute on Drug Abuse"
    record = Record("report", "Risks", people, publisher=publisher, article_number=number, date=PartialDate(2010))
    assert cite([record], style)[0].html.endswith(said)


def test_every_style_is_held_against_its_manual() -> None:
    assert set(STYLES) == set(Style)


def named(count: int) -> tuple[Contributor, ...]:
    return tuple(by(f"N{number}", "Ann") for number in range(1, count + 1))


def apa(numbers: range) -> str:
    return ", ".join(f"N{number}, A." for number in numbers)


def initials(numbers: range) -> str:
    return ", ".join(f"N{number} A" for number in numbers)


# How many are named, and what stands before the year or the title: APA 9.8, Cite Them Right, AMA 3.7, Citing Medicine.
NAMED = [
    (Style.APA, 1, "N1, A. ("),
    (Style.APA, 2, "N1, A., & N2, A. ("),
    (Style.APA, 3, "N1, A., N2, A., & N3, A. ("),
    (Style.APA, 8, f"{apa(range(1, 8))}, & N8, A. ("),
    (Style.APA, 20, f"{apa(range(1, 20))}, & N20, A. ("),
    (Style.APA, 21, f"{apa(range(1, 20))}, … N21, A. ("),
    (Style.APA, 30, f"{apa(range(1, 20))}, … N30, A. ("),
    (Style.HARVARD, 1, "N1, A. ("),
    (Style.HARVARD, 2, "N1, A. and N2, A. ("),
    (Style.HARVARD, 3, "N1, A., N2, A. and N3, A. ("),
    (Style.HARVARD, 4, "N1, A. et al. ("),
    (Style.HARVARD, 21, "N1, A. et al. ("),
    (Style.AMA, 1, "N1 A. "),
    (Style.AMA, 2, "N1 A, N2 A. "),
    (Style.AMA, 6, f"{initials(range(1, 7))}. "),
    (Style.AMA, 7, f"{initials(range(1, 4))}, et al. "),
    (Style.VANCOUVER, 1, "N1 A. "),
    (Style.VANCOUVER, 6, f"{initials(range(1, 7))}. "),
    (Style.VANCOUVER, 7, f"{initials(range(1, 7))}, et al. "),
    (Style.VANCOUVER, 21, f"{initials(range(1, 7))}, et al. "),
]


@pytest.mark.parametrize(("style", "count", "start"), NAMED)
def test_as_many_are_named_as_the_manual_says(style: Style, count: int, start: str) -> None:
    record = Record(kind="journal-article", title="Title", contributors=named(count), date=PartialDate(2020))
    said = cite([record], style)[0].text
    rest = said.removeprefix(start)
    assert said.startswith(start)
    assert rest.startswith(("2020", "Title"))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"pages": "e12"}, "<i>BMJ</i>, Article e12."),
        ({"pages": "S1-S9"}, "<i>BMJ</i>, S1–S9."),
        ({"pages": "12"}, "<i>BMJ</i>, 12."),
        ({"container": "X", "kind": "webpage", "contributors": (group("X"), group("Y"))}, "<i>T</i>. X."),
        ({"publisher": "Lee", "contributors": (by("Lee", "Ann"),), "kind": "book", "container": ""}, "<i>T</i>. Lee."),
        ({"kind": "conference-paper", "publisher": "P", "volume": "3"}, "T. <i>BMJ</i>, <i>3</i>."),
    ],
)
def test_where_a_rule_ends(changed: dict[str, object], said: str) -> None:
    record = replace(Record(kind="journal-article", title="T", container="BMJ"), **changed)  # type: ignore[arg-type]
    assert cite([record], Style.APA)[0].html.replace("(n.d.). ", "").endswith(said)


@pytest.mark.parametrize(
    ("suffix", "written"),
    [
        ("Jr.", ("Lee, A., Jr.", "Lee, A., Jr.", "Lee A Jr.", "Lee A Jr.")),
        ("Jr", ("Lee, A., Jr.", "Lee, A., Jr.", "Lee A Jr.", "Lee A Jr.")),
        ("III", ("Lee, A., III.", "Lee, A., III", "Lee A III.", "Lee A 3rd.")),
    ],
)
def test_suffixes(suffix: str, written: tuple[str, ...]) -> None:
    people = (by("Lee", "Ann", suffix),)
    for style, name in zip(STYLES, written, strict=True):
        said = cite([Record(kind="book", title="Title", contributors=people, date=PartialDate(2020))], style)[0].text
        assert said.startswith((f"{name} Title", f"{name.removesuffix('.')} (2020)", f"{name} (2020)"))


def test_pages_in_roman_numbers_are_several_and_never_shortened() -> None:
    record = Record(kind="chapter", title="Why", container="The Book", pages="xii-xv", contributors=(by("Ng", "A"),))
    said = {style: cite([record], style)[0].text for style in Style}
    assert "(pp. xii–xv)" in said[Style.APA]
    assert "pp. xii–xv" in said[Style.HARVARD]
    assert said[Style.VANCOUVER].endswith("p. xii-xv.")
    assert "(p. xv)" in cite([replace(record, pages="xv")], Style.APA)[0].text
