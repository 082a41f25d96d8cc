"""OPML: subscriptions, in and out.

Read as generously as it is written in the wild: attribute names in any case, `text` or `title`,
folders in folders (joined with "/"), `category` where an outline has no folder.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from email.utils import format_datetime

from lxml import etree

from tui.domain.errors import SourceError
from tui.domain.feeds import Feed
from tui.domain.text import clean_line
from tui.domain.urls import safe_url
from tui.library.exchange.markup import parse
from tui.library.exchange.transfer import Subscription, Transfer

_LONGEST = 300
_DEEPEST = 16  # folders in folders; deeper ones are put into the sixteenth


def read(data: bytes, what: str = "the file") -> Transfer:
    """The subscriptions in an OPML file. Raises SourceError; a bad line is a problem, not an error.

    Only http and https addresses are taken: a file from someone else must not make us run
    commands or read files.
    """
    root = parse(data, "opml", "outline", what)
    problems: list[str] = []
    found: dict[str, Subscription] = {}
    for subscription in _outlines(root, (), problems):
        if subscription.url in found:
            problems.append(f"twice in the file: {subscription.url}")
        else:
            found[subscription.url] = subscription
    if not found:
        raise SourceError(f"{what} holds no feeds; nothing was imported")
    return Transfer("OPML", tuple(found.values()), problems=tuple(problems))


def _outlines(
    element: etree._Element, folder: tuple[str, ...], problems: list[str]
) -> Iterator[Subscription]:
    """Depth first, without recursion: the file may be nested as deep as it likes."""
    waiting = [(child, folder) for child in reversed(element)]
    while waiting:
        current, above = waiting.pop()
        inside = above
        if str(current.tag).lower() == "outline":
            attributes = {str(k).lower(): str(v) for k, v in current.attrib.items()}
            name = clean_line(attributes.get("text") or attributes.get("title", ""), _LONGEST)
            if address := _address(attributes):
                if subscription := _subscription(address, name, attributes, above, problems):
                    yield subscription
            elif name and len(above) < _DEEPEST:
                inside = (*above, name.replace("/", "-"))
        waiting.extend((child, inside) for child in reversed(current))


def _address(attributes: Mapping[str, str]) -> str:
    address = attributes.get("xmlurl", "").strip()
    if not address and attributes.get("type", "").lower() in ("rss", "atom", "feed"):
        address = attributes.get("url", "").strip()
    return address


def _subscription(
    address: str,
    name: str,
    attributes: Mapping[str, str],
    folder: tuple[str, ...],
    problems: list[str],
) -> Subscription | None:
    url = safe_url(_as_http(address))
    if not url:
        problems.append(f"not a web address, left out: {clean_line(address, 100)}")
        return None
    if not folder and (category := attributes.get("category", "").split(",")[0].strip("/ ")):
        folder = tuple(clean_line(part, _LONGEST) for part in category.split("/"))
    site = safe_url(attributes.get("htmlurl", ""))
    return Subscription(url, name, site, "/".join(folder))


def _as_http(address: str) -> str:
    """`address` with the scheme that "feed:" addresses mean."""
    if address.lower().startswith("feed:"):
        rest = address[5:]
        return f"http:{rest}" if rest.startswith("//") else rest
    return address


def write(feeds: Iterable[Feed], made: datetime, title: str = "Broadsheet subscriptions") -> bytes:
    """`feeds` as an OPML 2.0 file, with their folders."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = title
    etree.SubElement(head, "dateCreated").text = format_datetime(made)
    body = etree.SubElement(root, "body")
    folders: dict[str, etree._Element] = {"": body}
    for feed in feeds:
        name = clean_line(feed.title) or feed.url
        outline = etree.SubElement(_folder(folders, feed.folder), "outline")
        outline.attrib.update(
            {"type": "rss", "text": name, "title": name, "xmlUrl": feed.url}
            | ({"htmlUrl": feed.site_url} if feed.site_url else {})
        )
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _folder(folders: dict[str, etree._Element], path: str) -> etree._Element:
    if path not in folders:
        above, _, name = path.rpartition("/")
        folders[path] = etree.SubElement(_folder(folders, above), "outline", text=name, title=name)
    return folders[path]
