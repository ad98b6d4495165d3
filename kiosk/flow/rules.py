"""Rules: small trees over facts, such as ``{all: [{eq: [for_whom, other]}, {not: …}]}``.

A *fact* is an answer under its step's id, or something the session knows under a name that starts
with ``@`` (``@service``, ``@language``, ``@voice``, …). A fact nobody has stated makes every
comparison false; it is never an error, because the path is computed while answers are missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kiosk.flow.answers import Value

Facts = Mapping[str, Value]
#: What a fact is compared with; a bound may be a fraction.
Constant = str | int | float | bool | None


class RuleError(ValueError):
    """A rule that can't be read; the message names the part and what would be right."""

    code = "rule"


@dataclass(frozen=True, slots=True)
class Rule:
    """One node: an operator of `OPERATORS` over other rules, or over a fact and constants."""

    op: str
    rules: tuple[Rule, ...] = ()
    fact: str = ""
    constants: tuple[Constant, ...] = ()


def holds(rule: Rule | None, facts: Facts) -> bool:
    """Whether `rule` is true of `facts`; no rule is always true."""
    return rule is None or OPERATORS[rule.op].test(rule, facts)


def comparisons(rule: Rule | None) -> tuple[Rule, ...]:
    """The nodes of `rule` that look at a fact."""
    if rule is None:
        return ()
    if rule.rules:
        return tuple(leaf for inner in rule.rules for leaf in comparisons(inner))
    return (rule,)


def facts_of(rule: Rule | None) -> frozenset[str]:
    """The names of the facts that `rule` looks at."""
    return frozenset(leaf.fact for leaf in comparisons(rule))


def constants_of(rule: Rule | None) -> tuple[tuple[str, Constant], ...]:
    """Every (fact, constant) pair that `rule` compares, so that content can be checked."""
    return tuple((leaf.fact, constant) for leaf in comparisons(rule) for constant in leaf.constants)


def parse_rule(tree: object) -> Rule:
    """Read a rule from YAML's dicts and lists. Raises `RuleError`."""
    if isinstance(tree, Rule):
        return tree
    if not isinstance(tree, dict) or len(tree) != 1:
        raise RuleError(f"a rule is one operator and its arguments, not {tree!r}")
    op, raw = next(iter(tree.items()))
    if op not in OPERATORS:
        raise RuleError(f"no operator {op!r}; there are {', '.join(sorted(OPERATORS))}")
    return OPERATORS[op].read(op, raw)


@dataclass(frozen=True, slots=True)
class Operator:
    read: Callable[[str, object], Rule]
    test: Callable[[Rule, Facts], bool]


def _read_rules(op: str, raw: object) -> Rule:
    if not isinstance(raw, list) or not raw:
        raise RuleError(f"{op} takes a list of rules, not {raw!r}")
    return Rule(op, rules=tuple(parse_rule(inner) for inner in raw))


def _read_rule(op: str, raw: object) -> Rule:
    return Rule(op, rules=(parse_rule(raw),))


def _read_fact(op: str, raw: object) -> Rule:
    if not isinstance(raw, str):
        raise RuleError(f"{op} takes the name of a fact, not {raw!r}")
    return Rule(op, fact=raw)


def _read_equal(op: str, raw: object) -> Rule:
    fact, value = _pair(op, raw)
    return Rule(op, fact=fact, constants=(_constant(op, value),))


def _read_set(op: str, raw: object) -> Rule:
    fact, values = _pair(op, raw)
    if not isinstance(values, list) or not values:
        raise RuleError(f"{op} takes [fact, [value, …]], not {raw!r}")
    return Rule(op, fact=fact, constants=tuple(_constant(op, value) for value in values))


def _read_number(op: str, raw: object) -> Rule:
    fact, bound = _pair(op, raw)
    if not _is_number(bound):
        raise RuleError(f"{op} compares with a number, not {bound!r}")
    return Rule(op, fact=fact, constants=(_constant(op, bound),))


def _pair(op: str, raw: object) -> tuple[str, object]:
    if not isinstance(raw, list) or len(raw) != 2 or not isinstance(raw[0], str):
        raise RuleError(f"{op} takes [fact, value], not {raw!r}")
    return raw[0], raw[1]


def _constant(op: str, value: object) -> Constant:
    if value is None or isinstance(value, str | int | float):
        return value
    raise RuleError(f"{op} compares with one plain value, not {value!r}")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_ABSENT = object()


def _among(rule: Rule, facts: Facts) -> bool:
    value = facts.get(rule.fact, _ABSENT)
    return any(type(value) is type(one) and value == one for one in rule.constants)


def _compare(test: Callable[[float, float], bool]) -> Callable[[Rule, Facts], bool]:
    def compare(rule: Rule, facts: Facts) -> bool:
        value, bound = facts.get(rule.fact), rule.constants[0]
        if not isinstance(value, int) or isinstance(value, bool):
            return False
        return isinstance(bound, int | float) and test(value, bound)

    return compare


OPERATORS: Mapping[str, Operator] = {
    "all": Operator(_read_rules, lambda r, facts: all(holds(one, facts) for one in r.rules)),
    "any": Operator(_read_rules, lambda r, facts: any(holds(one, facts) for one in r.rules)),
    "not": Operator(_read_rule, lambda r, facts: not holds(r.rules[0], facts)),
    "eq": Operator(_read_equal, _among),
    "in": Operator(_read_set, _among),
    "gte": Operator(_read_number, _compare(lambda value, bound: value >= bound)),
    "lte": Operator(_read_number, _compare(lambda value, bound: value <= bound)),
    "answered": Operator(_read_fact, lambda r, facts: r.fact in facts),
    "unknown": Operator(_read_fact, lambda r, facts: facts.get(r.fact, _ABSENT) is None),
}
