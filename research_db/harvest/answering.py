"""The six verbs: each writes its answer, or refuses before it wrote anything."""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from research_db.domain.reading import Reading
from research_db.harvest import asked, moments, records, tokens
from research_db.harvest.asked import DC, TOKEN, Question
from research_db.harvest.dublin_core import elements
from research_db.harvest.records import Item, Page
from research_db.harvest.refusing import Code, Refused
from research_db.harvest.sets import Sets
from research_db.harvest.tokens import Course
from research_db.harvest.writing import OAI_DC, ROOT, ROOT_DC, SCHEMA_DC, Writer
from research_db.models.change import settled

Write = Callable[[Writer], None]
# Where these went wrong, the protocol wants the question not to be repeated.
UNREPEATED = {Code.BAD_VERB, Code.BAD_ARGUMENT}


def answer(given: QueryDict) -> str:
    """The answer to any question, as a document; what is wrong with a question is an answer too."""
    question = None
    with settled():
        now = moments.written(timezone.now())
        try:
            question = asked.read(given)
            asked.refuse_other_formats(question)
            write = VERBS[question.verb](question)
        except Refused as refused:
            write = _refusal(refused)
            question = None if refused.code in UNREPEATED else question
    writer = Writer()
    with writer.within("OAI-PMH", ROOT):
        writer.add("responseDate", now)
        writer.add("request", address(), _repeated(question))
        write(writer)
    return writer.document


def address() -> str:
    """Where harvesters ask."""
    return f"{settings.SITE_URL}{reverse('research:harvest')}"


def _repeated(question: Question | None) -> dict[str, str]:
    return {"verb": question.verb, **question.arguments} if question else {}


def _refusal(refused: Refused) -> Write:
    return lambda writer: writer.add("error", str(refused), {"code": refused.code})


def _identify(question: Question) -> Write:
    facts = {
        "repositoryName": settings.SITE_NAME,
        "baseURL": address(),
        "protocolVersion": "2.0",
        "adminEmail": settings.CONTACT_EMAIL,
        "earliestDatestamp": moments.written(records.earliest() or timezone.now()),
        "deletedRecord": "persistent",
        "granularity": moments.GRANULARITY,
    }

    def write(writer: Writer) -> None:
        with writer.within("Identify"):
            for name, value in facts.items():
                writer.add(name, value)

    return write


def _formats(question: Question) -> Write:
    if "identifier" in question.arguments:
        records.one(question.arguments["identifier"])

    def write(writer: Writer) -> None:
        with writer.within("ListMetadataFormats"), writer.within("metadataFormat"):
            writer.add("metadataPrefix", DC)
            writer.add("schema", SCHEMA_DC)
            writer.add("metadataNamespace", OAI_DC)

    return write


def _sets(question: Question) -> Write:
    if question.token:
        raise Refused(Code.BAD_TOKEN, "ListSets tells all sets at once and gives no tokens.")
    found = list(Sets().all())

    def write(writer: Writer) -> None:
        with writer.within("ListSets"):
            for one in found:
                with writer.within("set"):
                    writer.add("setSpec", one.spec)
                    writer.add("setName", one.name)

    return write


def _record(question: Question) -> Write:
    item = records.one(question.arguments["identifier"])
    read = records.readings([item])

    def write(writer: Writer) -> None:
        with writer.within("GetRecord"):
            _write_record(writer, item, read)

    return write


def _list(question: Question) -> Write:
    page = records.page(_course(question))
    read = records.readings(page.items) if question.verb == "ListRecords" else None

    def write(writer: Writer) -> None:
        with writer.within(question.verb):
            for item in page.items:
                _write_header(writer, item) if read is None else _write_record(writer, item, read)
            _write_token(writer, page, is_first=not question.token)

    return write


def _course(question: Question) -> Course:
    if question.token:
        return tokens.course_of(question.token, verb=question.verb)
    return Course(question.verb, question.arguments.get("set", ""), question.span)


def _write_token(writer: Writer, page: Page, *, is_first: bool) -> None:
    """The place to go on from; an empty one says that a list of several pages ends here."""
    begins = page.size - len(page.items) if page.next is None else page.next.cursor - len(page.items)
    counted = {"completeListSize": str(page.size), "cursor": str(begins)}
    if page.next:
        writer.add(TOKEN, tokens.token_of(page.next), counted)
    elif not is_first:
        writer.add(TOKEN, "", counted)


def _write_record(writer: Writer, item: Item, read: Mapping[int, Reading]) -> None:
    with writer.within("record"):
        _write_header(writer, item)
        if item.number in read:
            with writer.within("metadata"), writer.within("oai_dc:dc", ROOT_DC):
                for name, value in elements(read[item.number]):
                    writer.add(f"dc:{name}", value)


def _write_header(writer: Writer, item: Item) -> None:
    with writer.within("header", {"status": "deleted"} if item.is_deleted else None):
        writer.add("identifier", item.identifier)
        writer.add("datestamp", moments.written(item.at))
        for spec in item.sets:
            writer.add("setSpec", spec)


VERBS: Mapping[str, Callable[[Question], Write]] = {
    "Identify": _identify,
    "ListMetadataFormats": _formats,
    "ListSets": _sets,
    "GetRecord": _record,
    "ListIdentifiers": _list,
    "ListRecords": _list,
}
