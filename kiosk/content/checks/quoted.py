"""Checks of words quoted in a sentence: what is pressed is called what the screen calls it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kiosk.content.checks.material import Material
from kiosk.content.checks.style import for_customers
from kiosk.content.locales import Messages
from kiosk.content.source import Finding

#: How each language writes that something is pressed or chosen; the group is what it is called.
PRESSED: Mapping[str, re.Pattern[str]] = {
    "zh-CN": re.compile(r"(?:按|选|点)“([^”{}]+)”"),
    "en": re.compile(r"\b(?:press|choose|select|touch) [“\"]([^”\"{}]+)[”\"]", re.IGNORECASE),
    "ko": re.compile(r"[‘“]([^’”{}]+)[’”][을를]? (?:누르|눌러|눌렀|고르|골라|선택)"),
}
#: The keys of what can be pressed: buttons, choices, titles in the menu, keys of a keypad.
LABEL = re.compile(
    r"^(bar|language|voice\.command|paper\.\w+\.key|paper\.key)\."
    r"|\.option\.|^group\.\w+\.title$|^[a-z_]+\.title$"
    r"|\.(yes|no|unknown|skip|next|enough|confirm|change|finish|another|enter|erase|send)$"
)
#: A key of the key tutor, which says its name and what it does: ``取消：这件事不办了。``
KEY = re.compile(r"^screen\.keys\.key\.\w+\.ask$")


def labels(messages: Messages) -> frozenset[str]:
    """What the things to press are called in a language, as read and as heard."""
    found: set[str] = set()
    for key, (message, _) in messages.items():
        if LABEL.search(key):
            found |= {message.text.casefold(), message.form("speech").casefold()}
        elif KEY.search(key):
            found.add(re.split("[:：]", message.text)[0].casefold())
    return frozenset(found)


def quoted_labels(material: Material) -> Iterator[Finding]:
    for language, pattern in PRESSED.items():
        if language not in material.words:
            continue
        messages = material.judged(language)
        known = labels(messages)
        for key, (message, place) in messages.items():
            if not for_customers(key):
                continue
            for name in dict.fromkeys(pattern.findall(message.text)):
                if name.casefold() not in known:
                    yield place.finding(
                        f"{key}: nothing to press is called {name!r}; quote it as the screen has it"
                    )


quoted_checks = (quoted_labels,)
