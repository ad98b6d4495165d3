"""A clip's files for those who work on it, and its way to being shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Response, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from kiosk.queue.people.permissions import permit
from kiosk.sign.errors import Refused
from kiosk.sign.library import media_of
from kiosk.sign.manifest import Clip
from kiosk.web.openapi import operation
from kiosk.web.staff.confirm import needs_password
from kiosk.web.staff.room import member
from kiosk.web.studio.prompt import prompt_page
from kiosk.web.studio.room import found_or_404, recordings, studio_room, trouble, wording
from kiosk.web.wiring import wiring

room = studio_room("studio_clips")


def _submit(clip: Clip, me: str) -> None:
    recordings().submit(clip.id, me)


def _discard(clip: Clip, me: str) -> None:
    recordings().discard(clip.id, me)


def _approve(clip: Clip, me: str) -> None:
    permit(member().staff.role, "review_clips")
    recordings().approve(clip.id, wording(clip), me, request.form.get("qualification", ""))


def _return(clip: Clip, me: str) -> None:
    permit(member().staff.role, "review_clips")
    recordings().send_back(clip.id, request.form.get("note", ""), me)


Step = Callable[[Clip, str], None]
#: Steps that show a clip to customers.
RELEASES = frozenset({"approve"})
STEPS: Mapping[str, Step] = {
    "submit": _submit,
    "discard": _discard,
    "approve": _approve,
    "return": _return,
}


@room.post("/clips/<clip_id>/<step>")
def act(clip_id: str, step: str) -> ResponseReturnValue:
    """One step with a clip, then back to its message; or said plainly why not."""
    run = found_or_404(STEPS.get(step))
    return _release(clip_id, step, run) if step in RELEASES else _run(clip_id, step, run)


@needs_password
def _release(clip_id: str, step: str, run: Step) -> ResponseReturnValue:
    """What customers see from then on."""
    return _run(clip_id, step, run)


def _run(clip_id: str, step: str, run: Step) -> ResponseReturnValue:
    clip = _clip(clip_id)
    try:
        run(clip, member().staff.id)
    except Refused as error:
        field = "note" if error.reason == "needs_note" else ""
        said = trouble(error, f"{step}-{clip_id}", field)
        return prompt_page(clip.prompt_id, said, request.form), said.status
    return redirect(url_for("staff_studio_prompt.show", prompt_id=clip.prompt_id), 303)


@room.get("/clips/<clip_id>/<name>")
@operation("A file of a clip, whatever its state", gives={200: None, 404: None}, mime="video/mp4")
def media(clip_id: str, name: str) -> ResponseReturnValue:
    """A file of a clip, whatever its state: mp4, webm, poster, or captions of a language."""
    return _export(clip_id, name) if "download" in request.args else _media(clip_id, name)


@needs_password
def _export(clip_id: str, name: str) -> ResponseReturnValue:
    """The file leaves the kiosk, which the audit trail keeps."""
    parts, answer = wiring(), _media(clip_id, name)
    details = {"file": name}
    parts.queue.audit.note(
        member().staff.id, "clip.exported", clip_id, parts.settings.branch, details
    )
    return answer


def _media(clip_id: str, name: str) -> Response:
    store, language = recordings().store, recordings().library.language
    clip = _clip(clip_id)
    file = found_or_404(media_of(clip, name))
    path = store.path(language, file).resolve()
    found_or_404(path if path.is_file() else None)
    return send_file(
        path,
        mimetype=file.mime,
        conditional=True,
        etag=file.sha256,
        as_attachment="download" in request.args,
        download_name=f"{clip.prompt_id}-{clip.id}{path.suffix}",
    )


def _clip(clip_id: str) -> Clip:
    clip = recordings().store.load(recordings().library.language).clip(clip_id)
    if clip is None:
        raise Refused("no_clip", f"no clip {clip_id!r}")
    return clip
