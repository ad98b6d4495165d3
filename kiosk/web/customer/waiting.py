"""What the waiting page shows beside the number."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.flow.model import Catalog, Document
from kiosk.flow.text import Slot, Text
from kiosk.web.customer.page import Page

#: States of a task that its customer is told, and their pictures.
RESULT_ICONS = {
    "done": "check-circle",
    "rescheduled": "event",
    "home_visit": "home",
    "explained": "info",
    "escalated": "arrow-upward",
    "left": "cancel",
}


@dataclass(frozen=True, slots=True)
class Result:
    icon: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class MissingPaper:
    icon: str
    name: str


def results(page: Page) -> tuple[Result, ...]:
    """How each finished matter ended, in order."""
    words = page.words
    shown = []
    for task in page.status.tasks if page.status else ():
        if task.state not in RESULT_ICONS:
            continue
        told = words.text(f"screen.result.{task.state}")
        day = words.text("screen.result.day", day=Slot("date", task.day)) if task.day else ""
        title = words.render(Text(f"{task.service}.title"))
        said = " ".join(part for part in (told, day, task.note or "") if part)
        shown.append(Result(RESULT_ICONS[task.state], title, said))
    return tuple(shown)


def missing_papers(page: Page, catalog: Catalog) -> tuple[MissingPaper, ...]:
    """The papers of all matters that the customer hasn't with them, each once."""
    missing: dict[str, Document] = {}
    for task in page.state.visit.confirmed:
        for step, have in task.answers.items():
            document = catalog.documents.get(step.removeprefix("documents."))
            if step.startswith("documents.") and document and have != "yes":
                missing[document.id] = document
    return tuple(
        MissingPaper(d.icon, page.words.render(Text(f"documents.{d.id}.name")))
        for d in missing.values()
    )
