"""What surrounds a state: the catalogue, the day, what this kiosk can do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kiosk.content.loader import Advice
from kiosk.flow.course import Courses
from kiosk.flow.model import Catalog, Group
from kiosk.flow.visit import Visit
from kiosk.hours import Opening
from kiosk.session.numbers import CallBy, Holding
from kiosk.session.ports import CallWait, TicketStatus
from kiosk.session.switches import TONES, Switches
from kiosk.session.taking import Taking
from kiosk.sign_slots import SignSlot

ALWAYS_OPEN = Opening()


@dataclass(frozen=True, slots=True)
class World:
    catalog: Catalog
    today: str
    languages: tuple[str, ...]
    #: The services that a language has words for; one that isn't named here has them all.
    covers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    #: The renderers that work here: "screen", and later "voice", "braille", "sign".
    senses: frozenset[str] = frozenset({"screen"})
    #: How the voice of a language can sound.
    tones: Callable[[str], tuple[str, ...]] = lambda language: TONES
    defaults: Switches = Switches()  # noqa: RUF009 (immutable)
    #: Whether customers who speak a language are asked if what they say may be kept, and for how
    #: many days that is.
    collects: Callable[[str], bool] = lambda language: False
    collect_days: int = 0
    #: When the branch is open.
    opening: Opening = ALWAYS_OPEN
    #: For this customer it is closed: only what is urgent is taken, until it opens. Who came
    #: before it closed is served to the end.
    closed: bool = False
    #: Whether a call for help can be heard by anybody.
    attended: bool = True
    #: The branch's telephone numbers, by what they are for.
    telephones: tuple[tuple[str, str], ...] = ()
    #: Which days from today on the branch is open, and staff visit (`kiosk.hours.calendar`).
    open_days: str = ""
    visit_days: str = ""
    ticket: TicketStatus | None = None
    #: How the number can go along from here, and how that stands.
    taking: Taking = Taking()  # noqa: RUF009 (immutable)
    #: What the bank holds of the ticket of whoever came back with it.
    holding: Holding | None = None
    #: Days until what is personal is erased.
    keep_days: int = 30
    #: How customers can be called here.
    calls: tuple[CallBy, ...] = ("voice", "screen", "fetch")
    #: Whether somebody whose wait is moved to the lobby may stay here all the same.
    may_stay: bool = False
    help_state: str | None = None
    #: How the call to an officer stands, if one was called.
    call_state: str | None = None
    #: How long the wait for an officer is while all are in a call.
    call_wait: CallWait | None = None
    #: The times for a booked call that are free; None while that isn't known.
    slots: tuple[SignSlot, ...] | None = None
    #: A piece of advice against fraud, for those who wait.
    advice: Advice | None = None
    #: How long a warned customer has to answer.
    answer_seconds: int = 45
    _courses: dict[Switches, Courses] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def courses(self, switches: Switches) -> Courses:
        """The services as these switches make them; worked out once for each change."""
        if switches not in self._courses:
            facts = {
                **switches.facts(),
                "@today": self.today,
                "@open": self.open_days,
                "@visits": self.visit_days,
            }
            self._courses[switches] = Courses(self.catalog, facts)
        return self._courses[switches]

    def covered(self, service: str, language: str) -> bool:
        """Whether a language has words for a service."""
        return service in self.covers.get(language, self.catalog.services)

    def takes(self, service: str) -> bool:
        """Whether a service is taken now: while it is closed, what is urgent."""
        return not self.closed or self.catalog.services[service].urgent

    def groups(self, language: str) -> tuple[Group, ...]:
        """The menu in a language: only what it has words for, and what is taken now."""

        def offered(service: str) -> bool:
            return self.covered(service, language) and self.takes(service)

        found = (
            group.model_copy(update={"services": tuple(filter(offered, group.services))})
            for group in self.catalog.groups
        )
        return tuple(group for group in found if group.services)

    def languages_for(self, visit: Visit) -> tuple[str, ...]:
        """The languages that have words for all that a visit holds already."""
        held = {matter.service for matter in visit.confirmed}
        if visit.task is not None and visit.task.service != self.catalog.closing.id:
            held.add(visit.task.service)
        return tuple(
            one for one in self.languages if all(self.covered(service, one) for service in held)
        )
