"""Asking our own site, in this process: the same middleware and views as for a visitor without a session."""

from functools import cache
from io import BytesIO
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import FileResponse, HttpResponseBase
from wagtail.models import Site


@cache
def _handler() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler


def path_on_this_site(address: str) -> str:
    """The path and query of an address of ours; empty for one elsewhere."""
    parts = urlsplit(address)
    if parts.netloc and parts.netloc.lower() not in our_hosts():
        return ""
    if parts.scheme not in {"", "http", "https"}:
        return ""
    path = parts.path or "/"
    return f"{path}?{parts.query}" if parts.query else path


def our_hosts() -> set[str]:
    """The names this site is known by, with their ports where they are not the usual one."""
    names = {urlsplit(settings.SITE_URL).netloc.lower()}
    for _pk, _path, root, *_rest in Site.get_site_root_paths():
        names.add(urlsplit(root).netloc.lower())
    return names


def visit(path: str, *, method: str = "GET") -> HttpResponseBase:
    """What a visitor without a session gets at a path of ours; a file is not read."""
    base = urlsplit(settings.SITE_URL)
    path, _mark, query = path.partition("?")
    port = base.port or (443 if base.scheme == "https" else 80)
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": unquote(path, encoding="latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": base.hostname or "localhost",
        "SERVER_PORT": str(port),
        "HTTP_HOST": base.netloc,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": BytesIO(),
        "wsgi.url_scheme": base.scheme,
    }
    if settings.SECURE_PROXY_SSL_HEADER:
        name, value = settings.SECURE_PROXY_SSL_HEADER[:2]
        environ[name] = value
    response: HttpResponseBase = _handler().get_response(WSGIRequest(environ))
    if isinstance(response, FileResponse) and response.file_to_stream:
        response.file_to_stream.close()  # that it is there is enough
    return response
