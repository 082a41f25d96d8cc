"""Sitemaps (https://www.sitemaps.org/protocol.html) with the news extension, as feeds."""

from lxml import etree

from tui.domain.errors import ParseError
from tui.domain.feeds import ParsedEntry, ParsedFeed
from tui.domain.urls import safe_url, site_name
from tui.fetching.feeds.dates import parse_date
from tui.fetching.feeds.identity import distinct
from tui.fetching.feeds.markup import title_line
from tui.fetching.feeds.repair import repair
from tui.fetching.sections.address import story_id

_MOST = 1000


def read_sitemap(text: str, url: str) -> ParsedFeed:
    """The addresses of a sitemap, the newest first; those without a headline have their path's.

    Raises ParseError.
    """
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=True)
    try:
        tree = etree.ElementTree(etree.fromstring(repair(text).xml, parser))
    except (etree.XMLSyntaxError, TypeError) as error:
        raise ParseError("this sitemap can't be read") from error
    found = [entry for place in tree.iter("{*}url") if (entry := _entry(place, url))]
    with_news = [entry for entry, is_news in found if is_news] or [entry for entry, _ in found]
    newest = sorted(with_news, key=lambda entry: str(entry.published or ""), reverse=True)
    if not newest:
        raise ParseError("this sitemap names no pages")
    return ParsedFeed(
        url=url, title=site_name(url), kind="section", entries=distinct(newest[:_MOST])
    )


def _entry(place: "etree._Element", url: str) -> tuple[ParsedEntry, bool] | None:
    link = safe_url(_text(place, "{*}loc"), url)
    if not link:
        return None
    headline = title_line(_text(place, ".//{*}news/{*}title"))
    published = parse_date(_text(place, ".//{*}news/{*}publication_date"))
    changed = parse_date(_text(place, "{*}lastmod"))
    entry = ParsedEntry(
        id=story_id(link),
        title=headline or _from_path(link),
        link=link,
        published=published or changed,
        updated=changed,
        lang=_text(place, ".//{*}news/{*}publication/{*}language")[:35],
        image=safe_url(_text(place, ".//{*}image/{*}loc"), url),
    )
    return entry, bool(headline)


def _text(place: "etree._Element", path: str) -> str:
    return (place.findtext(path) or "").strip()


def _from_path(link: str) -> str:
    words = link.rstrip("/").rsplit("/", 1)[-1].rsplit(".", 1)[0].replace("-", " ")
    return title_line(words.replace("_", " ")).capitalize() or link
