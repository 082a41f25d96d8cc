"""Links that look like headlines: scored by what they say, where they stand and where they lead.

A link counts with its own words, with the element it stands in, and with its address; links of one
pattern (the same elements and classes around them) then share what the pattern is worth, so that a
short headline in a list of headlines is kept and a long line in the footer is not.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from tui.domain.text import clean_line
from tui.domain.urls import canonical_url, safe_url
from tui.fetching.feeds.markup import TITLE_LIMIT
from tui.fetching.sections.address import NUMBERED, SLUG, story_id

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "dt")
_NEVER = frozenset(("nav", "footer", "noscript", "button", "select", "label"))
_ASIDE = frozenset(("aside", "form"))
_ASIDE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navi|navigation|navbar|menu|footer|ftr|sidebar|breadcrumbs?|social|share"
    r"|sharing|comments?|login|signin|subscribe|newsletter|cookie|consent|advert|ads?|sponsor\w*"
    r"|masthead|toolbar|utility|legal|copyright|pager|pagination)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HEADLINE_NAMES = re.compile(r"headline|title|teaser|story|article|card|entry|post|item", re.I)
_NO_STORY = re.compile(
    r"/(?:tags?|topics?|category|categories|authors?|people|profiles?|about|contact|privacy|terms"
    r"|legal|imprint|impressum|login|signin|sign-in|register|subscribe|newsletters?|account|cart"
    r"|search|jobs|careers|advertis\w*|cookies?|help|faq|rss|feeds?|podcasts?|shop|store)(?:/|\.|$)",
    re.IGNORECASE,
)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_GENERIC = re.compile(
    r"(?:read|learn|find out|see|view|show|load) (?:more|all)|continue reading|more|next|previous"
    r"|weiterlesen|mehr|lire la suite|leer más|comments?|\d+ comments?|permalink|permanent link",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_ENOUGH = 5.0  # the score of a link from which on it is a headline
_PROMISING = 3.6  # the mean of a pattern from which on its size counts
_MOST_LINKS, _MOST = 5_000, 300


@dataclass(slots=True)
class Headline:
    """A link that may be an entry."""

    element: HtmlElement
    title: str
    url: str
    score: float


def headlines(root: HtmlElement, base: str) -> list[Headline]:
    """The headlines of the page at `base`, in its order; one for each address."""
    links = list(islice(root.iter("a"), _MOST_LINKS))
    wrappers = _wrappers(links)
    candidates = [found for link in links if (found := _candidate(link, base, wrappers))]
    shared: dict[str, list[Headline]] = defaultdict(list)
    for candidate in candidates:
        shared[_pattern(candidate.element)].append(candidate)
    for group in shared.values():
        mean = sum(candidate.score for candidate in group) / len(group)
        bonus = min(len(group), 10) / 5 if mean > _PROMISING else 0.0
        for candidate in group:
            candidate.score = 0.6 * candidate.score + 0.4 * mean + bonus
    best: dict[str, Headline] = {}
    for candidate in candidates:
        key = story_id(candidate.url)
        if candidate.score >= _ENOUGH and (key not in best or candidate.score > best[key].score):
            best[key] = candidate
    kept = {id(headline) for headline in best.values()}
    return [candidate for candidate in candidates if id(candidate) in kept][:_MOST]


def _wrappers(links: Sequence[HtmlElement]) -> frozenset[HtmlElement]:
    """Elements that hold most links of the page: what they are called says nothing of a link."""
    counts: Counter[HtmlElement] = Counter()
    for link in links:
        counts.update(link.iterancestors())
    return frozenset(element for element, count in counts.items() if count > len(links) / 2)


def link_title(link: HtmlElement) -> str:
    """What a link says: a heading inside it, or all its text, or the title of its picture."""
    heading = _heading_in(link)
    text = heading.text_content() if heading is not None else link.text_content()
    return clean_line(text, TITLE_LIMIT)


def _heading_in(link: HtmlElement) -> HtmlElement | None:
    return next(link.iter("h1", "h2", "h3", "h4", "h5", "h6"), None)


def _is_dated(link: HtmlElement) -> bool:
    """True if a date stands beside the link, in an element with few other links."""
    for parent in islice(link.iterancestors(), 3):
        if len(list(islice(parent.iter("a"), 5))) > 4:
            return False
        if next(parent.iter("time"), None) is not None:
            return True
    return False


def _candidate(link: HtmlElement, base: str, wrappers: frozenset[HtmlElement]) -> Headline | None:
    url = safe_url(link.get("href") or "", base)
    title = link_title(link)
    if not url or not title or "nofollow" in (link.get("rel") or "").split():
        return None
    if _GENERIC.fullmatch(title) or canonical_url(url) == canonical_url(base):
        return None
    score = _words(title) + _place(link, wrappers) + _address(url, base)
    return Headline(link, title, url, score)


def _words(title: str) -> float:
    cjk = len(_CJK.findall(title))
    count = len(title.split()) + cjk / 2.5
    if count < 2:
        return -3.0
    return min(count, 8.0) * 0.6 - max(0.0, count - 30) * 0.3


def _place(link: HtmlElement, wrappers: frozenset[HtmlElement]) -> float:
    score = 2.5 if _heading_in(link) is not None else 0.0
    score += 1.5 if _is_dated(link) else 0.0
    for steps, element in enumerate((link, *link.iterancestors())):
        names = " ".join(element.get(name) or "" for name in ("class", "id", "role"))
        if element.tag in _NEVER:
            score -= 4.0
        elif element in wrappers:
            break
        elif element.tag in _ASIDE or (element.tag == "header" and steps > 4):
            score -= 4.0
        if _ASIDE_NAMES.search(names):
            score -= 3.0
        if steps < 4 and element.tag in _HEADINGS:
            score += 2.5
        elif element.tag == "p":
            score -= 2.0  # a link inside running text
        if element.tag == "article" or (steps < 5 and _HEADLINE_NAMES.search(names)):
            score += 0.5
    return max(-8.0, score)


def _address(url: str, base: str) -> float:
    parts, own = urlsplit(url), urlsplit(base)
    score = 0.0
    if _NO_STORY.search(parts.path):
        score -= 4.0
    if not _related(parts.hostname or "", own.hostname or ""):
        score -= 1.0
    if parts.path in ("", "/"):
        score -= 4.0
    last = parts.path.rstrip("/").rsplit("/", 1)[-1]
    slug = any(SLUG.fullmatch(part.rsplit(".", 1)[0]) for part in parts.path.split("/")[-3:])
    score += 1.5 if slug else 0.0
    score += 1.0 if NUMBERED.search(parts.path) or last.isdigit() or parts.query else 0.0
    return score


def _related(host: str, own: str) -> bool:
    return host.split(".")[-2:] == own.split(".")[-2:]


def _pattern(link: HtmlElement) -> str:
    return "/".join(_steps(link))


def _steps(link: HtmlElement) -> Iterator[str]:
    yield _DIGITS.sub("", link.get("class") or "")
    for steps, parent in enumerate(link.iterancestors()):
        if steps >= 4:
            break
        yield f"{parent.tag!s}.{_DIGITS.sub('', parent.get('class') or '')}"
