"""Faults put into a copy of the tree one by one: the named test must fail each time.

    python -m tests.mutations [--only NAME]...

A mutation that no test sees shows what the tests don't hold. Each stands where a fault would cost a
customer a place in the queue, their privacy, or an answer.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
COPIED = ("kiosk", "voices", "braille", "languages", "writing", "templates", "static", "tests")
#: Large, and never changed.
LINKED = ("voices/packs",)
PATIENCE = 180
_FAILED = 1


@dataclass(frozen=True, slots=True)
class Mutation:
    """In `file`, `old` (which stands there once) becomes `new`; `test` must fail."""

    name: str
    file: str
    old: str
    new: str
    test: str


QUEUE = "kiosk/queue"
MUTATIONS: Sequence[Mutation] = (
    Mutation(
        "the warning comes a second late",
        "kiosk/session/idle.py",
        "silent_seconds < self.warn_after:",
        "silent_seconds <= self.warn_after:",
        "tests/session/test_idle.py",
    ),
    Mutation(
        "a screen is never wiped",
        "kiosk/session/idle.py",
        '"warning" if silent_seconds < self.whole else "over"',
        '"warning" if silent_seconds < self.whole else "warning"',
        "tests/session/test_idle.py",
    ),
    Mutation(
        "an answer calls where nobody is",
        "kiosk/session/alarming.py",
        "if self.around.attended() and self._reached(",
        "if self._reached(",
        "tests/session/test_hours.py",
    ),
    Mutation(
        "what is personal is written in the clear",
        "kiosk/session/store.py",
        "write_whole(path, self._sealer.seal(_owner(name), raw), durable",
        "write_whole(path, raw, durable",
        "tests/web/test_customer_visit.py::test_nothing_personal_stands_on_the_disk_in_the_clear",
    ),
    Mutation(
        "a request that can't be written down is called confirmed",
        "kiosk/session/store.py",
        "raise NotSaved(",
        "return; raise NotSaved(",
        "tests/web/test_faults.py::test_what_cannot_be_written_down_is_never_called_confirmed",
    ),
    Mutation(
        "one owner's words open for another",
        f"{QUEUE}/storage/crypto.py",
        "if found != owner.encode():",
        "if not found:",
        "tests/queue/test_queue_privacy.py",
    ),
    Mutation(
        "erased words stay",
        f"{QUEUE}/records/retention.py",
        'update(PERSONAL).where(*filled).values(sealed=b"")',
        "update(PERSONAL).where(*filled).values(sealed=PERSONAL.c.sealed)",
        "tests/queue/test_queue_privacy.py",
    ),
    Mutation(
        "unfinished tickets are erased",
        f"{QUEUE}/records/retention.py",
        "finished = and_(TICKET.c.finished_at < before,",
        "finished = and_(TICKET.c.created_at < before,",
        "tests/queue/test_queue_privacy.py",
    ),
    Mutation(
        "deleted pages stay in the file",
        f"{QUEUE}/storage/engine.py",
        '"secure_delete=ON"',
        '"secure_delete=OFF"',
        "tests/queue/test_queue_privacy.py",
    ),
    Mutation(
        "the second to claim gets it as well",
        f"{QUEUE}/tickets/claims.py",
        'raise ClaimedByOther(ticket["owner_name"])\n    _check_addressee(ticket, staff)',
        "pass\n    _check_addressee(ticket, staff)",
        "tests/queue/test_queue_claims.py",
    ),
    Mutation(
        "anybody takes what waits for somebody",
        f"{QUEUE}/tickets/claims.py",
        "    _check_addressee(ticket, staff)\n    _take",
        "    _take",
        "tests/queue/test_queue_claims.py",
    ),
    Mutation(
        "the last to come is the next",
        f"{QUEUE}/tickets/claims.py",
        ".order_by(TICKET.c.due, TICKET.c.id)",
        ".order_by(TICKET.c.due.desc(), TICKET.c.id)",
        "tests/queue/test_queue_claims.py",
    ),
    Mutation(
        "a dead console keeps its claim",
        f"{QUEUE}/tickets/claims.py",
        "TICKET.c.lease_until < now)",
        "TICKET.c.lease_until > now)",
        "tests/queue/test_queue_claims.py",
    ),
    Mutation(
        "who is being served is swept away",
        f"{QUEUE}/tickets/claims.py",
        'TICKET.c.state == "claimed", TICKET.c.lease_until',
        "TICKET.c.state.in_(_TAKEN), TICKET.c.lease_until",
        "tests/queue/test_queue_claims.py",
    ),
    Mutation(
        "another content of the same request is taken",
        f"{QUEUE}/tickets/handover.py",
        "raise RequestConflict(request_id)",
        "return",
        "tests/queue/test_queue_handover.py",
    ),
    Mutation(
        "a kiosk's clock makes an early place",
        f"{QUEUE}/tickets/handover.py",
        "min(max(request.created_at, now - OLDEST), now)",
        "request.created_at",
        "tests/queue/test_queue_handover.py",
    ),
    Mutation(
        "a wrong name costs no time",
        f"{QUEUE}/people/passwords.py",
        "self._hasher.verify(stored or self._decoy, password)",
        "stored is not None and self._hasher.verify(stored, password)",
        "tests/queue/test_queue_staff.py",
    ),
    Mutation(
        "strangers slow down a known browser",
        f"{QUEUE}/people/throttle.py",
        "if account is not None and source.device and account in source.knows:",
        "if account is None and source.device and account in source.knows:",
        "tests/queue/test_queue_throttle.py",
    ),
    Mutation(
        "tries at the same moment pass together",
        f"{QUEUE}/people/throttle.py",
        "_count(connection, place, ADDRESS, now)",
        "_count(connection, place, None, now)",
        "tests/queue/test_queue_throttle.py",
    ),
    Mutation(
        "a challenge is answered twice",
        f"{QUEUE}/people/passkeys.py",
        "self._out.pop(challenge, (None, 0.0))",
        "self._out.get(challenge, (None, now))",
        "tests/queue/test_passkeys.py",
    ),
    Mutation(
        "a first password follows the console",
        "kiosk/web/staff/room.py",
        "if found is None or found.is_shut_out:",
        "if found is None:",
        "tests/web/test_first_password.py",
    ),
    Mutation(
        "the password isn't asked for again",
        f"{QUEUE}/people/signins.py",
        "return now < self.confirmed_at + CONFIRMED",
        "return now > self.started_at - CONFIRMED",
        "tests/web/test_confirming.py",
    ),
    Mutation(
        "anybody may write into the hatch",
        "kiosk/orders/hatch.py",
        "os.fchmod(self._listening.fileno(), 0o600)",
        "os.fchmod(self._listening.fileno(), 0o666)",
        "tests/orders/test_hatch.py",
    ),
    Mutation(
        "pages are kept by the browser",
        "kiosk/web/headers.py",
        'headers["Cache-Control"] = "no-store"',
        'headers["Cache-Control"] = "max-age=60"',
        "tests/web/test_kiosk_apart.py",
    ),
)


@contextmanager
def copied() -> Iterator[Path]:
    """A tree that may be spoilt."""
    skipped = {ROOT / linked for linked in LINKED}

    def left_out(folder: str, names: list[str]) -> set[str]:
        return {
            name
            for name in names
            if name in ("__pycache__", "shots") or Path(folder, name) in skipped
        }

    with tempfile.TemporaryDirectory(prefix="mutations-") as name:
        tree = Path(name)
        for part in COPIED:
            if (ROOT / part).is_dir():
                shutil.copytree(ROOT / part, tree / part, ignore=left_out)
        for linked in LINKED:
            (tree / linked).symlink_to(ROOT / linked)
        shutil.copy(ROOT / "pyproject.toml", tree)
        yield tree


def survives(mutation: Mutation, tree: Path) -> str | None:
    """Why a mutation lives: its place is gone, or its test passes; None where it was caught."""
    path = tree / mutation.file
    good = path.read_text("utf-8") if path.is_file() else ""
    if good.count(mutation.old) != 1:
        return f"{mutation.old!r} stands {good.count(mutation.old)} times in {mutation.file}"
    path.write_text(good.replace(mutation.old, mutation.new), "utf-8")
    try:
        code = tested(mutation.test, tree)
    finally:
        path.write_text(good, "utf-8")
    if code == _FAILED:
        return None
    return f"{mutation.test} passes" if code == 0 else f"{mutation.test} ended with {code}"


def tested(test: str, tree: Path) -> int:
    """pytest's exit code in that tree; a test that hangs on a fault has seen it."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", test]
    env = os.environ | {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            command, cwd=tree, env=env, capture_output=True, check=False, timeout=PATIENCE
        )
    except subprocess.TimeoutExpired:
        return _FAILED
    return done.returncode


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", action="append", metavar="NAME")
    options = parser.parse_args()
    chosen = [one for one in MUTATIONS if not options.only or one.name in options.only]
    living = 0
    with copied() as tree:
        for mutation in chosen:
            why = survives(mutation, tree)
            living += why is not None
            print(f"caught {mutation.name}" if why is None else f"LIVES  {mutation.name}: {why}")
            sys.stdout.flush()
    print(f"{len(chosen) - living} of {len(chosen)} mutations caught")
    return int(bool(living or not chosen))


if __name__ == "__main__":
    sys.exit(main())
