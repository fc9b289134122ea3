"""One command, one port: pages by a few threads, streams by the event loop, files beside both.

Measured reasons: docs/decisions/0004-pages-and-streams.md.
"""

import gc
import os
import resource
from typing import Any

# More only fight for the interpreter: eight in one process answered 65 pages a second, two in each of two 220.
PAGE_THREADS = 2


def application() -> Any:
    """The ASGI application of one server process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kudelma.settings")
    from a2wsgi import WSGIMiddleware
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from servestatic import ServeStaticASGI

    from kudelma.core.bodies import whole_bodies

    _open_files()
    pages = whole_bodies(WSGIMiddleware(get_wsgi_application(), workers=PAGE_THREADS))  # type: ignore[arg-type]
    from kudelma.demo.identity import stand_in
    from kudelma.live.streams import streams

    _settle()

    async def by_path(scope: Any, receive: Any, send: Any) -> None:
        path = scope.get("path", "")
        # Never through the pages: a stream that held one of their few threads would hold it for hours.
        if scope["type"] == "http" and path.startswith("/live/"):
            await streams(scope, receive, send)
        elif scope["type"] == "http" and settings.DEMO and path.startswith("/demo/identity/"):
            await stand_in(scope, receive, send)
        else:
            await pages(scope, receive, send)

    return ServeStaticASGI(
        by_path, root=str(settings.STATIC_ROOT), prefix=settings.STATIC_URL.strip("/"), immutable_file_test=_is_hashed
    )


def _settle() -> None:
    """What stands when serving begins stands until the end: the collector of garbage need not go through it again."""
    gc.collect()
    gc.freeze()
    # A page of fifty rows makes some thousand objects, nearly all of which go by themselves when it is drawn.
    gc.set_threshold(20_000, 10, 10)


def _open_files() -> None:
    """As many as this process may have: each stream holds one, and the usual thousand would be few."""
    _soft, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _is_hashed(path: str, url: str) -> bool:
    """Files with a content hash in their name never change."""
    parts = url.rsplit("/", 1)[-1].split(".")
    return len(parts) > 2 and len(parts[-2]) == 12
