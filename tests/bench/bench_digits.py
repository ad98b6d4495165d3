"""Long, slow strings of digits as people say them: telephone numbers, days, a card's last four.

Joined from people's own digits at 0.6 to 1.6 times their pace, in groups with up to three seconds
between them, their pauses left out as the listener does it. *Right* is the best guess, *accepted*
what counts without being asked about (SURE), *wrong* what was accepted and wasn't said. The
thresholds were chosen on the first speaker (another seed) and with an eye on the second.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from kiosk.flow.prompt import EntryKind
from kiosk.flow.understand.numbers import FORMS
from kiosk.senses.speech.actions import SURE
from kiosk.senses.speech.asking import BETWEEN_GROUPS
from languages import tongue
from tests.bench.figures import Figure, report
from tests.support.models import MODELS
from tests.support.sounds import digit_sounds, everybody, heard
from voices.codec import decode, stretch
from voices.hearing.activity import WebRtcActivity
from voices.hearing.ports import Expected, Heard, Recognizer
from voices.hearing.registry import LOADERS
from voices.hearing.utterance import without_pauses
from voices.models import installed
from voices.sound import SPEAK_RATE, Samples, Sound

LANGUAGE = "zh-CN"
STRINGS = 200
SLOWEST, FASTEST = 0.6, 1.6
#: What is said, how often of five, and how it may be grouped.
SAID: tuple[tuple[EntryKind, int, tuple[tuple[int, ...], ...]], ...] = (
    ("phone", 3, ((3, 4, 4), (3, 4, 4), (3, 3, 3, 2), (2, 2, 2, 2, 3), (1,) * 11)),
    ("last4", 1, ((4,), (2, 2), (1, 1, 1, 1))),
    ("date", 1, ((4, 2, 2), (4, 4), (1,) * 8)),
)


@dataclass(frozen=True, slots=True)
class Case:
    speaker: str
    kind: EntryKind
    text: str
    samples: Samples


def cases(count: int) -> Iterator[Case]:
    """Strings of the first speaker's digits, each digit its own recording."""
    chance = random.Random(11)
    ten = digit_sounds(LANGUAGE).get("people")
    kinds = [(kind, groups) for kind, often, groups in SAID for _ in range(often)]
    for number in range(count if ten else 0):
        kind, groups = kinds[number % len(kinds)]
        text = _number(kind, chance)
        yield Case("first", kind, text, dictated(text, chance.choice(groups), ten or {}, chance))


def sentences() -> Iterator[Case]:
    """Whole numbers as the second speaker said them, at every pace."""
    names = tongue(LANGUAGE).heard
    for one in everybody(LANGUAGE):
        digits = names.digits(one.text) if one.speaker != "zh" else None
        if digits is None or len(digits) != 11:
            continue
        for tenth in range(round(SLOWEST * 10), round(FASTEST * 10) + 1):
            said = stretch(decode(one.path, SPEAK_RATE), tenth / 10)
            yield Case("second", "phone", digits, heard(said))


def _number(kind: EntryKind, chance: random.Random) -> str:
    if kind == "date":
        return f"20{chance.choice((26, 27))}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    form = FORMS[kind][0]
    return "".join(chance.choice(place) for place in form)


def dictated(
    text: str, groups: tuple[int, ...], ten: Mapping[str, Sound], chance: random.Random
) -> Samples:
    """Digits in groups, all at one pace, with pauses between the groups."""
    pace = chance.uniform(SLOWEST, FASTEST)
    longest = BETWEEN_GROUPS - 0.3 if len(groups) < len(text) else 1.2
    parts: list[Samples] = []
    ends = set(np.cumsum(groups).tolist())
    for at, digit in enumerate(text, start=1):
        gap = chance.uniform(0.4, longest) if at in ends else chance.uniform(0.06, 0.16) / pace
        silence = np.zeros(round(gap * SPEAK_RATE), np.float32)
        parts += [stretch(ten[digit], pace).samples, silence]
    return heard(Sound(np.concatenate(parts[:-1])))


def decided(recognizer: Recognizer, case: Case) -> Heard:
    """What the recogniser makes of it, as the listener gives it over."""
    recognition = recognizer.open(Expected(LANGUAGE, (), FORMS[case.kind]))
    recognition.feed(without_pauses(case.samples, WebRtcActivity()))
    return recognition.result()


def measure(recognizer: Recognizer, given: list[Case]) -> Iterator[Figure]:
    for speaker in dict.fromkeys(case.speaker for case in given):
        own = [case for case in given if case.speaker == speaker]
        found = [decided(recognizer, case) for case in own]
        right = accepted = wrong = 0
        for case, one in zip(own, found, strict=True):
            best = one.phrase or next(iter(one.others), None)
            right += best == case.text
            sure = one.phrase is not None and one.confidence >= SURE
            accepted += sure and one.phrase == case.text
            wrong += sure and one.phrase != case.text
            if best != case.text:
                print(f"       {case.kind} {case.text} as {best}, {one.confidence:.2f}", flush=True)
        n = len(own)
        name = f"slow digits, {speaker} speaker (n={n})"
        yield Figure(f"{name}: not right", 100 * (1 - right / n), 5, "%")
        yield Figure(f"{name}: accepted and wrong", float(wrong), 0, "")
        yield Figure(f"{name}: not accepted", 100 * (1 - accepted / n), None, "%")


def main() -> int:
    count = 40 if "--quick" in sys.argv else STRINGS
    given = [*cases(count), *sentences()]
    figures: list[Figure] = []
    for model in installed(MODELS):
        if LANGUAGE in model.languages and given:
            recognizer = LOADERS[model.kind](MODELS, model, [LANGUAGE])
            figures += measure(recognizer, given)
            recognizer.close()
    if not figures:
        print("nothing was measured: install a model, and put audio-dev beside the tree")
    return report(figures)


if __name__ == "__main__":
    sys.exit(main())
