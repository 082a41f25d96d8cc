"""All of cleaning, in order: `extract_page` for a page, `extract_feed` for what a feed says."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lxml.html import HtmlElement

from tui.cleaning import choose, guard, metadata
from tui.cleaning.decode import decode, parse
from tui.cleaning.layout.inline import NOWHERE, without_links
from tui.cleaning.steps import BEFORE, before
from tui.cleaning.steps.sift import PageFacts
from tui.cleaning.steps.account import Account, run
from tui.cleaning.tree import text_of
from tui.domain.blocks import Article, Block, Source, Status


@dataclass(frozen=True, slots=True)
class Options:
    """How to clean one page."""

    second_opinion: bool = True
    source: Source | None = None
    http_status: int = 200
    fetched: datetime | None = None
    rules: Path | None = None


_DEFAULT = Options()


def extract_page(
    body: bytes,
    url: str = "",
    content_type: str = "",
    options: Options = _DEFAULT,
    account: Account | None = None,
) -> Article:
    """The article in `body`. A page with text never comes back empty."""
    account = account or Account()
    text, encoding = decode(body, content_type)
    account.say("decode", encoding, "encoding", len(text))
    if len(text) > guard.MAX_CHARACTERS:
        return complex_article(text, url, f"{len(text):,} characters")
    root = parse(text)
    if root is None:
        return Article(url)
    if why := guard.too_complex(root):
        return complex_article(text, url, why)
    facts = metadata.read(root, url)
    headings = tuple(text_of(h) for h in root.iter("h1"))
    before.strip(root)
    before.keep_posts(root)
    page = PageFacts(
        facts.title, facts.bylines, facts.excerpt, headings, _is_english(facts.lang, root)
    )
    for name, step, cap in BEFORE:
        run(name, step, root, account, cap)
    base = url or facts.canonical_url or NOWHERE
    blocks = choose.reading(root, base, page, options.second_opinion, account)
    return _article(url, facts, blocks if base != NOWHERE else without_links(blocks), options)


def complex_article(text: str, url: str, why: str) -> Article:
    """A page that is too much to lay out: its text only."""
    return Article(url, blocks=guard.text_only(text), status=Status.COMPLEX, status_why=why)


def _article(url: str, facts: metadata.Metadata, blocks: list[Block], options: Options) -> Article:
    return Article(
        url=url,
        title=facts.title,
        blocks=tuple(blocks),
        bylines=facts.bylines,
        excerpt=facts.excerpt,
        site_name=facts.site_name,
        published=facts.published,
        modified=facts.modified,
        lang=facts.lang,
        dir=facts.dir,
        lead_image=facts.lead_image,
        section=facts.section,
        tags=facts.tags,
        canonical_url=facts.canonical_url,
        next_page=facts.next_page,
        fetched=options.fetched,
    )


def _is_english(lang: str, root: HtmlElement) -> bool:
    """By what the page says, else by its commonest words."""
    if lang:
        return lang.lower().startswith("en")
    words = text_of(root).lower().split()[:3000]
    return words.count("the") + words.count("of") + words.count("and") > 0.05 * len(words)
