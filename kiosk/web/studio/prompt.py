"""One message: the teleprompter and the camera, its clips, and what is done with each."""

from __future__ import annotations

from typing import IO

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from kiosk.queue.people.permissions import may
from kiosk.sign.errors import Refused
from kiosk.sign.manifest import Clip
from kiosk.sign.normalise import LARGEST, LONGEST
from kiosk.web.security import check_form
from kiosk.web.staff.room import member, page, words
from kiosk.web.staff.troubles import Trouble
from kiosk.web.studio.lists import under_way
from kiosk.web.studio.room import (
    flow_name,
    messages,
    recordings,
    staff_names,
    studio_room,
    trouble,
    wanted,
)
from kiosk.web.wiring import wiring

room = studio_room("studio_prompt")


@room.get("/prompts/<prompt_id>")
def show(prompt_id: str) -> str:
    return prompt_page(prompt_id)


def prompt_page(prompt_id: str, said: Trouble | None = None, entered: object = None) -> str:
    """The page. Raises `Refused` for a message that nothing says."""
    one, spoken, me = wanted(prompt_id), words(), member().staff
    studio = recordings()
    clips = studio.library.clips(prompt_id)
    ids = list(messages().wanted)
    at = ids.index(prompt_id)
    return page(
        "studio/prompt.html",
        one=one,
        flow=flow_name(one.flow, spoken),
        intent=one.intent or spoken.text(f"staff.studio.intent.{one.kind}"),
        state=studio.library.state(one.id, one.text),
        clips=[(clip, _can(clip)) for clip in clips],
        names=staff_names(),
        signers=[p for p in wiring().queue.staff.list() if p.active and studio.consents.of(p.id)],
        consent=studio.consents.of(me.id),
        under=under_way(spoken, prompt_id),
        before=ids[at - 1] if at else None,
        after=ids[at + 1] if at + 1 < len(ids) else None,
        longest=int(LONGEST),
        largest=LARGEST,
        trouble=said,
        entered=entered or {},
    )


@room.post("/prompts/<prompt_id>/footage")
def footage(prompt_id: str) -> ResponseReturnValue:
    """Footage as a file of a form, or as the body itself from the page's recorder."""
    one, me = wanted(prompt_id), member().staff
    recordings().jobs.make_room(request.content_length or 0)
    check_form()
    from_recorder = request.mimetype.startswith("video/")
    given = request.args if from_recorder else request.form
    source = request.stream if from_recorder else _file()
    try:
        start, end = _seconds(given.get("start")) or 0.0, _seconds(given.get("end"))
        job = recordings().record(
            one.id,
            one.text,
            source,
            signer_id=given.get("signer") or me.id,
            recorded_by=me.id,
            start=start,
            end=end,
        )
    except Refused as error:
        if from_recorder:
            raise
        said = trouble(error, "footage", "file")
        return prompt_page(prompt_id, said, request.form), said.status
    if from_recorder:
        return {"id": job.take.id}, 201
    return redirect(url_for(".show", prompt_id=prompt_id, _anchor="takes"), 303)


@room.post("/takes/<take_id>/drop")
def drop(take_id: str) -> ResponseReturnValue:
    """Forget a take that couldn't be used."""
    jobs = recordings().jobs
    found = next((job for job in jobs.all() if job.take.id == take_id), None)
    if found is None or found.state != "failed":
        raise Refused("no_clip", f"no failed take {take_id!r}")
    jobs.drop(take_id)
    return redirect(url_for(".show", prompt_id=found.take.prompt_id), 303)


def _file() -> IO[bytes]:
    found = request.files.get("file")
    if found is None or not found.filename:
        raise Refused("empty", "no file was chosen")
    return found.stream


def _seconds(value: str | None) -> float | None:
    try:
        return float(value) if value else None
    except ValueError as error:
        raise Refused("bad_trim", f"{value!r} is no number of seconds") from error


def _can(clip: Clip) -> frozenset[str]:
    """What this colleague may do with a clip now."""
    me = member().staff
    if clip.status == "draft":
        return frozenset({"submit", "discard"})
    if clip.status == "in_review" and may(me.role, "review_clips") and clip.signer_id != me.id:
        return frozenset({"approve", "return"})
    return frozenset()
