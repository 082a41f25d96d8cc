"""A real library in the test's own folder, and one entry with everything in it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tui.domain.blocks import (
    Article,
    Cell,
    Code,
    Embed,
    Figure,
    Footnote,
    Heading,
    Item,
    List,
    Paragraph,
    Quote,
    Role,
    Rule,
    Span,
    Style,
    Table,
)
from tui.domain.feeds import Feed, Page, ParsedEntry, ParsedFeed
from tui.domain.naming import Entity, Kind, Mention, Recognition
from tui.library.store import SqliteLibrary, open_library
from tui.paths import Paths
from tui.settings import Settings

NOW = datetime(2031, 3, 4, 12, 0, tzinfo=UTC)
PICTURE = "https://example.org/light.png"
# One grey pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a494441"
    "54789c636800000082008177cd72b60000000049454e44ae426082"
)

Open = Callable[[str], SqliteLibrary]


def paths(folder: Path) -> Paths:
    return Paths(folder / "data", folder / "cache", folder / "config", folder / "state")


@pytest.fixture
def open_at(tmp_path: Path) -> Iterator[Open]:
    """Opens the library of a name: two names are two machines."""
    opened: list[SqliteLibrary] = []

    def make(name: str) -> SqliteLibrary:
        opened.append(open_library(paths(tmp_path / name), Settings(), clock=lambda: NOW))
        return opened[-1]

    yield make
    for library in opened:
        library.close()


@pytest.fixture
def library(open_at: Open) -> SqliteLibrary:
    return open_at("here")


def span(text: str, style: Style = Style.PLAIN, href: str | None = None) -> tuple[Span, ...]:
    return (Span(text, style, href),)


def article(url: str, title: str = "Lights & fog", lang: str = "en") -> Article:
    """An article with a block of every kind."""
    return Article(
        url=url,
        title=title,
        bylines=("Clara Whitlow",),
        site_name="The Meridian",
        published=NOW,
        lang=lang,
        dir="rtl" if lang == "ar" else "ltr",
        lead_image=PICTURE,
        fetched=NOW,
        blocks=(
            Paragraph(span("A standfirst <of> sorts."), Role.DEK),
            Heading(span("Oslo"), 2),
            Paragraph(
                (Span("Ingrid Solheim "), Span("said", Style.EMPHASIS, "https://a.example/"))
            ),
            Figure(PICTURE, "A light", span("The light."), "T. Eide", 640, 360),
            Figure("https://example.org/lost.png", "", span("Not here."), ""),
            List((Item(span("one")), Item(span("deeper"), 1), Item(span("two")))),
            List((Item(span("three"), 0, 3), Item(span("four"), 0, 4))),
            Quote((span("Said & done"),), span("A person"), pull=True),
            Code('if a < b:\n    print("&")', "python"),
            Table(
                (
                    (Cell(span("Light"), True), Cell(span("Cost"), True)),
                    (Cell(span("all of them"), columns=2),),
                ),
                span("A table"),
            ),
            Embed("post", "https://social.example/1", "A post", (span("A post."),)),
            Footnote("1", span("A note.")),
            Rule(),
        ),
    )


def recognition(text: str) -> Recognition:
    start = text.index("Ingrid Solheim")
    person = Entity(
        "Ingrid Solheim", "ingrid solheim", Kind.PERSON, (Mention(start, start + 14, Kind.PERSON),), 1.0
    )  # fmt: skip
    return Recognition("en", (person,), model="test")


def fill(library: SqliteLibrary, url: str = "https://example.org/feed.xml") -> Feed:
    """A feed with two entries, one of them with its article, names, picture and all states."""
    feed = library.subscribe(url, "The Meridian", "World/Europe")
    entries = (
        ParsedEntry("one", "Lights & fog", "https://example.org/one", NOW, content="<p>One.</p>"),
        ParsedEntry("two", "Two", "https://example.org/two", NOW.replace(hour=1), tags=("fog",)),
    )
    parsed = ParsedFeed(url, "The Meridian", "https://example.org/", entries=entries)
    library.save_feed(feed, parsed, Page(url, b"", headers={"etag": '"x"'}))
    ids = library.entry_ids(feed.id, ["one", "two"])
    text = article("https://example.org/one")
    library.save_article(ids["one"], text, recognition(text.text))
    library.save_image(PICTURE, PNG)
    library.mark([ids["one"]], read=True, starred=True)
    library.mark([ids["two"]], queued=True)
    library.label(ids["one"], ["sea", "law"])
    library.note(ids["one"], "Read again.")
    return next(f for f in library.feeds() if f.id == feed.id)


@pytest.fixture
def full(open_at: Open) -> SqliteLibrary:
    """A library of another machine, with something in it."""
    library = open_at("there")
    fill(library)
    return library
