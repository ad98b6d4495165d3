"""The video line of a session, over the conversations of the same process."""

from __future__ import annotations

from kiosk.session.ports import CallWait
from kiosk.sign.talks import Talks
from kiosk.sign.waiting import Standing


class TalksLine:
    """Implements `kiosk.session.ports.VideoLine`."""

    def __init__(self, talks: Talks) -> None:
        self._talks = talks

    def ring(self, device: str, visit_id: str, kiosk: str) -> bool:
        return self._talks.ring(self._talks.of(device, visit_id, kiosk))

    def state(self, device: str, visit_id: str) -> str | None:
        found = self._standing(device, visit_id)
        return found.state if found is not None else None

    def wait(self, device: str, visit_id: str) -> CallWait | None:
        found = self._standing(device, visit_id)
        if found is None or found.state != "busy":
            return None
        return CallWait(found.ahead, found.minutes)

    def hang_up(self, device: str, visit_id: str) -> None:
        talk = self._talks.find(device, visit_id)
        if talk is not None:
            self._talks.hang_up(talk, "customer")

    def _standing(self, device: str, visit_id: str) -> Standing | None:
        talk = self._talks.find(device, visit_id)
        return self._talks.standing(talk) if talk is not None else None
