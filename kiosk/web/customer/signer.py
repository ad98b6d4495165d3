"""The signer on a customer's page: which clips sign it, and what is told where one is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from kiosk.content.loader import Content
from kiosk.flow.prompt import Prompt
from kiosk.flow.text import Said
from kiosk.senses.sign.render import Part, render, said, spelled
from kiosk.session.events import Put
from kiosk.session.ports import OVER
from kiosk.session.screens import World, screen_of, shown
from kiosk.session.state import State
from kiosk.session.switches import SIGN_RATES, SIGN_SIZES, turn
from kiosk.session.waiting import results
from kiosk.sign.captions import filled, webvtt
from kiosk.sign.library import Library, media_of
from kiosk.sign.manifest import WRITTEN, Clip
from kiosk.web.customer.addresses import address
from kiosk.web.customer.device import current_session
from kiosk.web.customer.messages import SignerLook
from kiosk.web.openapi import operation
from kiosk.web.wiring import wiring

signer = Blueprint("signer", __name__)


@dataclass(frozen=True, slots=True)
class Item:
    """One clip of a page, in its place. `about` is the choice it signs, if it signs one."""

    clip: Clip
    about: str | None = None

    def data(self) -> dict[str, Any]:
        """What the page's script plays."""
        name = self.clip.id
        return {
            "clip": name,
            "about": self.about,
            "sources": [
                [_address(name, file.mime.removeprefix("video/")), file.mime]
                for file in self.clip.media
            ],
            "poster": _address(name, "poster"),
            "captions": url_for("signer.captions", clip_id=name),
        }


def _address(clip_id: str, name: str) -> str:
    return url_for("signer.media", clip_id=clip_id, name=name)


@dataclass(frozen=True, slots=True)
class SignerView:
    """The clips that are played when the page opens, in order, and those of each choice."""

    items: tuple[Item, ...]
    picks: Mapping[str, tuple[Item, ...]]
    #: Words under ``signer.missing`` for what isn't recorded; None where all of it is.
    missing: str | None

    @property
    def first(self) -> dict[str, Any] | None:
        return self.items[0].data() if self.items else None

    def playlist(self) -> list[dict[str, Any]]:
        return [item.data() for item in self.items]

    def of_picks(self) -> dict[str, list[dict[str, Any]]]:
        return {value: [item.data() for item in items] for value, items in self.picks.items()}


def view_of(
    state: State, world: World, prompt: Prompt, content: Content, library: Library
) -> SignerView | None:
    """The signer of a page in sign mode; None in the other modes."""
    if not state.switches.sign or shown(state).with_person:
        return None
    needed, extra, picks = _parts(state, world, prompt, content, library)
    items = _items(library, needed)
    signed_picks = {v: found for v, one in picks.items() if (found := _items(library, one, v))}
    whole = len(items) == len(needed)
    all_picks = all(len(signed_picks.get(value, ())) == len(one) for value, one in picks.items())
    missing = None if whole and all_picks else ("some" if whole else "question")
    # Whoever doesn't read needs the choices too: they follow the question, each once.
    choices = tuple(item for items in signed_picks.values() for item in items)
    return SignerView((*items, *_items(library, extra), *choices), signed_picks, missing)


def greeting_of(state: State, content: Content, library: Library) -> dict[str, Any] | None:
    """The signed greeting of the attract screen, where it was recorded."""
    if screen_of(state) != "attract":
        return None
    written = content.words(WRITTEN[library.language])
    text = "\n".join(written.message(f"screen.attract.{part}").text for part in ("ask", "why"))
    found = library.find("screen.attract", text)
    return Item(found).data() if found else None


def is_signed(prompt: Prompt, content: Content, library: Library) -> bool:
    """Whether all of a screen's question can be shown in sign."""
    written = content.words(WRITTEN[library.language])
    return all(library.find(p.id, p.text) for p in render(prompt, written, written).parts)


