"""The check of the voices: every sentence that is heard has its clip, and no clip is left over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kiosk.content.checks.material import Material
from kiosk.content.locales import locale
from kiosk.content.source import Finding
from kiosk.content.spoken import texts
from voices.build.builder import Plan, outdated
from voices.speaking.pack import MANIFEST, PACKS, Pack, packs


def clips_are_whole(material: Material) -> Iterator[Finding]:
    """Only our own words are recorded: a branch's are said live until it builds its voice."""
    if len(material.folders) > 1:
        return
    for pack in (one for those in packs(PACKS).values() for one in those):
        language = pack.language
        wanted = texts(locale(language, material.words[language]))
        remedy = f"run kiosk voices build {language} --voice {pack.voice}"
        for text in outdated(Plan(language, pack.voice, wanted, Path(), Path(), pack.folder)):
            message = f"no clip of {text!r} as it is said now; {remedy}"
            yield _where(material, language, wanted[text][0], pack, message)
        for clip in pack.stale(wanted):
            yield Finding(_name(pack), 1, f"a clip of {clip.text!r}, which nothing says; {remedy}")


def _where(material: Material, language: str, key: str, pack: Pack, message: str) -> Finding:
    if key not in material.words[language]:
        return Finding(_name(pack), 1, message)
    return material.words[language][key][1].finding(f"{key}: {message}")


def _name(pack: Pack) -> str:
    return str(Path("voices/packs") / pack.language / pack.voice / MANIFEST)


clip_checks = (clips_are_whole,)
