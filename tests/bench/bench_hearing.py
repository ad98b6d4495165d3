"""How well closed sets are heard: by people and by voices, in quiet and in noise.

A row a recogniser, language, source and noise. *Right* is the best guess whatever its confidence;
*accepted* what the kiosk would have taken; *taken* are words outside the set that it would have
taken for one of the set.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from languages import tongue
from tests.bench.figures import Figure, report
from tests.support.models import MODELS
from tests.support.sounds import Said, choices, dictated, digit_sounds, heard, noisy, words
from voices.hearing.ports import Expected, Heard, Recognizer, any_digits
from voices.hearing.registry import LOADERS
from voices.models import installed

#: Phrases of a step, and noise beside the speech.
SET = 20
LEVELS: Mapping[str, float | None] = {"clean": None, "20 dB": 20.0, "10 dB": 10.0}
DIGITS_SAID, STRINGS = 6, 60


@dataclass(frozen=True, slots=True)
class Row:
    """Shares of 1."""

    right: float
    accepted: float
    wrong: float
    taken: float


def closed_set(
    recognizer: Recognizer, language: str, said: Sequence[Said], snr: float | None, rounds: int
) -> Row:
    """Each word in sets of `SET` with it, and in sets without it."""
    chance = random.Random(0)
    right = accepted = wrong = taken = count = 0
    for _ in range(rounds):
        for one in said:
            others = choices([other.text for other in said if other.text != one.text], chance, SET)
            samples = one.samples if snr is None else noisy(one.samples, snr, seed=count)
            found = decide(recognizer, Expected(language, (*others[1:], one.text)), samples)
            right += best(found) == one.text
            accepted += found.phrase == one.text
            wrong += found.phrase not in (one.text, None)
            outside = decide(recognizer, Expected(language, tuple(others)), samples)
            taken += outside.phrase is not None
            count += 1
    return Row(right / count, accepted / count, wrong / count, taken / count)


def digit_strings(
    recognizer: Recognizer, language: str, ten: Mapping[str, object], said: Sequence[Said]
) -> Row:
    """Strings of six digits; and words where only such strings are expected."""
    chance = random.Random(1)
    expected = Expected(language, (), (any_digits(DIGITS_SAID),))
    right = accepted = wrong = 0
    for _ in range(STRINGS):
        text = "".join(chance.choice("0123456789") for _ in range(DIGITS_SAID))
        found = decide(recognizer, expected, heard(dictated(text, ten, chance)))  # type: ignore[arg-type]
        right += best(found) == text
        accepted += found.phrase == text
        wrong += found.phrase not in (text, None)
    outside = [one for one in said if one.text not in tongue(language).heard.digit_words]
    taken = sum(decide(recognizer, expected, one.samples).phrase is not None for one in outside)
    share = taken / len(outside) if outside else 0.0
    return Row(right / STRINGS, accepted / STRINGS, wrong / STRINGS, share)


def decide(recognizer: Recognizer, expected: Expected, samples: object) -> Heard:
    recognizer.prepare(expected)
    recognition = recognizer.open(expected)
    recognition.feed(samples)  # type: ignore[arg-type]
    return recognition.result()


def best(found: Heard) -> str | None:
    """The best guess, accepted or not."""
    return found.phrase or next(iter(found.others), None)


def show(name: str, row: Row) -> None:
    print(
        f"       {name:<46} right {row.right:6.1%}  accepted {row.accepted:6.1%}  "
        f"wrong {row.wrong:5.1%}  taken {row.taken:5.1%}",
        flush=True,
    )


def aims(name: str, row: Row) -> list[Figure]:
    """The aims for people's clean words, as what may be missing."""
    return [
        Figure(f"{name}: not right", 100 * (1 - row.right), 4, "%"),
        Figure(f"{name}: not accepted", 100 * (1 - row.accepted), 7, "%"),
        Figure(f"{name}: taken from outside", 100 * row.taken, 3, "%"),
    ]


def rest(name: str, row: Row) -> list[Figure]:
    """What has no aim, and what mustn't get worse unseen."""
    return [
        Figure(f"{name}: not right", 100 * (1 - row.right), None, "%"),
        Figure(f"{name}: accepted and wrong", 100 * row.wrong, None, "%"),
    ]


def measure(recognizer: Recognizer, name: str, language: str, rounds: int) -> list[Figure]:
    """Print the rows of one recogniser in one language; the figures that have an aim."""
    figures = []
    aimed = language == "zh-CN"
    for who, said in words(language).items():
        if len({one.text for one in said}) <= SET:
            continue
        for level, snr in LEVELS.items():
            row = closed_set(recognizer, language, said, snr, rounds)
            show(f"{name} {language}, {who}, {level}", row)
            if aimed and who == "people" and snr is None:
                figures += aims("20 phrases, people", row)
            else:
                figures += rest(f"20 phrases, {name} {language}, {who}, {level}", row)
    for who, ten in digit_sounds(language).items():
        row = digit_strings(recognizer, language, ten, words(language)["people"])
        show(f"{name} {language}, {DIGITS_SAID} digits, {who}", row)
        if aimed and who == "people":
            figures.append(Figure("six digits, people: not right", 100 * (1 - row.right), 8, "%"))
        else:
            figures += rest(f"six digits, {name} {language}, {who}", row)
    return figures


def main() -> int:
    rounds = 1 if "--quick" in sys.argv else 3
    figures = []
    for model in installed(MODELS):
        for language in model.languages:
            recognizer = LOADERS[model.kind](MODELS, model, [language])
            figures += measure(recognizer, model.name, language, rounds)
            recognizer.close()
    if not figures:
        print("no Mandarin was measured: install a model, and put audio-dev beside the tree")
    return report(figures)


if __name__ == "__main__":
    sys.exit(main())
