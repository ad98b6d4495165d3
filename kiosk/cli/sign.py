"""`kiosk sign`: packs of sign-language clips, from head office to every branch."""

from __future__ import annotations

from pathlib import Path

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.cli.options import content_option, data_option, settings_from
from kiosk.cli.ordered import ordered
from kiosk.content.loader import load
from kiosk.content.signed import Script, script
from kiosk.orders.order import Note
from kiosk.settings import Settings
from kiosk.sign.bundle import export as export_pack
from kiosk.sign.bundle import install
from kiosk.sign.errors import SignError
from kiosk.sign.keys import load_or_create, public_text
from kiosk.sign.library import Library
from kiosk.sign.manifest import WRITTEN, SignLanguage
from kiosk.sign.store import LANGUAGES, PackStore

_language = click.option(
    "--language", type=click.Choice(LANGUAGES), help="The sign language. [default: the kiosk's]"
)


@click.group()
def sign() -> None:
    """Sign language: recorded clips. Nothing is ever generated."""


@sign.group()
def packs() -> None:
    """All clips of a sign language, to ship and install."""


@packs.command("list")
@data_option
def show(data: Path | None) -> None:
    """The packs there are, and how their clips stand."""
    store = _store(settings_from(data=data))
    for language in LANGUAGES:
        try:
            clips = store.load(language).clips
        except SignError as error:
            raise click.ClickException(str(error)) from error
        states = ("approved", "in_review", "draft", "withdrawn")
        counts = ", ".join(f"{sum(c.status == one for c in clips)} {one}" for one in states)
        click.echo(f"{language:<4} {counts if clips else 'empty'}")


@packs.command("export")
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@_language
@data_option
def take_out(target: Path, language: SignLanguage | None, data: Path | None) -> None:
    """Write the approved clips as one signed file.

    Other branches install it.
    """
    settings = settings_from(data=data)
    publisher = settings.branch_name or settings.branch
    found = language or settings.sign_language
    # Before anything leaves: what isn't written down isn't done.
    ordered(settings, Note(what="sign.pack_exported", subject=found, details={"file": target.name}))
    try:
        key = _key(settings)
        count = export_pack(_store(settings), found, key, target, publisher)
    except SignError as error:
        raise click.ClickException(str(error)) from error
    size = target.stat().st_size / 1_000_000
    click.echo(f"{target}: {count} clips, {size:.1f} MB, signed by {public_text(key)}")


@packs.command("import")
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@data_option
def put_in(source: Path, data: Path | None) -> None:
    """Install a signed file, whole or not at all.

    The kiosk may be running.
    """
    settings = settings_from(data=data)
    ordered(settings, Note(what="sign.pack_import", subject=source.name))
    try:
        trusted = [*settings.sign_trusted, public_text(_key(settings))]
        store = _store(settings)
        done = install(store, source, trusted, test_clips=settings.sign_test_clips)
    except SignError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{done.language}: {done.clips} clips installed, {done.withdrawn} withdrawn")


@sign.command()
@_language
@click.option("--missing", is_flag=True, help="Also name every clip that is missing or stale.")
@data_option
@content_option
def coverage(
    language: SignLanguage | None, missing: bool, data: Path | None, content: Path | None
) -> None:
    """What can be done in sign: by service, with yes or no."""
    settings = settings_from(data=data, content=content)
    found = language or settings.sign_language
    words = script(load(settings.content), WRITTEN[found])
    library = Library(_store(settings), found, test_clips=settings.sign_test_clips)
    complete = 0
    for service, ids in words.needs.items():
        one = library.coverage((name, words.wanted[name].text) for name in ids)
        complete += one.complete
        click.echo(
            f"{service:<20} {'yes' if one.complete else 'no ':<4} {one.approved:>4} approved"
            f" {one.stale:>4} stale {one.missing:>4} missing"
        )
    click.echo(f"{complete} of {len(words.needs)} services can be completed in {found}")
    if missing:
        _name_missing(library, words)


@sign.command()
@data_option
def keys(data: Path | None) -> None:
    """This kiosk's own public key, and those it trusts."""
    settings = settings_from(data=data)
    try:
        own = public_text(_key(settings))
    except SignError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"own      {own}")
    for key in settings.sign_trusted:
        click.echo(f"trusted  {key}")
    click.echo("other branches trust it with this line in their kiosk.toml:")
    click.echo(f'  sign_trusted = ["{own}"]')


def _name_missing(library: Library, words: Script) -> None:
    for one in words.wanted.values():
        state = library.state(one.id, one.text)
        if state != "approved":
            click.echo(f"{state:<10} {one.flow:<20} {one.id}")


def _store(settings: Settings) -> PackStore:
    return PackStore(settings.sign / "packs")


def _key(settings: Settings) -> Ed25519PrivateKey:
    settings.make_folders()
    return load_or_create(settings.sign_key_file)
