"""Flask in threads: it is asked on the loop, and answers at the pace of its own."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, cast

from a2wsgi.wsgi import Body, build_environ

from kiosk.serving.answers import Answer
from kiosk.serving.bodies import Scope
from kiosk.serving.streams import Receive

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


class Threads:
    """One WSGI app in so many threads of its own."""

    def __init__(self, app: WSGIApplication, count: int) -> None:
        self._app = app
        self._pool = ThreadPoolExecutor(count, "flask")

    async def ask(self, scope: Scope, receive: Receive, answer: Answer) -> None:
        """Until the app has answered. Raises what it raises."""
        loop = asyncio.get_running_loop()
        environ = build_environ(cast(Any, scope), Body(loop, cast(Any, receive)))
        context = contextvars.copy_context()
        await loop.run_in_executor(self._pool, context.run, self._run, environ, answer)

    def _run(self, environ: Any, answer: Answer) -> None:
        def start(
            status: str, headers: list[tuple[str, str]], exc_info: object = None
        ) -> Callable[[bytes], object]:
            answer.head(int(status.partition(" ")[0]), [_encoded(*one) for one in headers])
            return answer.take

        parts = self._app(environ, cast(Any, start))
        try:
            for part in parts:
                if not answer.take(part):
                    return
        finally:
            getattr(parts, "close", lambda: None)()


def _encoded(name: str, value: str) -> tuple[bytes, bytes]:
    return name.strip().lower().encode("latin-1"), value.strip().encode("latin-1")
