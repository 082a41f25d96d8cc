"""Addresses of sections and of the stories on them.

A subscription says by the fragment of its address that its page is a section:

    https://paper.example/world#section          find the headlines
    https://paper.example/world#section=h3%20a   the entries are what this CSS selector finds

A fragment is never sent, survives export and import, and tells the page from a feed that the same
address may give one day. The option `selector` of a feed in the settings goes before it.
"""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from tui.domain.feeds import Feed
from tui.domain.text import clean_line
from tui.domain.urls import canonical_url

_NAME = "section"
# What the path of a story has and that of a list of stories has not.
SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+){2,}", re.IGNORECASE)
NUMBERED = re.compile(r"\d{4,}|/(?:19|20)\d\d/")


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


def story_id(url: str) -> str:
    """What a link to a story is known by, wherever on the page it stands.

    Pages say in the query where a reader clicked ("?hp=top3"). Where the path names the story by
    itself, the query does not count.
    """
    parts = urlsplit(url)
    named = any(SLUG.fullmatch(part.rsplit(".", 1)[0]) for part in parts.path.split("/"))
    if named or NUMBERED.search(parts.path):
        url = urlunsplit(parts._replace(query="", fragment=""))
    return clean_line(canonical_url(url))
