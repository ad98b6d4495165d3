"""Rules over facts: what holds, what can be read, and what can't."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.flow.rules import Facts, RuleError, constants_of, facts_of, holds, parse_rule

FACTS: Facts = {
    "who": "other",
    "amount": 2_000_000,
    "told": True,
    "why": None,
    "number": "1",
    "@voice": False,
}

TRUE = [
    {"eq": ["who", "other"]},
    {"in": ["who", ["self", "other"]]},
    {"gte": ["amount", 2_000_000]},
    {"lte": ["amount", 2_000_000]},
    {"eq": ["told", True]},
    {"unknown": "why"},
    {"answered": "why"},
    {"eq": ["why", None]},
    {"eq": ["@voice", False]},
    {"all": [{"answered": "who"}, {"not": {"eq": ["who", "self"]}}]},
    {"any": [{"eq": ["who", "self"]}, {"eq": ["told", True]}]},
]
FALSE = [
    {"eq": ["who", "self"]},
    {"in": ["who", ["self"]]},
    {"gte": ["amount", 2_000_001]},
    {"lte": ["amount", 1_999_999]},
    {"eq": ["told", 1]},
    {"eq": ["number", 1]},
    {"gte": ["told", 0]},
    {"gte": ["why", 0]},
    {"unknown": "who"},
    {"all": [{"answered": "who"}, {"eq": ["told", False]}]},
    {"any": [{"eq": ["who", "self"]}, {"eq": ["told", False]}]},
    {"not": {"eq": ["who", "other"]}},
]


@pytest.mark.parametrize("tree", TRUE)
def test_holds(tree: dict[str, Any]) -> None:
    assert holds(parse_rule(tree), FACTS)


@pytest.mark.parametrize("tree", FALSE)
def test_does_not_hold(tree: dict[str, Any]) -> None:
    assert not holds(parse_rule(tree), FACTS)


@pytest.mark.parametrize("op", ["eq", "in", "gte", "lte", "answered", "unknown"])
def test_a_fact_nobody_stated_makes_every_comparison_false(op: str) -> None:
    args: dict[str, Any] = {
        "eq": ["nobody", None],
        "in": ["nobody", [None, "x"]],
        "gte": ["nobody", 0],
        "lte": ["nobody", 0],
        "answered": "nobody",
        "unknown": "nobody",
    }
    assert not holds(parse_rule({op: args[op]}), {})


def test_no_rule_always_holds() -> None:
    assert holds(None, {})


@pytest.mark.parametrize(
    ("tree", "said"),
    [
        ("who", "one operator"),
        ({}, "one operator"),
        ({"eq": ["a", 1], "in": ["a", [1]]}, "one operator"),
        ({"equals": ["a", 1]}, "no operator 'equals'"),
        ({"all": []}, "a list of rules"),
        ({"any": {"eq": ["a", 1]}}, "a list of rules"),
        ({"not": [{"eq": ["a", 1]}]}, "one operator"),
        ({"eq": ["a"]}, r"\[fact, value\]"),
        ({"eq": [1, "a"]}, r"\[fact, value\]"),
        ({"in": ["a", "b"]}, "value, …"),
        ({"in": ["a", []]}, "value, …"),
        ({"gte": ["a", "5"]}, "a number"),
        ({"lte": ["a", True]}, "a number"),
        ({"answered": ["a"]}, "name of a fact"),
    ],
)
def test_a_rule_that_can_not_be_read_says_what_would_be_right(tree: Any, said: str) -> None:
    with pytest.raises(RuleError, match=said):
        parse_rule(tree)


def test_a_rule_tells_which_facts_and_constants_it_names() -> None:
    rule = parse_rule(
        {"all": [{"in": ["a", ["x", "y"]]}, {"not": {"gte": ["b", 5]}}, {"answered": "c"}]}
    )
    assert facts_of(rule) == {"a", "b", "c"}
    assert constants_of(rule) == (("a", "x"), ("a", "y"), ("b", 5))
    assert facts_of(None) == frozenset()
    assert constants_of(None) == ()
