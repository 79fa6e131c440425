"""What can be wrong with a question, told so that it can be put right."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from research_db.api.shapes import Complaint, Problem


class Wrong(Exception):
    """The question has no answer; `headers` are for the response."""

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        *,
        parameters: Sequence[Complaint] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.headers = status, dict(headers or {})
        self.problem = Problem(
            type="about:blank", title=status.phrase, status=status, detail=detail, parameters=list(parameters)
        )
