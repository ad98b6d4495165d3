"""What a setting may be: a line, a place, several names or networks, each as it may be written."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator
from pydantic_settings import NoDecode

from kiosk.door import clean

Network = IPv4Network | IPv6Network
_MAPPED = IPv6Network("::ffff:0:0/96")


def _split(value: Any) -> Any:
    """Lists may be written ``a, b`` in a variable."""
    if not isinstance(value, str):
        return value
    return [part.strip() for part in value.split(",") if part.strip()]


def _line(value: str) -> str:
    """One line that can be shown, said and written everywhere. Raises `ValueError`."""
    if "\n" in value or "\t" in value:
        raise ValueError("this is more than one line")
    return clean(value, LONGEST_LINE)


def _path(value: Path) -> Path:
    if not _line(str(value)).strip():
        raise ValueError("this names no place")
    return value


def _no_empty_path(value: Any) -> Any:
    if value == "":
        raise ValueError("this names no place")
    return value


def _plain(value: Network) -> Network:
    """One of IPv4 that is written as IPv6 has it (``::ffff:10.1.0.0/112``) is one of IPv4."""
    if isinstance(value, IPv6Network) and value.subnet_of(_MAPPED):
        first = value.network_address.ipv4_mapped
        return ip_network(f"{first}/{value.prefixlen - _MAPPED.prefixlen}")
    return value


#: Letters of a text in the settings.
LONGEST_LINE = 200
Line = Annotated[str, AfterValidator(_line)]
Place = Annotated[Path, BeforeValidator(_no_empty_path), AfterValidator(_path)]
Names = Annotated[tuple[Line, ...], NoDecode, BeforeValidator(_split)]
Networks = Annotated[
    tuple[Annotated[Network, AfterValidator(_plain)], ...], NoDecode, BeforeValidator(_split)
]
