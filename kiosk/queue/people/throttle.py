"""Wrong passwords slow down where they come from, never the account that they were tried on.

A browser in which somebody signed in before is *known* for that account: its tries there are
counted by themselves (OWASP, "Device Cookies"), so the right password enters from it whatever
strangers do. All other tries are counted by the network address they come from. Many addresses
trying one name don't lock it either: each newcomer then waits, for a minute at most, before a try.

A try is counted before the password is looked at, and given back when it was right, so that tries
at the same moment can't pass together. What is counted outlives a restart, is forgotten after an
hour of quiet, and is bounded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import IPv6Address, ip_address, ip_network

from sqlalchemy import Connection, bindparam, delete, func, select, update

from kiosk.queue.storage.tables import SIGN_IN
from kiosk.queue.storage.upsert import Upsert

_MOVE = (
    update(SIGN_IN)
    .where(SIGN_IN.c.key == bindparam("of"))
    .values(last_at=bindparam("last"), locked_until=bindparam("until"))
)
_PUT = Upsert(SIGN_IN, sets=("failures", "last_at", "locked_until"))
#: After so long without a wrong password nothing is held against anybody.
FORGOTTEN = timedelta(hours=1)
#: Places that are remembered at a time; the oldest are forgotten first.
MOST = 20_000


@dataclass(frozen=True, slots=True)
class Pace:
    """So many wrong passwords are free; then each doubles the wait, from `first` to `longest`."""

    free: int
    first: timedelta
    longest: timedelta

    def after(self, failures: int) -> timedelta:
        """How long to wait after this many wrong passwords."""
        if failures < self.free:
            return timedelta()
        # The exponent is capped: beyond it the longest wait applies anyway.
        return min(self.first * (1 << min(failures - self.free, 16)), self.longest)


#: Of an address, of a known browser for one account, and of newcomers to a name that many try.
ADDRESS = Pace(5, timedelta(seconds=10), timedelta(minutes=15))
KNOWN = Pace(5, timedelta(seconds=5), timedelta(minutes=1))
CROWD = Pace(20, timedelta(seconds=5), timedelta(minutes=1))


@dataclass(frozen=True, slots=True)
class Source:
    """From where a password is tried.

    `address` is the network's; `device` names a browser, and `knows` are the ids of the accounts
    that signed in there before.
    """

    address: str = ""
    device: str = ""
    knows: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Held:
    """What is held against a key."""

    failures: int
    last_at: datetime
    locked_until: datetime | None


#: Where nothing is known of it.
SOMEWHERE = Source()


@dataclass(frozen=True, slots=True)
class Try:
    """A try that may be made, or must wait `until` then.

    `counted` are the keys it was counted under; `key` is what it waits for, or has waited for as a
    newcomer; empty if neither.
    """

    counted: tuple[str, ...] = ()
    key: str = ""
    until: datetime | None = None


def begin(
    connection: Connection, source: Source, name: str, account: str | None, now: datetime
) -> Try:
    """Count a try on the user name `name` (of the account with this id, if there is one)."""
    if account is not None and source.device and account in source.knows:
        return _known(connection, _key("device", source.device, account), now)
    return _stranger(connection, network_of(source.address), name, now)


def forgive(connection: Connection, made: Try, now: datetime) -> None:
    """The password was right: this try is counted no more, and a browser begins anew."""
    for key in made.counted:
        row = _row(connection, key, now)
        if row is not None:
            _put(connection, key, max(row.failures - 1, 0), row.last_at, None)
    if made.key:
        connection.execute(delete(SIGN_IN).where(SIGN_IN.c.key == made.key))


def forget(connection: Connection) -> None:
    """Nothing is held against anybody any more."""
    connection.execute(delete(SIGN_IN))


def move(connection: Connection, by: timedelta) -> None:
    """The clock was set by so much: what is counted moves along."""
    moved = [
        {
            "of": row.key,
            "last": row.last_at + by,
            "until": row.locked_until and row.locked_until + by,
        }
        for row in connection.execute(select(SIGN_IN))
    ]
    if moved:
        connection.execute(_MOVE, moved)


def network_of(address: str) -> str:
    """Whoever has one IPv6 address has its whole network of 2^64."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or ip_network((found, 64), strict=False))
    return str(found)


def _known(connection: Connection, key: str, now: datetime) -> Try:
    until = _waits(connection, key, now)
    if until is not None:
        return Try(key=key, until=until)
    _count(connection, key, KNOWN, now)
    # A right password there forgives all that was wrong: nobody else can be meant.
    return Try(key=key)


def _stranger(connection: Connection, address: str, name: str, now: datetime) -> Try:
    place, crowd, turn = _key("address", address), _key("name", name), _key("turn", address, name)
    for key in (place, turn):
        if (until := _waits(connection, key, now)) is not None:
            return Try(key=key, until=until)
    tried = _row(connection, crowd, now)
    failures = tried.failures if tried is not None else 0
    if wait := CROWD.after(failures):
        came = _row(connection, turn, now)
        _put(connection, turn, 0, now, now + wait)
        if came is None:
            # Many who come once each are many all the same: it isn't forgotten meanwhile.
            _put(connection, crowd, failures, now, None)
            _bound(connection)
            return Try(key=turn, until=now + wait)
    _count(connection, place, ADDRESS, now)
    _count(connection, crowd, None, now)
    _bound(connection)
    return Try((place, crowd), turn if wait else "")


def _key(*parts: str) -> str:
    """What was typed as a name may be a password: neither is kept in clear."""
    return sha256("\0".join(parts).encode()).hexdigest()


def _row(connection: Connection, key: str, now: datetime) -> Held | None:
    """What is held against a key, None once it is forgotten."""
    query = select(SIGN_IN).where(SIGN_IN.c.key == key, SIGN_IN.c.last_at > now - FORGOTTEN)
    row = connection.execute(query).first()
    if row is None:
        return None
    found = Held(row.failures, row.last_at, row.locked_until)
    if found.last_at > now:
        # The clock was set back while nothing ran: the wait begins anew.
        until = found.locked_until
        found = Held(found.failures, now, until and now + (until - found.last_at))
        _put(connection, key, found.failures, found.last_at, found.locked_until)
    return found


def _waits(connection: Connection, key: str, now: datetime) -> datetime | None:
    row = _row(connection, key, now)
    until = row.locked_until if row is not None else None
    return until if until is not None and now < until else None


def _count(connection: Connection, key: str, pace: Pace | None, now: datetime) -> None:
    row = _row(connection, key, now)
    failures = (row.failures if row is not None else 0) + 1
    wait = pace.after(failures) if pace is not None else None
    _put(connection, key, failures, now, now + wait if wait else None)


def _put(
    connection: Connection, key: str, failures: int, last_at: datetime, until: datetime | None
) -> None:
    values = {"failures": failures, "last_at": last_at, "locked_until": until}
    _PUT(connection, {"key": key, **values})


def _bound(connection: Connection) -> None:
    """No more than are remembered: somebody may have very many addresses."""
    count = connection.execute(select(func.count()).select_from(SIGN_IN)).scalar_one()
    if count > MOST:
        oldest = select(SIGN_IN.c.key).order_by(SIGN_IN.c.last_at).limit(count - MOST + MOST // 10)
        connection.execute(delete(SIGN_IN).where(SIGN_IN.c.key.in_(oldest)))
