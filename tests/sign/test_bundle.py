"""One signed file for many branches: installed whole, or refused whole with the reason."""

from __future__ import annotations

import base64
import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.content.signed import Wanted
from kiosk.sign.bundle import export, install
from kiosk.sign.errors import PackRefused
from kiosk.sign.keys import load_or_create, public_text
from kiosk.sign.manifest import Clip, Consent
from kiosk.sign.store import PackStore
from tests.support.clips import put_clips

ASKS = [
    Wanted("screen.menu", "您今天想办什么？", "", "screens", "question"),
    Wanted("common.yes", "是", "", "shared", "choice"),
]


@pytest.fixture
def head_office(tmp_path: Path) -> PackStore:
    return PackStore(tmp_path / "head")


@pytest.fixture
def branch(tmp_path: Path) -> PackStore:
    return PackStore(tmp_path / "branch")


@pytest.fixture
def key(tmp_path: Path) -> Ed25519PrivateKey:
    return load_or_create(tmp_path / "sign-pack.key")


@pytest.fixture
def clips(head_office: PackStore) -> list[Clip]:
    return put_clips(head_office, ASKS, source="recorded")


@pytest.fixture
def pack(tmp_path: Path, head_office: PackStore, clips: list[Clip], key: Ed25519PrivateKey) -> Path:
    target = tmp_path / "csl.wuaisign"
    assert export(head_office, "csl", key, target, "总行") == 2
    return target


def nothing(store: PackStore) -> bool:
    return store.load("csl").clips == () and not list(store.folder.rglob("*.mp4"))


def test_a_branch_installs_what_head_office_recorded(
    branch: PackStore, pack: Path, key: Ed25519PrivateKey, clips: list[Clip]
) -> None:
    done = install(branch, pack, [public_text(key)])
    assert (done.language, done.clips) == ("csl", 2)
    assert {clip.id for clip in branch.load("csl").clips} == {clip.id for clip in clips}
    assert all(branch.path("csl", f).is_file() for c in clips for f in c.files())
    # Once more changes nothing that counts.
    assert install(branch, pack, [public_text(key)]).clips == 2


def rewritten(pack: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    with zipfile.ZipFile(pack) as old:
        entries = {name: old.read(name) for name in old.namelist()}
    change(entries)
    target = pack.with_name("other.wuaisign")
    with zipfile.ZipFile(target, "w") as new:
        for name, raw in entries.items():
            new.writestr(name, raw)
    return target


def other_picture(entries: dict[str, bytes]) -> None:
    name = next(name for name in entries if name.endswith(".mp4"))
    entries[name] = entries[name][:-1] + b"!"


def other_words(entries: dict[str, bytes]) -> None:
    entries["manifest.json"] = entries["manifest.json"].replace(b"common.yes", b"common.no")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (other_picture, "was changed after signing"),
        (other_words, "doesn't fit"),
        (lambda entries: entries.update({"../../evil.mp4": b"x"}), "which its manifest doesn't"),
        (lambda entries: entries.update({"/etc/evil": b"x"}), "which its manifest doesn't"),
        (lambda entries: entries.pop("signature.json"), "no signature.json"),
        (lambda entries: entries.update({"signature.json": b"[]"}), "can't be read"),
        (
            lambda entries: entries.pop(next(n for n in entries if n.endswith(".webm"))),
            "is missing from it",
        ),
    ],
)
def test_a_tampered_file_is_refused_whole(
    branch: PackStore,
    pack: Path,
    key: Ed25519PrivateKey,
    change: Callable[[dict[str, bytes]], object],
    why: str,
) -> None:
    with pytest.raises(PackRefused, match=why):
        install(branch, rewritten(pack, change), [public_text(key)])
    assert nothing(branch)


def test_half_a_file_is_refused_whole(
    branch: PackStore, pack: Path, key: Ed25519PrivateKey
) -> None:
    raw = pack.read_bytes()
    pack.write_bytes(raw[: len(raw) // 2])
    with pytest.raises(PackRefused, match="isn't a whole pack file"):
        install(branch, pack, [public_text(key)])
    assert nothing(branch)


def test_whoever_isn_t_trusted_is_refused(branch: PackStore, pack: Path) -> None:
    with pytest.raises(PackRefused, match="nobody here trusts"):
        install(branch, pack, [])
    assert nothing(branch)


def test_a_stranger_s_signature_under_a_trusted_name_is_refused(
    branch: PackStore, pack: Path, key: Ed25519PrivateKey
) -> None:
    def forge(entries: dict[str, bytes]) -> None:
        found = json.loads(entries["signature.json"])
        other = Ed25519PrivateKey.generate()
        found["signature"] = base64.b64encode(other.sign(entries["manifest.json"])).decode()
        entries["signature.json"] = json.dumps(found).encode()

    with pytest.raises(PackRefused, match="doesn't fit"):
        install(branch, rewritten(pack, forge), [public_text(key)])


def test_test_clips_are_refused_in_production(
    tmp_path: Path, branch: PackStore, key: Ed25519PrivateKey
) -> None:
    head = PackStore(tmp_path / "test-head")
    put_clips(head, ASKS)
    target = tmp_path / "test.wuaisign"
    export(head, "csl", key, target)
    with pytest.raises(PackRefused, match="not a person signing"):
        install(branch, target, [public_text(key)])
    assert nothing(branch)
    assert install(branch, target, [public_text(key)], test_clips=True).clips == 2


def test_what_is_for_the_branch_only_doesn_t_leave_it(
    tmp_path: Path, head_office: PackStore, key: Ed25519PrivateKey
) -> None:
    here = Consent(scope="branch", date=date(2026, 11, 1))
    put_clips(head_office, ASKS, source="recorded", consent=here)
    assert export(head_office, "csl", key, tmp_path / "none.wuaisign") == 0


def test_a_withdrawal_reaches_every_branch_and_stays(
    tmp_path: Path,
    head_office: PackStore,
    branch: PackStore,
    pack: Path,
    key: Ed25519PrivateKey,
    clips: list[Clip],
) -> None:
    trusted = [public_text(key)]
    install(branch, pack, trusted)
    # Given a signer who withdrew at head office
    gone = clips[0].model_copy(
        update={"status": "withdrawn", "media": (), "poster": None, "captions": {}}
    )
    head_office.replace_clip("csl", gone)
    newer = tmp_path / "newer.wuaisign"
    export(head_office, "csl", key, newer)
    # When the branch installs the next pack
    assert install(branch, newer, trusted).withdrawn == 1
    # Then the media is gone there, and an older file can't bring it back
    assert not any(
        branch.path("csl", file).exists()
        for file in clips[0].files()
        if file not in clips[1].files()
    )
    with pytest.raises(PackRefused, match="older"):
        install(branch, pack, trusted)
    states = {clip.id: clip.status for clip in branch.load("csl").clips}
    assert states == {clips[0].id: "withdrawn", clips[1].id: "approved"}


def test_a_start_sweeps_what_no_manifest_names(
    branch: PackStore, pack: Path, key: Ed25519PrivateKey
) -> None:
    install(branch, pack, [public_text(key)])
    left = branch.pack_folder("csl") / "media" / f"{'0' * 64}.mp4"
    left.write_bytes(b"half of something")
    assert branch.sweep() == 1
    assert not left.exists()
    assert all(branch.path("csl", f).is_file() for c in branch.load("csl").clips for f in c.files())
    # Media whose manifest is away may come from a copy that is being restored.
    (branch.pack_folder("csl") / "manifest.json").unlink()
    assert PackStore(branch.folder).sweep() == 0
