"""What a decision costs: CPU from a whole word of a person to what it was, by the size of the set.

Beside it the same model writing down freely what was said, as its library does it. Seconds of CPU
are the figure: they stay the same beside a browser and other kiosks.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from kiosk.senses.speech.answering import grammar
from tests.bench.bench_hearing import decide
from tests.bench.bench_strangers import menu
from tests.bench.figures import Figure, quantile, report
from tests.support.customer import content
from tests.support.models import MODELS
from tests.support.sounds import Said, words
from voices.hearing.level import levelled
from voices.hearing.ports import Expected, Recognizer
from voices.hearing.registry import LOADERS
from voices.hearing.whisper.mel import HOP, log_mel
from voices.hearing.whisper.tokens import Tokens, load_tokenizer
from voices.models import installed
from voices.sound import Samples

LANGUAGE = "zh-CN"
#: Most milliseconds among so many phrases.
AIMS = {40: 150.0}
#: Whisper was trained on half a minute (frames of its input).
FRAMES = 3000


def expected() -> Iterator[Expected]:
    """Sets of 20 and 40 phrases, and all that may be said at the menu."""
    everything = sorted({one.text for group in words(LANGUAGE).values() for one in group})
    for size in (20, 40):
        yield Expected(LANGUAGE, tuple(everything[:size]))
    found = grammar(menu(), content().words(LANGUAGE))
    yield Expected(LANGUAGE, found.phrases, found.digits)


def costs(decision: Callable[[Samples], object], said: Sequence[Said]) -> list[float]:
    """Milliseconds of CPU each, on all threads."""
    found = []
    for one in said:
        begun = time.process_time()
        decision(one.samples)
        found.append((time.process_time() - begun) * 1000)
    return found


def written(folder: Path) -> Callable[[Samples], object]:
    """The model writing down whatever was said, as its library does it."""
    import ctranslate2

    model = ctranslate2.models.Whisper(str(folder), compute_type="int8", intra_threads=2)
    prompt = [int(token) for token in Tokens(load_tokenizer(folder), LANGUAGE).prompt]

    def write(samples: Samples) -> object:
        mel = log_mel(levelled(samples), FRAMES - len(samples) // HOP)[:, :FRAMES]
        view = ctranslate2.StorageView.from_array(np.ascontiguousarray(mel[np.newaxis]))
        return model.generate(view, [prompt])

    return write


def measure(recognizer: Recognizer, folder: Path, said: Sequence[Said]) -> Iterator[Figure]:
    for one in expected():
        recognizer.prepare(one)
        took = costs(partial(decide, recognizer, one), said)
        size = len(one.phrases)
        name = f"CPU of a decision among {size} phrases (n={len(said)})"
        yield Figure(f"{name}, median", quantile(took, 0.5), None, "ms")
        yield Figure(f"{name}, p95", quantile(took, 0.95), AIMS.get(size), "ms")
    took = costs(written(folder), said)
    yield Figure(f"CPU of free decoding (n={len(said)}), median", quantile(took, 0.5), None, "ms")


def main() -> int:
    said = words(LANGUAGE)["people"]
    said = said[:10] if "--quick" in sys.argv else said
    figures: list[Figure] = []
    for model in installed(MODELS):
        if model.kind == "whisper" and said:
            recognizer = LOADERS[model.kind](MODELS, model, [LANGUAGE])
            figures += measure(recognizer, MODELS / model.name, said)
            recognizer.close()
    if not figures:
        print("nothing was measured: install whisper-base, and put audio-dev beside the tree")
    return report(figures)


if __name__ == "__main__":
    sys.exit(main())
