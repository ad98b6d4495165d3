"""A request as a colleague reads it, in their own language where content has the words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kiosk.content.words import Locale
from kiosk.flow.kinds.choice import Choice
from kiosk.flow.kinds.step import Asked
from kiosk.flow.model import Catalog
from kiosk.flow.roles import Role
from kiosk.queue.tickets.request import Answer, ForWhom, Request
from kiosk.queue.tickets.request import Task as AskedTask
from kiosk.queue.tickets.views import CustomerStatus, TaskView, TicketView
from kiosk.web.staff.shown.pictures import (
    FLAG_ICONS,
    Picture,
    flag,
    service_name,
    sign_first,
    tongue,
    way,
)

HIDDEN = "••••"
#: What the customer has with them, and its picture.
HAVE_ICONS = {"yes": "check-circle", "no": "cancel", "unknown": "help"}


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value; `hidden` while a private value isn't shown."""

    label: str
    value: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    words: str
    have: str
    icon: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskPaper:
    """One task: what is asked, for whom, with what papers, and how it stands."""

    id: str
    number: int
    official: str
    urgent: bool
    state: str
    for_whom: tuple[str, ...]
    facts: tuple[Fact, ...]
    papers: tuple[Paper, ...]
    read_back: str
    #: Handed over with what was known by then: the rest is asked in person.
    brief: bool
    result: str | None
    when: datetime | None
    told: bool
    can_start: bool
    can_close: bool


def ways(request: Request, words: Locale) -> tuple[Picture, ...]:
    """How to talk with this customer, everything they told."""
    told = request.communication
    also = [name for name in ("writing", "slow_speech", "companion") if getattr(told, name) is True]
    return (
        *(way(name, words) for name in (*sign_first(told.presets), *also)),
        tongue(request.language, words),
    )


def aids(request: Request, catalog: Catalog, words: Locale) -> tuple[str, ...]:
    return tuple(_option((Role.AID,), aid, catalog, words) for aid in request.aids)


def flags(request: Request, words: Locale) -> tuple[Picture, ...]:
    return tuple(flag(name, words) for name in FLAG_ICONS if name in request.flags)


def phone(request: Request, shown: bool) -> Fact | None:
    """The number to call, hidden but for its end; its label is the template's."""
    number = request.contact.phone
    if number is None:
        return None
    return Fact("", number, False) if shown else Fact("", f"{HIDDEN} {HIDDEN} {number[-2:]}", True)


def hides_something(request: Request) -> bool:
    return request.contact.phone is not None or any(
        answer.private for task in request.tasks for answer in task.answers
    )


def task_papers(
    request: Request,
    ticket: TicketView,
    status: CustomerStatus,
    catalog: Catalog,
    words: Locale,
    *,
    shown: bool,
    steps: Iterable[str],
) -> tuple[TaskPaper, ...]:
    """The tasks in serving order; `steps` are those that the ticket's state offers."""
    allowed, busy = frozenset(steps), ticket.open_task is not None
    views = {one.id: one for one in ticket.tasks}
    notes = {one.id: one.result_note for one in status.tasks}
    return tuple(
        _task(
            number,
            task,
            views[task.id],
            notes.get(task.id),
            catalog,
            words,
            shown=shown,
            can_start="start" in allowed and not busy,
            can_close="close" in allowed,
            private_phone=request.contact.phone,
        )
        for number, task in enumerate(request.tasks, start=1)
    )


def _task(
    number: int,
    task: AskedTask,
    view: TaskView,
    result: str | None,
    catalog: Catalog,
    words: Locale,
    *,
    shown: bool,
    can_start: bool,
    can_close: bool,
    private_phone: str | None,
) -> TaskPaper:
    return TaskPaper(
        id=task.id,
        number=number,
        official=_official(task, words),
        urgent=task.urgent,
        state=view.state,
        for_whom=for_whom(task.for_whom, catalog, words),
        facts=tuple(
            _fact(task.service, answer, catalog, words, shown=shown, phone=private_phone)
            for answer in task.answers
            if not _says_for_whom(task.service, answer, catalog)
        ),
        papers=tuple(
            Paper(
                _known(words, f"documents.{one.id}.name", one.label), one.have, HAVE_ICONS[one.have]
            )
            for one in task.documents
        ),
        read_back=words.text("staff.list.comma").join(
            _known(words, f"staff.mode.in_{mode}", mode) for mode in task.read_back
        ),
        brief=not task.read_back,
        result=result,
        when=view.when,
        told=view.told_at is not None,
        can_start=can_start and view.state == "waiting",
        can_close=can_close and view.state == "serving",
    )


def _official(task: AskedTask, words: Locale) -> str:
    known = service_name(task.service, words)
    return task.official if known == task.service else known


def for_whom(whose: ForWhom, catalog: Catalog, words: Locale) -> tuple[str, ...]:
    """ "Themself", or that they act for somebody, why, and how they are related."""
    if whose.who == "self":
        return (words.text("staff.task.self"),)
    parts = [words.text("staff.task.other")]
    if whose.reason is not None:
        asked = (Role.WHY_ABSENT, Role.WHY_ABSENT_MORE)
        parts.append(_option(asked, whose.reason, catalog, words))
    if whose.relation is not None:
        relation = _option((Role.RELATION,), whose.relation, catalog, words)
        parts.append(words.text("staff.task.relation", relation=relation))
    return tuple(parts)


def _says_for_whom(service: str, answer: Answer, catalog: Catalog) -> bool:
    """It stands above the facts already; that the customer isn't sure doesn't."""
    if answer.value is None:
        return False
    try:
        step = catalog.service(service).step(answer.step)
    except KeyError:
        return False
    return isinstance(step, Asked) and step.role is Role.FOR_WHOM


def _fact(
    service: str,
    answer: Answer,
    catalog: Catalog,
    words: Locale,
    *,
    shown: bool,
    phone: str | None,
) -> Fact:
    """Label and value in the colleague's words, else as the customer confirmed them."""
    name, value, private = answer.question, answer.label, answer.private
    try:
        step = catalog.service(service).step(answer.step)
        if isinstance(step, Asked):
            name, value = words.render(step.label), words.render(step.said(_plain(answer)))
            private = private or step.is_private
    except (KeyError, TypeError, ValueError):
        # The catalogue has changed since, or another branch's has more.
        pass
    private = private or (phone is not None and answer.value == phone)
    hidden = private and not shown and answer.value is not None
    return Fact(name, HIDDEN if hidden else value, hidden)


def _plain(answer: Answer) -> str | int | bool | None:
    value = answer.value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, tuple | float):
        raise TypeError(f"no step answers with {value!r}")
    return value


def _known(words: Locale, key: str, otherwise: str) -> str:
    return words.text(key) if words.has(key) else otherwise


def _option(roles: tuple[Role, ...], option: str, catalog: Catalog, words: Locale) -> str:
    """An option of some step of these roles in words; itself where no service has it any more."""
    found = (
        step.words_of(option)
        for role in roles
        for service in (*catalog.services.values(), catalog.closing)
        for step in service.bearers(role)
        if isinstance(step, Choice) and any(one.id == option for one in step.options)
    )
    text = next(found, None)
    return words.render(text) if text and words.has(text.key) else option
