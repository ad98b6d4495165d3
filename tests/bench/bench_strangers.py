"""What the menu makes of words that mean nothing there: by people, and by two kinds of voice.

*Acts* is what changes anything; *grave* calls staff, changes the language or leaves. Beside them
words that do mean something: how many count at once, how many are asked about.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.content.spoken import texts
from kiosk.flow.understand import Grammar, Nothing, Understood, understand
from kiosk.senses.speech.answering import grammar
from kiosk.senses.speech.dialogue import Dialogue, Reply
from kiosk.session.events import Press
from kiosk.session.moment import Moment
from tests.bench.figures import Figure, report
from tests.support.customer import Customer, content
from tests.support.models import MODELS
from tests.support.sounds import PACE, Said, espeak, everybody, heard
from voices.codec import stretch
from voices.hearing.ports import Expected, Recognizer
from voices.hearing.registry import LOADERS
from voices.models import installed
from voices.speaking.pack import PACKS, packs

LANGUAGE = "zh-CN"
GRAVE = frozenset({"person", "emergency", "language", "cancel", "back", "officer"})
#: Words of every day, near in sound to what the menu offers or not at all.
WORDS = Path(__file__).with_name("strangers.txt")
#: espeak-ng's Mandarin in two voices.
VOICES = (("-v", "cmn+f2", "-s", "130"), ("-v", "cmn+m3", "-s", "140"))


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of `said` words acted, acted gravely, were asked about."""

    said: int
    acts: int
    grave: int
    asked: int

    @property
    def share(self) -> float:
        return 100 * self.acts / self.said if self.said else 0.0


def menu() -> Moment:
    return Customer(senses=frozenset({"screen", "voice"})).press("repeat").session.moment


def people() -> Iterator[Said]:
    for one in everybody(LANGUAGE):
        yield Said(one.text, one.samples)


def voices() -> Iterator[Said]:
    for word in WORDS.read_text("utf-8").split():
        for options in VOICES:
            yield Said(word, heard(espeak(word, *options)))


def clips() -> Iterator[Said]:
    """The kiosk's own voice, saying short words."""
    pack = next(iter(packs(PACKS).get(LANGUAGE, ())), None)
    for text in texts(content().words(LANGUAGE)):
        if pack is not None and 2 <= len(text) <= 4 and (clip := pack.find(text)) is not None:
            yield Said(text, heard(stretch(pack.sound(clip), PACE)))


def replies(recognizer: Recognizer, now: Moment, said: Sequence[Said]) -> Iterator[Reply]:
    words = content().words(LANGUAGE)
    found = grammar(now, words)
    expected = Expected(LANGUAGE, found.phrases, found.digits)
    recognizer.prepare(expected)
    for one in said:
        recognition = recognizer.open(expected)
        recognition.feed(one.samples)
        yield Dialogue().reply(recognition.result(), now, words)


def counted(replied: Sequence[Reply]) -> Counted:
    acted = [one for one in replied if one.events]
    grave = [
        one for one in acted if any(isinstance(e, Press) and e.key in GRAVE for e in one.events)
    ]
    asked = [one for one in replied if one.dialogue.asked]
    return Counted(len(replied), len(acted), len(grave), len(asked))


def strangers(said: Sequence[Said], known: Grammar) -> list[Said]:
    return [one for one in said if isinstance(understand(one.text, known), Nothing)]


def meant(said: Sequence[Said], known: Grammar) -> list[Said]:
    return [one for one in said if isinstance(understand(one.text, known), Understood)]


def measure(recognizer: Recognizer, quick: bool) -> Iterator[Figure]:
    now = menu()
    known = grammar(now, content().words(LANGUAGE))
    for who, source in (("people", people), ("espeak-ng", voices), ("own clips", clips)):
        everything = list(source())[:: 4 if quick else 1]
        found = counted(list(replies(recognizer, now, strangers(everything, known))))
        if not found.said:
            continue
        print(f"       {who}: {found}", flush=True)
        name = f"meaningless words that act at the menu, {who} (n={found.said})"
        yield Figure(name, found.share, 0.5, "%")
        name = f"of them call staff, change the language or leave, {who} (n={found.said})"
        yield Figure(name, float(found.grave), 0, "")
        asked = 100 * found.asked / found.said
        yield Figure(f"of them asked about, {who} (n={found.said})", asked, None, "%")
        right = counted(list(replies(recognizer, now, meant(everything, known))))
        if right.said:
            name = f"words with a meaning there that count at once, {who} (n={right.said})"
            yield Figure(name, right.share, None, "%")


def main() -> int:
    figures: list[Figure] = []
    for model in installed(MODELS):
        if LANGUAGE in model.languages:
            recognizer = LOADERS[model.kind](MODELS, model, [LANGUAGE])
            figures += measure(recognizer, "--quick" in sys.argv)
            recognizer.close()
    if not figures:
        print("nothing was measured: install a model that hears Mandarin")
    return report(figures)


if __name__ == "__main__":
    sys.exit(main())
