"""The eight visits of an ordinary morning, as what each customer wants; what is asked is counted.

A press is a touch, a key, a chord or a digit: what is typed counts a press a digit, and one to say
that it is whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.flow.prompt import Prompt
from kiosk.session.events import AnyEvent, Close, Open
from tests.support.customer import Customer

#: What everybody says where their wishes name nothing else: all papers are here, the read-back is
#: right, and there is nothing more.
USUAL: Mapping[str, tuple[str, ...]] = {
    "papers": ("yes",),
    "paper": ("yes",),
    "notice": ("next",),
    "review": ("finish", "confirm"),
    "done": ("no",),
}

#: Buttons of the bar: to the settings, and back from them.
BAR: Mapping[str, AnyEvent] = {"bar:settings": Open("settings"), "bar:back": Close()}


@dataclass(frozen=True, slots=True)
class Visit:
    """One customer. `before` is pressed first, `wants` are answers by step."""

    name: str
    before: tuple[str, ...]
    service: str
    wants: Mapping[str, str]
    #: Presses of the same visit before anything was asked once or inferred.
    was: int


MORNING = (
    Visit(
        "withdraws 20,000 yuan by large text",
        ("large_text",),
        "withdraw",
        {
            "account": "card",
            "amount": "20000",
            "told_to": "no",
            "notes": "mixed",
            "for_whom": "self",
            "first_served": "age_60",
        },
        18,
    ),
    Visit(
        "blind, by the keypad: the PIN of a mother who is ill",
        ("voice",),
        "pin_reset",
        {
            "pin_of": "card",
            "locked": "no",
            "for_whom": "other",
            "why_absent": "ill",
            "relation": "child",
            "home_talk": "no",
            "first_served": "none",
            "companion": "no",
        },
        19,
    ),
    Visit(
        "braille: withdraws 500 yuan",
        ("braille",),
        "withdraw",
        {
            "account": "card",
            "amount": "500",
            "notes": "small",
            "for_whom": "self",
            "first_served": "none",
            "companion": "no",
        },
        13,
    ),
    Visit(
        "sign: a lost card, its last digits typed",
        ("sign",),
        "loss_report",
        {
            "lost_what": "card",
            "money_moved": "no",
            "noticed": "today",
            "last4": "1234",
            "for_whom": "self",
            "phone": "unknown",
            "first_served": "none",
        },
        17,
    ),
    Visit(
        "can't read: a pension, by ear",
        ("voice",),
        "pension",
        {
            "source": "pension",
            "wish": "take_out",
            "first_time": "no",
            "for_whom": "self",
            "first_served": "age_80",
            "companion": "yes",
        },
        13,
    ),
    Visit(
        "in a wheelchair: low reach, and a wheelchair of the branch",
        ("large_text", "bar:settings", "low_reach", "bar:back"),
        "need_help",
        {"aid": "wheelchair", "first_served": "mobility"},
        10,
    ),
    Visit(
        "something else",
        ("large_text",),
        "something_else",
        {"what": "unknown", "phone": "unknown", "first_served": "age_60"},
        9,
    ),
    Visit(
        "Korean, by large text: a visit at home",
        ("language:ko", "large_text"),
        "home_visit",
        {
            "visit_for": "pin",
            "for_whom": "self",
            "day": "unknown",
            "part_of_day": "morning",
            "phone": "unknown",
            "first_served": "age_60",
        },
        14,
    ),
)


def presses(visit: Visit) -> int:
    """What that customer presses from the first screen to their number."""
    customer, count = Customer(), 0
    for press in (*visit.before, *customer.way_to(visit.service)):
        if press in BAR:
            customer.do(BAR[press])
        else:
            customer.choose(press)
        count += 1
    for _ in range(40):
        if customer.state.place != "visit":
            return count
        value = _answer(visit, customer.prompt)
        count += _pressed(customer.prompt, value)
        customer.choose(value)
    raise AssertionError(f"{visit.name}: stuck at {customer.prompt.key}")


def _answer(visit: Visit, prompt: Prompt) -> str:
    if prompt.step in visit.wants:
        return visit.wants[prompt.step]
    offered = [choice.value for choice in prompt.choices]
    return next(one for one in USUAL[prompt.kind] if one in offered)


def _pressed(prompt: Prompt, value: str) -> int:
    chosen = value == "unknown" or any(choice.value == value for choice in prompt.choices)
    return 1 if chosen or prompt.entry is None else len(value) + 1
