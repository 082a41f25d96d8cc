"""How a subscription says that its page is a section: by the fragment of its address.

    https://paper.example/world#section          find the headlines
    https://paper.example/world#section=h3%20a   the entries are what this CSS selector finds

A fragment is never sent, survives export and import, and tells the page from a feed that the same
address may give one day. The option `selector` of a feed in the settings goes before it.
"""

from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from tui.domain.feeds import Feed

_NAME = "section"


@dataclass(frozen=True, slots=True)
class Section:
    """The wish to read a page as a section; `selector` is CSS, or "" to find the headlines."""

    selector: str = ""


def section_url(url: str, selector: str = "") -> str:
    """The address under which the page at `url` is subscribed to as a section."""
    fragment = f"{_NAME}={quote(selector, safe='')}" if selector else _NAME
    return urlunsplit(urlsplit(url)._replace(fragment=fragment))


def section_of(feed: Feed | None) -> Section | None:
    """What `feed` wishes, or None when it is no section."""
    if feed is None:
        return None
    name, _, selector = urlsplit(feed.url).fragment.partition("=")
    own = feed.options.get("selector", "")
    if own or name == _NAME or feed.options.get("kind") == _NAME:
        return Section(own or (unquote(selector) if name == _NAME else ""))
    return None
