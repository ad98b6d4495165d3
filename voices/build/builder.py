"""A pack made or brought up to date: only what changed is spoken anew."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from voices.build.finish import LOUDNESS, finish
from voices.build.reading import READINGS
from voices.build.synth import Synth
from voices.build.takes import take
from voices.codec import CLIP_BIT_RATE, encode
from voices.lexicon import entries_in
from voices.speaking.pack import MANIFEST, Clip, Pack, PackError, clip_id

#: Changes when the way clips are made changes, so that all are made anew.
RECIPE = 1


@dataclass(frozen=True, slots=True)
class Plan:
    """What to build: texts with their keys, the voice, and where its files are."""

    language: str
    voice: str
    texts: Mapping[str, tuple[str, ...]]
    model: Path
    style: Path
    into: Path

    def hash_of(self, text: str) -> str:
        """Everything that shapes the sound of a text."""
        asked = take(text, self.language, self.voice)
        shaped = (
            RECIPE,
            READINGS[self.language](asked.spoken),
            entries_in(text, self.language),
            self.voice,
            asked.speed,
            LOUDNESS,
            CLIP_BIT_RATE,
        )
        return hashlib.sha256(repr(shaped).encode()).hexdigest()[:16]


def outdated(plan: Plan) -> tuple[str, ...]:
    """The texts whose clip is missing or was made from something else."""
    have = _have(plan)
    return tuple(
        text
        for text in plan.texts
        if (clip := have.get(clip_id(text))) is None
        or clip.hash != plan.hash_of(text)
        or not (plan.into / f"{clip.id}.opus").exists()
    )


def build(plan: Plan, *, jobs: int, done: Callable[[str], None]) -> Pack:
    """Bring the pack up to date; `done` is called after every clip. May be broken off any time."""
    plan.into.mkdir(parents=True, exist_ok=True)
    clips = {name: clip for name, clip in _have(plan).items() if clip.text in plan.texts}
    for number, (text, seconds) in enumerate(_spoken(plan, outdated(plan), jobs)):
        clips[clip_id(text)] = Clip(clip_id(text), text, plan.hash_of(text), (), seconds)
        done(text)
        if number % 50 == 0:
            _write_manifest(plan, clips)
    _write_manifest(plan, clips)
    for file in plan.into.glob("*.opus"):
        if file.stem not in clips:
            file.unlink()
    return Pack.load(plan.into)


def _have(plan: Plan) -> Mapping[str, Clip]:
    try:
        return Pack.load(plan.into).clips
    except PackError:
        return {}


def _spoken(plan: Plan, texts: tuple[str, ...], jobs: int) -> Iterator[tuple[str, float]]:
    """Each text and the length of its clip, once its file is written."""
    if not texts:
        return
    context = multiprocessing.get_context("spawn")
    work = (plan.model, plan.style, plan.language, plan.into)
    with ProcessPoolExecutor(jobs, context, _begin, work) as pool:
        yield from zip(texts, pool.map(_make, texts, chunksize=4), strict=True)


_worker: tuple[Synth, Path] | None = None


def _begin(model: Path, style: Path, language: str, into: Path) -> None:
    """A worker process has one synthesiser for its whole life."""
    global _worker
    _worker = (Synth(model, style, language), into)


def _make(text: str) -> float:
    if _worker is None:
        raise RuntimeError("this process was not begun as a worker")
    synth, into = _worker
    sound = finish(synth.speak(text))
    _write(into / f"{clip_id(text)}.opus", encode(sound))
    return round(sound.seconds, 3)


def _write_manifest(plan: Plan, clips: Mapping[str, Clip]) -> None:
    listed = {
        name: {field: value for field, value in asdict(clip).items() if field != "id"}
        | {"keys": plan.texts[clip.text]}
        for name, clip in sorted(clips.items())
    }
    manifest = {"language": plan.language, "voice": plan.voice, "clips": listed}
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    _write(plan.into / MANIFEST, text.encode())


def _write(path: Path, raw: bytes) -> None:
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(raw)
    os.replace(part, path)
