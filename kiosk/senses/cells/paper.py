"""What goes on paper, as paragraphs in cells and in print: labels, leaflets, tickets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from braille.cells import BLANK
from braille.chinese.marked import sentences
from kiosk.content.loader import Content
from kiosk.flow.answers import Value
from kiosk.flow.kinds.choice import Choice
from kiosk.flow.kinds.step import Asked
from kiosk.flow.model import Service
from kiosk.flow.papers import Document, needed
from kiosk.flow.roles import OTHER, SELF, Role
from kiosk.flow.rules import Facts
from kiosk.flow.text import Said, Slot, Text
from kiosk.senses.cells.render import Script

#: Keys of the kiosk that have a label, in their order.
LABELLED = (
    *("select", "back", "next", "up", "down"),
    *("help", "repeat", "louder", "softer", "person"),
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The same words in cells and in print."""

    cells: str
    text: str
    heading: bool = False


class NoService(KeyError):
    """There is no such service, or not in this language. The message names those there are."""

    code = "no_service"


class NoTicket(ValueError):
    """A number that no ticket has. The message says what one looks like."""

    code = "no_ticket"


#: A ticket's number as the queue gives it.
_TICKET = re.compile(r"[A-Z]\d{3,4}")


def labels(script: Script) -> tuple[Paragraph, ...]:
    """The start instructions, and one label for each key (ADA 707.8; EN 301 549, 8.5)."""
    texts = ("start", "listen", "headset", *(f"key.{key}" for key in LABELLED))
    return tuple(_paragraph(script, Text(f"paper.label.{text}")) for text in texts)


def leaflet(service_id: str, content: Content, script: Script) -> tuple[Paragraph, ...]:
    """A service's papers, questions and way through the kiosk. Raises `NoService`."""
    return tuple(_leaflet(_service(service_id, content, script), content, script))


def ticket(
    number: str, service_id: str, content: Content, script: Script, *, counter: str | None = None
) -> tuple[Paragraph, ...]:
    """A ticket for the hand, in the words of the ticket's page: the number, what it is for, what
    is needed, and what comes next. `counter` is the window that was called. Raises `NoService`,
    `NoTicket`."""
    if not _TICKET.fullmatch(number):
        raise NoTicket(f"{number!r} is no ticket; write it as on the screen, like A023")
    return tuple(_ticket(number, _service(service_id, content, script), content, script, counter))


def _ticket(
    number: str, service: Service, content: Content, script: Script, counter: str | None
) -> Iterator[Paragraph]:
    yours = Text("screen.ticket.yours", {"ticket": Slot("ticket", number)})
    yield _paragraph(script, yours, heading=True)
    yield _paragraph(script, Text(f"{service.id}.title"))
    own, others = papers(service, content)
    if own:
        yield _paragraph(script, Text("paper.leaflet.bring"), heading=True)
        yield from _numbered(script, [Text(f"documents.{one.id}.name") for one in own])
    if others:
        yield _paragraph(script, Text("paper.leaflet.also"), heading=True)
        yield from _numbered(script, [Text(f"documents.{one.id}.name") for one in others])
    yield _paragraph(script, Text("paper.ticket.next"), heading=True)
    if counter is None:
        yield _paragraph(script, Text("screen.ticket.help"))
    else:
        called = {"counter": Slot("free", counter)}
        yield _paragraph(script, Text("screen.ticket.called_counter.ask", called))
    yield _paragraph(script, Text("paper.leaflet.person"))


def _service(service_id: str, content: Content, script: Script) -> Service:
    """A service that there is, in a language that has its words. Raises `NoService`."""
    services, language = content.catalog.services, script.words.language
    if service_id not in services:
        raise NoService(f"no service {service_id!r}; there are {', '.join(services)}")
    covered = content.covers[language]
    if service_id not in covered:
        there = ", ".join(one for one in services if one in covered)
        raise NoService(
            f"{service_id} isn't there in {language} yet; in {language} there are {there}"
        )
    return services[service_id]


def _leaflet(service: Service, content: Content, script: Script) -> Iterator[Paragraph]:
    yield _paragraph(script, Text(f"{service.id}.title"), heading=True)
    yield _paragraph(script, Text(f"{service.id}.hint"))
    own, others = papers(service, content)
    yield _paragraph(script, Text("paper.leaflet.bring"), heading=True)
    if not own:
        yield _paragraph(script, Text("paper.leaflet.nothing"))
    yield from _numbered(script, [Text(f"documents.{one.id}.name") for one in own])
    if others:
        yield _paragraph(script, Text("paper.leaflet.also"), heading=True)
        yield from _numbered(script, [Text(f"documents.{one.id}.name") for one in others])
    yield _paragraph(script, Text("paper.leaflet.asked"), heading=True)
    asked = [step for step in service.steps if isinstance(step, Asked) and step.home == service.id]
    yield from _numbered(script, [step.label for step in asked])
    yield _paragraph(script, Text("paper.leaflet.how"), heading=True)
    how = script.words.template(Text("paper.leaflet.steps"), "braille").split("\n")
    for number, line in enumerate(how, 1):
        yield _line(script, f"{number}", line)
    yield _paragraph(script, Text("paper.leaflet.person"))
    yield _paragraph(script, Text("paper.leaflet.never"))


def papers(service: Service, content: Content) -> tuple[tuple[Document, ...], tuple[Document, ...]]:
    """What a holder brings, and what somebody who acts for a holder brings beside that."""
    if not any(step.kind == "documents" for step in service.steps):
        return (), ()
    own = needed(_told(service, {Role.FOR_WHOM: SELF}), content.catalog)
    if not any(service.bearers(Role.FOR_WHOM)):
        return own, ()
    both = needed(_told(service, {Role.FOR_WHOM: OTHER, **_usual(service)}), content.catalog)
    return own, tuple(one for one in both if one not in own)


def _usual(service: Service) -> dict[Role, Value]:
    """Why somebody acts for a holder, and who: what stands first is what happens most."""
    return {
        role: step.options[0].id
        for role in (Role.WHY_ABSENT, Role.RELATION)
        for step in service.bearers(role)
        if isinstance(step, Choice)
    }


def _told(service: Service, told: Mapping[Role, Value]) -> Facts:
    """The facts that these answers are to the service's rules."""
    answers = {step.id: value for role, value in told.items() for step in service.bearers(role)}
    return {"@service": service.id, **answers}


def _paragraph(script: Script, said: Said, *, heading: bool = False) -> Paragraph:
    return Paragraph(script.cells(said), script.print(said), heading)


def _numbered(script: Script, texts: list[Text]) -> Iterator[Paragraph]:
    for number, text in enumerate(texts, 1):
        lead = script.table.write(f"{number}")
        yield Paragraph(f"{lead}{BLANK}{script.cells(text)}", f"{number} {script.print(text)}")


def _line(script: Script, number: str, line: str) -> Paragraph:
    marked = " ".join(script.sentence(one) for one in sentences(line))
    return Paragraph(
        f"{script.table.write(number)}{BLANK}{script.table.write(marked)}", f"{number} {line}"
    )
