"""A real CUPS server in a folder of the test, with one printer whose device is a script: it says
what is in its way as a device does, and keeps what comes out."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

NAME = "TEST"
SERVER = shutil.which("cupsd") or shutil.which("cupsd", path="/usr/sbin")
needs_cups = pytest.mark.skipif(
    SERVER is None or shutil.which("lp") is None,
    reason="apt-get install cups-daemon cups-client",
)
_DEVICE = """#!/bin/sh
[ $# -eq 0 ] && { echo 'direct paper "Unknown" "A device of a test"'; exit 0; }
here="${DEVICE_URI#paper:}"
while [ -s "$here/trouble" ]; do
  echo "STATE: +$(cat "$here/trouble")" >&2
  sleep 0.1
done
echo "STATE: -media-empty,media-jam,cover-open" >&2
cat "${6:--}" > "$here/out-$1"
"""
_SERVER = """Listen {root}/sock
DefaultAuthType None
Browsing Off
WebInterface No
LogLevel warn
MaxLogSize 0
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order deny,allow
Allow all
</Limit>
</Policy>
"""
_FILES = """ServerRoot {root}/etc
ServerBin {root}/bin
RequestRoot {root}/spool
TempDir {root}/spool/tmp
CacheDir {root}/cache
StateDir {root}/state
AccessLog {root}/log/access
ErrorLog {root}/log/error
PageLog {root}/log/page
ServerKeychain {root}/ssl
User {user}
Group {group}
SystemGroup root
Sandboxing relaxed
"""


@dataclass(frozen=True)
class Server:
    socket: Path
    device: Path

    def trouble(self, reason: str) -> None:
        """Something is in the way; empty, and it is gone."""
        (self.device / "trouble").write_text(reason)

    @property
    def out(self) -> list[bytes]:
        """What came out of the printer."""
        return [one.read_bytes() for one in sorted(self.device.glob("out-*"))]


@contextmanager
def cups() -> Iterator[Server]:
    root = Path(tempfile.mkdtemp(prefix="wuai-cups-"))
    try:
        process = _started(root)
        try:
            yield Server(root / "sock", root / "device")
        finally:
            process.terminate()
            process.wait(10)
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _started(root: Path) -> subprocess.Popen[bytes]:
    own = ("spool/tmp", "cache", "state", "log", "etc/ppd", "ssl", "device")
    for name in (*own, "bin/backend"):
        (root / name).mkdir(parents=True)
    for name in ("daemon", "filter", "notifier", "monitor"):
        (root / "bin" / name).symlink_to(Path("/usr/lib/cups") / name)
    device = root / "bin/backend/paper"
    device.write_text(_DEVICE)
    device.chmod(0o755)
    as_root = os.geteuid() == 0
    user, group = ("nobody", "nogroup") if as_root else (os.environ["USER"], os.environ["USER"])
    (root / "cupsd.conf").write_text(_SERVER.format(root=root))
    (root / "files.conf").write_text(_FILES.format(root=root, user=user, group=group))
    root.chmod(0o755)
    if as_root:
        for name in own:
            for path in (root / name, *(root / name).parents):
                if path.is_relative_to(root) and path != root:
                    shutil.chown(path, user, group)
    words = [str(SERVER), "-f", "-c", f"{root}/cupsd.conf", "-s", f"{root}/files.conf"]
    process = subprocess.Popen(words)
    _until_it_has_a_printer(root)
    return process


def _until_it_has_a_printer(root: Path) -> None:
    admin = shutil.which("lpadmin") or "/usr/sbin/lpadmin"
    words = [admin, "-p", NAME, "-E", "-v", f"paper:{root}/device", "-m", "raw"]
    env = {**os.environ, "CUPS_SERVER": f"{root}/sock"}
    until = time.monotonic() + 30
    while time.monotonic() < until:
        done = subprocess.run(words, env=env, capture_output=True, text=True, timeout=30)
        if done.returncode == 0:
            return
        time.sleep(0.2)
    raise AssertionError(f"no CUPS server: {done.stderr}")
