"""How the customer is served: one set of switches, and the four presets that set them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, TypedDict

#: The voice as it is, a deeper one, or slower and clearer for whoever hears high tones badly.
Tone = Literal["usual", "deep", "high", "clear"]
Theme = Literal["calm", "white_on_black", "black_on_white", "low_glare"]
#: What a switch can be put to.
Setting = str | int | bool
PresetId = Literal["large_text", "voice", "braille", "sign"]

#: Cap heights in mm of the four text sizes (VVSG 2.0, 7.1). The first is for staff pages only:
#: nothing a customer reads is under 4.8 mm (ADA 707.7.2).
CAP_HEIGHTS_MM: Mapping[int, float] = {1: 3.6, 2: 5.0, 3: 6.8, 4: 8.6}
CUSTOMER_SIZES = (2, 3, 4)
TONES: tuple[Tone, ...] = ("usual", "deep", "high", "clear")
THEMES: tuple[Theme, ...] = ("calm", "white_on_black", "black_on_white", "low_glare")
#: Seven rates with pitch kept (VVSG 2.0, 7.1-K), by index.
RATES = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0)
#: Volume steps of 6 dB: 30 dB in all, with one at +12 dB (EN 301 549, 8.2.1).
VOLUMES_DB = (-12, -6, 0, 6, 12, 18)
#: Speeds of the signer, and sizes of the picture (0 small, 1 normal, 2 the whole width), by index.
SIGN_RATES = (0.5, 0.75, 1.0, 1.25, 1.5)
SIGN_SIZES = (0, 1, 2)


@dataclass(frozen=True, slots=True)
class Switches:
    """Every session starts from these defaults; nothing of the last customer stays."""

    language: str = "zh-CN"
    text_size: int = 3
    theme: Theme = "calm"
    low_reach: bool = False
    voice: bool = False
    braille: bool = False
    sign: bool = False
    #: Private numbers may be said on the loudspeaker: the customer asked for it.
    aloud: bool = False
    rate: int = RATES.index(1.0)
    volume: int = VOLUMES_DB.index(0)
    #: How the voice sounds.
    tone: Tone = "usual"
    #: How the signer is shown; captions are on until the customer takes them away.
    sign_rate: int = SIGN_RATES.index(1.0)
    sign_size: int = 1
    captions: bool = True

    def facts(self) -> dict[str, Setting]:
        """What the flow's rules may ask about how the customer is served."""
        return {
            "@language": self.language,
            "@voice": self.voice,
            "@braille": self.braille,
            "@sign": self.sign,
            "@large_text": self.text_size == max(CUSTOMER_SIZES),
        }


class Changes(TypedDict, total=False):
    """What a preset switches on."""

    text_size: int
    voice: bool
    braille: bool
    sign: bool
    rate: int


@dataclass(frozen=True, slots=True)
class Preset:
    """A way to start: what it switches on, its picture and its key on the attract screen."""

    id: PresetId
    icon: str
    changes: Changes
    #: The renderer this preset lives by, announced as missing where the kiosk hasn't it.
    sense: str


#: The largest text, read out a step slower.
_UNHURRIED: Changes = {"text_size": 4, "voice": True, "rate": RATES.index(0.75)}

PRESETS: Mapping[str, Preset] = {
    preset.id: preset
    for preset in (
        Preset("large_text", "text-increase", _UNHURRIED, "screen"),
        Preset("voice", "volume-up", {"voice": True}, "voice"),
        Preset("braille", "braille", {"braille": True}, "braille"),
        Preset("sign", "sign-language", {"sign": True}, "sign"),
    )
}

TOGGLES = ("low_reach", "voice", "braille", "sign", "aloud")


class SwitchError(ValueError):
    """A switch that doesn't exist or a place it can't be put in."""

    code = "switch"


def start_with(preset: str, defaults: Switches) -> Switches:
    return replace(defaults, **PRESETS[preset].changes)


def put(switches: Switches, name: str, value: str, languages: tuple[str, ...]) -> Switches:
    """The switches with one set from its text form. Raises `SwitchError`."""
    if name not in {field.name for field in fields(Switches)}:
        raise SwitchError(f"no switch {name!r}")
    allowed: Mapping[str, Mapping[str, Setting]] = {
        "language": {language: language for language in languages},
        "text_size": {str(size): size for size in CUSTOMER_SIZES},
        "theme": {theme: theme for theme in THEMES},
        "tone": {tone: tone for tone in TONES},
        "rate": {str(i): i for i in range(len(RATES))},
        "volume": {str(i): i for i in range(len(VOLUMES_DB))},
        "sign_rate": {str(i): i for i in range(len(SIGN_RATES))},
        "sign_size": {str(size): size for size in SIGN_SIZES},
    }
    values = allowed.get(name, {"on": True, "off": False})
    if value not in values:
        raise SwitchError(f"{name} can be {', '.join(values)}; not {value!r}")
    found: dict[str, Any] = {name: values[value]}
    return replace(switches, **found)


#: What can be turned up and down, and its steps.
STEPS: Mapping[str, Sequence[float]] = {
    "rate": RATES,
    "volume": VOLUMES_DB,
    "sign_rate": SIGN_RATES,
}


def turn(switches: Switches, name: str, by: int) -> Switches:
    """One of `STEPS` some steps up or down, held at its ends."""
    last = len(STEPS[name]) - 1
    return replace(switches, **{name: min(max(getattr(switches, name) + by, 0), last)})
