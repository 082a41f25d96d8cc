"""Pictures with caption and credit, and what is embedded from elsewhere."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from tui.cleaning.layout.inline import link, squeeze
from tui.cleaning.tree import ROLE, marks, text_of
from tui.domain.blocks import Embed, Figure, Spans
from tui.domain.urls import safe_url

_LAZY = ("data-src", "data-original", "data-lazy-src", "data-hi-res-src", "data-srcset", "srcset")
_NUMBER = re.compile(r"\d+")
_VIDEO = (
    "youtube.",
    "youtu.be",
    "vimeo.",
    "dailymotion.",
    "brightcove.",
    "jwplayer",
    "twitch.tv",
    "jwplatform",
    "kaltura",
    "rutube.",
    "bilibili.",
    "ted.com",
    "/video",
    "player.",
)
_AUDIO = ("soundcloud.", "spotify.", "podcast", "simplecast", "megaphone.fm", "/audio", "acast.")
_MAPS = ("google.com/maps", "openstreetmap.", "maps.google.")
_POSTS = (
    "twitter.com",
    "x.com",
    "instagram.com",
    "facebook.com",
    "tiktok.com",
    "threads.net",
    "bsky.",
    "reddit.com",
    "t.me",
    "mastodon",
    "pic.twitter.com",
)
_POST_CLASS = re.compile(
    r"\b(twitter-(tweet|video)|tweet|instagram-media|fb-(post|video)|tiktok-embed|"
    r"text-post-media|bluesky-embed|mastodon-embed|reddit-(card|embed))\b"
)
# A quote that calls itself a post is one; a box of that name may be for sharing.
_QUOTED = re.compile(r"\bsocial-?(?:media-?)?(?:post|embed)\b|\bembed(?:ded)?-?post\b")


def picture(element: HtmlElement, base: str) -> Figure | None:
    """The picture of an `img`, or None for pixels that only count readers."""
    width, height = (_pixels(element.get(name)) for name in ("width", "height"))
    if 0 < width <= 2 or 0 < height <= 2:
        return None
    src = _source(element, base)
    return Figure(src, squeeze(element.get("alt") or ""), (), "", width, height) if src else None


def _pixels(value: str | None) -> int:
    found = _NUMBER.match((value or "").strip())
    return min(int(found[0]), 100_000) if found and not (value or "").endswith("%") else 0


def _source(element: HtmlElement, base: str) -> str:
    plain = element.get("src") or ""
    candidates = [element.get(name) or "" for name in _LAZY]
    # A data: address, or a small stand-in next to a lazy address, is not the picture.
    for value in [*candidates[:4], plain, *candidates[4:]]:
        first = value.split(",")[0].split()[0] if value.strip() else ""
        if first and not first.startswith("data:") and (url := safe_url(first, base)):
            return url
    return ""


def is_post(element: HtmlElement) -> bool:
    """True for an embedded post of a social network."""
    if element.get(ROLE) == "post":
        return True
    name = marks(element)
    return _is_post_name(name) or (element.tag == "blockquote" and bool(_QUOTED.search(name)))


@lru_cache(maxsize=4096)
def _is_post_name(name: str) -> bool:
    return bool(_POST_CLASS.search(name))


def post(element: HtmlElement, paragraphs: tuple[Spans, ...], base: str) -> Embed:
    """An embedded post: its text, and the link to it (the last one to a network)."""
    links = [link(a.get("href") or "", base) or "" for a in element.iter("a")]
    own = element.get("cite") or element.get("data-instgrm-permalink") or element.get("data-href")
    found = [u for u in links if _host_of(u, _POSTS)]
    url = (safe_url(own, base) if own else "") or (found[-1] if found else (links or [""])[-1])
    return Embed("post", url, "", paragraphs)


def _host_of(url: str, names: tuple[str, ...]) -> bool:
    host = urlsplit(url).hostname or ""
    return any(name in host for name in names)


def embed(element: HtmlElement, base: str) -> Embed | None:
    """A frame, video or sound as a link; None where it has no address."""
    url = next((u for v in _addresses(element) if (u := safe_url(v, base))), "")
    if not url:
        return None
    title = squeeze(element.get("title") or element.get("aria-label") or "")
    if element.tag in ("video", "audio"):
        inside = squeeze(text_of(element))[:200]  # often the address once more
        return Embed(element.tag, url, title or ("" if inside.startswith("http") else inside))
    return Embed(_kind(url), url, title)


def _addresses(element: HtmlElement) -> list[str]:
    names = ("src", "data-src", "data", "data-lazy-src")
    own = [element.get(name) or "" for name in names]
    return [v for v in [*own, *(s.get("src") or "" for s in element.iter("source"))] if v]


def _kind(url: str) -> str:
    for kind, names in (("post", _POSTS), ("map", _MAPS), ("audio", _AUDIO), ("video", _VIDEO)):
        if any(name in url for name in names):
            return kind
    return "frame"
