"""From a take to a clip that is shown: draft, review by a second person, approved; or withdrawn."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import IO

from kiosk.sign.captions import webvtt
from kiosk.sign.consents import ConsentBook
from kiosk.sign.errors import Refused
from kiosk.sign.jobs import Job, Jobs, Take
from kiosk.sign.library import Library
from kiosk.sign.manifest import WRITTEN, Clip, Consent, Manifest, Scope, text_hash
from kiosk.sign.normalise import Normalised
from kiosk.sign.store import Erased, PackStore

Detail = str | int | float | bool | None
#: Writes a line of the audit trail: who, what, about what, and details without anything personal.
Note = Callable[[str, str, str, Mapping[str, Detail]], None]

#: What recordings made here are licensed as.
LICENCE = "recorded for this bank's kiosks, with the signer's consent"


class Recordings:
    """The studio's rules, over the pack of one sign language."""

    def __init__(
        self,
        library: Library,
        folder: Path,
        note: Note,
        clock: Callable[[], datetime],
        on_change: Callable[[], None],
    ) -> None:
        self.library = library
        self.consents = ConsentBook(folder / "consents.json")
        self.jobs = Jobs(folder / "takes", self._finished, on_change)
        self._note = note
        self._clock = clock
        self._on_change = on_change

    @property
    def store(self) -> PackStore:
        return self.library.store

    def record(
        self,
        prompt_id: str,
        text: str,
        footage: IO[bytes],
        *,
        signer_id: str,
        recorded_by: str,
        start: float = 0.0,
        end: float | None = None,
    ) -> Job:
        """Keep footage and queue it for the pack.

        Raises `Refused`: no_consent, bad_trim, empty, too_large, disk_full.
        """
        self._need_consent(signer_id)
        if start < 0 or (end is not None and end <= start):
            raise Refused("bad_trim", f"from {start} to {end} s is nothing")
        take = Take(
            id=secrets.token_hex(8),
            prompt_id=prompt_id,
            text=text,
            sign_lang=self.library.language,
            signer_id=signer_id,
            recorded_by=recorded_by,
            recorded_at=self._clock(),
            start=start,
            end=end,
        )
        return self.jobs.add(take, footage)

    def submit(self, clip_id: str, by: str) -> Clip:
        """Self-reviewed: on to a second person. Raises `Refused`."""
        clip = self._clip(clip_id)
        if clip.status != "draft":
            raise Refused("not_draft", f"{clip_id} is {clip.status}")
        return self._put(clip, by, "sign.submitted", status="in_review", note="")

    def approve(self, clip_id: str, text: str, by: str, qualification: str = "") -> Clip:
        """Shown from now on, in the place of the one before.

        Raises `Refused`: own_review, not_in_review, no_consent, and stale where the wording has
        changed since the recording.
        """
        clip = self._in_review(clip_id, by)
        self._need_consent(clip.signer_id)
        if clip.text_sha256 != text_hash(text):
            raise Refused("stale", f"{clip_id} says another wording")
        replaced = [
            one
            for one in self.library.clips(clip.prompt_id)
            if one.status == "approved" and one.variety == clip.variety
        ]
        approved = clip.model_copy(
            update={
                "status": "approved",
                "reviewed_by": by,
                "reviewer_qualification": qualification[:200],
                "reviewed_at": self._clock(),
                "note": "",
            }
        )
        old = {one.id for one in replaced}

        def put(manifest: Manifest) -> Manifest:
            others = (one for one in manifest.clips if one.id not in {*old, clip.id})
            return manifest.model_copy(update={"clips": (*others, approved)})

        self.store.change(self.library.language, put)
        self._erase(*replaced)
        self._tell(by, "sign.approved", approved)
        return approved

    def send_back(self, clip_id: str, note: str, by: str) -> Clip:
        """Back to its signer with what to change. Raises `Refused`."""
        clip = self._in_review(clip_id, by)
        if not note.strip():
            raise Refused("needs_note", "say what to change")
        return self._put(clip, by, "sign.returned", status="draft", note=note.strip()[:2000])

    def discard(self, clip_id: str, by: str) -> None:
        """Throw a draft away, for a retake. Raises `Refused`."""
        clip = self._clip(clip_id)
        if clip.status != "draft":
            raise Refused("not_draft", f"{clip_id} is {clip.status}")

        def drop(manifest: Manifest) -> Manifest:
            kept = tuple(one for one in manifest.clips if one.id != clip_id)
            return manifest.model_copy(update={"clips": kept})

        self.store.change(self.library.language, drop)
        self._erase(clip)
        self._tell(by, "sign.discarded", clip)

    def consent(self, signer_id: str, scope: Scope) -> Consent:
        given = self.consents.give(signer_id, scope, self._clock().date())
        self._note(signer_id, "sign.consent_given", signer_id, {"scope": scope})
        return given

    def withdraw(self, signer_id: str, by: str) -> tuple[Erased, ...]:
        """Delete all media of a signer, and write down for each file that it is gone."""
        today = self._clock().date()
        self.consents.withdraw(signer_id, today)
        for job in self.jobs.all():
            if job.take.signer_id == signer_id:
                self.jobs.drop(job.take.id)
        theirs: list[Clip] = []

        def drop(manifest: Manifest) -> Manifest:
            clips = []
            for clip in manifest.clips:
                if clip.signer_id == signer_id and clip.status != "withdrawn":
                    theirs.append(clip)
                    clip = _stone(clip, clip.consent.model_copy(update={"withdrawn": today}))
                clips.append(clip)
            return manifest.model_copy(update={"clips": tuple(clips)})

        self.store.change(self.library.language, drop)
        erased = self._erase(*theirs)
        self._note(
            by,
            "sign.consent_withdrawn",
            signer_id,
            {"clips": len(theirs), "files": len(erased), "gone": sum(e.gone for e in erased)},
        )
        for one in erased:
            self._note(
                by, "sign.media_deleted", signer_id, {"sha256": one.sha256, "gone": one.gone}
            )
        self._on_change()
        return erased

    def _finished(self, take: Take, made: Normalised) -> None:
        """A take is a draft of the pack from now on."""
        consent = self._need_consent(take.signer_id)
        language = take.sign_lang
        vtt = made.mp4.with_name("captions.vtt")
        vtt.write_text(webvtt(take.text, made.duration_ms), "utf-8")
        take_in = self.store.take_in
        clip = Clip(
            id=take.id,
            prompt_id=take.prompt_id,
            sign_lang=language,
            source=take.source,
            signer_id=take.signer_id,
            consent=consent,
            recorded_by=take.recorded_by,
            recorded_at=take.recorded_at,
            text=take.text,
            text_sha256=text_hash(take.text),
            duration_ms=made.duration_ms,
            fps=made.fps,
            width=made.width,
            height=made.height,
            media=(
                take_in(language, made.mp4, "video/mp4", "mp4"),
                take_in(language, made.webm, "video/webm", "webm"),
            ),
            poster=take_in(language, made.poster, "image/jpeg", "jpg"),
            captions={WRITTEN[language]: take_in(language, vtt, "text/vtt", "vtt")},
            licence=LICENCE,
        )

        def put(manifest: Manifest) -> Manifest:
            # Asked while nobody else writes: a withdrawal comes before this, or sees the clip.
            self._need_consent(take.signer_id)
            return manifest.model_copy(update={"clips": (*manifest.clips, clip)})

        try:
            self.store.change(language, put)
        except Refused:
            self._erase(clip)
            raise
        self._tell(take.recorded_by, "sign.recorded", clip)

    def _need_consent(self, signer_id: str) -> Consent:
        found = self.consents.of(signer_id)
        if found is None:
            raise Refused("no_consent", f"{signer_id} has given no consent, or withdrawn it")
        return found

    def _clip(self, clip_id: str) -> Clip:
        clip = self.store.load(self.library.language).clip(clip_id)
        if clip is None:
            raise Refused("no_clip", f"no clip {clip_id!r}")
        return clip

    def _in_review(self, clip_id: str, by: str) -> Clip:
        clip = self._clip(clip_id)
        if clip.status != "in_review":
            raise Refused("not_in_review", f"{clip_id} is {clip.status}")
        if by == clip.signer_id:
            raise Refused("own_review", f"{by} signed {clip_id}")
        return clip

    def _put(self, clip: Clip, by: str, what: str, **changes: object) -> Clip:
        changed = clip.model_copy(update=changes)
        self.store.replace_clip(self.library.language, changed)
        self._tell(by, what, changed)
        return changed

    def _erase(self, *clips: Clip) -> tuple[Erased, ...]:
        files = tuple(file for clip in clips for file in clip.files())
        return self.store.erase(self.library.language, files)

    def _tell(self, by: str, what: str, clip: Clip) -> None:
        self._note(by, what, clip.id, {"prompt": clip.prompt_id, "sign_lang": clip.sign_lang})
        self._on_change()


def _stone(clip: Clip, consent: Consent) -> Clip:
    """What remains of a withdrawn clip: that there was one, so that no copy brings it back."""
    return clip.model_copy(
        update={
            "status": "withdrawn",
            "consent": consent,
            "media": (),
            "poster": None,
            "captions": {},
            "note": "",
        }
    )
