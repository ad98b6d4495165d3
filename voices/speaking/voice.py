"""One language's voice: clips for fixed words, joined fragments for values, live for the rest."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from typing import Literal

import numpy as np
import structlog

from languages import tongue
from voices.codec import CodecError, stretch
from voices.sound import SPEAK_RATE, Samples, Sound, silence
from voices.speaking.background import NullRenderer, Order, Renderer
from voices.speaking.line import Line, Part, Phrase, Value
from voices.speaking.live import Engine, EngineError
from voices.speaking.pack import Clip, Pack
from voices.speaking.spoken import GAP, Context, read
from voices.speaking.tones import CLEAR_PACE, cleared

log = structlog.get_logger()

Source = Literal["clips", "joined", "live"]
#: Silence between groups of digits, and between the parts of a sentence (seconds).
GROUP_GAP, PART_GAP = 0.18, 0.06
#: Silence between digits that are dialled (seconds): of the syllables of 25 telephone numbers 5.5 %
#: were taken wrongly with it, none of them added, and 7.6 % with one digit running into the next.
DIGIT_GAPS: Mapping[str, float] = {"zh-CN": 0.06}
#: What is dialled, or told apart from others, digit by digit.
DIALLED = frozenset({"phone", "digits", "last4"})
#: How far clips of one number overlap, so that they sound as one.
OVERLAP = 0.03
#: How fast a language's clips are played at rate 1, so that the default is 180 to 200 characters a
#: minute in Mandarin and 120 to 125 words in English (VVSG 2.0, 7.1-K); slower recorded, the voice
#: slurs.
PACES: Mapping[str, float] = {"zh-CN": 0.79, "en": 0.73}
#: Finished lines kept in memory.
KEPT = 64


class Voice:
    """Says lines of one language. Safe to use from any thread."""

    def __init__(
        self,
        language: str,
        pack: Pack | None,
        engine: Engine,
        *,
        clear: bool = False,
        renderer: Renderer | None = None,
    ) -> None:
        """`clear`: slower and clearer, for whoever hears high tones badly. `renderer` speaks what
        has no clip beforehand, where there is time for it."""
        self.language = language
        self.pack = pack
        self._clear = clear
        self._engine = engine
        self._renderer: Renderer = renderer or NullRenderer()
        #: Finished lines, and whether they are to sound like that the next time too.
        self._kept: OrderedDict[tuple[object, ...], tuple[Sound, bool]] = OrderedDict()
        self._lock = threading.Lock()

    def source(self, line: Line) -> Source:
        """How a line is said."""
        clips = self._clips(line)
        if clips is None:
            return "live"
        return "clips" if all(isinstance(part, Phrase) for part in line.parts) else "joined"

    def sound(self, line: Line, rate: float = 1.0) -> Sound:
        """The line as it is heard, at `rate` times the normal speed with the pitch kept.

        Where nothing can say it, silence of about its length: the caption still shows it.
        """
        key = (line.parts, rate)
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
        if kept is not None and kept[1]:
            return kept[0]
        rendered = self._rendered(line)
        if kept is not None and rendered is None:
            return kept[0]
        whole, lasting = self._whole(line) if rendered is None else (rendered, False)
        pace = rate * PACES.get(self.language, 1.0) * (CLEAR_PACE if self._clear else 1.0)
        sound = stretch(whole, pace)
        if self._clear:
            sound = cleared(sound)
        if rendered is not None:
            # The renderer keeps it as long as it may be kept.
            self._drop(key)
        elif not line.private:
            self._keep(key, sound, lasting)
        return sound

    def _drop(self, key: tuple[object, ...]) -> None:
        with self._lock:
            self._kept.pop(key, None)

    def _keep(self, key: tuple[object, ...], sound: Sound, lasting: bool) -> None:
        with self._lock:
            self._kept[key] = sound, lasting
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)

    def prepare(self, *lines: Line) -> None:
        """Have lines without clips spoken by the natural voice, for when they are to be said.

        Never a private one: nothing of it is to be anywhere a moment longer than it is said.
        """
        for line in lines:
            order = self._order(line)
            if order is not None:
                self._renderer.order(order)

    def _rendered(self, line: Line) -> Sound | None:
        order = self._order(line)
        return None if order is None else self._renderer.find(order)

    def _order(self, line: Line) -> Order | None:
        """What the renderer is asked for; None where it isn't needed or mustn't have it."""
        if self.pack is None or line.private or not self._renderer.speaks(self.language):
            return None
        if not line.parts or self._clips(line) is not None:
            return None
        return Order(self.text_of(line), self.language, self.pack.voice)

    def _whole(self, line: Line) -> tuple[Sound, bool]:
        """The line's sound, and whether it will sound like that the next time too."""
        if not line.parts:
            return silence(0.0), True
        try:
            clips = self._clips(line)
            if clips is not None:
                return self._joined(line.parts, clips), True
            return self._live(line)
        except (CodecError, EngineError) as error:
            log.warning("voice.not_said", language=self.language, error=str(error))
            return silence(0.2 * len(line.caption)), True

    def _live(self, line: Line) -> tuple[Sound, bool]:
        """At once by live speech; the next time by the natural voice, where there is one."""
        self.prepare(line)
        return self._engine.speak(self.text_of(line), self.language), self._order(line) is None

    def text_of(self, line: Line) -> str:
        """The line in words, values spelled out: what live speech is given."""
        gap = "" if self.language == "zh-CN" else " "
        return gap.join(" ".join(words) for words in self._words(line))

    def _words(self, line: Line) -> Iterator[tuple[str, ...]]:
        for index, part in enumerate(line.parts):
            if isinstance(part, Phrase):
                yield (tongue(self.language).said.text(part.text),)
            else:
                words = read(part, self.language, context(line.parts, index))
                yield words or (plain(part, self.language),)

    def _clips(self, line: Line) -> tuple[tuple[Clip | None, ...], ...] | None:
        """The clips of each part (None: a gap), or None where live speech has to say it all.

        Two voices in one sentence are harder to follow than one that is less natural.
        """
        if self.pack is None:
            return None
        found = []
        for index, part in enumerate(line.parts):
            clips = self._of(part, context(line.parts, index), self.pack)
            if clips is None:
                return None
            found.append(clips)
        return tuple(found)

    def _of(self, part: Part, around: Context, pack: Pack) -> tuple[Clip | None, ...] | None:
        texts = (part.text,) if isinstance(part, Phrase) else read(part, self.language, around)
        if texts is None:
            return None
        clips = tuple(None if text == GAP else pack.find(text) for text in texts)
        known = all(
            clip is not None or text == GAP for clip, text in zip(clips, texts, strict=True)
        )
        return clips if known else None

    def _joined(self, parts: tuple[Part, ...], found: tuple[tuple[Clip | None, ...], ...]) -> Sound:
        apart = [isinstance(part, Value) and part.kind in DIALLED for part in parts]
        gaps = [DIGIT_GAPS.get(self.language, 0.0) if one else 0.0 for one in apart]
        sounds = [self._run(clips, gap) for clips, gap in zip(found, gaps, strict=True)]
        gap = silence(PART_GAP).samples
        spaced = [piece for sound in sounds for piece in (sound, gap)][:-1]
        return Sound(np.concatenate(spaced), SPEAK_RATE)

    def _run(self, clips: tuple[Clip | None, ...], apart: float) -> Samples:
        """Clips of one value, `apart` seconds between them, or one flowing into the next."""
        joined, between = np.zeros(0, np.float32), silence(apart).samples
        for before, clip in zip((None, *clips), clips, strict=False):
            if clip is None:
                joined = np.concatenate([joined, silence(GROUP_GAP).samples])
            elif self.pack is not None:
                sound = self.pack.sound(clip).samples
                if apart and before is not None:
                    joined = np.concatenate([joined, between, sound])
                else:
                    joined = _overlapped(joined, sound)
        return joined


#: The voice of a language, in a tone.
VoiceFor = Callable[[str, str], Voice]


def plain(value: Value, language: str) -> str:
    """A value that isn't put together from words, as live speech is given it."""
    text = str(value.value)
    return "，".join(text) if value.kind == "spell" else tongue(language).said.text(text)


def context(parts: tuple[Part, ...], index: int) -> Context:
    """The fixed words on both sides of a part."""
    before = parts[index - 1] if index else None
    after = parts[index + 1] if index + 1 < len(parts) else None
    return Context(
        before.text if isinstance(before, Phrase) else "",
        after.text if isinstance(after, Phrase) else "",
    )


def _overlapped(
    left: Samples,
    right: Samples,
) -> Samples:
    """`right` after `left`, their quiet edges laid over each other (equal power)."""
    size = min(round(OVERLAP * SPEAK_RATE), len(left), len(right))
    if not size:
        return np.concatenate([left, right])
    turn = np.linspace(0, np.pi / 2, size, dtype=np.float32)
    middle = left[-size:] * np.cos(turn) + right[:size] * np.sin(turn)
    return np.concatenate([left[:-size], middle, right[size:]])
