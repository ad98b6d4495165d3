"""Settings: from `kiosk.toml`, `KIOSK_*` variables and the command line, in rising order."""

from __future__ import annotations

import re
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationInfo, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from kiosk.places import Places
from kiosk.session.profiles import PROFILES
from kiosk.setting_types import Line, Names, Network, Networks, Place
from kiosk.sign.manifest import SignLanguage
from kiosk.ways_out import is_a_way_out

#: Of several parts, the last of which is no number: an address is no name.
#: A name or an address of IPv4, or one of IPv6, which has at least two colons.
_HOST = re.compile(
    r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*|\[?[0-9a-fA-F]*:[0-9a-fA-F:]*:[0-9a-fA-F]*\]?"
)
_HOST_NAME = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")


class Settings(BaseSettings, Places):
    """Everything an operator can set. See docs/operating.md for what each does."""

    model_config = SettingsConfigDict(
        env_prefix="KIOSK_", toml_file="kiosk.toml", extra="forbid", frozen=True
    )

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    data: Place = Path("data")
    content: Place | None = None

    branch: str = Field(default="branch-1", pattern=r"^[A-Za-z0-9_.-]{1,64}$")
    branch_name: Annotated[Line, Field(max_length=60)] = ""
    timezone: Line = "Asia/Shanghai"
    #: The first is the kiosk whose devices are plugged into this machine.
    kiosks: Names = ("K1",)
    counters: Names = ("1", "2", "3", "4", "5")
    profile: str = "kiosk-21"
    language: str = Field(default="zh-CN", pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")

    #: Where the kiosk speaks and hears: this machine's sound card, the page, or not at all. "auto"
    #: takes the card for the first kiosk's page opened on this machine, if there is a card.
    sound: Literal["auto", "card", "page", "off"] = "auto"
    hearing: Literal["auto", "card", "page", "off"] = "auto"
    #: The lobby display says each call aloud, with a bell before it.
    call_aloud: bool = True
    #: While nobody is there the first kiosk says where it is, every so many seconds (0: only when
    #: the key by the door is pressed) and so loud (dB).
    find_seconds: float = Field(default=0.0, ge=0, le=3600)
    find_db: float = Field(default=-12.0, ge=-30, le=6)
    #: Where the kiosks stand, as the lobby display says it.
    find_place: Annotated[Line, Field(max_length=40)] = ""
    #: Part of the device's name, as `kiosk doctor` lists them; empty for the system's own choice.
    loudspeaker: Line = ""
    headset: Line = ""
    microphone: Line = ""
    #: The headphone socket's input device, such as ``/dev/input/event8``; "auto" finds it, and
    #: nothing is watched where it is empty.
    jack: str = Field(default="auto", pattern=r"^(auto|/dev/[!-~]+)?$")
    #: Voices that speak where several were built for a language, such as ``zm_yunjian``.
    voices: Names = ()
    #: Ask customers who use the voice whether what they say may be kept to measure how well they
    #: are heard; for so many days, and so many utterances at most.
    collect_speech: bool = False
    collect_days: int = Field(default=30, ge=1, le=365)
    collect_most: int = Field(default=2000, ge=1, le=100_000)
    #: What a device needs to be as loud as the others (dB).
    loudspeaker_db: float = Field(default=0.0, ge=-30, le=12)
    headset_db: float = Field(default=0.0, ge=-30, le=12)

    #: The sign language of the clips shown here.
    sign_language: SignLanguage = "csl"
    #: Public keys whose packs may be installed, beside this kiosk's own; see `kiosk sign keys`.
    sign_trusted: Names = ()
    #: Show test pictures as if they were clips. Never where customers are.
    sign_test_clips: bool = False

    #: Where braille is felt: a display that BRLTTY serves, looked for from the start on, or none.
    #: "auto" leaves it at that where BRLTTY's library isn't here; "brlapi" doesn't start without.
    braille: Literal["auto", "brlapi", "off"] = "auto"
    #: BRLTTY's server as ``host:number`` (number 0 is port 4101), and its BrlAPI authorisation.
    brlapi_host: str = Field(default=":0", pattern=r"^[A-Za-z0-9._-]{0,253}(:[0-9]{1,5})?$")
    brlapi_auth: Line = ""
    #: Key maps of what is plugged in: braille keyboards, tactile keypads (docs/braille.md).
    keypads: Names = ("perkins",)
    #: When a chord on a braille keyboard ends: at the last key let go, at the first, or at space.
    chords: Literal["all_up", "first_release", "one_handed"] = "all_up"
    #: The same chord again within this many milliseconds is a trembling hand.
    double_strike_ms: int = Field(default=0, ge=0, le=500)
    #: English and Korean braille are contracted, as most of their readers have it.
    contracted: bool = True

    #: How a number goes along: what prints it, on which paper, and what embosses it.
    printer: Line = "none"
    paper: Literal["a4", "a5", "80mm"] = "a5"
    embosser: Line = "none"
    #: A gateway that takes texts, pagers, and the file with the secret that signs what both get.
    messenger: Line = "none"
    pager: Line = "none"
    gateway_secret: Place | None = None

    idle_warn_seconds: int = Field(default=180, ge=120, le=300)
    idle_answer_seconds: int = Field(default=45, ge=20, le=300)
    #: Who waits here at the kiosk is asked into the lobby after so many minutes, and may stay as
    #: long again: while another kiosk is "free", "always", or "never".
    wait_here_minutes: int = Field(default=5, ge=2, le=60)
    wait_here_more: Literal["free", "always", "never"] = "free"

    #: Names by which browsers ask for this server, besides its own (docs/operating.md).
    hosts: Names = ()
    #: Where staff pages may be opened from; anywhere on the branch's network by default.
    staff_networks: Networks = (ip_network("0.0.0.0/0"), ip_network("::/0"))
    #: Where staff may sign in with passkeys: this kiosk's host name, over TLS; or "off".
    passkeys: str = "off"
    #: Pages are served over TLS (by a proxy in front): cookies are marked so.
    tls: bool = False
    #: A proxy stands in front, whatever it speaks: an address says nothing about who asks.
    proxy: bool = False
    #: Or by the kiosk itself: files that `kiosk tls` makes.
    certificate: Place | None = None
    private_key: Place | None = None
    threads: int = Field(default=16, ge=8, le=256)
    #: How long a write waits for another program's lock.
    busy_timeout_ms: int = Field(default=5000, ge=0, le=60_000)
    #: Days until personal fields are wiped.
    keep_days: int = Field(default=30, ge=1, le=3650)
    #: So long after a colleague's last open page what they have in hand goes back to the queue.
    console_lost_minutes: int = Field(default=10, ge=2, le=120)
    demo: bool = False

    @field_validator("profile")
    @classmethod
    def _known_profile(cls, value: str) -> str:
        if value not in PROFILES:
            raise ValueError(f"no screen profile {value!r}; there are {', '.join(PROFILES)}")
        return value

    @field_validator("printer", "embosser", "messenger", "pager")
    @classmethod
    def _a_way_out(cls, value: str, info: ValidationInfo) -> str:
        if not is_a_way_out(str(info.field_name), value):
            raise ValueError(f"{value!r} names none")
        return value

    @model_validator(mode="after")
    def _signs_what_goes_out(self) -> Settings:
        signed = [one for one in (self.messenger, self.pager) if one.startswith("http")]
        if signed and self.gateway_secret is None:
            raise ValueError("messenger and pager over HTTP are signed; give gateway_secret a file")
        return self

    @model_validator(mode="after")
    def _passkeys_have_a_name(self) -> Settings:
        """Browsers keep a passkey for a host name, and for it over TLS; on this machine without."""
        name = self.passkeys
        if name in ("off", "localhost"):
            return self
        if not _HOST_NAME.fullmatch(name):
            raise ValueError(f"passkeys is {name!r}; give this kiosk's host name in small letters")
        if not self.secure:
            raise ValueError("passkeys need TLS; set tls behind a proxy, or see `kiosk tls`")
        return self

    @model_validator(mode="after")
    def _both_or_none(self) -> Settings:
        if (self.certificate is None) != (self.private_key is None):
            raise ValueError("certificate and private_key go together; `kiosk tls` makes both")
        return self

    @model_validator(mode="after")
    def _hears_where_it_speaks(self) -> Settings:
        if self.hearing == "card" and self.sound in ("page", "off"):
            raise ValueError(
                f'hearing = "card" with sound = "{self.sound}" hears nothing: a microphone of this '
                'machine needs a loudspeaker of it; set sound = "card" too'
            )
        return self

    @field_validator("hosts")
    @classmethod
    def _names_of_hosts(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for name in value:
            if not _HOST.fullmatch(name):
                raise ValueError(f"no host {name!r}; a name or address without scheme or port")
        return value

    @field_validator("kiosks")
    @classmethod
    def _names_of_kiosks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not value or len(set(value)) < len(value):
            raise ValueError("name at least one kiosk, and each once")
        for name in value:
            if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", name):
                raise ValueError(f"no kiosk can be called {name!r}; take letters, digits, - and _")
        return value

    @field_validator("counters")
    @classmethod
    def _names_of_counters(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not value or len(set(value)) < len(value):
            raise ValueError("name at least one counter, and each once")
        if long := [name for name in value if len(name) > 20]:
            raise ValueError(f"the name of a counter has at most 20 letters, unlike {long[0]!r}")
        return value

    @field_validator("host")
    @classmethod
    def _address(cls, value: str) -> str:
        if not re.fullmatch(
            r"[A-Za-z0-9]([A-Za-z0-9.-]{0,252})|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*", value
        ):
            raise ValueError(f"{value!r} is neither an address nor a name of a machine")
        if re.fullmatch(r"[0-9.]+|.*:.*", value):
            ip_address(value)
        return value

    @field_validator("staff_networks")
    @classmethod
    def _somewhere(cls, value: tuple[Network, ...]) -> tuple[Network, ...]:
        if not value:
            raise ValueError("without a network nobody could open the staff pages")
        return value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"no time zone {value!r}; write it like Asia/Shanghai") from error
        return value

    @property
    def secure(self) -> bool:
        """Whether pages come over TLS, by a proxy or by the kiosk itself."""
        return self.tls or self.certificate is not None

    @property
    def proxied(self) -> bool:
        """Whether pages come through a proxy."""
        return self.proxy or self.tls

    @property
    def has_passkeys(self) -> bool:
        return self.passkeys != "off"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)
