"""JSON-LD (schema.org) of a page: the node that describes the article, and its plain facts."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

Node = dict[str, Any]

# schema.org's Article and all below it, and the kinds that blogs and broadcasters use instead.
_ARTICLES = re.compile(
    r"(^|/)(\w*Article|\w*BlogPosting|\w*Posting|Report|Review|\w*Review|VideoObject|"
    r"LiveBlogPosting|Recipe|HowTo|QAPage|PodcastEpisode|CreativeWork)$"
)
_LESSER = re.compile(r"(^|/)(VideoObject|CreativeWork|PodcastEpisode|Review|QAPage)$")
_LARGEST = 2_000_000
_DEEPEST = 6
# Line breaks inside strings, comments and CDATA frames make no JSON, and are common.
_CONTROLS = re.compile(r"[\x00-\x1f]+")
_FRAME = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.*?\*/)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$"
)


def nodes(root: HtmlElement) -> list[Node]:
    """All typed objects of all JSON-LD blocks, in page order."""
    found: list[Node] = []
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        text = script.text or ""
        if len(text) <= _LARGEST:
            found.extend(_typed(_load(text), 0))
    return found


def _load(text: str) -> Any:
    text = _FRAME.sub("", text.strip())
    for candidate in (text, _CONTROLS.sub(" ", text).rstrip("; ")):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _typed(value: Any, depth: int) -> Iterator[Node]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for entry in value:
            yield from _typed(entry, depth + 1)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart"):
            if isinstance(value.get(key), dict | list):
                yield from _typed(value[key], depth + 1)


def types(node: Node) -> list[str]:
    """The node's types; most have one."""
    kinds = node.get("@type")
    return [k for k in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(k, str)]


def article(found: list[Node]) -> Node:
    """The node of the article, or an empty one: a real article before lesser kinds."""
    matching = [n for n in found if any(_ARTICLES.search(k) for k in types(n))]
    matching.sort(key=lambda n: all(_LESSER.search(k) for k in types(n)))
    return matching[0] if matching else {}


def text(value: Any) -> str:
    """A string, or the name in an object or list; entities (common in JSON-LD) resolved."""
    if isinstance(value, str):
        return html.unescape(value).strip()
    if isinstance(value, list):
        return next((t for v in value if (t := text(v))), "")
    if isinstance(value, dict):
        return text(value.get("name") or value.get("@value") or value.get("url") or "")
    return ""


def texts(value: Any) -> list[str]:
    """All strings or names in `value`."""
    if isinstance(value, list):
        return [t for v in value for t in texts(v)]
    if isinstance(value, dict) and isinstance(value.get("name"), list):
        return texts(value["name"])
    return [t] if (t := text(value)) else []


def address(value: Any) -> str:
    """The URL in a string, ImageObject or list of them."""
    if isinstance(value, list):
        return next((u for v in value if (u := address(v))), "")
    if isinstance(value, dict):
        return address(value.get("url") or value.get("contentUrl") or value.get("@id") or "")
    return value.strip() if isinstance(value, str) else ""
