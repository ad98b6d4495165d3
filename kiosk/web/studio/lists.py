"""What there is to record: by flow with its state, and what each service lacks."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, render_template, request, session

from kiosk.content.signed import Wanted
from kiosk.content.words import Locale
from kiosk.sign.jobs import Job
from kiosk.sign.library import ClipState, Coverage
from kiosk.web.handing import Live, stream
from kiosk.web.live import Message
from kiosk.web.openapi import EVENTS, Document, operation
from kiosk.web.staff.room import TOKEN, follower, frame, member, page, whose, words
from kiosk.web.studio.room import flow_name, messages, recordings, studio_room

room = studio_room("studio")

STATE_ICONS: dict[ClipState, str] = {
    "approved": "check-circle",
    "in_review": "visibility",
    "draft": "edit-note",
    "stale": "update",
    "missing": "radio-button-unchecked",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """One message of a list and how its clip stands."""

    wanted: Wanted
    state: ClipState
    icon: str


@dataclass(frozen=True, slots=True)
class Flow:
    """One list of messages: a service's own, or one that several share."""

    id: str
    name: str
    lines: tuple[Listed, ...]

    @property
    def approved(self) -> int:
        return sum(line.state == "approved" for line in self.lines)


@dataclass(frozen=True, slots=True)
class Service:
    id: str
    name: str
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Under:
    """A take on its way into the pack."""

    job: Job
    text: str
    percent: int
    words: str | None


class Takes(Document):
    """The takes on their way as the page shows them; the event `signed_out` carries nothing."""

    html: str
    state: str


@room.get("")
def show() -> str:
    """All lists; `state` narrows them to what is, for example, waiting for review."""
    spoken, wish = words(), request.args.get("state", "")
    flows = _flows(spoken)
    shown = [
        Flow(flow.id, flow.name, tuple(line for line in flow.lines if line.state == wish))
        for flow in flows
    ]
    services = _services(spoken)
    return page(
        "studio/list.html",
        flows=[flow for flow in (shown if wish in STATE_ICONS else flows) if flow.lines],
        services=services,
        complete=sum(one.coverage.complete for one in services),
        states=tuple(STATE_ICONS),
        wish=wish if wish in STATE_ICONS else "",
        counts={
            state: sum(line.state == state for flow in flows for line in flow.lines)
            for state in STATE_ICONS
        },
        consent=recordings().consents.of(member().staff.id),
        under=under_way(spoken),
    )


@room.get("/live")
@operation("Follow the takes under way", gives={200: Takes}, mime=EVENTS)
def live() -> Response:
    """Events for an open page: the takes on their way, of one message or of all."""
    token, prompt = session.get(TOKEN), request.args.get("prompt")
    spoken = words()

    def look() -> Message:
        if follower(token) is None:
            return None, "signed_out", {}
        under = under_way(spoken, prompt)
        html = render_template("studio/_under.html", **frame(), under=under)
        state = [f"{one.job.take.id} {one.job.state}" for one in under]
        return None, "takes", {"html": html, "state": " ".join(state)}

    return stream(Live(look, whose=whose(token)))


def under_way(spoken: Locale, prompt: str | None = None) -> tuple[Under, ...]:
    jobs = recordings().jobs
    return tuple(
        Under(
            job,
            job.take.text,
            round(job.progress * 100),
            spoken.text(f"staff.studio.trouble.{job.code}") if job.code else None,
        )
        for job in (jobs.all() if prompt is None else jobs.of(prompt))
    )


def _flows(spoken: Locale) -> list[Flow]:
    library = recordings().library
    lists: dict[str, list[Listed]] = {}
    for one in messages().wanted.values():
        state = library.state(one.id, one.text)
        lists.setdefault(one.flow, []).append(Listed(one, state, STATE_ICONS[state]))
    order = ["screens", "signs", "shared"]
    names = sorted(lists, key=lambda flow: order.index(flow) if flow in order else len(order))
    return [Flow(flow, flow_name(flow, spoken), tuple(lists[flow])) for flow in names]


def _services(spoken: Locale) -> list[Service]:
    library, script = recordings().library, messages()
    return [
        Service(
            service,
            flow_name(service, spoken),
            library.coverage((one, script.wanted[one].text) for one in ids),
        )
        for service, ids in script.needs.items()
    ]
