"""An article for the ear: whole paragraphs, and words where the screen has columns and colours.

For the linear mode (screen readers, TERM=dumb). Tables are read row by row with the names of their
columns; pictures, quotes and code say what they are.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from tui.domain import blocks as b
from tui.domain.blocks import plain
from tui.domain.editions import Headline, Reading
from tui.ui.ages import age, date
from tui.ui.render.cells import cell_len

_WORD = re.compile(r"\s*\S+")


def article_paragraphs(reading: Reading, now: datetime) -> Iterator[str]:
    """The head, then a text for each block; none is wrapped."""
    article, entry = reading.article, reading.entry
    yield entry.title or (article.title if article else "") or entry.url
    facts = [reading.feed.title]
    facts += ["by " + ", ".join(article.bylines)] if article and article.bylines else []
    published = (article.published if article else None) or entry.published
    facts += [date(published, now)] if published else []
    facts += [f"{article.minutes} min"] if article and article.blocks else []
    facts += ["starred"] if entry.starred else []
    yield ", ".join(filter(None, facts)) + "."
    if article is None:
        why = reading.why.rstrip(".") or "not fetched yet"
        yield f"The article is not here: {why}."
        if entry.summary:
            yield entry.summary
        return
    if article.status is not b.Status.FULL:
        yield f"Note: {article.status.advice}"
    for block in article.blocks:
        yield from block_paragraphs(block)


def block_paragraphs(block: b.Block) -> Iterator[str]:
    """What is said of one block."""
    match block:
        case b.Heading(spans=spans):
            yield f"Heading: {plain(spans)}"
        case b.Paragraph(spans=spans):
            yield plain(spans)
        case b.List(items=items):
            for item in items:
                label = f"{item.number}." if item.number is not None else "•"
                yield f"{label} {plain(item.spans)}"
        case b.Quote(paragraphs=paragraphs, cite=cite):
            yield "Quote: " + "\n".join(plain(spans) for spans in paragraphs)
            if cite:
                yield f"End of quote, {plain(cite)}."
        case b.Code(text=text):
            yield f"Code:\n{text}"
        case b.Table():
            yield from _table(block)
        case b.Figure(alt=alt, caption=caption, credit=credit):
            parts = filter(None, (alt, plain(caption), credit))
            yield "Picture: " + " ".join(parts)
        case b.Embed(kind=kind, title=title, paragraphs=paragraphs):
            said = "\n".join(plain(spans) for spans in paragraphs)
            yield f"Embedded {kind}: " + " ".join(filter(None, (title, said)))
        case b.Footnote(label=label, spans=spans):
            yield f"Footnote {label}: {plain(spans)}"
        case b.Rule():
            yield "* * *"


def _table(table: b.Table) -> Iterator[str]:
    rows = [[plain(cell.spans) for cell in row] for row in table.rows]
    first = table.rows[0] if table.rows else ()
    names = rows[0] if first and all(cell.header for cell in first) else []
    body = rows[1:] if names else rows
    yield f"Table, {len(body)} rows. {plain(table.caption)}".rstrip()
    for row in body:
        said = [
            f"{names[n]}: {text}" if n < len(names) and names[n] else text
            for n, text in enumerate(row)
        ]
        yield "; ".join(filter(None, said))


def headline_words(headline: Headline, now: datetime, also: tuple[str, ...] = ()) -> str:
    """A row of the list as words, the states first; `also` are other feeds that tell the same."""
    states = [] if headline.read else ["unread"]
    states += ["starred"] if headline.starred else []
    states += ["queued"] if headline.queued else []
    states += [] if headline.text_here else ["not here"]
    marks = f"[{', '.join(states)}] " if states else ""
    when = age(headline.published, now)
    feeds = " and ".join(dict.fromkeys((headline.feed_title, *also)))
    return f"{marks}{headline.title or '(no headline)'} ({feeds}, {when})"


def wrapped(text: str, columns: int) -> str:
    """`text` in lines of at most `columns` cells, cut between words; 0 columns: as it is."""
    if not columns:
        return text
    return "\n".join(part for line in text.split("\n") for part in _parts(line, columns))


def _parts(line: str, columns: int) -> Iterator[str]:
    """A word longer than a line stays whole: the terminal cuts it, and it can be copied."""
    part, used = "", 0
    for word in _WORD.findall(line):
        cells = cell_len(word)
        if part and used + cells > columns:
            yield part
            part = word.lstrip()
            used = cell_len(part)
        else:
            part, used = part + word, used + cells
    yield part
