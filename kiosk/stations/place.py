"""Whether a page is on this machine, which can only be known where nobody else can come."""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import IPv6Address, ip_address

from kiosk.settings import Settings

#: What proxies add: a request that has one of these came from somewhere else.
FORWARDED = frozenset(
    {"forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"}
)


def is_loopback(host: str) -> bool:
    """Whether an address or name means this machine."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(plain(host.strip("[]"))).is_loopback
    except ValueError:
        return False


def plain(address: str) -> str:
    """An address as everybody writes it: one of IPv4 that a socket of IPv6 shows as its own
    (``::ffff:192.0.2.7``) is one of IPv4. What is no address stays as it is."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return str(mapped or found)


def admits_here(settings: Settings) -> bool:
    """Whether the settings let pages on this machine in at once: no network, and no proxy."""
    return is_loopback(settings.host) and not settings.proxied


def is_here(settings: Settings, remote: str | None, host: str, headers: Collection[str]) -> bool:
    """Whether a request surely comes from this machine.

    The name it asked for must be this machine's as well: another site may have its own name lead
    here, and its page would then be taken for ours.
    """
    if not admits_here(settings) or not FORWARDED.isdisjoint(map(str.lower, headers)):
        return False
    name, _, port = host.rpartition(":")
    return is_loopback(remote or "") and is_loopback(name if port.isdigit() else host)


def own_address(settings: Settings) -> str:
    """Where a browser on this machine finds the server."""
    scheme = "https" if settings.certificate else "http"
    anywhere = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 (compared, not bound)
    host = anywhere.get(settings.host, settings.host)
    if ":" in host and not host.startswith("["):
        host = f"[{host}]"
    return f"{scheme}://{host}:{settings.port}"
