"""Which names this server answers to: a request for any other goes no further.

Another site may let its own name lead here (DNS rebinding), and a cache or a link may be made of a
forged one. An address of digits can't be made to lead elsewhere, so where the server listens to
the whole network it may be asked for by any.
"""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from flask import Flask, request
from werkzeug.exceptions import HTTPException, SecurityError

from kiosk.settings import Settings
from kiosk.stations.place import is_loopback

#: Addresses that mean every network this machine is on.
ANYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 (compared, not bound)
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[0-9a-z._-]+)(?::[0-9]{1,5})?", re.IGNORECASE)


class WrongHost(HTTPException):
    """A request for a name that isn't this server's (RFC 9110, 15.5.20)."""

    code = 421


@dataclass(frozen=True, slots=True)
class Hosts:
    """The names, in small letters, and whether any address of digits is one."""

    names: frozenset[str]
    any_address: bool

    def answers_to(self, host: str) -> bool:
        """Whether a Host header, with or without its port, names this server."""
        found = _HOST.fullmatch(host)
        if found is None:
            return False
        name = found[1].strip("[]").lower()
        return is_loopback(name) or name in self.names or (self.any_address and _is_address(name))


def hosts_of(settings: Settings) -> Hosts:
    """What the settings name, the name or address it listens at, what its certificate is for, and,
    where it listens to the whole network without a proxy, this machine's own name."""
    names = {*settings.hosts, settings.host, *_certified(settings.certificate)}
    everywhere = settings.host in ANYWHERE
    if everywhere:
        own = socket.gethostname()
        names |= {own, f"{own}.local"}
    return Hosts(frozenset(name.strip("[]").lower() for name in names) - ANYWHERE, everywhere)


def init_hosts(app: Flask, settings: Settings) -> None:
    """Before everything else that a request goes through."""
    hosts = hosts_of(settings)

    def check() -> None:
        try:
            host = request.host
        except SecurityError:
            raise WrongHost from None
        if not hosts.answers_to(host):
            raise WrongHost

    app.before_request(check)


def _certified(certificate: Path | None) -> tuple[str, ...]:
    """The names and addresses that a certificate is for; none where it can't be read, which the
    server itself will say."""
    if certificate is None:
        return ()
    # Taken late: few kiosks have one.
    from cryptography import x509

    try:
        found = x509.load_pem_x509_certificate(certificate.read_bytes())
        held = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (OSError, ValueError, x509.ExtensionNotFound):
        return ()
    addresses = (str(one) for one in held.get_values_for_type(x509.IPAddress))
    return (*held.get_values_for_type(x509.DNSName), *addresses)


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
