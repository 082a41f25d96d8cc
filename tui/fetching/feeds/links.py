"""Which of an entry's links is the story, and which id is its own.

feedparser lets the last link win, also one that stands inside an element of someone else's, and
joins ids with the address of the document, so that they change when the feed moves. So the entry's
own children are looked at. Its authors too, for feedparser takes the end of some addresses for a
name, and its description, for what stands before it (of a picture, of iTunes) wins there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from tui.domain.urls import safe_url

_PAGES = ("text/html", "application/xhtml+xml", "")
_AUTHORS = ("author", "creator")
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
# RFC 4287, 4.2.7.2: a registered name may be written as an address.
_REGISTERED = "http://www.iana.org/assignments/relation/"
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


def has_links(entry: Mapping[str, Any]) -> bool:
    """True if the feed gives a link to the story, so that its id need not be one."""
    return bool(_candidates(entry))


def _candidates(entry: Mapping[str, Any]) -> list[str]:
    links = [link for link in entry.get("links", ()) if link.get("href")]
    alternates = [link for link in links if _is_alternate(link)]
    pages = [link["href"] for link in alternates if str(link.get("type", "")).lower() in _PAGES]
    return pages or [link["href"] for link in alternates]


def _is_alternate(link: Any) -> bool:
    return str(link.get("rel", "alternate")).lower().removeprefix(_REGISTERED) == "alternate"


@dataclass(frozen=True, slots=True)
class Own:
    """What stands in an entry itself, as it is written; "" where nothing does.

    `page` is the id where that is the address of the story as well, `summary` RSS's description.
    """

    link: str = ""
    id: str = ""
    page: str = ""
    summary: str = ""
    authors: tuple[str, ...] = ()


def own_parts(xml: bytes) -> Sequence[Own]:
    """What each entry of the document says of itself, in the document's order."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=True)
    try:
        tree = etree.ElementTree(etree.fromstring(xml, parser))
    except (etree.XMLSyntaxError, TypeError):  # TypeError: nothing could be recovered
        return ()
    return [_own(e) for e in tree.iter(etree.Element) if _name(e)[1] in ("item", "entry")]


def _own(entry: "etree._Element") -> Own:
    links: list[etree._Element] = []
    summary = ""
    found = str(entry.get(_ABOUT) or "")
    page = found if safe_url(found) else ""
    people: list[tuple[str, str]] = []
    around = _name(entry)[0]
    for child in entry.iterchildren(etree.Element):
        namespace, name = _name(child)
        own = namespace == around or _is_own(namespace)
        if name == "link" and own:
            links.append(child)
        elif name in ("guid", "id") and own and (text := "".join(child.itertext()).strip()):
            found, page = text, _page(text, child)
        elif name == "description" and own and not len(child):
            summary = child.text or ""
        elif name in _AUTHORS and not len(child) and child.text:
            people.append((namespace, child.text))
    return Own(next(_story(links), ""), found, page, summary, _authors(people))


def _page(text: str, guid: "etree._Element") -> str:
    """The id `text` as an address. RSS: it is one unless the feed forbids; said so, even a part."""
    said = {name.lower(): value.strip().lower() for name, value in guid.attrib.items()}
    permanent = said.get("ispermalink", "")
    return text if permanent == "true" or (permanent != "false" and safe_url(text)) else ""


def _authors(people: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Those of RSS or Dublin Core; iTunes' own element names the show rather than a person."""
    own = [text for namespace, text in people if "itunes" not in namespace]
    return tuple(own or [text for _, text in people])


def _story(links: "list[etree._Element]") -> Iterator[str]:
    """Candidates, the best first: RSS's text, then Atom's alternates, pages before others."""
    yield from (text for link in links if (text := (link.text or "").strip()))
    alternates = [e for e in links if e.get("href") and _is_alternate(e)]
    alternates.sort(key=lambda link: link.get("type", "").lower() not in _PAGES)
    yield from (str(link.get("href")) for link in alternates)


def _is_own(namespace: str) -> bool:
    return namespace in _OWN or namespace.startswith(_OWN_PREFIXES)


def _name(element: "etree._Element") -> tuple[str, str]:
    """Namespace and local name, the latter in lower case."""
    namespace, _, local = str(element.tag).rpartition("}")
    return namespace.removeprefix("{"), local.lower()
