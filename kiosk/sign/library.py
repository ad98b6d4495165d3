"""What can be shown: the clip of a wording, and how much of a script is recorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import structlog

from kiosk.sign.errors import ManifestError
from kiosk.sign.manifest import Clip, File, Manifest, SignLanguage, fitness
from kiosk.sign.store import LANGUAGES, PackStore

log = structlog.get_logger()

#: How a wanted message stands, the best of its clips counted.
ClipState = Literal["approved", "in_review", "draft", "stale", "missing"]
_RANK: Mapping[ClipState, int] = {
    "approved": 4,
    "in_review": 3,
    "draft": 2,
    "stale": 1,
    "missing": 0,
}
_NOTHING = {language: Manifest(sign_lang=language) for language in LANGUAGES}


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of a service's messages can be shown, and whether that is all of them."""

    approved: int
    stale: int
    missing: int

    @property
    def total(self) -> int:
        return self.approved + self.stale + self.missing

    @property
    def complete(self) -> bool:
        """Whether a deaf customer can complete the service in sign."""
        return self.approved == self.total


class Library:
    """The clips of one sign language that may be shown now, whatever changes on the disk."""

    def __init__(
        self, store: PackStore, language: SignLanguage, *, test_clips: bool = False
    ) -> None:
        self.store = store
        self.language = language
        self.test_clips = test_clips
        self._broken = ""
        self._indexed: tuple[Manifest, dict[str, tuple[Clip, ...]]] | None = None

    def find(self, prompt_id: str, text: str) -> Clip | None:
        """The approved clip of this wording; None where it is missing or says something else."""
        return next(
            (
                clip
                for clip in self.clips(prompt_id)
                if fitness(clip, text, test_clips=self.test_clips) == "playable"
            ),
            None,
        )

    def state(self, prompt_id: str, text: str) -> ClipState:
        states = (self._state(clip, text) for clip in self.clips(prompt_id))
        return max(states, key=_RANK.__getitem__, default="missing")

    def clips(self, prompt_id: str) -> tuple[Clip, ...]:
        """Every clip of a message that still stands, the newest first."""
        manifest = self._manifest()
        if self._indexed is None or self._indexed[0] is not manifest:
            index: dict[str, list[Clip]] = {}
            for clip in reversed(manifest.clips):
                index.setdefault(clip.prompt_id, []).append(clip)
            self._indexed = (manifest, {name: tuple(clips) for name, clips in index.items()})
        return self._indexed[1].get(prompt_id, ())

    def shown(self, clip_id: str) -> Clip | None:
        """A clip by its id, if any wording of it may be shown: what a page may fetch."""
        clip = self._manifest().clip(clip_id)
        if clip is None or fitness(clip, clip.text, test_clips=self.test_clips) != "playable":
            return None
        return clip

    def coverage(self, wanted: Iterable[tuple[str, str]]) -> Coverage:
        """How many of these messages (id, wording) can be shown. What waits for review can't."""
        counted = Counter(self.state(prompt_id, text) for prompt_id, text in wanted)
        approved, stale = counted["approved"], counted["stale"]
        return Coverage(approved, stale, sum(counted.values()) - approved - stale)

    def _manifest(self) -> Manifest:
        """The pack; a damaged one has no clips: pages go on in writing, and the log says why."""
        try:
            return self.store.load(self.language)
        except ManifestError as error:
            if self._broken != str(error):
                self._broken = str(error)
                log.error("sign.pack_unusable", error=self._broken)
            return _NOTHING[self.language]

    def _state(self, clip: Clip, text: str) -> ClipState:
        found = fitness(clip, text, test_clips=self.test_clips)
        if found == "playable":
            return "approved"
        if found == "stale":
            return "stale"
        if found == "unapproved":
            return "in_review" if clip.status == "in_review" else "draft"
        return "missing"


def media_of(clip: Clip, name: str) -> File | None:
    """A file of a clip by the name a page uses: mp4, webm, poster, or a caption's language."""
    by_mime = {"mp4": "video/mp4", "webm": "video/webm"}
    if name in by_mime:
        return next((file for file in clip.media if file.mime == by_mime[name]), None)
    return clip.poster if name == "poster" else clip.captions.get(name)
