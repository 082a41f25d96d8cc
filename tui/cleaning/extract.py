"""All of cleaning, in order: bytes -> tree -> facts and signs -> story -> status.

`extract_page` is pure: it fetches nothing and keeps nothing. It runs in a worker (see `jobs`),
because a hostile page can take its time and memory; benchmarks call it as it is.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from lxml.html import HtmlElement

from tui.cleaning import choose, guard, metadata, rules, status
from tui.cleaning.decode import decode, parse
from tui.cleaning.layout import lay_out
from tui.cleaning.layout.inline import NOWHERE, without_links
from tui.cleaning.metadata import Metadata, dates, names
from tui.cleaning.metadata.title import key
from tui.cleaning.steps import BEFORE, before, recover
from tui.cleaning.steps.account import Account, run
from tui.cleaning.steps.sift import PageFacts
from tui.cleaning.talk import talk
from tui.cleaning.tree import text_of
from tui.domain.blocks import Article, Block, Source, Status
from tui.domain.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Options:
    """How to clean one page. `rules` is the folder of the user's site rules."""

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
    """The article in `body`. A page with text never comes back empty, a robot check always does."""
    account = account or Account()
    markup, encoding = decode(body, content_type)
    account.say("decode", encoding, "", len(markup))
    if len(markup) > guard.MAX_CHARACTERS:
        return complex_article(markup, url, f"{len(markup):,} characters")
    root = parse(markup)
    if root is None:
        return Article(url, status=Status.SCRIPT, status_why="an empty page")
    if why := guard.too_complex(root):
        return complex_article(markup, url, why)
    rule, complaint = _rule(options.rules, url)
    facts = _corrected(metadata.read(root, url), rule, root, url)
    headings = _headings(root, facts.title)
    before.strip(root, account)
    seen = status.signs(root, markup, url)
    base = metadata.base_of(root, url) or facts.canonical_url or NOWHERE
    english = _is_english(facts.lang, root)
    page = PageFacts(facts.title, facts.bylines, facts.excerpt, headings, english, facts.lead_image)
    comments = talk(root, base) if options.source is Source.TALK else []
    if options.source is Source.TALK and not comments:
        options = replace(options, source=None)
    prepared = choose.Prepared(root, base, page, account, facts.body)
    blocks = comments or _story(prepared, rule, options)
    verdict, why = status.judge(blocks, facts, seen, options.http_status)
    if verdict is Status.CHALLENGE:
        blocks = []
    if base == NOWHERE:
        blocks = without_links(blocks)
    article = _article(url, facts, blocks, options)
    return replace(article, status=verdict, status_why=complaint or why)


def _headings(root: HtmlElement, title: str) -> tuple[str, ...]:
    """The page's main headings, first that which is in its title: others may name a menu."""
    found = [line for h in root.iter("h1") if (line := text_of(h))]
    whole = key(title)
    return tuple(sorted(found, key=lambda line: len(line) < 8 or key(line) not in whole))


def complex_article(markup: str, url: str, why: str) -> Article:
    """A page that is too much to lay out: its text only."""
    return Article(url, blocks=guard.text_only(markup), status=Status.COMPLEX, status_why=why)


def _rule(folder: Path | None, url: str) -> tuple[rules.Rule | None, str]:
    """The user's rule for the page, and what is wrong with it: a bad rule costs no article."""
    try:
        return rules.load(folder, url), ""
    except SettingsError as error:
        return None, f"site rule not used: {error}"


def _corrected(facts: Metadata, rule: rules.Rule | None, root: HtmlElement, url: str) -> Metadata:
    """`facts` with what the rule knows better."""
    if rule is None:
        return facts
    written = names.split(rules.line(rule, rule.author, root)) if rule.author else ()
    return replace(
        facts,
        title=rules.line(rule, rule.title, root) or facts.title,
        bylines=written or facts.bylines,
        published=dates.parse(rules.line(rule, rule.date, root)) or facts.published,
        next_page=rules.next_page(rule, root, url) or facts.next_page,
    )


def _story(page: choose.Prepared, rule: rules.Rule | None, options: Options) -> list[Block]:
    """The blocks of the reading that is asked for."""
    root, account = page.root, page.account
    if options.source is Source.WHOLE:
        return lay_out(root, page.base)
    before.keep_posts(root)
    kept = None
    if rule is not None:
        rules.drop(rule, root, account)
        kept = rules.keep(rule, root, account)
    if kept is not None:
        blocks = choose.after_steps(kept, page.base, page.facts, account)
    else:
        beside = recover.note(root)
        for name, step, cap in BEFORE:
            run(name, step, root, account, cap)
        second = options.second_opinion and (rule is None or rule.second_opinion)
        blocks = choose.reading(page, options.source, second_opinion=second)
        blocks = recover.put_back(beside, blocks, page.base, page.facts, account)
    return rules.strip(rule, blocks, account) if rule is not None else blocks


def _article(url: str, facts: Metadata, blocks: list[Block], options: Options) -> Article:
    return Article(
        url=url,
        title=facts.title,
        blocks=tuple(blocks),
        source=options.source or Source.PAGE,
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
