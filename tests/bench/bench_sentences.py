"""What the menu makes of whole sentences that ask for a service and answer some of its questions.

The half of the set that no number was chosen on: its own wordings and its own voices (Kokoro and
espeak-ng, no people), most of them in the noise of a lobby 10 dB below the voice. *Wrong* is a
service that was begun, or an answer that was taken, without having been said. Beside them
sentences of people that aren't requests, and what it costs beside free decoding.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kiosk.flow.events import Choose, Request
from kiosk.senses.speech.dialogue import Dialogue, Reply
from kiosk.session.moment import Moment
from tests.bench.bench_strangers import menu
from tests.bench.figures import Figure, report
from tests.bench.sentences import LANGUAGE, Half, Spoken, Wording, spoken
from tests.support.customer import content
from tests.support.lobby import mixed
from tests.support.models import AUDIO, MODELS
from tests.support.sounds import everybody
from voices.hearing.ports import Expected, Heard
from voices.hearing.registry import LOADERS
from voices.hearing.whisper.mel import log_mel
from voices.models import installed
from voices.sound import Samples

#: Decibels from the noise up to the voice.
ABOVE_NOISE = 10.0
#: Sound that is decoded freely, to compare what it costs.
COMPARED = 30


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one sentence, and the seconds of CPU that hearing it took."""

    wording: Wording
    reply: Reply
    seconds: float

    @property
    def begun(self) -> str | None:
        """The service that was begun without being asked about."""
        found = (e.service for e in self.reply.events if isinstance(e, (Request, Choose)))
        return next(found, None)

    @property
    def asked(self) -> bool:
        return bool(self.reply.dialogue.asked)

    @property
    def acted_wrongly(self) -> bool:
        return bool(self.reply.events) and self.begun != self.wording.service

    @property
    def taken(self) -> Sequence[tuple[str, str]]:
        return [t for e in self.reply.events if isinstance(e, Request) for t in e.told]

    @property
    def right(self) -> int:
        """How many answers were taken as they were said."""
        return sum(self.wording.told.get(step) == value for step, value in self.taken)


def expected(now: Moment) -> Expected:
    words, dialogue = content().words(LANGUAGE), Dialogue()
    found = dialogue.expects(now, words)
    return Expected(LANGUAGE, found.phrases, found.digits, dialogue.sentences(now, words))


def sounds(half: Half) -> Iterator[tuple[Spoken, Samples]]:
    for seed, one in enumerate(spoken(half)):
        sound = one.sound(half)
        if sound is not None:
            yield one, mixed(sound, ABOVE_NOISE, seed) if one.noisy else sound


def result(
    hear: Callable[[Samples], Heard], now: Moment, wording: Wording, said: Samples
) -> Result:
    start = time.process_time()
    heard = hear(said)
    seconds = time.process_time() - start
    return Result(wording, Dialogue().reply(heard, now, content().words(LANGUAGE)), seconds)


def figures_of(who: str, found: Sequence[Result]) -> Iterator[Figure]:
    count, told = len(found), sum(len(one.wording.told) for one in found)
    right = sum(one.begun == one.wording.service for one in found)
    taken, good = sum(len(one.taken) for one in found), sum(one.right for one in found)
    yield Figure(f"right service at once, {who} (n={count})", 100 * right / count, None, "%")
    asked = sum(one.asked for one in found)
    yield Figure(f"asked about, {who} (n={count})", 100 * asked / count, None, "%")
    wrong = sum(one.acted_wrongly for one in found)
    yield Figure(f"acted on wrongly, {who} (n={count})", float(wrong), 0, "")
    yield Figure(f"answers taken, {who} (n={told})", 100 * good / told, None, "%")
    yield Figure(f"answers taken wrongly, {who} (n={told})", float(taken - good), 0, "")


def free(recognizer: Any, said: Sequence[Samples]) -> float:
    """Seconds of CPU of decoding freely, the median."""
    prompt = [int(one) for one in recognizer._tongue(Expected(LANGUAGE, ()))._tokens.prompt]
    took = []
    for one in said:
        start = time.process_time()
        mel = np.ascontiguousarray(log_mel(one, 50)[np.newaxis])
        recognizer._encoder.generate(recognizer._view(mel), [prompt], beam_size=5)
        took.append(time.process_time() - start)
    return float(np.median(took))


def measure(recognizer: Any, half: Half, quick: bool) -> Iterator[Figure]:
    now = menu()
    closed = expected(now)
    recognizer.prepare(closed)

    def hear(said: Samples) -> Heard:
        recognition = recognizer.open(closed)
        recognition.feed(said)
        heard: Heard = recognition.result()
        return heard

    listed = list(sounds(half))[:: 5 if quick else 1]
    kokoro = [(one, sound) for one, sound in listed if one.voice != "espeak-ng"]
    found = [result(hear, now, one.wording, sound) for one, sound in kokoro]
    if not found:
        print("Kokoro's sentences aren't there: python -m tests.bench.sentences")
        return
    yield from figures_of("Kokoro", found)
    other = [(one, sound) for one, sound in listed if one.voice == "espeak-ng"]
    yield from figures_of("espeak-ng", [result(hear, now, o.wording, sound) for o, sound in other])
    nobody = Wording("", "", {})
    people = [one.samples for one in everybody(LANGUAGE) if one.speaker == "zh-sentences"]
    strangers = [result(hear, now, nobody, one) for one in people]
    acted = float(sum(bool(one.reply.events) for one in strangers))
    yield Figure(f"sentences that ask for nothing acted on, people (n={len(people)})", acted, 0, "")
    took = 1000 * float(np.median([one.seconds for one in found]))
    yield Figure("CPU of a sentence at the menu, median", took, None, "ms")
    freely = 1000 * free(recognizer, [sound for _, sound in kokoro[:COMPARED]])
    yield Figure("the same decoded freely (beam of 5), median", freely, None, "ms")


def main() -> int:
    figures: list[Figure] = []
    half: Half = "tuning" if "--tuning" in sys.argv else "figure"
    if not AUDIO.is_dir():
        print("no recordings of people to mix a lobby's noise from: set KIOSK_AUDIO")
        return report(figures)
    for model in installed(MODELS):
        if model.kind == "whisper" and LANGUAGE in model.languages:
            recognizer = LOADERS[model.kind](MODELS, model, [LANGUAGE])
            figures += measure(recognizer, half, "--quick" in sys.argv)
            recognizer.close()
    return report(figures)


if __name__ == "__main__":
    sys.exit(main())
