"""A small newspaper in a real library, and a sync port that writes down what it was asked."""

import asyncio
import atexit
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from pathlib import Path

from tui.domain.blocks import (
    Article,
    Block,
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
    Source,
    Span,
    Status,
    Style,
    Table,
)
from tui.domain.editions import Edition, Order
from tui.domain.events import Event
from tui.domain.feeds import Page, ParsedEntry, ParsedFeed
from tui.domain.naming import Entity, Kind, Mention, Recognition, Said, fold_key
from tui.domain.ports import Library, SyncPort
from tui.library.store import SqliteLibrary, open_library
from tui.paths import Paths
from tui.settings import Settings
from tui.ui.app import Reader

NOW = datetime(2026, 11, 25, 14, 5, tzinfo=timezone(timedelta(hours=1), "CET"))


def p(*spans: str | Span, role: Role = Role.BODY) -> Paragraph:
    """A paragraph of plain texts and spans."""
    return Paragraph(tuple(Span(s) if isinstance(s, str) else s for s in spans), role)


def link(text: str, url: str) -> Span:
    return Span(text, href=url)


FERRY = (
    p("The night boat will run again from March, the harbour council decided.", role=Role.DEK),
    p(
        "“We have waited eleven winters for this,” said Marta Lindqvist, who chairs the harbour "
        "council of Norrvik. The ferry to Sund Island was taken off in 2015, when the ",
        link("state subsidy", "https://example.org/subsidy"),
        " ended.",
    ),
    Figure(
        "https://example.org/ferry.jpg",
        "The ferry in ice",
        (Span("The Aurora in the ice off Norrvik, 2014."),),
        "Photo: J. Berg",
        1200,
        800,
    ),
    Heading((Span("What it costs"),), 2),
    p(
        "A crossing takes four hours. Lindqvist expects ",
        Span("forty thousand", Style.STRONG),
        " passengers in the first year; the Ministry of Transport is less sure and counts on "
        "half of that. Norrvik pays for the pier, the ministry for the ship.",
    ),
    Table(
        (
            (
                Cell((Span("Year"),), True),
                Cell((Span("Passengers"),), True),
                Cell((Span("Note"),), True),
            ),
            (Cell((Span("2013"),)), Cell((Span("31,200"),)), Cell((Span("strike in May"),))),
            (Cell((Span("2014"),)), Cell((Span("8,950"),)), Cell((Span("last winter"),))),
        ),
        (Span("Passengers of the night boat"),),
    ),
    Quote(
        (p("“An island without a boat is a prison with a view.”").spans,), (Span("Ole Sund"),), True
    ),
    List(
        (Item((Span("Departure 22:00 from Norrvik"),)), Item((Span("Cabins from 40 crowns"),), 1))
    ),
    Code("lat = 65.3\nlon = 22.1", "python"),
    Embed("post", "https://example.org/post/1", "Norrvik Harbour", (p("See you in March!").spans,)),
    Rule(),
    Footnote("1", (Span("Figures of the ministry."),)),
    p("Sund Island voted for the boat with 212 votes to 3.", role=Role.BODY),
)


def names_in(text: str, *wanted: tuple[str, Kind, tuple[str, ...]]) -> tuple[Entity, ...]:
    """Entities for spellings that stand in `text`; the first wanted is the most salient."""
    found = []
    for rank, (name, kind, spellings) in enumerate(wanted):
        mentions: list[Mention] = []
        for spelling in spellings:
            at = text.find(spelling)
            while at >= 0:
                if not any(m.start <= at < m.end for m in mentions):
                    mentions.append(Mention(at, at + len(spelling), kind))
                at = text.find(spelling, at + 1)
        ordered = tuple(sorted(mentions, key=lambda m: m.start))
        found.append(Entity(name, fold_key(name), kind, ordered, 0.9 / (rank + 1)))
    return tuple(found)


def article(url: str, title: str, blocks: Iterable[Block], **more: object) -> Article:
    return Article(url, title, tuple(blocks), fetched=NOW, lang="en", **more)  # type: ignore[arg-type]


def ferry() -> tuple[Article, Recognition]:
    story = article(
        "https://gazette.example/ferry",
        "Night boat to Sund Island returns",
        FERRY,
        bylines=("Ada Holm", "Per Quist"),
        published=NOW - timedelta(hours=2),
    )
    text = story.text
    entities = names_in(
        text,
        ("Marta Lindqvist", Kind.PERSON, ("Marta Lindqvist", "Lindqvist")),
        ("Norrvik", Kind.PLACE, ("Norrvik",)),
        ("Sund Island", Kind.PLACE, ("Sund Island",)),
        ("Ministry of Transport", Kind.ORG, ("Ministry of Transport",)),
        ("Ole Sund", Kind.PERSON, ("Ole Sund",)),
    )
    end = text.index("”") + 1
    said = Said(text.index("“"), end, "marta lindqvist")
    return story, Recognition("en", entities, (said,), "test")


def _feed(
    library: SqliteLibrary, title: str, folder: str, entries: Iterable[ParsedEntry]
) -> list[int]:
    url = f"https://{title.rsplit(maxsplit=1)[-1].lower()}.example/feed"
    feed = library.subscribe(url, title, folder)
    parsed = ParsedFeed(
        url,
        title,
        f"https://{title.rsplit(maxsplit=1)[-1].lower()}.example",
        "rss2.0",
        "en",
        tuple(entries),
    )
    return list(library.save_feed(feed, parsed, Page(url, b"")).new)


