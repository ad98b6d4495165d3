"""The braille of one session: shows what changed on its display, acts on what fingers do.

It is told every post of its session and acts on it only by events. What is shown and what a chord
means are decided by pure functions; this object keeps what was typed. Everything it does is done on
its own thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from braille.chords import Chord, Hands, Key, Policy, Timing, press
from braille.displays.ports import Attached, Detached, Display, DisplayEvent, Moved, Routed, Typed
from kiosk.flow.text import Text
from kiosk.mailbox import Mailbox
from kiosk.senses.cells import composing, offering, typing
from kiosk.senses.cells.felt import BrailleView, Felt
from kiosk.senses.cells.panel import Later, in_time
from kiosk.senses.cells.reading import Reading
from kiosk.senses.cells.regions import is_on
from kiosk.senses.cells.render import Feel, Script
from kiosk.senses.cells.typing import Meaning, meaning
from kiosk.senses.cells.writer import Writer
from kiosk.senses.writing.scribe import Scribe
from kiosk.session.events import AnyEvent, Press, Put, Tell, Touch
from kiosk.session.moment import Moment, Post, Question, of_visit
from kiosk.session.press import events_of
from kiosk.session.session import Session
from writing.ports import NoEngine

#: What switches braille on in a visit without it.
SPACE = Chord.of("", space=True)
#: The chords that do what these keys of a display do.
_UP_DOWN = {"up": Chord.of("1", space=True), "down": Chord.of("4", space=True)}
#: While lines turn by themselves: the keys that make them slower and faster.
_PACES: dict[AnyEvent, int] = {Press("up"): -1, Press("down"): 1}


class Tactile:
    """Safe to use from any thread: nothing here waits for the display, or for the visit."""

    def __init__(
        self,
        session: Session,
        script: Callable[[str, Feel], Script],
        on_change: Callable[[], None],
        *,
        policy: Policy = "all_up",
        timing: Timing | None = None,
        later: Later = in_time,
        scribe: Scribe | None = None,
        inline: bool = False,
    ) -> None:
        self.session = session
        self._script = script
        self._policy = policy
        self._timing = timing or Timing()
        self._mailbox = Mailbox("braille", self._stuck, inline=inline)
        self._later = later
        scribe = scribe or Scribe(NoEngine(), inline=inline)
        self._writer = Writer(scribe, self._mailbox.post, self._answered)
        self._felt = Felt(session.moment, self._writer, script, on_change, self._after, self._touch)
        self._hands = Hands()
        session.join(self)
        self._mailbox.post(self._first)

    @property
    def view(self) -> BrailleView:
        return self._felt.view

    @property
    def reading(self) -> Reading:
        """Where the finger is."""
        return self._felt.reading

    @property
    def typed(self) -> composing.Typed:
        """What was typed where something is entered."""
        return self._writer.typed

    # -- from any thread

    def told(self, post: Post) -> None:
        self._mailbox.post(partial(self._take, post))

    def check(self) -> None:
        self._mailbox.check()

    def settle(self, timeout: float) -> bool:
        return self._mailbox.settle(timeout)

    def close(self) -> None:
        self._mailbox.close()

    def use(self, display: Display) -> None:
        """Show there from now on."""
        self._mailbox.post(partial(self._felt.use, display))

    def happened(self, event: DisplayEvent) -> None:
        """Something happened at the display."""
        self._mailbox.post(partial(self._happened, event, self._felt.moment))

    def heard_so_far(self, text: Text, about: Question) -> None:
        """What speech understood of an answer by a pause, while the rest is waited for."""
        self._mailbox.post(partial(self._felt.note, text, about))

    def keys(self, keys: Sequence[Key], *, fresh: bool = False) -> None:
        """Braille keys of a keyboard, down and up. `fresh`: no key can be down from before."""
        self._mailbox.post(partial(self._keys, tuple(keys), fresh, self._felt.moment))

    def _after(self, seconds: float, work: Callable[[], object]) -> None:
        self._later(seconds, lambda: self._mailbox.post(work))

    def _touch(self) -> None:
        self.session.dispatch(Touch())

    # -- on its own thread

    def _happened(self, event: DisplayEvent, felt: Moment) -> None:
        """`felt` is the moment under the fingers when it happened."""
        match event:
            case Typed(chord=chord):
                self._chord(chord, felt)
            case Routed(cell=cell):
                self._routed(cell, felt)
            case Moved(way=way):
                self._moved(way, felt)
            case Attached(cells=cells):
                self._felt.resize(cells)
                self._announce("notice.back.braille")
            case Detached():
                # Nobody feels what would turn by.
                self._felt.stop_turning()
                self._announce("notice.lost.braille")

    def _keys(self, keys: tuple[Key, ...], fresh: bool, felt: Moment) -> None:
        if fresh:
            self._hands = Hands()
        for key in keys:
            self._hands, chord = press(self._hands, key, self._policy, self._timing)
            if chord is not None:
                self._chord(chord, felt)

    def _chord(self, chord: Chord, felt: Moment) -> None:
        """A cell was typed. It is read as what is felt, though a draft may have grown since."""
        if self._is_off(felt, wanted=chord == SPACE):
            return
        now = self._latest(felt)
        found = meaning(now, chord, self.typed, self._reads(now))
        if self._felt.turns and found.aid != "turn":
            self._paced(found)
        else:
            self._do(found, felt.question)

    def _reads(self, now: Moment) -> typing.Reader | None:
        return self._writer.reads(now, lambda language: self._script(language, Feel()).table)

    def _latest(self, felt: Moment) -> Moment:
        """The question that is felt, as it stands now."""
        now = self.session.moment
        return now if felt.question.is_asked(now) else felt

    def _is_off(self, felt: Moment, *, wanted: bool = False) -> bool:
        """Whether braille is off in this visit. It can be switched on, and nothing else is done."""
        if is_on(felt):
            return False
        if wanted:
            self.session.dispatch(Put("braille", "on"), felt.question)
        else:
            self._felt.offer()
        return True

    def _paced(self, found: Meaning) -> None:
        """While lines turn by themselves: faster, slower; anything else stops them."""
        by = _PACES.get(found.events[0]) if found.events else None
        self._touch()
        if by is None:
            self._felt.stop_turning()
        else:
            self._felt.pace(by)

    def _do(self, found: Meaning, about: Question) -> None:
        is_other = self._writer.took(found.typed)
        if found.remark is not None:
            self._touch()
            self._felt.moved_on()
            self._felt.remark(found.remark)
        elif found.move is not None:
            self._touch()
            self._felt.move(found.move)
        elif found.aid is not None:
            self._touch()
            self._felt.moved_on()
            self._felt.aid(found.aid)
        else:
            self._felt.moved_on()
            if not all(self.session.dispatch(event, about) for event in found.events):
                # What changed is shown first.
                self._mailbox.post(lambda: self._felt.remark(Text("touch.late")))
            if is_other:
                self._felt.wrote()
            self._felt.show()

    def _answered(self) -> None:
        """What is being written may be this: felt beside it, and the finger stays."""
        self._felt.lay()
        self._felt.show()

    def _moved(self, way: str, felt: Moment) -> None:
        """A key of the display that moves the window, or the cursor."""
        if self._is_off(felt):
            return
        if way not in ("up", "down"):
            self._felt.stop_turning()
            self._do(Meaning(move=typing.MOVES[way], typed=self.typed), felt.question)
            return
        found = Meaning((Press(way),), typed=self.typed)
        if self._felt.turns:
            self._paced(found)
        elif self.typed.offers.texts:
            # Among offers the keys of the display do what the chords do: dot 8 takes one of them.
            self._chord(_UP_DOWN[way], felt)
        else:
            self._do(found, felt.question)

    def _routed(self, cell: int, felt: Moment) -> None:
        """The routing key over something chooses it; over a message it reads on."""
        if self._is_off(felt):
            return
        self._felt.stop_turning()
        about = self.reading.about(cell)
        if about is None:
            return
        if self.reading.in_messages:
            self._felt.move("right")
            return
        offer = offering.offer_at(about)
        kind, _, target = about.partition(":")
        if offer is not None:
            self._do(typing.choose(self._latest(felt), offer, self.typed), felt.question)
        elif kind == "pick":
            self._do(Meaning(events_of(target, felt.state, felt.prompt)), felt.question)
        elif kind == "key":
            self._do(typing.keyed(self._latest(felt), target, self.typed), felt.question)
        else:
            self._felt.remark(Text("touch.no_choice"))

    def _first(self) -> None:
        self._felt.begin()
        self._felt.show()

    def _take(self, post: Post) -> None:
        latest = self.session.moment
        self._writer.agree(latest, self._reads(latest))
        if post.moment.version != self._felt.moment.version:
            self._felt.follow(post.moment)
        if not post.changed and post.cause is not None:
            self._unanswered(post.cause)

    def _unanswered(self, event: AnyEvent) -> None:
        """An input that changed nothing: an unchanged line would leave the customer guessing."""
        on = self._felt.moment.state.switches.braille
        if on and isinstance(event, Press):
            self._felt.remark(Text("touch.not_here"))
        elif isinstance(event, Tell):
            # Told once more, such as a second call to the same counter.
            self._felt.remark(event.notice)

    def _announce(self, key: str) -> None:
        """The display came or went: told in the senses that remain, where it matters."""
        now = self.session.moment
        if now.state.switches.braille and now.state.place != "attract":
            self.session.dispatch(Tell(Text(key)), of_visit(now.visit_id))

    def _stuck(self, stuck: bool) -> None:
        state = self.session.state
        if state.switches.braille and state.place != "attract":
            self.session.tell(Text(f"notice.{'lost' if stuck else 'back'}.braille"))
