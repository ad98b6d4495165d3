"""Opening the three pages on this machine's own screen, each in a browser profile of its own."""

from __future__ import annotations

import os
import shutil
import ssl
import subprocess
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import click

from kiosk.settings import Settings
from kiosk.stations.openings import Openings
from kiosk.stations.place import admits_here, own_address

#: Only to see whether our own server answers, on this machine, whatever its certificate.
_TRUSTING = ssl._create_unverified_context()  # noqa: S323, SLF001
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
#: What a kiosk's browser needs: sound without a press, no first-run pages, no pinch or swipe.
FLAGS = (
    "--no-first-run",
    "--no-default-browser-check",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-pinch",
    "--overscroll-history-navigation=0",
    "--disable-background-networking",
)
#: Nobody can press the browser's own questions there: the customer is asked by the page itself.
KIOSK_FLAGS = ("--auto-accept-camera-and-microphone-capture", "--kiosk")


def open_when_ready(settings: Settings) -> None:
    """Open the windows as soon as the server answers, in the background."""
    browser = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        click.echo("no screen here: open the addresses above in a browser")
        return
    if browser is None:
        click.echo("no Chromium here: apt-get install chromium, or open the addresses above")
        return
    threading.Thread(target=_open, args=(browser, settings), name="windows", daemon=True).start()


def _open(browser: str, settings: Settings) -> None:
    where = own_address(settings)
    if not _ready(where):
        return
    pages = {
        "customer": customer_address(settings),
        "staff": f"{where}/staff",
        "display": f"{where}/display",
    }
    for name, address in pages.items():
        profile = Path(settings.data).resolve() / "browser" / name
        shown = [*KIOSK_FLAGS, address] if name == "customer" else [f"--app={address}"]
        # The address is our own and the browser was found on the path.
        subprocess.Popen(  # noqa: S603
            [browser, *FLAGS, f"--user-data-dir={profile}", *shown],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def customer_address(settings: Settings) -> str:
    """Where the first kiosk's page opens; with a token where its place proves nothing."""
    kiosk = settings.kiosks[0]
    proof = f"kiosk={kiosk}"
    if not admits_here(settings):
        # It can be read in the list of processes, so it is of use once, and only for a minute.
        proof = f"token={Openings(settings.openings).make(kiosk)}"
    return f"{own_address(settings)}/?{proof}&profile={settings.profile}"


def _ready(where: str, seconds: float = 20.0) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(  # noqa: S310 (our own address)
                f"{where}/readyz", timeout=1, context=_TRUSTING
            ):
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False
