"""newsboat's filter language in our search language.

    unread = "yes" and (tags # "news" or title =~ "polar")
    is:unread folder:news OR is:unread title:polar

Ours is a list of alternatives, each a list of conditions, so that the tree is multiplied out;
what has no equal there is refused with the reason, never guessed.
"""

import re
from collections.abc import Callable
from itertools import product

_TOKEN = re.compile(
    r"""\s*(?:(?P<bracket>[()])|(?P<word>(?:and|or)\b)
    |(?P<name>[A-Za-z_][A-Za-z0-9_-]*)\s*(?P<operator>!=|==|=~|!~|=|<=|>=|<|>|!\#|\#|between)\s*
     (?P<value>"(?:[^"\\]|\\.)*"|\S+?(?=[\s)]|$)))""",
    re.VERBOSE,
)
_MOST_GROUPS = 64
_MOST_BRACKETS = 100
_POSITIVE = {"!=": "=", "!~": "=~", "!#": "#"}
_PLAIN = re.compile(r"[\w\s.,'’-]+$")

Groups = list[list[str]]


class Untranslatable(ValueError):
    """An expression that our search language has no words for; the message says which part."""


def translate(expression: str) -> str:
    """`expression` in our search language. Raises Untranslatable."""
    tokens = _tokens(expression)
    if tokens.count(("(",)) > _MOST_BRACKETS:
        raise Untranslatable("it is nested too deep")
    groups, rest = _either(tokens)
    if rest:
        raise Untranslatable(f"“{rest[0][0]}” was not expected")
    return " OR ".join(" ".join(dict.fromkeys(group)) for group in groups)


def _tokens(expression: str) -> list[tuple[str, ...]]:
    tokens: list[tuple[str, ...]] = []
    at = 0
    while expression[at:].strip():
        found = _TOKEN.match(expression, at)
        if not found:
            raise Untranslatable(f"“{expression[at:].strip()[:40]}” can't be read")
        at = found.end()
        if found["name"]:
            value = found["value"]
            if value.startswith('"'):
                value = re.sub(r"\\(.)", r"\1", value[1:-1])
            tokens.append((found["name"], found["operator"], value))
        else:
            tokens.append((found["bracket"] or found["word"],))
    return tokens


Tokens = list[tuple[str, ...]]


def _either(tokens: Tokens) -> tuple[Groups, Tokens]:
    groups, tokens = _both(tokens)
    while tokens and tokens[0] == ("or",):
        more, tokens = _both(tokens[1:])
        groups = groups + more
    return groups, tokens


def _both(tokens: Tokens) -> tuple[Groups, Tokens]:
    groups, tokens = _one(tokens)
    while tokens and tokens[0] == ("and",):
        more, tokens = _one(tokens[1:])
        groups = [left + right for left, right in product(groups, more)]
        if len(groups) > _MOST_GROUPS:
            raise Untranslatable("it has too many alternatives")
    return groups, tokens


def _one(tokens: Tokens) -> tuple[Groups, Tokens]:
    if not tokens:
        raise Untranslatable("it ends too early")
    first, rest = tokens[0], tokens[1:]
    if first == ("(",):
        groups, rest = _either(rest)
        if not rest or rest[0] != (")",):
            raise Untranslatable("a bracket is not closed")
        return groups, rest[1:]
    if len(first) != 3:
        raise Untranslatable(f"“{first[0]}” was not expected")
    return [[_condition(*first)]], rest


def _condition(name: str, operator: str, value: str) -> str:
    """One comparison as one term. The names are newsboat's attributes."""
    make = _ATTRIBUTES.get(name)
    if make is None:
        raise Untranslatable(f"there is no equal for “{name}”")
    term = make(_POSITIVE.get(operator, operator), value)
    if term is None:
        raise Untranslatable(f"there is no equal for “{name} {operator} {value}”")
    negative = operator.startswith("!")
    if negative and term.startswith("-"):
        return term[1:]
    return f"-{term}" if negative else term


def _yes_or_no(yes: str, no: str) -> Callable[[str, str], str | None]:
    def make(operator: str, value: str) -> str | None:
        if operator not in ("=", "=="):
            return None
        return {"yes": yes, "no": no}.get(value)

    return make


def _containing(field: str) -> Callable[[str, str], str | None]:
    def make(operator: str, value: str) -> str | None:
        # A regular expression is only taken where it is a plain text.
        if operator not in ("=", "==", "=~", "#") or not _PLAIN.match(value):
            return None
        quoted = value if re.fullmatch(r"\w+", value) else f'"{value}"'
        return f"{field}:{quoted}" if field else quoted

    return make


def _age(operator: str, value: str) -> str | None:
    """Days since publication."""
    if not value.isdigit():
        return None
    match operator:
        case "<" | "<=":
            return f"after:{value}d"
        case ">" | ">=":
            return f"before:{value}d"
        case _:
            return None


def _flags(operator: str, value: str) -> str | None:
    """A flag is one of our labels (see `cache`)."""
    if operator not in ("=", "==", "=~", "#") or not re.fullmatch(r"[A-Za-z]", value):
        return None
    return f"tag:{value}"


_ATTRIBUTES: dict[str, Callable[[str, str], str | None]] = {
    "unread": _yes_or_no("is:unread", "is:read"),
    "title": _containing("title"),
    "author": _containing("by"),
    "content": _containing(""),
    "feedtitle": _containing("feed"),
    "rssurl": _containing("feed"),
    "tags": _containing("folder"),
    "age": _age,
    "flags": _flags,
}
