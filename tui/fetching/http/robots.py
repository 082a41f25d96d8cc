"""robots.txt (RFC 9309). Asked only where we read a section page as a feed: a feed is made to be
fetched by readers, and a page that a person opens is opened by a person.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

AGENT = "broadsheet"
_LONGEST = 500_000  # RFC 9309, 2.5: at least 500 kB must be read


@dataclass(slots=True)
class _Group:
    agents: list[str] = field(default_factory=list)
    rules: list[tuple[bool, str]] = field(default_factory=list)


def allows(text: str, url: str, agent: str = AGENT) -> bool:
    """True if the robots.txt `text` lets `agent` fetch `url`.

    The longest matching rule decides, and "allow" where two are equally long.
    """
    parts = urlsplit(url)
    path = unquote(parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    best, allowed = -1, True
    for allow, pattern in _rules(text, agent):
        if _matches(pattern, path) and (len(pattern), allow) > (best, allowed):
            best, allowed = len(pattern), allow
    return allowed


def _rules(text: str, agent: str) -> list[tuple[bool, str]]:
    """The rules of all groups that name `agent`, or else of those for everyone."""
    groups = _groups(text[:_LONGEST])
    for name in (agent, "*"):
        named = [group for group in groups if name in group.agents]
        if named:
            return [rule for group in named for rule in group.rules]
    return []


def _groups(text: str) -> list[_Group]:
    groups: list[_Group] = []
    for line in text.lstrip("\ufeff").splitlines():
        name, colon, value = line.partition("#")[0].partition(":")
        name, value = name.strip().lower(), value.strip()
        if not colon:
            continue
        if name == "user-agent":
            if not groups or groups[-1].rules:
                groups.append(_Group())
            groups[-1].agents.append(value.lower().split("/")[0])
        elif name in ("allow", "disallow") and groups:
            # An empty "Disallow:" is a rule that matches nothing.
            groups[-1].rules.append((name == "allow", unquote(value)))
    return groups


def _matches(pattern: str, path: str) -> bool:
    if not pattern:
        return False
    ends = pattern.endswith("$")
    # Runs of "*" are one: as a regular expression they would take forever.
    pieces = re.split(r"\*+", pattern.removesuffix("$"))
    return _in_order(pieces, path, ends)


def _in_order(pieces: list[str], path: str, ends: bool) -> bool:
    """True if `pieces` follow each other in `path`, the first at its start, the last at its end."""
    if not path.startswith(pieces[0]):
        return False
    at = len(pieces[0])
    for piece in pieces[1:-1]:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if len(pieces) == 1:
        return not ends or at == len(path)
    last = pieces[-1]
    if ends:
        return path.endswith(last) and len(path) - len(last) >= at
    return path.find(last, at) >= 0
