"""A gateway for texts on this machine: checks each signature as ours must be made, and answers what
a test says."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SECRET = "a secret of this test alone"


@dataclass
class Gateway:
    """`answers` are given one after another, the last of them again and again."""

    answers: list[int] = field(default_factory=lambda: [202])
    #: Seconds before it answers.
    slow: float = 0.0
    got: list[dict[str, Any]] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/texts?from=K1"

    @property
    def taken(self) -> list[dict[str, Any]]:
        """What it said yes to, each id once."""
        return list({one["id"]: one for one in self.got if one["status"] < 300}.values())

    def answer(self) -> int:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def gateway() -> Iterator[Gateway]:
    found = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            time.sleep(found.slow)
            stamp, ident = self.headers["X-Wuai-Timestamp"], self.headers["Idempotency-Key"]
            mine = hmac.new(
                SECRET.encode(), f"{stamp}.{ident}.".encode() + body, hashlib.sha256
            ).hexdigest()
            signed = hmac.compare_digest(self.headers["X-Wuai-Signature"], f"v1={mine}")
            status = found.answer() if signed else 401
            found.got.append({**json.loads(body), "key": ident, "at": stamp, "status": status})
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
