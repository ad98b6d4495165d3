"""A voice in a folder: small Opus files, and a manifest that says what each of them says."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from voices.codec import decode
from voices.sound import Sound

MANIFEST = "manifest.json"
#: The voices that come with the kiosk, by language and name.
PACKS = Path(__file__).parent.parent / "packs"
#: The voice of each language that is understood best (`make bench ONLY=clips`): it speaks, unless
#: another is preferred.
CLEAREST: Mapping[str, str] = {"zh-CN": "zm_yunjian", "en": "af_heart"}
#: Decoded clips kept in memory: about 3 s of float32 each.
KEPT = 200


class PackError(ValueError):
    """A pack whose manifest can't be used: the file and why."""

    code = "voice_pack"


@dataclass(frozen=True, slots=True)
class Clip:
    """One clip: its words, what reading it was made from, who asks for it, and its length."""

    id: str
    text: str
    #: Changes with anything that shapes the sound: words, pronunciation, voice, settings.
    hash: str
    keys: tuple[str, ...]
    seconds: float


def clip_id(text: str) -> str:
    """The name of a text's clip in any pack: the text decides it."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class Pack:
    """The clips of one voice in one language. Safe to use from any thread."""

    def __init__(
        self, folder: Path, *, language: str, voice: str, clips: Mapping[str, Clip]
    ) -> None:
        self.folder = folder
        self.language = language
        self.voice = voice
        self.clips = clips
        self._decoded: OrderedDict[str, Sound] = OrderedDict()
        self._lock = threading.Lock()

    @classmethod
    def load(cls, folder: Path) -> Pack:
        """Raises `PackError`."""
        path = folder / MANIFEST
        try:
            raw = json.loads(path.read_text("utf-8"))
            clips = {
                name: Clip(name, one["text"], one["hash"], tuple(one["keys"]), one["seconds"])
                for name, one in raw["clips"].items()
            }
            return cls(folder, language=raw["language"], voice=raw["voice"], clips=clips)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise PackError(f"{path}: no manifest of a voice: {error!r}") from error

    def find(self, text: str) -> Clip | None:
        return self.clips.get(clip_id(text))

    def sound(self, clip: Clip) -> Sound:
        """The clip's sound. Raises `voices.codec.CodecError` where its file is damaged."""
        with self._lock:
            if clip.id in self._decoded:
                self._decoded.move_to_end(clip.id)
                return self._decoded[clip.id]
        sound = decode(self.path(clip.id))
        with self._lock:
            self._decoded[clip.id] = sound
            if len(self._decoded) > KEPT:
                self._decoded.popitem(last=False)
        return sound

    def path(self, clip_id: str) -> Path:
        return self.folder / f"{clip_id}.opus"

    def missing(self, texts: Iterable[str]) -> tuple[str, ...]:
        """The texts without a clip, in order: new ones, and ones whose words changed."""
        return tuple(text for text in texts if self.find(text) is None)

    def stale(self, texts: Iterable[str]) -> tuple[Clip, ...]:
        """Clips that nothing says any more."""
        wanted = {clip_id(text) for text in texts}
        return tuple(clip for name, clip in self.clips.items() if name not in wanted)


def packs(folder: Path, preferred: Sequence[str] = ()) -> dict[str, tuple[Pack, ...]]:
    """The packs under `folder` of each language: ``<language>/<voice>/manifest.json``.

    The first one speaks unless the customer wants another: a preferred voice, else the clearest,
    else the first by name. Raises `PackError`.
    """
    found: dict[str, list[Pack]] = {}
    for manifest in sorted(folder.glob(f"*/*/{MANIFEST}")):
        pack = Pack.load(manifest.parent)
        found.setdefault(pack.language, []).append(pack)

    def rank(pack: Pack) -> tuple[bool, bool]:
        return pack.voice not in preferred, pack.voice != CLEAREST.get(pack.language)

    return {language: tuple(sorted(those, key=rank)) for language, those in found.items()}
