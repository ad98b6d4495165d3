"""A signer's permission: given by the signer alone, and taken back at any time."""

from __future__ import annotations

from typing import get_args

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from kiosk.queue.people.permissions import permit
from kiosk.sign.manifest import Scope
from kiosk.sign.store import Erased
from kiosk.web.staff.room import member, page, words
from kiosk.web.staff.troubles import Trouble
from kiosk.web.studio.room import recordings, staff_names, studio_room

room = studio_room("studio_consent")

SCOPES: tuple[Scope, ...] = get_args(Scope)


@room.get("/consent")
def show() -> str:
    return _page()


@room.post("/consent")
def give() -> ResponseReturnValue:
    scope = request.form.get("scope", "")
    if scope not in SCOPES or request.form.get("agreed") != "yes":
        said = Trouble(words().text("staff.studio.consent.incomplete"), 422, "consent", "agreed")
        return _page(said), said.status
    recordings().consent(member().staff.id, scope)
    return redirect(url_for("staff_studio.show"), 303)


@room.post("/consent/withdraw")
def withdraw() -> str:
    """Delete every recording of oneself; the answer says what was deleted and that it is gone."""
    me = member().staff.id
    return _page(erased=recordings().withdraw(me, me))


@room.post("/consent/<staff_id>/withdraw")
def withdraw_for(staff_id: str) -> str:
    """For a signer who asked for it and can't sign in any more. By a manager."""
    permit(member().staff.role, "withdraw_for_others")
    return _page(erased=recordings().withdraw(staff_id, member().staff.id))


def _page(trouble: Trouble | None = None, erased: tuple[Erased, ...] | None = None) -> str:
    me, studio = member().staff.id, recordings()
    clips = studio.store.load(studio.library.language).clips
    mine = [clip for clip in clips if clip.signer_id == me and clip.status != "withdrawn"]
    names = staff_names()
    others = [
        (signer, names.get(signer, signer), one.date)
        for signer, one in studio.consents.standing().items()
        if signer != me and member().may("withdraw_for_others")
    ]
    return page(
        "studio/consent.html",
        others=others,
        consent=studio.consents.of(me),
        mine=len(mine),
        scopes=SCOPES,
        erased=erased,
        trouble=trouble,
        entered=request.form,
    )
