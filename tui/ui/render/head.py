"""The top of an article: where it is from, headline, standfirst, byline, dates, how to read it."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from tui.domain.blocks import Paragraph, Role, Source, Status, Style
from tui.domain.editions import Reading
from tui.domain.feeds import Enclosure
from tui.domain.urls import site_name
from tui.ui.ages import date
from tui.ui.render.flow import Layout, Links, flow, styled
from tui.ui.render.lines import BLANK, Line
from tui.ui.render.wrap import wrap

_SOURCES = {
    Source.FEED: "the feed's text",
    Source.SECOND: "second reading",
    Source.WHOLE: "all text of the page",
    Source.TALK: "the comments",
}


def head_lines(reading: Reading, layout: Layout, links: Links, now: datetime) -> Iterator[Line]:
    """The lines above the first block."""
    entry, article = reading.entry, reading.article

    def say(text: str, look: str, style: Style = Style.PLAIN) -> Iterator[Line]:
        yield from flow(styled(text, style), layout, links, look=look)

    source = reading.feed.title or site_name(entry.url)
    desk = article.section if article else ""
    if desk.casefold() in source.casefold():
        desk = ""  # "World – The Gazette" says it
    yield from say(" · ".join(filter(None, (source, desk))), "kicker")
    title = entry.title or (article.title if article else "") or entry.url or "(no headline)"
    yield from say(balanced(title, layout.column), "title", Style.STRONG)
    if authors := _authors(reading):
        yield from say(authors, "byline")
    yield from say(_facts(reading, now), "faint")
    if marks := _marks(reading):
        yield from say(marks, "mark")
    for advice in _advice(reading):
        yield from say(advice, "advice")
    if entry.note:
        yield from say(f"Note: {entry.note}", "note")
    yield BLANK


def balanced(title: str, width: int) -> str:
    """`title` broken so that its lines, as few as `width` allows, are about equally long."""
    count = len(list(wrap(title, width)))
    least, most = width // 2, width
    while least < most:
        middle = (least + most) // 2
        if len(list(wrap(title, middle))) > count:
            least = middle + 1
        else:
            most = middle
    return "\n".join(title[piece.start : piece.end] for piece in wrap(title, most))


def _authors(reading: Reading) -> str:
    article = reading.article
    names = article.bylines if article else ()
    if article and any(isinstance(b, Paragraph) and b.role is Role.BYLINE for b in article.blocks):
        return ""
    return "By " + ", ".join(names) if names else reading.entry.author


def _facts(reading: Reading, now: datetime) -> str:
    article, entry = reading.article, reading.entry
    facts = []
    published = (article.published if article else None) or entry.published or entry.first_seen
    if published:
        facts.append(date(published, now))
    modified = article.modified if article else None
    if modified and published and (modified - published).total_seconds() > 300:
        facts.append(f"changed {date(modified, now)}")
    if article and article.blocks:
        facts.append(f"{article.minutes} min")
    if article and article.source in _SOURCES:
        facts.append(_SOURCES[article.source])
    facts += _enclosed(entry.enclosures)
    if entry.comments and entry.comments != entry.url:
        facts.append("comments")
    return " · ".join(facts)


def _enclosed(files: Iterable[Enclosure]) -> Iterator[str]:
    """What can be played: "audio 12 MB"."""
    for file in files:
        kind = file.type.partition("/")[0]
        if kind in ("audio", "video"):
            size = f" {file.length / 1e6:.0f} MB" if file.length and file.length >= 1e6 else ""
            yield f"{kind}{size}"


def _marks(reading: Reading) -> str:
    entry = reading.entry
    words = ["★ starred"] if entry.starred else []
    words += ["→ queued"] if entry.queued else []
    return "  ".join([*words, *(f"#{label}" for label in entry.labels)])


def _advice(reading: Reading) -> Iterator[str]:
    article = reading.article
    if article is None:
        why = (reading.why or "not fetched yet").rstrip(".")
        yield f"The article is not here: {why}. It is fetched with the next sync; o opens the page."
        return
    if article.status is not Status.FULL:
        why = f" ({article.status_why})" if article.status_why else ""
        yield article.status.advice + why


def summary(reading: Reading) -> str:
    """What the feed said, for an entry whose article is not here: text, never HTML."""
    article = reading.article
    if article is not None and article.blocks:
        return ""
    return reading.entry.summary
