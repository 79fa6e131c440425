"""What a harvester may have asked wrongly."""

from enum import StrEnum


class Code(StrEnum):
    """The protocol's names for what is wrong; `noSetHierarchy` never is, for there are always sets."""

    BAD_ARGUMENT = "badArgument"
    BAD_TOKEN = "badResumptionToken"  # noqa: S105  no secret
    BAD_VERB = "badVerb"
    NO_FORMAT = "cannotDisseminateFormat"
    NO_IDENTIFIER = "idDoesNotExist"
    NO_RECORDS = "noRecordsMatch"


class Refused(Exception):
    """The question cannot be answered; the sentence is for whoever wrote the harvester."""

    def __init__(self, code: Code, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
