"""What a passkey's browser and this server say to each other (WebAuthn Level 3, sections 7.1, 7.2).

All checks are py_webauthn's; here stands what is asked for: the person must be verified by the
authenticator, and the page must be this kiosk's own, at the host name of the settings.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from kiosk.queue.people.accounts import Staff
from kiosk.queue.people.passkeys import Passkey

#: Browsers let this one name do without TLS.
HERE = "localhost"


class Unproven(Exception):
    """What came isn't an answer of a passkey to what was asked."""

    code = "unproven"


def own_origin(origin: str, host: str) -> str:
    """The page's origin, if it is this kiosk's. Raises `Unproven`."""
    try:
        found = urlsplit(origin)
        name, scheme = found.hostname, found.scheme
    except ValueError:
        name, scheme = None, ""
    if name != host or (scheme != "https" and host != HERE):
        raise Unproven
    return origin


def to_add(
    host: str, title: str, staff: Staff, known: tuple[Passkey, ...], challenge: bytes
) -> dict[str, Any]:
    """What a browser needs to make a passkey for this account; it has none of `known` yet."""
    import webauthn
    from webauthn.helpers import base64url_to_bytes, structs

    options = webauthn.generate_registration_options(
        rp_id=host,
        rp_name=title,
        user_id=staff.id.encode(),
        user_name=staff.username,
        user_display_name=staff.name,
        challenge=challenge,
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            structs.PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.id)) for one in known
        ],
    )
    return _as_json(options)


def added(
    host: str,
    origin: str,
    given: Mapping[str, Any],
    challenge: bytes,
    staff: Staff,
    device: str,
    now: datetime,
) -> Passkey:
    """The passkey that was made. Raises `Unproven`."""
    import webauthn
    from webauthn.helpers import bytes_to_base64url
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        found = webauthn.verify_registration_response(
            credential=dict(given),
            expected_challenge=challenge,
            expected_rp_id=host,
            expected_origin=own_origin(origin, host),
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise Unproven from error
    ident, public = map(bytes_to_base64url, (found.credential_id, found.credential_public_key))
    return Passkey(ident, staff.id, public, found.sign_count, device, now)


def to_enter(host: str, challenge: bytes) -> dict[str, Any]:
    """What a browser needs to offer the passkeys it has for this kiosk."""
    import webauthn
    from webauthn.helpers import structs

    options = webauthn.generate_authentication_options(
        rp_id=host,
        challenge=challenge,
        user_verification=structs.UserVerificationRequirement.REQUIRED,
    )
    return _as_json(options)


def entered(
    host: str, origin: str, given: Mapping[str, Any], challenge: bytes, passkey: Passkey
) -> int:
    """The authenticator's count, once it has proven to hold the passkey. Raises `Unproven`."""
    import webauthn
    from webauthn.helpers import base64url_to_bytes
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        found = webauthn.verify_authentication_response(
            credential=dict(given),
            expected_challenge=challenge,
            expected_rp_id=host,
            expected_origin=own_origin(origin, host),
            credential_public_key=base64url_to_bytes(passkey.public),
            credential_current_sign_count=passkey.count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise Unproven from error
    return int(found.new_sign_count)


def _as_json(options: Any) -> dict[str, Any]:
    import webauthn

    found: dict[str, Any] = json.loads(webauthn.options_to_json(options))
    return found