def _parts(
    state: State, world: World, prompt: Prompt, content: Content, library: Library
) -> tuple[tuple[Part, ...], tuple[Part, ...], Mapping[str, tuple[Part, ...]]]:
    """What a page can't do without, what is told besides, and its choices."""
    words = content.words(state.switches.language)
    written = content.words(WRITTEN[library.language])
    signing = render(prompt, words, written)
    notice = state.notice
    extra: list[Part] = list(said(notice, words, written)) if notice is not None else []
    if screen_of(state) == "ticket":
        waits = world.ticket is None or world.ticket.state not in OVER
        extra += spelled(state.ticket_no or "") if waits else ()
        extra += render(prompt, words, written, asides=_told(world)).parts[len(signing.parts) :]
    return signing.parts, tuple(extra), signing.picks


def _told(world: World) -> tuple[Said, ...]:
    """How each finished matter ended: its title, then what is told of it."""
    return tuple(said for one in results(world) for said in (one.title, *one.told))


def _items(library: Library, parts: Iterable[Part], about: str | None = None) -> tuple[Item, ...]:
    found = (library.find(part.id, part.text) for part in parts)
    return tuple(Item(clip, about) for clip in found if clip is not None)


@signer.get("/sign/<clip_id>/<name>")
@operation("A clip's video or poster", gives={200: None, 404: None}, mime="video/mp4")
def media(clip_id: str, name: str) -> Response:
    """A clip's video or poster; parts of it on request. Only what may be shown."""
    library = wiring().signs.library
    clip = library.shown(clip_id)
    file = media_of(clip, name) if clip is not None and name in ("mp4", "webm", "poster") else None
    if file is None:
        abort(404)
    path = library.store.path(library.language, file).resolve()
    if not path.is_file():
        abort(404)
    return send_file(path, mimetype=file.mime, conditional=True, etag=file.sha256)


@signer.get("/sign/<clip_id>/captions.vtt")
@operation("The words of a clip, in time", gives={200: None, 404: None}, mime="text/vtt")
def captions(clip_id: str) -> Response:
    """The prompt's own words, as this customer reads them, in time with the clip."""
    parts = wiring()
    library, found = parts.signs.library, current_session()
    clip = library.shown(clip_id)
    if clip is None:
        abort(404)
    now = found.moment
    needed, extra, picks = _parts(now.state, now.world, now.prompt, parts.content, library)
    on_page = (*needed, *extra, *(part for one in picks.values() for part in one))
    part = next((one for one in on_page if one.id == clip.prompt_id), None)
    return Response(
        caption_text(library, clip, part, now.state.switches.language), mimetype="text/vtt"
    )


def caption_text(library: Library, clip: Clip, part: Part | None, language: str) -> str:
    """The reviewed captions with their values filled in, or the words spread over the clip."""
    own = clip.captions.get(language)
    if own is not None:
        try:
            vtt = library.store.path(library.language, own).read_text("utf-8")
        except OSError:
            vtt = webvtt(clip.text, clip.duration_ms)
        values = part.values if part is not None else {}
        return filled(vtt, lambda name: values.get(name, "…"))
    return webvtt(part.caption if part is not None else clip.text, clip.duration_ms)


def _changes(name: str) -> Put | None:
    """The switch that a button beside the picture sets."""
    switches = current_session().state.switches
    if name in ("slower", "faster"):
        turned = turn(switches, "sign_rate", 1 if name == "faster" else -1)
        return Put("sign_rate", str(turned.sign_rate))
    if name == "size":
        return Put("sign_size", str((switches.sign_size + 1) % len(SIGN_SIZES)))
    if name == "captions":
        return Put("captions", "off" if switches.captions else "on")
    return Put("sign", "off") if name == "off" else None


@signer.post("/do/signer")
@operation("Keep how the signer is shown", body=SignerLook, gives={204: None})
def look(body: SignerLook) -> ResponseReturnValue:
    """How the script of the page shows the signer now."""
    found = current_session()
    rates = {f"{one:g}": str(index) for index, one in enumerate(SIGN_RATES)}
    asked = {
        "sign_rate": rates.get(body.rate, ""),
        "sign_size": body.size,
        "captions": body.captions,
    }
    for name, value in asked.items():
        found.dispatch(Put(name, value))
    return "", 204


@signer.post("/do/sign")
def change() -> ResponseReturnValue:
    """A button beside the picture."""
    found = current_session()
    event = _changes(request.form.get("signer", ""))
    if event is not None:
        found.dispatch(event)
    return redirect(address(found.state), 303)
