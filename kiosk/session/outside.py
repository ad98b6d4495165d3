"""What an event does beyond the state: each an errand, waited for as long as a customer would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.session import effects
from kiosk.session.around import Surroundings
from kiosk.session.events import AnyEvent
from kiosk.session.state import State

#: A customer waits so long for what is done outside; then the screen says what is known (seconds).
PATIENCE = 2.0


@dataclass(frozen=True, slots=True)
class Outside:
    """What one session does outside."""

    around: Surroundings
    name: str
    kiosk: str
    #: Tells a visit something that its customer didn't do.
    tell: Callable[[str, AnyEvent], object]
    #: Looks at what has changed by it.
    look: Callable[[], None]

    def act(self, event: AnyEvent, state: State, visit_id: str) -> None:
        who = (self.name, self.kiosk, visit_id)
        if type(event) in effects.EFFECTS:
            self._errand(event, visit_id, lambda: effects.act(self.around, who, state, event))

    def _errand(self, event: AnyEvent, visit_id: str, work: Callable[[], AnyEvent | None]) -> None:
        def errand() -> None:
            try:
                if (report := work()) is not None:
                    self.tell(visit_id, report)
            finally:
                self.look()

        # The same thing asked for twice is done once; another thing never waits for it.
        self.around.errands.run(f"{event!r}:{self.name}:{visit_id}", errand, PATIENCE)
