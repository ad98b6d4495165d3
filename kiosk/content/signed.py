"""Every message that a signer records: by service, with what the signer must make clear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.content.loader import Content
from kiosk.content.words import Locale
from kiosk.flow.kinds.choice import Choice
from kiosk.flow.kinds.notice import Notice
from kiosk.flow.kinds.step import Step
from kiosk.flow.model import Catalog, Service
from kiosk.flow.text import ALONE

#: Screens on the way of every visit; the others are laid over it when somebody asks for them.
ON_THE_WAY = (
    *("screen.menu", "screen.group", "screen.ticket.waiting", "screen.ticket.first"),
    *("screen.ticket.seen", "screen.ticket.coming", "screen.ticket.called"),
    *("screen.ticket.called_counter", "screen.ticket.serving", "screen.ticket.finished"),
)
ATTRACT = "screen.attract"
DIGITS = tuple("0123456789")
#: The problems that each kind of step can name, by the beginning of their code.
PROBLEMS = {
    "choice": ("choose_one",),
    "yes_no": ("choose_one",),
    "documents": ("choose_one",),
    "phone": ("phone_", "digits_only"),
    "last4": ("last4_", "digits_only"),
    "count": ("count_", "digits_only"),
    "amount": ("amount_",),
    "date": ("date_",),
    "text": ("text_",),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """One message to record. `text` has its placeholders; `flow` is the list it stands in.

    `intent` is what the signer must make clear where somebody wrote it; `kind` is what the message
    is for, which has general advice for the signer.
    """

    id: str
    text: str
    intent: str
    flow: str
    kind: str


@dataclass(frozen=True, slots=True)
class Script:
    """All messages to record in one written language, and what each service can't do without."""

    wanted: dict[str, Wanted]
    needs: dict[str, tuple[str, ...]]


def script(content: Content, language: str) -> Script:
    """The whole script of a written language."""
    words = content.words(language)
    catalog = content.catalog
    wanted: dict[str, Wanted] = {}
    needs: dict[str, tuple[str, ...]] = {}

    def add(*ids: str) -> tuple[str, ...]:
        for one in ids:
            text = wording(words, one)
            if text and one not in wanted:
                flow = _flow(one, catalog)
                wanted[one] = Wanted(one, text, intent(words, one), flow, _purpose(one))
        return tuple(one for one in ids if one in wanted)

    shared = add(*_shared(catalog))
    shared += add(*(f"sign.{one}" for one in (*_lanes(catalog), *DIGITS)))
    closing = add(*_service(catalog.closing, catalog, words))
    for service in catalog.services.values():
        own = add(*_service(service, catalog, words))
        needs[service.id] = tuple(dict.fromkeys((*own, *closing, *shared)))
    add(ATTRACT, *_screens(words), *_under(words, "screen.result."))
    for service in (*catalog.services.values(), catalog.closing):
        add(*(f"{step.key}.help" for step in service.steps if step.kind != "documents"))
    add(*(f"documents.{paper}.help" for paper in catalog.documents))
    add(*_under(words, "screen.number.problem."), *_under(words, "hours."))
    add(*_under(words, "call.booked."))
    add(*(key for key in words.messages if _SHARED_HELP.match(key)))
    add(*(f"advice.{one.id}" for one in content.advice))
    return Script(wanted, needs)


#: Lists beside those of the services, by the beginning of a message's key.
FLOWS = {"documents": "documents", "problem": "problems", "sign": "signs", "advice": "advice"}
SCREENS = frozenset({"screen", "group", "notice"})
#: What a message is for, by a part of its key; the first that fits counts.
PURPOSES = (
    ("sign.", "number"),
    ("problem.", "problem"),
    ("notice.", "tell"),
    ("advice.", "advice"),
    (".result.", "tell"),
    ("screen.ticket.option.", "choice"),
    ("screen.ticket.", "tell"),
    (".option.", "choice"),
    ("call.booked.", "choice"),
    (".title", "choice"),
    (".label", "choice"),
    (".name", "choice"),
    (".help", "help"),
)
_SHARED_HELP = re.compile(r"^(common|screen)\.\w+\.help$")
_ANSWERS = re.compile(r"\.(yes|no|unknown|skip|next|enough|confirm|finish|another)$")


def _flow(clip_id: str, catalog: Catalog) -> str:
    head = clip_id.partition(".")[0]
    if head in catalog.services or head == catalog.closing.id:
        return head
    return "screens" if head in SCREENS else FLOWS.get(head, "shared")


