"""`kiosk hearing`: try what is heard here, and score recordings of a branch's own."""

from __future__ import annotations

import queue
from pathlib import Path

import click
import numpy as np

from kiosk.cli.collected import collected
from kiosk.cli.options import data_option, settings_from
from kiosk.content.loader import load
from kiosk.flow.understand.numbers import FORMS
from kiosk.senses.speech.actions import SURE
from kiosk.settings import Settings
from voices.devices import DeviceLost
from voices.hearing.capture import Microphone
from voices.hearing.level import frame_levels
from voices.hearing.listener import Event, Failed, Listener, SoFar, Started
from voices.hearing.ports import Expected, Recognizer, RecognizerError
from voices.hearing.registry import LOADERS, choose
from voices.hearing.scoring import ScoringError, scores, takes
from voices.models import installed
from voices.sound import HEAR_RATE, Samples

#: Words that are asked for, and how long each is waited for (seconds).
WORDS, WAIT = 5, 15.0
#: Of the last so many seconds level and noise are said.
LAST = 4.0
language_option = click.option(
    "--language", default="zh-CN", show_default=True, help="The language that is spoken."
)


@click.group()
def hearing() -> None:
    """What the kiosk hears. Nothing is kept, but of customers who agreed to it."""


hearing.add_command(collected)


@hearing.command("try")
@language_option
@data_option
def try_it(language: str, data: Path | None) -> None:
    """Say five words and see what is heard.

    Also how loud each was, and how noisy it is here.
    """
    settings = settings_from(data=data)
    recognizer = _recognizer(settings, language)
    phrases = _commands(language)
    click.echo(f"Say one of these, {WORDS} times: {', '.join(phrases)}")
    events: queue.Queue[Event] = queue.Queue()
    ring = Ring()
    listener = Listener(lambda _: recognizer, events.put)

    def take(samples: Samples) -> None:
        ring.add(samples)
        listener.feed(samples)

    microphone = Microphone(take, settings.microphone)
    try:
        microphone.start()
        for number in range(1, WORDS + 1):
            listener.expect(Expected(language, phrases), 0.3, echo=False)
            click.echo(f"{number}: {_answer(events)}; {ring.levels()}")
    except DeviceLost as error:
        raise click.ClickException(str(error)) from error
    finally:
        microphone.close()
        listener.close()
        recognizer.close()


@hearing.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@language_option
@data_option
def score(folder: Path, language: str, data: Path | None) -> None:
    """Score how well recordings are heard.

    FOLDER holds them, and said.csv with the columns file, said and speaker.
    """
    recognizer = _recognizer(settings_from(data=data), language)
    try:
        given = takes(folder)
        digits = tuple(form for forms in FORMS.values() for form in forms)
        wanted = digits if any(one.said.isdecimal() for one in given) else ()
        found = list(scores(recognizer, language, given, _commands(language), wanted, SURE))
    except ScoringError as error:
        raise click.ClickException(str(error)) from error
    finally:
        recognizer.close()
    click.echo(f"{'speaker':<16} {'said':>5} {'right':>7} {'accepted':>9} {'wrongly':>8}")
    for one in found:
        shares = (100 * count / one.takes for count in (one.right, one.accepted, one.wrong))
        right, accepted, wrong = shares
        click.echo(
            f"{one.speaker:<16} {one.takes:>5} {right:>6.1f}% {accepted:>8.1f}% {wrong:>7.1f}%"
        )


class Ring:
    """The last seconds of sound, for their levels. One thread adds, another reads."""

    def __init__(self) -> None:
        self._samples: Samples = np.zeros(0, np.float32)

    def add(self, samples: Samples) -> None:
        self._samples = np.concatenate([self._samples, samples])[-round(LAST * HEAR_RATE) :]

    def levels(self) -> str:
        """How loud the loudest and the quietest of it are (dBFS)."""
        found = frame_levels(self._samples)
        if not len(found):
            return "no sound came from the microphone"
        loud, quiet = float(found.max()), float(np.percentile(found, 10))
        return f"loudest {loud:.0f} dB, room {quiet:.0f} dB, {loud - quiet:.0f} dB apart"


def _answer(events: queue.Queue[Event]) -> str:
    while True:
        try:
            event = events.get(timeout=WAIT)
        except queue.Empty:
            return "nobody spoke"
        if isinstance(event, (Started, SoFar)):
            continue
        if isinstance(event, Failed):
            return event.reason
        heard = event.heard
        if heard.phrase is None:
            near = f", perhaps {heard.others[0]}" if heard.others else ""
            return f"not understood{near}"
        return f"{heard.phrase} ({heard.confidence:.0%})"


def _commands(language: str) -> tuple[str, ...]:
    """What can be said on every screen, each as it is written."""
    messages = load(None).words(language).messages
    return tuple(
        message.text for key, message in messages.items() if key.startswith("voice.command.")
    )


def _recognizer(settings: Settings, language: str) -> Recognizer:
    model = choose(installed(settings.models), (language,)).get(language)
    if model is None:
        raise click.ClickException(f"nothing here hears {language}; see kiosk models list")
    try:
        return LOADERS[model.kind](settings.models, model, [language])
    except RecognizerError as error:
        raise click.ClickException(str(error)) from error
