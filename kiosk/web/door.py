"""The web's side of the door for text: requests, sockets and headers, already clean.

Views read `request.form`, `request.args`, `request.files`, their path segments, a checked `body`,
`header`, `message` and `block`, and nothing rawer; a test holds that.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, TypeVar, cast

import flask
from flask import Flask, request
from pydantic import BaseModel, ValidationError
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import BadRequest
from werkzeug.utils import cached_property

from kiosk.door import LONGEST, Unclean, clean, clean_json, legible

#: The longest message of a socket is a session description with many candidates (letters).
LONGEST_MESSAGE = 100_000
#: Of a file so much is kept in memory (bytes).
IN_MEMORY = 500_000
#: Letters in an address, its query not counted.
LONGEST_PATH = 1000

M = TypeVar("M", bound=BaseModel)


class NotWelcome(BadRequest):
    """A request whose text isn't clean."""

    def __init__(self, error: Unclean) -> None:
        super().__init__(str(error))
        self.reason = error.reason


class Misfit(BadRequest):
    """A message that isn't what its address takes; the description names fields, never values."""


class _CleanJson:
    @staticmethod
    def loads(raw: bytes | str, **_: Any) -> Any:
        try:
            return clean_json(raw)
        except Unclean as error:
            raise NotWelcome(error) from None


class Request(flask.Request):
    """A request of which only clean text can be read."""

    @property  # type: ignore[override]
    def json_module(self) -> type[_CleanJson]:
        return _CleanJson

    @json_module.setter
    def json_module(self, _: object) -> None:
        """Flask puts the app's own here, which lets everything in."""

    @cached_property
    def args(self) -> MultiDict[str, str]:
        given = super().args
        # What is refused stays unread, also by the page that says so.
        self.__dict__["args"] = self.parameter_storage_class()
        return self.parameter_storage_class(_fields(given))

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        """A file of a form: on the disk of the data, where there is room for it."""
        return cast(
            IO[bytes],
            tempfile.SpooledTemporaryFile(IN_MEMORY, dir=flask.current_app.config["SPOOL"]),
        )

    def _load_form_data(self) -> None:
        if "form" in self.__dict__:
            return
        super()._load_form_data()
        mine, kind = self.__dict__, self.parameter_storage_class
        form, files = mine["form"], mine["files"]
        mine["form"], mine["files"] = kind(), kind()
        try:
            named = [(_text(name), _named(one)) for name, one in files.items(multi=True)]
            mine["form"] = kind(_fields(form))
        except NotWelcome:
            for _, file in files.items(multi=True):
                file.close()
            raise
        mine["files"] = kind(named)


class Response(flask.Response):
    """An answer that can always be sent, whatever was stored once."""

    def set_data(self, value: bytes | str) -> None:
        super().set_data(legible(value) if isinstance(value, str) else value)


def init_door(app: Flask, spool: Path) -> None:
    """`spool`: a folder where files of forms are while they come."""
    app.config["SPOOL"] = spool
    app.request_class, app.response_class = Request, Response
    app.url_value_preprocessor(_check_address)


def _check_address(_: str | None, segments: dict[str, Any] | None) -> None:
    """Before anything else reads them: the query, the path and its segments."""
    # Read once here, so that it is clean, or empty, wherever it is read later.
    request.args  # noqa: B018
    _text(request.path, LONGEST_PATH)
    for name, value in (segments or {}).items():
        if isinstance(value, str) and segments is not None:
            segments[name] = _text(value)


def body(model: type[M]) -> M:
    """The JSON body of this request, clean and fitting its model."""
    if not request.is_json:
        raise Misfit("send application/json")
    try:
        return model.model_validate(request.get_json())
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False, include_context=False)
        fields = ("/".join(map(str, one["loc"])) for one in found[:5])
        raise Misfit(f"it doesn't fit: {', '.join(fields)}") from None


def header(name: str) -> str:
    """A header's text; empty where there is none, or where it isn't clean."""
    try:
        return clean(request.headers.get(name, ""))
    except Unclean:
        return ""


def header_names() -> frozenset[str]:
    """Which headers there are, whatever they say."""
    return frozenset(request.headers.keys())


def cookie(name: str) -> str:
    """A cookie's text; empty where there is none, or where it isn't clean."""
    try:
        return clean(request.cookies.get(name, ""))
    except Unclean:
        return ""


def cookie_names() -> frozenset[str]:
    """Which cookies there are, whatever they say."""
    return frozenset(request.cookies.keys())


def message(raw: str | bytes) -> Mapping[str, Any] | None:
    """What a socket received, None if it is no JSON object. Raises `Unclean`."""
    if not isinstance(raw, str):
        return None
    if len(raw) > LONGEST_MESSAGE:
        raise Unclean("too_long")
    found = clean_json(raw, LONGEST_MESSAGE)
    return found if isinstance(found, dict) else None


def block(raw: str | bytes, largest: int) -> bytes | None:
    """The block of bytes that a socket received, None where it is none, or too large."""
    return raw if isinstance(raw, bytes) and len(raw) <= largest else None


def outgoing(found: Mapping[str, Any]) -> str:
    """A message as it goes out."""
    return legible(json.dumps(found, ensure_ascii=False))


def _text(text: str, longest: int = LONGEST) -> str:
    try:
        return clean(text, longest)
    except Unclean as error:
        raise NotWelcome(error) from None


def _fields(given: MultiDict[str, str]) -> list[tuple[str, str]]:
    return [(_text(name), _text(value)) for name, value in given.items(multi=True)]


def _named(file: FileStorage) -> FileStorage:
    file.filename = _text(file.filename or "") or None
    return file
