"""librime by ctypes. Loaded in a process of its own only (`writing.child`): it is C++ with globals.

The schema is luna_pinyin_simp as Debian compiled it, with learning switched off: nothing is ever
committed, and no user dictionary is opened, so nothing of what is written is kept or put on disk.
"""

from __future__ import annotations

import ctypes
from pathlib import Path
from typing import Any

import yaml

LIBRARY = "librime.so.1"
SHARED = Path("/usr/share/rime-data")
SCHEMA = "luna_pinyin_simp"
#: glog's level for fatal errors only, and no file for them: a log could hold what was written.
_FATAL_ONLY = 3


class _Traits(ctypes.Structure):
    """RimeTraits of rime_api.h (1.8)."""

    _fields_ = [
        ("data_size", ctypes.c_int),
        *((name, ctypes.c_char_p) for name in ("shared", "user", "name", "code", "version", "app")),
        ("modules", ctypes.c_void_p),
        ("min_log_level", ctypes.c_int),
        *((name, ctypes.c_char_p) for name in ("log_dir", "prebuilt", "staging")),
    ]


class _Candidate(ctypes.Structure):
    _fields_ = [
        ("text", ctypes.c_char_p),
        ("comment", ctypes.c_char_p),
        ("reserved", ctypes.c_void_p),
    ]


class _Iterator(ctypes.Structure):
    _fields_ = [
        ("ptr", ctypes.c_void_p),
        ("index", ctypes.c_int),
        ("candidate", _Candidate),
    ]


class RimeMissing(RuntimeError):
    """librime or its data isn't on this machine. The message says what to install."""

    code = "rime_missing"


def without_learning(schema: str) -> str:
    """A compiled schema (YAML) that keeps nothing of what is written."""
    read: dict[str, Any] = yaml.safe_load(schema)
    for part in ("translator", "custom_phrase"):
        read.setdefault(part, {})["enable_user_dict"] = False
    engine = read.get("engine", {})
    engine["translators"] = [
        one for one in engine.get("translators", []) if "custom_phrase" not in one
    ]
    return yaml.safe_dump(read, allow_unicode=True, sort_keys=False)


class Rime:
    """The library itself. `folder` is empty and our own; only its configuration is written there.

    Raises `RimeMissing`.
    """

    def __init__(self, folder: Path) -> None:
        compiled = SHARED / "build" / f"{SCHEMA}.schema.yaml"
        try:
            self._library = ctypes.CDLL(LIBRARY)
            schema = compiled.read_text("utf-8")
        except OSError as error:
            raise RimeMissing(f"{error}; apt-get install librime1 rime-data-luna-pinyin") from error
        staging = folder / "build"
        staging.mkdir()
        (staging / compiled.name).write_text(without_learning(schema), "utf-8")
        # Whatever librime would like to keep, it can't.
        staging.chmod(0o500)
        folder.chmod(0o500)
        self._declare()
        self._begin(folder)
        self._session = self._library.RimeCreateSession()
        if not self._library.RimeSelectSchema(self._session, SCHEMA.encode("ascii")):
            raise RimeMissing(f"no schema {SCHEMA}; apt-get install rime-data-luna-pinyin")

    def _declare(self) -> None:
        session, iterator = ctypes.c_size_t, ctypes.POINTER(_Iterator)
        self._library.RimeCreateSession.restype = session
        self._library.RimeSelectSchema.argtypes = [session, ctypes.c_char_p]
        self._library.RimeSimulateKeySequence.argtypes = [session, ctypes.c_char_p]
        self._library.RimeClearComposition.argtypes = [session]
        self._library.RimeCandidateListBegin.argtypes = [session, iterator]
        self._library.RimeCandidateListNext.argtypes = [iterator]
        self._library.RimeCandidateListEnd.argtypes = [iterator]

    def _begin(self, folder: Path) -> None:
        traits = _Traits()
        traits.data_size = ctypes.sizeof(_Traits) - 4
        traits.shared, traits.user = str(SHARED).encode(), str(folder).encode()
        traits.name = traits.code = b"wuai"
        traits.version, traits.app = b"1", b"rime.wuai"
        traits.min_log_level, traits.log_dir = _FATAL_ONLY, b""
        self._library.RimeSetup(ctypes.byref(traits))
        self._library.RimeInitialize(ctypes.byref(traits))

    def candidates(self, spelled: str, limit: int) -> list[str]:
        """Up to `limit` texts for letters and apostrophes, and nothing of it kept."""
        found: list[str] = []
        self._library.RimeSimulateKeySequence(self._session, spelled.encode("ascii"))
        iterator = _Iterator()
        if self._library.RimeCandidateListBegin(self._session, ctypes.byref(iterator)):
            while len(found) < limit and self._library.RimeCandidateListNext(
                ctypes.byref(iterator)
            ):
                found.append((iterator.candidate.text or b"").decode("utf-8", "replace"))
            self._library.RimeCandidateListEnd(ctypes.byref(iterator))
        self._library.RimeClearComposition(self._session)
        return found
