"""`kiosk tls`: a certificate of the branch's own, so that other machines may use their camera.

Browsers open a camera only on this machine itself (127.0.0.1) or over TLS.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path

import click
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from kiosk.cli.options import data_option, settings_from
from kiosk.files import SHARED, write_whole

CA_YEARS, YEARS = 10, 2
#: Names one machine always has for itself.
OWN = ("localhost", "127.0.0.1")

Key = ec.EllipticCurvePrivateKey


@click.command()
@click.argument("names", nargs=-1, required=True)
@data_option
def tls(names: tuple[str, ...], data: Path | None) -> None:
    """Make a certificate for this machine.

    NAMES are its name or address in the branch's network.
    """
    settings = settings_from(data=data)
    settings.make_folders()
    folder = settings.data / "tls"
    folder.mkdir(exist_ok=True, mode=0o700)
    authority, authority_key = _authority(folder)
    certificate, key = issue(authority, authority_key, (*names, *OWN))
    _write_key(folder / "server.key", key)
    chain = certificate.public_bytes(serialization.Encoding.PEM)
    chain += authority.public_bytes(serialization.Encoding.PEM)
    write_whole(folder / "server.pem", chain, mode=SHARED)
    click.echo(f"{folder / 'server.pem'}: for {', '.join(names)}, {YEARS} years")
    click.echo("in kiosk.toml:")
    click.echo(f'  certificate = "{folder / "server.pem"}"')
    click.echo(f'  private_key = "{folder / "server.key"}"')
    click.echo(f"on every other machine, trust {folder / 'branch-ca.pem'} (docs/sign.md, TLS)")


def issue(
    authority: x509.Certificate, authority_key: Key, names: tuple[str, ...]
) -> tuple[x509.Certificate, Key]:
    """A server's certificate and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_called(names[0]))
        .issuer_name(authority.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=365 * YEARS))
        .add_extension(
            x509.SubjectAlternativeName([_general(name) for name in dict.fromkeys(names)]),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    )
    return builder.sign(authority_key, hashes.SHA256()), key


def _authority(folder: Path) -> tuple[x509.Certificate, Key]:
    """The branch's own authority, made once: machines that trust it trust what it signs later."""
    path, key_path = folder / "branch-ca.pem", folder / "branch-ca.key"
    if path.exists() and key_path.exists():
        try:
            found = serialization.load_pem_private_key(key_path.read_bytes(), None)
            certificate = x509.load_pem_x509_certificate(path.read_bytes())
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise click.ClickException(
                f"{path} or {key_path} can't be used; restore both from a copy, or move both away "
                "and trust the new authority on every machine"
            ) from error
        if not isinstance(found, ec.EllipticCurvePrivateKey):
            raise click.ClickException(f"{key_path} is no key of ours; move it away")
        return certificate, found
    key = ec.generate_private_key(ec.SECP256R1())
    now, name = datetime.now(UTC), _called("Wuai branch authority")
    usage = x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )
    authority = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=365 * CA_YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    _write_key(key_path, key)
    write_whole(path, authority.public_bytes(serialization.Encoding.PEM), mode=SHARED)
    return authority, key


def _called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])


def _general(name: str) -> x509.GeneralName:
    address: IPv4Address | IPv6Address
    try:
        address = ip_address(name)
    except ValueError:
        return x509.DNSName(name)
    return x509.IPAddress(address)


def _write_key(path: Path, key: Key) -> None:
    """For its owner only, whatever stood there before."""
    write_whole(
        path,
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
    )
