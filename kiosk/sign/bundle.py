"""A pack as one signed file: recorded once at head office, installed by a thousand branches.

The file is a ZIP without compression: ``manifest.json``, ``signature.json`` and the media. The
signature (Ed25519) is over the manifest, and the manifest holds the hash of every file, so
nothing in it can be changed unseen. A file is installed whole or refused whole.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import shutil
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.files import sync_folder
from kiosk.sign.errors import ManifestError, PackRefused
from kiosk.sign.keys import public_text, signed_by
from kiosk.sign.manifest import Clip, Manifest, SignLanguage, dump, parse
from kiosk.sign.store import MANIFEST, PackStore, file_hash, refused

SIGNATURE = "signature.json"
#: A manifest of 20,000 clips is under 40 MB; a clip of 2 minutes under 100 MB.
MAX_MANIFEST = 64_000_000
MAX_FILE = 200_000_000
_STAGING = "incoming-"


@dataclass(frozen=True, slots=True)
class Installed:
    """What an import changed: clips put in, and clips that their signers have withdrawn."""

    language: SignLanguage
    clips: int
    withdrawn: int


def export(
    store: PackStore,
    language: SignLanguage,
    key: Ed25519PrivateKey,
    target: Path,
    publisher: str = "",
) -> int:
    """Write the approved clips and every withdrawal as one signed file; how many clips.

    Clips whose consent is for the branch only, and test clips, stay here. Raises `PackRefused`
    where a media file is damaged, `Refused` on a full disk.
    """
    whole = store.load(language)
    clips = tuple(clip for clip in whole.clips if _may_leave(clip))
    manifest = Manifest.model_validate(
        {**dict(whole), "publisher": publisher, "clips": clips, "installed": {}}
    )
    raw = dump(manifest)
    fresh = target.with_name(f"{target.name}.part")
    try:
        with zipfile.ZipFile(fresh, "w", zipfile.ZIP_STORED) as bundle:
            bundle.writestr(MANIFEST, raw)
            bundle.writestr(SIGNATURE, _signature(key, raw))
            for file in {file.file: file for clip in clips for file in clip.files()}.values():
                path = store.path(language, file)
                if not path.is_file() or file_hash(path) != file.sha256:
                    raise PackRefused(str(path), "the media is missing or damaged")
                bundle.write(path, file.file)
        fresh.replace(target)
    except OSError as error:
        raise refused(error, target) from error
    finally:
        fresh.unlink(missing_ok=True)
    return sum(clip.status == "approved" for clip in clips)


def install(
    store: PackStore, source: Path, trusted: Iterable[str], *, test_clips: bool = False
) -> Installed:
    """Install a signed file. Raises `PackRefused` with the reason, `Refused` on a full disk.

    A clip takes the place of the one shown for its prompt until now. What was withdrawn here or
    there stays withdrawn; what was recorded here and isn't in the file stays.
    """
    name = source.name
    try:
        with zipfile.ZipFile(source) as bundle:
            key, manifest = _checked(bundle, name, frozenset(trusted))
            if not test_clips:
                _no_test_clips(manifest, name)
            _no_older(store.load(manifest.sign_lang), manifest, key, name)
            return _put_in(store, bundle, manifest, key, name)
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        raise PackRefused(name, f"it isn't a whole pack file ({error})") from error
    except OSError as error:
        raise refused(error, source) from error


def _may_leave(clip: Clip) -> bool:
    if clip.status == "withdrawn":
        return True
    return clip.status == "approved" and clip.consent.scope == "bank"


def _signature(key: Ed25519PrivateKey, raw: bytes) -> str:
    signature = base64.b64encode(key.sign(raw)).decode()
    return json.dumps({"key": public_text(key), "signature": signature})


def _checked(bundle: zipfile.ZipFile, name: str, trusted: frozenset[str]) -> tuple[str, Manifest]:
    """Who signed it, and the manifest: its signature, its names and its sizes are right."""
    entries = bundle.infolist()
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise PackRefused(name, "a file is in it twice")
    for wanted in (MANIFEST, SIGNATURE):
        if wanted not in names:
            raise PackRefused(name, f"there is no {wanted} in it")
    if any(entry.compress_type != zipfile.ZIP_STORED for entry in entries):
        raise PackRefused(name, "it is compressed; packs are stored plainly")
    if bundle.getinfo(MANIFEST).file_size > MAX_MANIFEST:
        raise PackRefused(name, "its manifest is too large")
    raw = bundle.read(MANIFEST)
    key = _signer(bundle.read(SIGNATURE), raw, name, trusted)
    try:
        manifest = parse(raw, name)
    except ManifestError as error:
        raise PackRefused(name, str(error).removeprefix(f"{name}: ")) from error
    expected = {file.file for clip in manifest.clips for file in clip.files()}
    strange = sorted(set(names) - expected - {MANIFEST, SIGNATURE})
    if strange:
        raise PackRefused(name, f"it holds {strange[0]!r}, which its manifest doesn't name")
    missing = sorted(expected - set(names))
    if missing:
        raise PackRefused(name, f"{missing[0]} is missing from it")
    if any(entry.file_size > MAX_FILE for entry in entries):
        raise PackRefused(name, f"a file in it is larger than {MAX_FILE // 1_000_000} MB")
    unready = next((c.id for c in manifest.clips if c.status in ("draft", "in_review")), None)
    if unready is not None:
        raise PackRefused(name, f"the clip {unready} was approved by nobody")
    return key, manifest


def _signer(raw: bytes, message: bytes, name: str, trusted: frozenset[str]) -> str:
    try:
        found = json.loads(raw)
        key, signature = str(found["key"]), base64.b64decode(found["signature"], validate=True)
    except (ValueError, KeyError, TypeError) as error:
        raise PackRefused(name, "its signature can't be read") from error
    if key not in trusted:
        raise PackRefused(name, f"nobody here trusts the key {key}; see sign_trusted")
    if not signed_by(key, signature, message, trusted):
        raise PackRefused(name, "its signature doesn't fit: it was changed after signing")
    return key


def _no_older(ours: Manifest, theirs: Manifest, key: str, name: str) -> None:
    """An older file of the same publisher would bring back what was mended since."""
    last = ours.installed.get(key, 0)
    if theirs.serial < last:
        raise PackRefused(name, f"it is older (serial {theirs.serial}) than what is here ({last})")


def _no_test_clips(manifest: Manifest, name: str) -> None:
    test = next((clip.id for clip in manifest.clips if clip.source == "synthetic_test"), None)
    if test is not None:
        raise PackRefused(name, f"the clip {test} is a test picture, not a person signing")


def _put_in(
    store: PackStore, bundle: zipfile.ZipFile, theirs: Manifest, key: str, name: str
) -> Installed:
    language = theirs.sign_lang
    folder = store.pack_folder(language)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    staging = folder / f"{_STAGING}{secrets.token_hex(8)}"
    try:
        staging.mkdir(mode=0o700)
        for file in {file.file: file for clip in theirs.clips for file in clip.files()}.values():
            path = staging / Path(file.file).name
            with bundle.open(file.file) as source, path.open("wb") as target:
                shutil.copyfileobj(source, target)
                target.flush()
                os.fsync(target.fileno())
            if file_hash(path) != file.sha256:
                raise PackRefused(name, f"{file.file} was changed after signing")
        return _commit(store, staging, theirs, key)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _commit(store: PackStore, staging: Path, theirs: Manifest, key: str) -> Installed:
    language = theirs.sign_lang
    before = store.load(language)
    gone = {clip.id for clip in (*before.clips, *theirs.clips) if clip.status == "withdrawn"}
    fresh = tuple(clip for clip in theirs.clips if clip.id not in gone)

    def merge(ours: Manifest) -> Manifest:
        # Here nobody else writes: a start that sweeps sees both the media and their manifest.
        for path in staging.iterdir():
            path.replace(media / path.name)
        sync_folder(media)
        return ours.model_copy(
            update={
                "title": theirs.title or ours.title,
                "publisher": theirs.publisher or ours.publisher,
                "installed": {**ours.installed, key: theirs.serial},
                "clips": merged(ours.clips, fresh, theirs.clips, gone),
            }
        )

    media = store.pack_folder(language) / "media"
    media.mkdir(exist_ok=True, mode=0o700)
    store.change(language, merge)
    store.erase(language, tuple(file for clip in before.clips for file in clip.files()))
    lost = sum(clip.id in gone and clip.status != "withdrawn" for clip in before.clips)
    return Installed(language, len(fresh), lost)


def merged(
    ours: tuple[Clip, ...], fresh: tuple[Clip, ...], theirs: tuple[Clip, ...], gone: set[str]
) -> tuple[Clip, ...]:
    """Our clips with theirs put in; a withdrawal wins over everything."""
    ids = {clip.id for clip in fresh}
    prompts = {(clip.prompt_id, clip.variety) for clip in fresh}
    stones = {clip.id: clip for clip in (*theirs, *ours) if clip.status == "withdrawn"}
    kept = tuple(
        clip
        for clip in ours
        if clip.id not in gone
        and clip.id not in ids
        and not (clip.status == "approved" and (clip.prompt_id, clip.variety) in prompts)
    )
    return (*kept, *fresh, *stones.values())
