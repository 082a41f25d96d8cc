"""A site's own rules, from the user's folder: `sites/example.org.toml` (see config/sites.toml).

A rule for "example.org" also counts for "www.example.org" and "news.example.org". Selectors are
CSS, or XPath when they begin with "/", "(" or ".".
"""

import re
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit

import lxml.html
from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from tui.cleaning.steps.account import Account
from tui.cleaning.tree import remove, text_of
from tui.domain.blocks import Block, block_text
from tui.domain.errors import SettingsError
from tui.domain.text import clean_line
from tui.domain.urls import safe_url
from tui.settings import toml


@dataclass(frozen=True, slots=True)
class Rule:
    """What the user knows about a site. Empty fields leave the matter to us."""

    file: str = ""
    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    strip: tuple[str, ...] = ()
    title: str = ""
    author: str = ""
    date: str = ""
    next: str = ""
    second_opinion: bool = True


def load(folder: Path | None, url: str) -> Rule | None:
    """The rule for the host of `url`, or None. Raises SettingsError for a file that is wrong."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    if folder is None or not host or not re.fullmatch(r"[\w.-]+", host):
        return None
    parts = host.split(".")
    for start in range(max(1, len(parts) - 1)):
        file = folder / f"{'.'.join(parts[start:])}.toml"
        try:
            return _read(file, toml.loads(file.read_text(encoding="utf-8-sig")))
        except FileNotFoundError:
            continue
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise SettingsError(f"{file}: {' '.join(str(error).split())}") from error
    return None


def _read(file: Path, table: dict[str, object]) -> Rule:
    known = {f.name: f for f in fields(Rule) if f.name != "file"}
    values: dict[str, object] = {"file": str(file)}
    for name, value in table.items():
        if name not in known:
            raise SettingsError(f"{file}: unknown key {name}; known are {', '.join(known)}")
        values[name] = _value(file, name, value, getattr(Rule(), name))
    rule = Rule(**values)  # type: ignore[arg-type]
    for selector in (*rule.keep, *rule.drop, rule.title, rule.author, rule.date, rule.next):
        if selector:
            _compile(rule, selector)
    for pattern in rule.strip:
        _pattern(rule, pattern)
    return rule


def _value(file: Path, name: str, value: object, default: object) -> object:
    if isinstance(default, tuple):
        row = [value] if isinstance(value, str) else value
        if isinstance(row, list) and all(isinstance(entry, str) for entry in row):
            return tuple(row)
        raise SettingsError(f"{file}: {name} must be a text or a list of texts")
    if type(value) is not type(default):
        raise SettingsError(
            f"{file}: {name} must be {'true or false' if default is True else 'a text'}"
        )
    return value


def _compile(rule: Rule, selector: str) -> etree.XPath:
    try:
        if selector.startswith(("/", "(", ".//")):
            return etree.XPath(selector)
        return CSSSelector(selector, translator="html")
    except (etree.XPathError, SyntaxError, ValueError) as error:
        raise SettingsError(f"{rule.file}: {selector!r} is no selector: {error}") from error


def _pattern(rule: Rule, pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise SettingsError(f"{rule.file}: {pattern!r} is no pattern: {error}") from error


def select(rule: Rule, selector: str, root: HtmlElement) -> list[HtmlElement]:
    """The elements that `selector` finds."""
    found = _compile(rule, selector)(root) if selector else []
    return [e for e in found if isinstance(e, HtmlElement)] if isinstance(found, list) else []


def line(rule: Rule, selector: str, root: HtmlElement) -> str:
    """The text of the first element found: its content or datetime attribute where it has one."""
    for element in select(rule, selector, root):
        value = element.get("content") or element.get("datetime") or text_of(element)
        if value:
            return clean_line(value, 400)
    return ""


def next_page(rule: Rule, root: HtmlElement, url: str) -> str:
    """The address that the rule's `next` finds, or ""."""
    found = (safe_url(e.get("href") or "", url) for e in select(rule, rule.next, root))
    return next(filter(None, found), "")


def drop(rule: Rule, root: HtmlElement, account: Account) -> None:
    """Take out what the rule drops; no cap: the user said so."""
    for selector in rule.drop:
        found = select(rule, selector, root)
        if not found:
            account.say("site rule", f"drop {selector}", "found nothing")
        for element in found:
            account.write("site rule", element, f"drop {selector}")
            remove(element)


def keep(rule: Rule, root: HtmlElement, account: Account) -> HtmlElement | None:
    """An element that holds what the rule keeps, in page order; None where it finds nothing."""
    chosen = [e for selector in rule.keep for e in select(rule, selector, root)]
    if rule.keep and not chosen:
        account.say("site rule", f"keep {', '.join(rule.keep)}", "found nothing; cleaning as usual")
    if not chosen:
        return None
    wanted = set(chosen)
    holder = lxml.html.fragment_fromstring("<div/>")
    for element in [e for e in root.iter() if e in wanted]:
        if not any(up in wanted for up in element.iterancestors()):
            holder.append(element)
    return holder


def strip(rule: Rule, blocks: list[Block], account: Account) -> list[Block]:
    """`blocks` without those whose text a pattern of `strip` finds."""
    patterns = [_pattern(rule, pattern) for pattern in rule.strip]
    left = []
    for block in blocks:
        body = block_text(block)
        hit = next((p for p in patterns if body and p.search(body)), None)
        if hit is None:
            left.append(block)
        else:
            account.say("site rule", body[:90], f"strip {hit.pattern}", len(body))
    return left
