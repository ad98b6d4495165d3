"""`kiosk voices`: the natural voices, and building them."""

from __future__ import annotations

import os
from pathlib import Path

import click

from kiosk.content.loader import load
from kiosk.content.spoken import texts
from voices.speaking.pack import CLEAREST, PACKS, packs


@click.group()
def voices() -> None:
    """How the kiosk speaks, and building its voices."""


@voices.command("list")
def show() -> None:
    """The voices there are, and how much each of them says."""
    content = load(None)
    found = packs(PACKS)
    for language, locale in content.locales.items():
        wanted = texts(locale)
        if language not in found:
            click.echo(f"{language:<6} live speech only (espeak-ng)")
        for pack in found.get(language, ()):
            have = len(wanted) - len(pack.missing(wanted))
            click.echo(f"{language:<6} {pack.voice}: {have} of {len(wanted)} clips")


@voices.command()
@click.argument("language", type=click.Choice(tuple(CLEAREST)))
@click.option("--voice", help="A voice of Kokoro, such as zm_yunjian.")
@click.option(
    "--source",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with kokoro-v1.0.int8.onnx and the voices' .bin files; else they are fetched.",
)
@click.option("--jobs", default=os.cpu_count() or 1, help="Processes at work.")
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    default=PACKS,
    help="Folder of the voices. [default: the kiosk's own]",
)
def build(language: str, voice: str | None, source: Path | None, jobs: int, into: Path) -> None:
    """Speak every sentence that has no clip as it is now."""
    from voices.build.builder import Plan, outdated
    from voices.build.builder import build as build_pack
    from voices.build.sources import SourceError, fetch
    from voices.build.synth import ExtraMissing

    voice = voice or CLEAREST[language]
    try:
        files = fetch(voice, source)
        plan = Plan(
            language,
            voice,
            texts(load(None).words(language)),
            files.model,
            files.style,
            into / language / voice,
        )
        waiting = outdated(plan)
        with click.progressbar(length=len(waiting), label=f"{language} {voice}") as bar:
            pack = build_pack(plan, jobs=jobs, done=lambda text: bar.update(1))
    except (SourceError, ExtraMissing) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{pack.folder}: {len(pack.clips)} clips, {len(waiting)} of them new")
