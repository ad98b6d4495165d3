"""A call is texted to the customer who asked to be called so: once a call."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.flow.text import Words
from kiosk.outgoing.takeaway import call_text_of
from kiosk.outgoing.texts import Texts
from kiosk.queue.queue import Queue
from kiosk.queue.tickets.views import TicketView
from kiosk.session.taking import is_mobile
from kiosk.web.calls import Calls


class CallTexts(Calls):
    """Safe to use from any thread; looking never waits."""

    def __init__(
        self, texts: Texts, queue: Queue, branch: str, name: str, words: Callable[[str], Words]
    ) -> None:
        """`branch` is its id, `name` what customers know it by."""
        super().__init__("call-texts", queue, branch, self._called)
        self._texts = texts
        self._name = name
        self._words = words

    def _called(self, ticket: TicketView, call: int) -> None:
        if ticket.call_by != "message":
            return
        phone = self._queue.reaching.phone(ticket.id)
        if phone is not None and is_mobile(phone):
            said = call_text_of(
                ticket.number, ticket.counter, self._name, self._words(ticket.language)
            )
            self._texts.call(ticket.id, f"call:{call}", phone, said, ticket.language)
