"""The sign room of one kiosk: what can be shown, what is being recorded, who is talking."""

from __future__ import annotations

import structlog

from kiosk.sign.errors import ManifestError
from kiosk.sign.library import Library
from kiosk.sign.presence import Presence
from kiosk.sign.recordings import Recordings
from kiosk.sign.talks import Talks

log = structlog.get_logger()


class Signs:
    """Put together in `create_app`."""

    def __init__(
        self, library: Library, recordings: Recordings, presence: Presence, talks: Talks
    ) -> None:
        self.library = library
        self.recordings = recordings
        self.presence = presence
        self.talks = talks

    def start(self) -> None:
        """Sweep what a crash left behind, and go on with takes that wait."""
        try:
            self.library.store.sweep()
        except (ManifestError, OSError) as error:
            # Clips are missing then, and every page says so; the kiosk itself works.
            log.error("sign.pack_unusable", error=str(error))
        self.recordings.jobs.start()

    def close(self) -> None:
        self.recordings.jobs.close()
