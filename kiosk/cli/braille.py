"""`kiosk braille`: labels and leaflets on paper, and the key maps of what is plugged in."""

from __future__ import annotations

from pathlib import Path

import click

from braille.brf import SHEETS, Sheet, folded, pages
from braille.cells import BLANK, NoCell
from braille.keymaps import KeymapError, find, names
from braille.louis import LouisMissing
from kiosk.cli.options import content_option, data_option, settings_from
from kiosk.content.loader import Content, load
from kiosk.content.source import ContentError
from kiosk.files import SHARED, write_whole
from kiosk.senses.cells.display import keymap_folders, tables
from kiosk.senses.cells.paper import NoService, NoTicket, Paragraph, labels, leaflet, ticket
from kiosk.senses.cells.render import Feel, Script
from kiosk.session.keys import KEYS

_LANGUAGE = click.option("--lang", default="zh-CN", help="Language. [default: zh-CN]")
_PAPER = click.option(
    "--paper",
    type=click.Choice(list(SHEETS)),
    default="32x25",
    help="Size of the braille paper: 32 cells and 25 lines, or A4 with 30 and 26. [default: 32x25]",
)
_INTO = click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Folder for the files. [default: here]",
)


@click.group()
def braille() -> None:
    """Braille on paper, and the key maps of keypads."""


@braille.command("labels")
@content_option
@_LANGUAGE
@_PAPER
@_INTO
def print_labels(content: Path | None, lang: str, paper: str, into: Path) -> None:
    """The labels of the kiosk, as BRF and PDF.

    How to start, and one for each key.
    """
    script, _ = _script(content, lang)
    _write(labels(script), f"labels-{lang}", lang, SHEETS[paper], into)


@braille.command("leaflet")
@click.argument("service")
@content_option
@_LANGUAGE
@_PAPER
@_INTO
def print_leaflet(service: str, content: Path | None, lang: str, paper: str, into: Path) -> None:
    """The leaflet of a service, as BRF and PDF.

    The papers to bring, the questions, and the way through.
    """
    script, whole = _script(content, lang)
    try:
        paragraphs = leaflet(service, whole, script)
    except NoService as error:
        raise click.ClickException(str(error.args[0])) from error
    _write(paragraphs, f"{service}-{lang}", lang, SHEETS[paper], into)


@braille.command("ticket")
@click.argument("number")
@click.argument("service")
@click.option("--counter", help="The window that has called the number.")
@content_option
@_LANGUAGE
@_PAPER
@_INTO
def print_ticket(
    number: str,
    service: str,
    counter: str | None,
    content: Path | None,
    lang: str,
    paper: str,
    into: Path,
) -> None:
    """A ticket for the hand, as BRF and PDF.

    The number, what it is for, what to bring, and what comes next.
    """
    script, whole = _script(content, lang)
    try:
        paragraphs = ticket(number, service, whole, script, counter=counter)
    except (NoService, NoTicket) as error:
        raise click.ClickException(str(error.args[0])) from error
    _write(paragraphs, f"ticket-{number}-{lang}", lang, SHEETS[paper], into)


@braille.command("keymaps")
@data_option
def show_keymaps(data: Path | None) -> None:
    """The key maps there are.

    Of one that can't be used it is said why.
    """
    settings = settings_from(data=data)
    folders = keymap_folders(settings)
    broken = 0
    for name in names(folders):
        mark = "*" if name in settings.keypads else " "
        try:
            found = find(name, folders, KEYS)
            click.echo(f"{mark} {name:<20} {len(found.keys):>3} keys  {found.device}")
        except KeymapError as error:
            broken += 1
            click.echo(f"{mark} {name:<20} {error}")
    if broken:
        raise click.ClickException(f"{broken} to mend")


def _script(folder: Path | None, language: str) -> tuple[Script, Content]:
    settings = settings_from(content=folder)
    try:
        content = load(settings.content)
    except ContentError as error:
        raise click.ClickException(str(error)) from error
    if language not in content.locales:
        raise click.ClickException(
            f"no language {language}; there are {', '.join(content.locales)}"
        )
    table = tables(settings, content.words_of_marks)(language)
    marks = content.marks.get(language, {})
    return Script(content.words(language), table, marks, Feel()), content


def _write(
    paragraphs: tuple[Paragraph, ...], name: str, language: str, sheet: Sheet, into: Path
) -> None:
    from kiosk.senses.cells.pdf import FontMissing, draw

    into.mkdir(parents=True, exist_ok=True)
    try:
        lines = [line for one in paragraphs for line in _folded(one, sheet)]
        write_whole(into / f"{name}.brf", pages(lines, sheet).encode("ascii"), mode=SHARED)
        draw(paragraphs, paragraphs[0].text, language, into / f"{name}.pdf")
    except (FontMissing, LouisMissing, NoCell, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{into / name}.brf and .pdf: {len(paragraphs)} paragraphs")


def _folded(paragraph: Paragraph, sheet: Sheet) -> list[str]:
    """A heading stands in the middle, after an empty line."""
    lines = list(folded(paragraph.cells, sheet.cells))
    if not paragraph.heading:
        return lines
    return ["", *(line.rjust((sheet.cells + len(line)) // 2, BLANK) for line in lines)]
