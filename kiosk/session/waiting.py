"""What stands beside the number while a customer waits: results, papers to fetch, advice."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.flow.text import Said, Slot, Text
from kiosk.session.booked import booked_call, written
from kiosk.session.ports import TaskResult
from kiosk.session.screens import World
from kiosk.session.state import State

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
    """How one finished matter ended: its title, what is told of it, and what staff wrote."""

    icon: str
    title: Text
    told: tuple[Text, ...]
    note: Slot | None


@dataclass(frozen=True, slots=True)
class MissingPaper:
    #: Its document, by id.
    id: str
    icon: str
    name: Text


@dataclass(frozen=True, slots=True)
class Aside:
    """Something else on the waiting page, where on it, and an identity that no other one has."""

    about: str
    said: Said
    id: str


#: What the identity of advice begins with: another one takes its place from time to time.
ADVICE = "advice:"


def results(world: World) -> tuple[Result, ...]:
    """How each finished matter ended, in order."""
    tasks = world.ticket.tasks if world.ticket else ()
    return tuple(
        Result(
            RESULT_ICONS[task.state],
            Text(f"{task.service}.title"),
            (
                Text(f"screen.result.{task.state}"),
                *(
                    (Text("screen.result.day", {"day": Slot("date", task.day)}),)
                    if task.day
                    else ()
                ),
                *((Text("screen.result.answered"),) if task.answer else ()),
            ),
            _note(task),
        )
        for task in tasks
        if task.state in RESULT_ICONS
    )


def _note(task: TaskResult) -> Slot | None:
    """What staff wrote last: the answer from above, where there is one."""
    words = task.answer or task.note
    return Slot("free", words) if words else None


def _heard(result: Result) -> tuple[Said, ...]:
    return (result.title, *result.told, *((result.note,) if result.note else ()))


def missing_papers(state: State, world: World) -> tuple[MissingPaper, ...]:
    """The papers that the customer hasn't with them, each once, as they said it last."""
    if state.returned:
        lacking = world.holding.papers if world.holding else ()
        known = {one.id: one for one in world.catalog.documents.values()}
        return tuple(
            MissingPaper(
                one,
                known[one].icon,
                Text(f"documents.{one}.label", fallback=f"documents.{one}.name"),
            )
            for one in lacking
            if one in known
        )
    papers = {one.document: one for matter in state.visit.confirmed for one in matter.papers}
    icons = {document.id: document.icon for document in world.catalog.documents.values()}
    return tuple(
        MissingPaper(one.document, icons[one.document], one.label)
        for one in papers.values()
        if one.have != "yes" and one.document in icons
    )


def code(state: State) -> tuple[Aside, ...]:
    """The four digits that go with a number without a telephone."""
    if state.code is None:
        return ()
    digits = Text("screen.ticket.code", {"code": Slot("last4", state.code)})
    return (
        Aside("code", digits, "code"),
        Aside("code", Text("screen.ticket.code_for"), "code_for"),
    )


def sign_call(state: State, world: World) -> tuple[Aside, ...]:
    """The call in sign that is booked for later."""
    slot = booked_call(state, world)
    if slot is None:
        return ()
    return (Aside("sign_call", written(slot, "screen.ticket.sign_call"), "sign_call"),)


def asides(state: State, world: World) -> tuple[Aside, ...]:
    """Everything of the waiting page that is no prompt, in reading order; the number is first."""
    papers = missing_papers(state, world)
    number = Slot("ticket", state.ticket_no or "")
    return (
        Aside("ticket", Text("screen.ticket.yours", {"ticket": number}), "ticket"),
        *code(state),
        *sign_call(state, world),
        *(
            Aside("result", said, f"result:{at}:{part}")
            for at, result in enumerate(results(world))
            for part, said in enumerate(_heard(result))
        ),
        *((Aside("papers", Text("screen.ticket.papers"), "papers"),) if papers else ()),
        *(Aside("papers", paper.name, f"papers:{paper.id}") for paper in papers),
        *(
            (Aside("advice", Text(f"advice.{world.advice.id}"), f"{ADVICE}{world.advice.id}"),)
            if world.advice
            else ()
        ),
    )
