"""Rules: small trees over facts, such as ``{all: [{eq: [for_whom, other]}, {not: …}]}``.

A *fact* is an answer under its step's id, or something the session knows under a name that starts
with ``@`` (``@service``, ``@language``, ``@voice``, …). A fact nobody has stated makes every
comparison false; it is never an error, because the path is computed while answers are missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Facts = Mapping[str, Any]


class RuleError(ValueError):
    """A rule that can't be read; the message names the part and what would be right."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One node: an operator of `OPERATORS` and its arguments (rules, or a fact and constants)."""

    op: str
    args: tuple[Any, ...]


def holds(rule: Rule | None, facts: Facts) -> bool:
    """Whether `rule` is true of `facts`; no rule is always true."""
    return rule is None or OPERATORS[rule.op].test(rule.args, facts)


def facts_of(rule: Rule | None) -> frozenset[str]:
    """The names of the facts that `rule` looks at."""
    if rule is None:
        return frozenset()
    if OPERATORS[rule.op].joins:
        return frozenset().union(*(facts_of(inner) for inner in rule.args))
    return frozenset({rule.args[0]})


def constants_of(rule: Rule | None) -> tuple[tuple[str, Any], ...]:
    """Every (fact, constant) pair that `rule` compares, so that content can be checked."""
    if rule is None:
        return ()
    if OPERATORS[rule.op].joins:
        return tuple(pair for inner in rule.args for pair in constants_of(inner))
    fact, *constants = rule.args
    flat = constants[0] if rule.op == "in" else constants
    return tuple((fact, constant) for constant in flat)


def parse_rule(tree: Any) -> Rule:
    """Read a rule from YAML's dicts and lists. Raises `RuleError`."""
    if isinstance(tree, Rule):
        return tree
    if not isinstance(tree, dict) or len(tree) != 1:
        raise RuleError(f"a rule is one operator and its arguments, not {tree!r}")
    op, raw = next(iter(tree.items()))
    if op not in OPERATORS:
        raise RuleError(f"no operator {op!r}; there are {', '.join(sorted(OPERATORS))}")
    return Rule(op, OPERATORS[op].read(op, raw))


@dataclass(frozen=True, slots=True)
class Operator:
    read: Callable[[str, Any], tuple[Any, ...]]
    test: Callable[[tuple[Any, ...], Facts], bool]
    joins: bool = False


def _read_rules(op: str, raw: Any) -> tuple[Rule, ...]:
    if not isinstance(raw, list) or not raw:
        raise RuleError(f"{op} takes a list of rules, not {raw!r}")
    return tuple(parse_rule(inner) for inner in raw)


def _read_rule(op: str, raw: Any) -> tuple[Rule, ...]:
    return (parse_rule(raw),)


def _read_fact(op: str, raw: Any) -> tuple[str]:
    if not isinstance(raw, str):
        raise RuleError(f"{op} takes the name of a fact, not {raw!r}")
    return (raw,)


def _read_pair(op: str, raw: Any) -> tuple[str, Any]:
    if not isinstance(raw, list) or len(raw) != 2 or not isinstance(raw[0], str):
        raise RuleError(f"{op} takes [fact, value], not {raw!r}")
    return raw[0], raw[1]


def _read_set(op: str, raw: Any) -> tuple[str, tuple[Any, ...]]:
    fact, values = _read_pair(op, raw)
    if not isinstance(values, list) or not values:
        raise RuleError(f"{op} takes [fact, [value, …]], not {raw!r}")
    return fact, tuple(values)


def _read_number(op: str, raw: Any) -> tuple[str, Any]:
    fact, bound = _read_pair(op, raw)
    if not _is_number(bound):
        raise RuleError(f"{op} compares with a number, not {bound!r}")
    return fact, bound


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_ABSENT = object()


def _same(left: Any, right: Any) -> bool:
    return type(left) is type(right) and bool(left == right)


def _equal(args: tuple[Any, ...], facts: Facts) -> bool:
    return _same(facts.get(args[0], _ABSENT), args[1])


def _among(args: tuple[Any, ...], facts: Facts) -> bool:
    value = facts.get(args[0], _ABSENT)
    return any(_same(value, one) for one in args[1])


def _compare(test: Callable[[Any, Any], bool]) -> Callable[[tuple[Any, ...], Facts], bool]:
    def compare(args: tuple[Any, ...], facts: Facts) -> bool:
        value = facts.get(args[0])
        return _is_number(value) and test(value, args[1])

    return compare


OPERATORS: Mapping[str, Operator] = {
    "all": Operator(_read_rules, lambda a, f: all(holds(r, f) for r in a), joins=True),
    "any": Operator(_read_rules, lambda a, f: any(holds(r, f) for r in a), joins=True),
    "not": Operator(_read_rule, lambda a, f: not holds(a[0], f), joins=True),
    "eq": Operator(_read_pair, _equal),
    "in": Operator(_read_set, _among),
    "gte": Operator(_read_number, _compare(lambda v, bound: bool(v >= bound))),
    "lte": Operator(_read_number, _compare(lambda v, bound: bool(v <= bound))),
    "answered": Operator(_read_fact, lambda a, f: a[0] in f),
    "unknown": Operator(_read_fact, lambda a, f: f.get(a[0], _ABSENT) is None),
}