def _purpose(clip_id: str) -> str:
    if _ANSWERS.search(clip_id):
        return "choice"
    return next((kind for part, kind in PURPOSES if part in clip_id), "question")


def wording(words: Locale, clip_id: str) -> str:
    """What the clip of that id says: a question with its line, or one message. Empty for none."""
    sign = clip_id.removeprefix("sign.")
    if clip_id.startswith("sign.") and len(sign) == 1:
        return sign
    if words.has(clip_id):
        return own_lines(words.message(clip_id).text)
    kind = _kind_of(clip_id)
    lines = []
    for part in ("ask", "why"):
        own, common = f"{clip_id}.{part}", f"common.{kind}.{part}"
        key = own if words.has(own) else common
        if words.has(key):
            lines.append(words.message(key).text)
    return own_lines("\n".join(lines))


def own_lines(text: str) -> str:
    """A wording without the lines that are other messages: each of those has a clip of its own."""
    return "\n".join(line for line in text.split("\n") if not ALONE.fullmatch(line))


def intent(words: Locale, clip_id: str) -> str:
    """What a signer must make clear, where somebody wrote it."""
    found = [
        words.message(key).sign or ""
        for key in (clip_id, f"{clip_id}.ask", f"{clip_id}.why")
        if words.has(key)
    ]
    return "\n".join(line for line in found if line)


def _kind_of(clip_id: str) -> str:
    if clip_id.startswith("common."):
        return clip_id.removeprefix("common.")
    return "paper" if clip_id.startswith("documents.") else "screen"


def _shared(catalog: Catalog) -> Iterator[str]:
    yield from ON_THE_WAY
    yield from ("common.review", "common.done", "common.review.confirm", "common.review.finish")
    yield from ("common.done.finish", "common.done.another", "screen.menu.option.finish")
    yield from ("screen.menu.option.number", "common.privacy")
    yield from (f"group.{group.id}.title" for group in catalog.groups)
    yield from (f"screen.ticket.option.{one}" for one in ("stay", "end"))


def _lanes(catalog: Catalog) -> tuple[str, ...]:
    return tuple(sorted({service.lane for service in catalog.services.values()}))


def _screens(words: Locale) -> Iterator[str]:
    """Every other screen, its choices, and the messages that stand in its lines."""
    for key in words.messages:
        if not key.startswith(("screen.", "notice.")) or ".keys." in key:
            continue
        if key.endswith(".ask"):
            yield key.removesuffix(".ask")
        elif not key.endswith((".why", ".help")) or key.startswith("notice."):
            yield key


def _under(words: Locale, prefix: str) -> Iterator[str]:
    return (key for key in words.messages if key.startswith(prefix))


def _service(service: Service, catalog: Catalog, words: Locale) -> Iterator[str]:
    """The service's title, its questions with their choices, and the problems they can name."""
    yield f"{service.id}.title"
    for step in service.steps:
        if step.kind == "documents":
            for paper in catalog.documents:
                yield f"documents.{paper}"
                yield _first(words, f"documents.{paper}.label", f"documents.{paper}.name")
            yield from (f"common.paper.{have}" for have in ("yes", "no", "unknown"))
            yield from ("common.papers", "common.papers.yes", "common.papers.no")
        else:
            yield from _step(step, words)
        for beginning in PROBLEMS.get(getattr(step, "field", step.kind), ()):
            yield from _under(words, f"problem.{beginning}")


def _step(step: Step, words: Locale) -> Iterator[str]:
    own = any(words.has(f"{step.key}.{part}") for part in ("ask", "why"))
    yield step.key if own else f"common.{step.kind}"
    if isinstance(step, Choice):
        yield from (step.words_of(option.id).key for option in step.options)
    if step.kind == "yes_no":
        yield from (_own_or(words, step.key, one) for one in ("yes", "no"))
    if step.kind == "notice":
        yield _own_or(words, step.key, "next", "common.notice.next")
    if isinstance(step, Notice) and step.enough:
        yield _own_or(words, step.key, "enough", "common.notice.enough")
        yield f"{step.key}.alone"
    if step.unknown_words is not None:
        yield _first(words, *step.unknown_words.keys)
    if words.has(f"{step.key}.label"):
        yield f"{step.key}.label"


def _first(words: Locale, *keys: str) -> str:
    return next((key for key in keys if words.has(key)), keys[-1])


def _own_or(words: Locale, key: str, part: str, common: str | None = None) -> str:
    return _first(words, f"{key}.{part}", common or f"common.{part}")
