"""How long nobody did anything, and when that was by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from kiosk.session.around import Surroundings

#: The age of a visit is written down again after so many seconds of inputs that change nothing.
KEEP_SECONDS = 15.0


class Silence:
    """Of one session; used under its `inputs`."""

    def __init__(self, around: Surroundings, seconds: float) -> None:
        """`seconds`: how long there was silence before."""
        self._around = around
        self._since = self._answered = self._kept_since = around.elapsed() - seconds
        self._kept_zero = self._zero()

    @property
    def seconds(self) -> float:
        return self._around.elapsed() - self._since

    @property
    def answered(self) -> float:
        """Seconds since somebody did something, whatever was excused since."""
        return self._around.elapsed() - self._answered

    @property
    def since(self) -> datetime:
        """When it began, by the clock as it is set now."""
        return self._around.clock() - timedelta(seconds=self.seconds)

    def broken(self) -> None:
        """Somebody did something."""
        self._since = self._answered = self._around.elapsed()

    def begin(self) -> None:
        """Count anew, though nobody did anything."""
        self._since = self._around.elapsed()

    def excuse(self) -> None:
        """Who waits here needs to do nothing, for as long as they count as there."""
        if self.answered < self._around.idle.waits_here:
            self.begin()

    def is_to_keep(self) -> bool:
        """Inputs that changed nothing keep a visit alive over a restart, as do clocks that are set:
        then its age is by another clock than the one it will be read by."""
        set_by = abs(self._zero() - self._kept_zero)
        return self._since - self._kept_since >= KEEP_SECONDS or set_by >= KEEP_SECONDS

    def kept(self) -> None:
        """It is written down."""
        self._kept_since, self._kept_zero = self._since, self._zero()

    def _zero(self) -> float:
        """When the seconds that are counted began, by the clock as it is set now."""
        return self._around.clock().timestamp() - self._around.elapsed()
