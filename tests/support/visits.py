"""A customer at the kiosk, by forms alone: what they see, and what they press."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.pages import check_page, text


class Visit:
    """Follows every redirect and checks every page it meets."""

    def __init__(self, client: FlaskClient, at: str = "/") -> None:
        self.client = client
        self.page: Element
        self.path = "/"
        self.open(at)

    def open(self, path: str) -> Visit:
        return self._met(self.client.get(path, follow_redirects=True))

    def start(self, preset: str = "large_text") -> Visit:
        return self.choose(preset)

    def choose(self, *values: str) -> Visit:
        for value in values:
            self._post("/do/choose", value=value)
        return self

    def enter(self, entry: str) -> Visit:
        return self._post("/do/choose", entry=entry)

    def unknown(self) -> Visit:
        return self.choose("unknown")

    def bar(self, name: str, **form: str) -> Visit:
        return self._post("/do/bar", bar=name, **form)

    def press(self, *keys: str) -> Visit:
        for key in keys:
            self._post("/do/press", key=key)
        return self

    @property
    def ask(self) -> str:
        return text(next(self.page.iter("h1")))

    @property
    def words(self) -> str:
        return text(next(self.page.iter("body")))

    @property
    def choices(self) -> list[str]:
        values = (b.get("value") for b in self.page.iter("button") if b.get("name") == "value")
        return [value for value in values if value]

    @property
    def problem(self) -> str | None:
        found = [n for n in self.page.iter() if n.get("id") == "problem"]
        return text(found[0]) if found else None

    @property
    def entry(self) -> str | None:
        found = [n for n in self.page.iter("input") if n.get("name") == "entry"]
        return found[0].get("value") if found else None

    def hidden(self, name: str) -> str:
        return next(n.get("value") or "" for n in self.page.iter("input") if n.get("name") == name)

    def _post(self, where: str, **form: str) -> Visit:
        form = {"csrf_token": self.hidden("csrf_token"), "step": self.hidden("step"), **form}
        return self._met(self.client.post(where, data=form, follow_redirects=True))

    def _met(self, response: TestResponse) -> Visit:
        self.status = response.status_code
        self.page = check_page(response)
        self.path = response.request.path
        return self


def report_loss(visit: Visit) -> Visit:
    """From the attract screen to the review of a lost card."""
    visit.start().choose("urgent", "loss_report", "card", "no", "today").enter("1234")
    visit.choose("self")
    while "/documents." in visit.path:
        visit.choose("yes")
    return visit.enter("１３８ 0013-8000")


def take_ticket(visit: Visit) -> Visit:
    """From a review to the waiting page."""
    visit.choose("confirm", "no", "age_80")
    return visit
