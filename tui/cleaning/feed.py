"""The text that a feed carries, and whether it is better than the page's."""

from dataclasses import dataclass, replace
from datetime import datetime

from tui.cleaning import choose
from tui.cleaning.decode import parse
from tui.cleaning.layout import lay_out
from tui.cleaning.steps import before
from tui.cleaning.steps.account import Account
from tui.cleaning.steps.sift import PageFacts, text
from tui.domain.blocks import Article, Block, Paragraph, Source, Span, Status, count_words

_ENOUGH_WORDS = 80
_CUT = ("…", "...", "[…]", "[...]", "read more", "continue reading", "weiterlesen")


@dataclass(frozen=True, slots=True)
class FeedText:
    """What a feed says of an entry; `content` and `summary` are HTML."""

    url: str = ""
    title: str = ""
    author: str = ""
    published: datetime | None = None
    summary: str = ""
    content: str = ""


def extract_feed(entry: FeedText) -> Article:
    """The feed's own text as an article. One that is short or breaks off is a TEASER."""
    markup = entry.content if len(entry.content) >= len(entry.summary) else entry.summary
    blocks = _blocks(markup, entry)
    words = sum(count_words(text(block)) for block in blocks)
    last = next((text(b).lower() for b in reversed(blocks) if text(b)), "")
    cut = last.endswith(_CUT)
    short = words < _ENOUGH_WORDS and not entry.content
    return Article(
        url=entry.url,
        title=entry.title,
        blocks=tuple(blocks),
        status=Status.TEASER if cut or short else Status.FULL,
        status_why="the feed breaks off" if cut else "the feed has a summary" if short else "",
        source=Source.FEED,
        bylines=(entry.author,) if entry.author else (),
        published=entry.published,
    )


def _blocks(markup: str, entry: FeedText) -> list[Block]:
    root = parse(markup)
    if root is None:
        return []
    before.strip(root, Account())
    before.keep_posts(root)
    page = PageFacts(entry.title, (entry.author,) if entry.author else ())
    blocks = choose.after_steps(root, entry.url, page, Account())
    if not blocks and (plain := " ".join(root.text_content().split())):
        return [Paragraph((Span(plain),))]
    return blocks or lay_out(root, entry.url)


def better(page: Article | None, feed: Article) -> str:
    """Why `feed` is the better reading, or "" when the page is."""
    if page is None:
        return "there is no page"
    if not feed.blocks:
        return ""
    ours, theirs = page.words, feed.words
    if page.status in (Status.CHALLENGE, Status.CONSENT, Status.SCRIPT, Status.GONE, Status.INDEX):
        return f"the page gave none ({page.status.value})" if theirs else ""
    if feed.status is not Status.FULL:
        return ""
    if page.status in (Status.PAYWALL, Status.TEASER) and theirs > 1.2 * ours:
        return f"the feed has {theirs:,} words, the page {ours:,}"
    if theirs >= _ENOUGH_WORDS and theirs > 1.5 * ours:
        return f"the feed has {theirs:,} words, the page {ours:,}"
    return ""


def with_facts(feed: Article, page: Article | None) -> Article:
    """The feed's text with what the page knows about it."""
    if page is None:
        return feed
    status, why = feed.status, feed.status_why
    if page.status is not Status.FULL and status is Status.TEASER:
        status, why = page.status, page.status_why
    return replace(
        page,
        blocks=feed.blocks,
        source=Source.FEED,
        status=status,
        status_why=why,
        title=feed.title or page.title,
        bylines=page.bylines or feed.bylines,
        published=page.published or feed.published,
    )
