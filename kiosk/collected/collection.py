"""The branch's collection: kept and deleted in turn, on a thread of its own."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import structlog

from kiosk.collected.folder import Folder
from kiosk.collected.ports import Collected
from kiosk.mailbox import Mailbox

log = structlog.get_logger()

#: At the stop, what is still to be written or deleted is waited for so long (seconds).
AT_STOP = 2.0
#: Who took their yes back is known for so many more; a mark is of one visit.
REMEMBERED = 200


class SealedCollection:
    """Sealed files in the data folder. Safe to use from any thread."""

    def __init__(
        self,
        folder: Folder,
        today: Callable[[], date],
        asks: Callable[[str], bool],
        *,
        days: int,
        most: int,
        inline: bool = False,
    ) -> None:
        """`asks`: whether customers who speak a language are asked. Where nobody is, what was
        kept before is still deleted when its days are over. `inline`: for tests."""
        folder.sweep()
        self._folder = folder
        self._today = today
        self._asks = asks
        self._most = most
        self._mailbox = Mailbox("collected", inline=inline)
        #: Marks of those who took their yes back: what couldn't be deleted is tried again, and
        #: nothing of the latest, who may be there still, comes any more.
        self._undeleted: set[str] = set()
        self._withdrawn: deque[str] = deque(maxlen=REMEMBERED)
        self.days = days

    def asks(self, language: str) -> bool:
        return self._asks(language)

    def keep(self, one: Collected) -> None:
        self._mailbox.post(partial(self._keep, one))

    def forget(self, speaker: str) -> None:
        self._mailbox.post(partial(self._forget, speaker))

    def wipe(self) -> None:
        """Delete what is older than its days. Waits for the disk; raises `OSError`."""
        today = self._today()
        self._mailbox.post(self._retry)
        count = self._folder.wipe(today - timedelta(days=self.days), today)
        if count:
            log.info("collected.wiped", count=count)

    def settle(self, timeout: float) -> bool:
        """Wait until all that was asked for is done."""
        return self._mailbox.settle(timeout)

    def close(self) -> None:
        self.settle(AT_STOP)
        self._mailbox.close()

    def _keep(self, one: Collected) -> None:
        if one.speaker in self._withdrawn or one.speaker in self._undeleted:
            return
        try:
            self._folder.put(one, self._today(), self._most)
        except OSError as error:
            log.warning("collected.not_kept", why=error.strerror)

    def _forget(self, speaker: str) -> None:
        if speaker not in self._withdrawn:
            self._withdrawn.append(speaker)
        self._undeleted.add(speaker)
        self._retry()

    def _retry(self) -> None:
        for speaker in tuple(self._undeleted):
            try:
                self._folder.drop(speaker)
                self._undeleted.discard(speaker)
            except OSError as error:
                log.error("collected.not_deleted", why=error.strerror)
