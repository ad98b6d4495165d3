"""What the studio's pages share: the door, the script of all messages, and what went wrong."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, g, request
from flask.typing import ResponseReturnValue

from kiosk.content.signed import Script, Wanted, script
from kiosk.content.words import Locale
from kiosk.queue.people.permissions import permit
from kiosk.sign.errors import ManifestError, Refused
from kiosk.sign.manifest import WRITTEN, Clip
from kiosk.sign.recordings import Recordings
from kiosk.web.staff import troubles
from kiosk.web.staff.room import member, page, staff_room, words
from kiosk.web.wiring import wiring

#: What the answer's status is for each trouble; 422 for all others.
STATUS = {"unknown_prompt": 404, "no_clip": 404, "disk_full": 507, "no_ffmpeg": 503}


def studio_room(name: str) -> Blueprint:
    """A blueprint under `/studio`, for those who may record."""
    room = staff_room(name, prefix="/studio")
    room.before_request(_permitted)
    room.register_error_handler(Refused, _refused)
    room.register_error_handler(ManifestError, _unusable)
    return room


def recordings() -> Recordings:
    return wiring().signs.recordings


def messages() -> Script:
    """All messages in the written language of the kiosk's sign language; read once a request."""
    if "sign_script" not in g:
        parts = wiring()
        g.sign_script = script(parts.content, WRITTEN[parts.settings.sign_language])
    found: Script = g.sign_script
    return found


def wanted(prompt_id: str) -> Wanted:
    """A message by its id. Raises `Refused`."""
    found = messages().wanted.get(prompt_id)
    if found is None:
        raise Refused("unknown_prompt", f"no message {prompt_id!r}")
    return found


def wording(clip: Clip) -> str:
    """What the product says now where the clip is shown; empty where nothing does."""
    found = messages().wanted.get(clip.prompt_id)
    return found.text if found is not None else ""


def staff_names() -> dict[str, str]:
    return {one.id: one.name for one in wiring().queue.staff.list()}


def flow_name(flow: str, spoken: Locale) -> str:
    """A service's official name, or the name of another list of messages."""
    own = f"staff.studio.flow.{flow}"
    if spoken.has(own):
        return spoken.text(own)
    return spoken.text(f"{flow}.official") if spoken.has(f"{flow}.official") else flow


def trouble(error: Refused, form: str = "", field: str = "") -> troubles.Trouble:
    said = words().text(f"staff.studio.trouble.{error.reason}")
    return troubles.Trouble(said, STATUS.get(error.reason, 422), form, field)


def _permitted() -> None:
    permit(member().staff.role, "record_clips")


def _refused(error: Refused) -> ResponseReturnValue:
    said = trouble(error)
    if request.is_json or request.mimetype.startswith("video/"):
        return {"error": error.reason, "words": said.words}, said.status
    return page("staff/trouble.html", trouble=said), said.status


def _unusable(error: ManifestError) -> ResponseReturnValue:
    said = troubles.Trouble(words().text("staff.studio.trouble.unreadable"), 500)
    return page("staff/trouble.html", trouble=said), said.status


def found_or_404(found: Any) -> Any:
    if found is None:
        abort(404)
    return found