def entry(slug: str, title: str, hours: float, host: str = "gazette") -> ParsedEntry:
    when = (NOW - timedelta(hours=hours)).astimezone(UTC)
    return ParsedEntry(
        slug, title, f"https://{host}.example/{slug}", when, summary=f"Summary of {slug}."
    )


def fill(library: SqliteLibrary) -> dict[str, int]:
    """Subscribe, list, clean: returns entry ids by slug."""
    _feed(
        library,
        "The Norrvik Gazette",
        "World",
        (
            entry("ferry", "Night boat to Sund Island returns after eleven winters", 2),
            entry("bridge", "Old bridge closes for repair", 5),
            entry("snow", "First snow, and the road to the north is shut until Friday evening", 26),
            entry("long", "A very long report on the fishing quota talks", 30),
        ),
    )
    _feed(
        library,
        "Science Ledger",
        "Science",
        (
            entry("tides", "Tides reckoned anew from forty years of buoys", 1, "ledger"),
            entry("moss", "日本の苔庭、静かに増える来訪者", 8, "ledger"),
            entry("sea", "البحر يرتفع ببطء", 50, "ledger"),
        ),
    )
    _feed(library, "Empty Weekly", "", ())
    ids = {}
    for headline in library.window(Edition(order=Order.NEWEST), 0, 100).headlines:
        ids[headline.url.rsplit("/", 1)[-1]] = headline.id
    story, found = ferry()
    library.save_article(ids["ferry"], story, found)
    bridge = article(
        "https://gazette.example/bridge", "Old bridge closes", (p("Closed until May."),)
    )
    library.save_article(ids["bridge"], bridge, Recognition("en", (), (), "test"))
    teaser = article(
        "https://gazette.example/snow",
        "First snow",
        (p("The road is shut."),),
        status=Status.TEASER,
    )
    library.save_article(ids["snow"], teaser, None)
    sentence = "The quota for herring was argued about until the morning, and Norrvik lost. "
    report = article("https://gazette.example/long", "Quota", (p(sentence * 6) for _ in range(60)))
    text = report.text
    place = names_in(text, ("Norrvik", Kind.PLACE, ("Norrvik",)))
    library.save_article(ids["long"], report, Recognition("en", place, (), "test"))
    moss = article(
        "https://ledger.example/moss",
        "日本の苔庭",
        (p("京都の苔庭を訪れる人が静かに増えている。寺では、朝の掃除の音だけが聞こえる。" * 3),),
    )
    library.save_article(
        ids["moss"], moss, Recognition("ja", (), (), "", "Names are not available in Japanese yet.")
    )
    sea = Article(
        "https://ledger.example/sea",
        "البحر يرتفع ببطء",
        (p("قال العلماء إن مستوى البحر يرتفع ببطء عاما بعد عام."),),
        lang="ar",
        dir="rtl",
        fetched=NOW,
    )
    library.save_article(ids["sea"], sea, None)
    return ids


class QuietSync:
    """Implements ports.SyncPort: writes down what was asked, says what a test lets it say."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []
        self.queue: asyncio.Queue[Event] = asyncio.Queue()

    async def events(self) -> AsyncIterator[Event]:
        while True:
            yield await self.queue.get()

    def sync(self, feeds: Iterable[int] = (), *, force: bool = False) -> None:
        self.asked.append(("sync", tuple(feeds), force))

    def fetch(self, entry: int, source: Source | None = None) -> None:
        self.asked.append(("fetch", entry, source))

    def pack(self, **wishes: str) -> None:
        self.asked.append(("pack", wishes))

    def add(self, url: str, folder: str = "") -> None:
        self.asked.append(("add", url, folder))

    def images(self, entry: int) -> None:
        self.asked.append(("images", entry))

    def cancel(self) -> None:
        self.asked.append(("cancel",))

    def set_offline(self, offline: bool) -> None:
        self.asked.append(("offline", offline))

    async def close(self) -> None:
        self.asked.append(("close",))


class FixedReader(Reader):
    """The reader at a time that stands still."""

    def now(self) -> datetime:
        return NOW


def paths_in(folder: Path) -> Paths:
    return Paths(*(folder / name for name in ("data", "cache", "config", "state")))


@cache
def _template() -> tuple[Path, dict[str, int]]:
    """A filled library, made once; tests get copies."""
    folder = Path(tempfile.mkdtemp(prefix="broadsheet-newsroom-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    library = open_library(paths_in(folder), Settings(), clock=lambda: NOW.astimezone(UTC))
    ids = fill(library)
    library.close()
    return folder, ids


def open_newsroom(folder: Path, *, empty: bool = False) -> tuple[SqliteLibrary, dict[str, int]]:
    """A library in `folder`, filled unless `empty`."""
    ids: dict[str, int] = {}
    if not empty:
        template, ids = _template()
        shutil.copytree(template, folder, dirs_exist_ok=True)
    library = open_library(paths_in(folder), Settings(), clock=lambda: NOW.astimezone(UTC))
    return library, ids


def reader(
    library: Library,
    folder: Path,
    *,
    sync: SyncPort | None = None,
    settings: Settings | None = None,
    edition: Edition | None = None,
    offline: bool = False,
) -> FixedReader:
    """The app over `library`."""
    return FixedReader(
        library,
        sync or QuietSync(),
        settings or Settings(),
        paths_in(folder),
        edition=edition or Edition("is:unread"),
        offline=offline,
        problems=(),
    )


def screen_text(app: Reader) -> str:
    """What stands on the screen, line by line, as text."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips) + "\n"
