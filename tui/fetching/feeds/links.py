"""Which of an entry's links is the story.

feedparser lets the last link win, also one that stands inside an element of someone else's. When
an entry has several candidates, its own children are looked at.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml import etree

_PAGES = ("text/html", "application/xhtml+xml", "")
_ATOM = "http://www.w3.org/2005/Atom"
# Namespaces in which a <link> is the entry's own: none, RSS 0.9 and 1.0, Atom's.
_OWN = ("", "http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/", _ATOM)
_OWN_PREFIXES = ("http://backend.userland.com/rss", "http://purl.org/atom/ns#")


def story_link(entry: Mapping[str, Any]) -> str:
    """The address of the story as the feed writes it; "" where there is none."""
    candidates = _candidates(entry)
    return candidates[0] if candidates else str(entry.get("link") or "")


def ambiguous(entry: Mapping[str, Any]) -> bool:
    """True if the document must be asked which link is the entry's own."""
    return len(set(_candidates(entry))) > 1


def _candidates(entry: Mapping[str, Any]) -> list[str]:
    links = [link for link in entry.get("links", ()) if link.get("href")]
    alternates = [link for link in links if link.get("rel", "alternate") == "alternate"]
    pages = [link["href"] for link in alternates if str(link.get("type", "")).lower() in _PAGES]
    return pages or [link["href"] for link in alternates]


def own_links(xml: bytes) -> Sequence[str]:
    """For each entry of the document, in its order, the link among its own children, or ""."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=True)
    try:
        tree = etree.ElementTree(etree.fromstring(xml, parser))
    except (etree.XMLSyntaxError, TypeError):  # TypeError: nothing could be recovered
        return ()
    entries = (e for e in tree.iter(etree.Element) if _name(e)[1] in ("item", "entry"))
    return [next(_own(entry), "") for entry in entries]


def _own(entry: "etree._Element") -> Iterator[str]:
    """Candidates, the best first: RSS's text, then Atom's alternates, pages before others."""
    links = [child for child in entry.iterchildren(etree.Element) if _name(child)[1] == "link"]
    links = [link for link in links if _is_own(_name(link)[0])]
    yield from (text for link in links if (text := (link.text or "").strip()))
    alternates = [e for e in links if e.get("href") and e.get("rel", "alternate") == "alternate"]
    alternates.sort(key=lambda link: link.get("type", "").lower() not in _PAGES)
    yield from (str(link.get("href")) for link in alternates)


def _is_own(namespace: str) -> bool:
    return namespace in _OWN or namespace.startswith(_OWN_PREFIXES)


def _name(element: "etree._Element") -> tuple[str, str]:
    """Namespace and local name, the latter in lower case."""
    namespace, _, local = str(element.tag).rpartition("}")
    return namespace.removeprefix("{"), local.lower()
