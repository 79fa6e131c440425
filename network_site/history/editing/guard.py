"""Who may enter a page of the editing room."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


class Guarded:
    """Only for users who have every one of `needs`; asked before anything is looked up."""

    needs: tuple[str, ...] = ()
    request: HttpRequest

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        if not request.user.has_perms(self.needs):
            raise PermissionDenied
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
