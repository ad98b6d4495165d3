"""How soon braille is under the fingers, through BRLTTY and its real driver; and what hands err.

python -m tests.bench.bench_braille [--quick]
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from braille.cells import from_bits
from braille.chinese.table import Chinese
from braille.chords import POLICIES, Policy, chords
from braille.latin import DIGITS
from kiosk.content.loader import load
from kiosk.flow.events import Draft
from kiosk.session.events import Press, Submit
from tests.bench.figures import Figure, quantile, report
from tests.support.hands import DIGIT_DOTS, Hands, at_a_display
from tests.support.typists import STYLES, typed

#: The same visit over and over: two questions, and the way back.
WALK = ("card", "no")


def main() -> int:
    rounds = 5 if "--quick" in sys.argv else 40
    with tempfile.TemporaryDirectory() as folder, at_a_display(Path(folder)) as hands:
        hands.feels("您好。想怎么办？").types("1").feels("您今天想办什么？")
        prompts = prompt_times(hands, rounds)
        echoes = echo_times(hands, rounds)
    missed = report(
        [
            Figure("prompt to cells on the display, p50", quantile(prompts, 0.5), 50, "ms"),
            Figure("prompt to cells on the display, p95", quantile(prompts, 0.95), 50, "ms"),
            Figure("chord to its echo on the display, p50", quantile(echoes, 0.5), 100, "ms"),
            Figure("chord to its echo on the display, p95", quantile(echoes, 0.95), 100, "ms"),
            Figure("20,000 authored characters written", written(), 1000, "ms"),
            Figure("20,000 characters marked and written", marked(), 1000, "ms"),
            Figure("Chinese table loaded, to the first cells", loading(), 50, "ms"),
        ]
    )
    return missed | typists(2_000 if "--quick" in sys.argv else 20_000)


def took(hands: Hands, do: Callable[[], object]) -> float:
    """Milliseconds from `do` until the display shows something else."""
    shown = len(hands.device.shown)
    begun = time.monotonic()
    do()
    hands.until(lambda: len(hands.device.shown) > shown)
    # Until the last line of a row of them: the one that stays.
    time.sleep(0.03)
    return (hands.device.shown[-1][0] - begun) * 1000


def prompt_times(hands: Hands, rounds: int) -> list[float]:
    session = hands.parts.stations.first.session
    session.dispatch(Submit("menu", "urgent"))
    session.dispatch(Submit("group", "loss_report"))
    time.sleep(0.3)
    found = []
    for _ in range(rounds):
        for value in WALK:
            step = session.moment.prompt.step
            found.append(took(hands, lambda s=step, v=value: session.dispatch(Submit(s, v))))
        found += [took(hands, lambda: session.dispatch(Press("back"))) for _ in WALK]
    return found


def echo_times(hands: Hands, rounds: int) -> list[float]:
    session = hands.parts.stations.first.session
    for value in ("card", "no", "today"):
        session.dispatch(Submit(session.moment.prompt.step, value))
    time.sleep(0.3)
    found = []
    for _ in range(rounds):
        for digit in "1234":
            found.append(took(hands, lambda d=digit: hands.types(DIGIT_DOTS[d])))
        session.dispatch(Draft(session.moment.prompt.step, ""))
        time.sleep(0.1)
    return found


def written() -> float:
    """Authored sentences, none of them written before."""
    sentences = list(load().marks["zh-CN"].values())
    count, begun = 0, time.perf_counter()
    table = Chinese()
    for at, sentence in enumerate(sentences * 3):
        count += len(sentence)
        table.write(f"{sentence.replace('{', '').replace('}', '')}{at}")
    return (time.perf_counter() - begun) * 1000 * 20_000 / count


def marked() -> float:
    """Sentences as if nobody had authored them: their words found, then written."""
    sentences = list(load().marks["zh-CN"])
    table = Chinese()
    table.cells("好")
    count, begun = 0, time.perf_counter()
    for at, sentence in enumerate(sentences):
        count += len(sentence)
        table.cells(f"{sentence.replace('{', '').replace('}', '')}{at}")
    return (time.perf_counter() - begun) * 1000 * 20_000 / count


LOADING = """
import time, yaml
from braille.chinese import table
begun = time.perf_counter()
table.Chinese().write("重[chóng]新 设 一个 密码")
print((time.perf_counter() - begun) * 1000)
"""


def loading() -> float:
    """In a process of its own; the middle of five."""
    times = [
        float(
            subprocess.run([sys.executable, "-c", LOADING], capture_output=True, check=True).stdout
        )
        for _ in range(5)
    ]
    return quantile(times, 0.5)


def typists(count: int) -> int:
    """A table of wrong digits by style and policy, in percent; 1 if fast hands err too often."""
    errors = {
        (name, policy): error_share(name, policy, count)
        for name in STYLES
        for policy in POLICIES
        if policy != "one_handed"
    }
    aims = {("fast, overlapping", "first_release"): 0.2}
    return report(
        [
            Figure(f"wrong digits, {name}, {policy.replace('_', ' ')}", share, aims.get(key), "%")
            for key, share in errors.items()
            for name, policy in [key]
        ]
    )


#: Digits typed in one go, as in a telephone number.
NUMBER = 11


def error_share(name: str, policy: Policy, count: int) -> float:
    """Wrong, missing and extra digits in percent, over numbers typed one after another."""
    dice = random.Random(name)
    digits = {cell: digit for digit, cell in DIGITS.items()}
    wrong = 0
    for _ in range(count // NUMBER):
        wanted = "".join(dice.choice("0123456789") for _ in range(NUMBER))
        row = typed("".join(DIGITS[char] for char in wanted), STYLES[name], dice)
        cells = [from_bits(chord.bits) for chord in chords(row, policy)]
        wrong += distance(wanted, "".join(digits.get(cell, "?") for cell in cells))
    return 100 * wrong / (count // NUMBER * NUMBER)


def distance(wanted: str, found: str) -> int:
    """How many digits are to be changed, put in or taken out (Levenshtein)."""
    row = list(range(len(found) + 1))
    for at, char in enumerate(wanted, 1):
        before, row[0] = row[0], at
        for index, other in enumerate(found, 1):
            before, row[index] = (
                row[index],
                min(row[index] + 1, row[index - 1] + 1, before + (char != other)),
            )
    return row[-1]


if __name__ == "__main__":
    sys.exit(main())
