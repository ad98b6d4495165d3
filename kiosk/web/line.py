"""The video line of a session, over the conversations of the same process."""

from __future__ import annotations

from kiosk.sign.talks import Talks


class TalksLine:
    """Implements `kiosk.session.ports.VideoLine`."""

    def __init__(self, talks: Talks) -> None:
        self._talks = talks

    def ring(self, device: str, visit_id: str, kiosk: str) -> bool:
        return self._talks.ring(self._talks.of(device, visit_id, kiosk))

    def state(self, device: str, visit_id: str) -> str | None:
        talk = self._talks.find(device, visit_id)
        return talk.call.state if talk is not None and talk.call is not None else None

    def hang_up(self, device: str, visit_id: str) -> None:
        talk = self._talks.find(device, visit_id)
        if talk is not None:
            self._talks.hang_up(talk, "customer")
