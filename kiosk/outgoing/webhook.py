"""A signed POST of JSON, within bounded time: to a gateway for texts, or one for pagers.

The signature is HMAC-SHA256 over the time, the id and the body, so that nothing of them can be
another's; a gateway refuses an old time and takes an id once. No redirect is followed.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import ssl
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from urllib.parse import urlsplit

from kiosk.outgoing.messengers import Message, NotSent

#: Without a word for so long, and at all for so long (seconds).
SILENT, WHOLE = 5.0, 15.0
#: Answers that say: not now.
_LATER = frozenset({408, 409, 425, 429})
#: The id was taken before: our answer was lost on its way.
_DONE_ALREADY = 208


class Webhook:
    """One address. `secret` signs; `clock` gives aware times."""

    def __init__(self, url: str, secret: bytes, clock: Callable[[], datetime]) -> None:
        self._url = urlsplit(url)
        self._secret = secret
        self._clock = clock

    def post(self, ident: str, document: Mapping[str, object]) -> int:
        """The status of the answer. Raises `OSError` where there is none within the time."""
        body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
        stamp = str(int(self._clock().timestamp()))
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": ident,
            "X-Wuai-Timestamp": stamp,
            "X-Wuai-Signature": f"v1={signature(self._secret, stamp, ident, body)}",
        }
        line = self._connection()
        # What drips answers neither too late for a socket nor ever.
        end = threading.Timer(WHOLE, _cut, (line,))
        end.daemon = True
        end.start()
        try:
            line.request("POST", self._target, body, headers)
            return line.getresponse().status
        except (http.client.HTTPException, ValueError, AttributeError) as error:
            # No answer of HTTP, or one that was cut off in its middle.
            raise OSError(type(error).__name__) from error
        finally:
            end.cancel()
            line.close()

    @property
    def _target(self) -> str:
        query = f"?{self._url.query}" if self._url.query else ""
        return f"{self._url.path or '/'}{query}"

    def _connection(self) -> http.client.HTTPConnection:
        host = self._url.hostname or ""
        if self._url.scheme == "https":
            context = ssl.create_default_context()
            return http.client.HTTPSConnection(
                host, self._url.port, timeout=SILENT, context=context
            )
        return http.client.HTTPConnection(host, self._url.port, timeout=SILENT)


def _cut(line: http.client.HTTPConnection) -> None:
    with suppress(OSError, AttributeError):
        line.sock.shutdown(2)


def signature(secret: bytes, stamp: str, ident: str, body: bytes) -> str:
    """As docs/operating.md tells a gateway to make it: hex of HMAC-SHA256."""
    signed = f"{stamp}.{ident}.".encode() + body
    return hmac.new(secret, signed, hashlib.sha256).hexdigest()


class WebhookMessenger:
    """A gateway that takes texts by a signed POST."""

    def __init__(self, webhook: Webhook) -> None:
        self._webhook = webhook

    def send(self, message: Message) -> None:
        document = {"to": message.to, "text": message.text, "language": message.language}
        try:
            status = self._webhook.post(message.id, {"id": message.id, **document})
        except OSError as error:
            raise NotSent("away", type(error).__name__) from error
        if status in (*range(200, 205), _DONE_ALREADY):
            return
        if status >= 500 or status in _LATER:
            raise NotSent("later", f"it answers {status}")
        raise NotSent("refused", f"it answers {status}")
