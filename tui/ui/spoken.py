"""A session of the linear mode: what each command says. See `tui.ui.linear` for the loop."""

import contextlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TextIO

from tui.domain.editions import Edition, Headline, Order, Reading
from tui.domain.errors import LibraryError
from tui.domain.events import ArticleReady, Event
from tui.domain.feeds import Feed
from tui.domain.naming import Entity
from tui.domain.ports import Library, SyncPort
from tui.settings import Settings
from tui.ui import opening
from tui.ui.ages import local_now
from tui.ui.editions import edition_name, feed_query
from tui.ui.news import News
from tui.ui.render.linking import block_links
from tui.ui.render.plain import article_paragraphs, headline_words, wrapped
from tui.ui.screenfuls import Screenfuls

_PAGE = 20
_MOST_NAMES = 30
_HELP = """\
A number reads that entry, name or link. Enter goes on: more text, or more headlines.
l  the headlines again        p  the page of headlines before   n  the next unread
s  star or unstar             m  mark read or unread             u  undo
w  names in this article      k  links in this article           o  open in a browser
/words  search                e query  another list (e alone: everything)
r  fetch what is new          a LINK  subscribe to it                  f  feeds
?  this help                  q  leave"""


@dataclass(slots=True)
class Linear:
    """One session. `numbered` is what a number means now; `rest` what Enter still has to say."""

    library: Library
    sync: SyncPort
    settings: Settings
    edition: Edition
    out: TextIO
    news: News = field(default_factory=News)
    reading: Reading | None = None
    listed: Screenfuls = field(init=False)
    numbered: list[Callable[[], None]] = field(default_factory=list)
    rest: Iterator[str] | None = None
    awaited: int = 0

    def say(self, text: str) -> None:
        """A line, or several, cut between words where a terminal would cut within them."""
        print(wrapped(text, self._columns()), file=self.out, flush=True)

    def _columns(self) -> int:
        """Of the terminal; 0 where the lines go elsewhere, whole."""
        try:
            return os.get_terminal_size(self.out.fileno()).columns
        except (OSError, ValueError):
            return 0

    def hear(self, event: Event) -> None:
        """Take in what happened meanwhile; it is told before the next prompt."""
        self.news.take(event, local_now())
        if isinstance(event, ArticleReady) and event.entry == self.awaited:
            self.awaited = 0
            self.news.notice = "The article is here now; Enter reads it."
            self.rest = self._read_again(event.entry)

    def _read_again(self, entry: int) -> Iterator[str]:
        self.open(entry)
        yield from ()

    def welcome(self) -> None:
        """The first lines."""
        where = "offline" if self.news.offline else "online"
        self.say(f"Broadsheet, {where}. ? for help.")
        if self.settings.sync.at_start and not self.news.offline:
            self.sync.sync()
        self.show(self.edition)

    def tell_news(self) -> None:
        """What happened since the last prompt."""
        if self.news.notice:
            self.say(self.news.notice)
            self.news.notice = ""
        with contextlib.suppress(LibraryError):  # it is told of again; commands say what is wrong
            if notices := self.library.notices():
                self.say(self.news.found(notices, local_now()))

    # Commands

    def obey(self, line: str) -> None:
        """One command."""
        word, _, argument = line.partition(" ")
        plain: dict[str, Callable[[], None]] = {
            "": self.go_on,
            "l": lambda: self.list_from(self.listed.renew()),
            "p": lambda: self.list_from(max(0, self.listed.start - _PAGE)),
            "n": self.next_unread,
            "s": lambda: self.toggle("starred"),
            "m": lambda: self.toggle("read"),
            "w": self.names,
            "k": self.links,
            "o": self.browse,
            "u": lambda: self.say(self.library.undo() or "Nothing to undo."),
            "r": self.fetch,
            "f": self.feeds,
            "?": lambda: self.say(_HELP),
        }
        if line.startswith("/"):
            self.show(Edition(line[1:].strip(), Order.BEST))
        elif word == "e":
            self.show(Edition(argument.strip(), Order.NEWEST))
        elif word == "a" and argument:
            self.sync.add(argument.strip())
            self.say(f"Looking for a feed at {argument.strip()}.")
        elif line.isdigit():
            self.choose(int(line[:9]))
        elif line in plain:
            plain[line]()
        else:
            self.say(f"{word} is no command. ? for help.")

    def choose(self, number: int) -> None:
        """Take what was numbered."""
        if 1 <= number <= len(self.numbered):
            self.numbered[number - 1]()
        else:
            self.say(f"There is no {number} here.")

    def show(self, edition: Edition) -> None:
        """Another list."""
        self.edition = edition
        self.listed = Screenfuls(self.library, edition, _PAGE)
        self.list_from(0)

    def list_from(self, start: int) -> None:
        """A screenful of headlines, numbered from 1."""
        headlines, self.rest = self.listed.take(start), None
        self.numbered = [self._opener(headline) for headline in headlines]
        name = edition_name(self.edition)
        if not headlines:
            self.say(f"{name}: nothing. e shows everything. a and a link: subscribe.")
            return
        listed = self.listed
        self.say(f"{name}: {listed.start + 1} to {listed.following} of {listed.rows.total}.")
        now = local_now()
        for number, headline in enumerate(headlines, 1):
            self.say(f"{number}. {headline_words(headline, now, listed.also(headline))}")

    def _opener(self, headline: Headline) -> Callable[[], None]:
        return lambda: self.open(headline.id)

    def open(self, entry: int) -> None:
        """Read an entry, and mark it read."""
        reading = self.library.reading(entry)
        if reading is None:
            self.say("This entry is not in the library any more.")
            return
        self.reading = reading
        if self.settings.screen.mark_read == "open":
            self._keep(lambda: self._mark(entry, read=True))
        if reading.article is None:
            self._keep(lambda: self.library.want(entry))
            self.awaited = entry
            if not self.news.offline:
                self.sync.fetch(entry)
        self.rest = article_paragraphs(reading, local_now())
        self.go_on()

    def _mark(self, entry: int, **states: bool) -> None:
        """Copies in other feeds are read with it; what is starred is on lists, also a link."""
        rows = self.listed.rows
        told = [copy.entry for copy in rows.behind(entry)] if "read" in states else []
        shown = False if states.get("starred") else None
        self.library.mark((entry, *told), hidden=shown, **states)
        rows.change((entry, *told), **states)

    def _keep(self, change: Callable[[], object]) -> None:
        """Change the library in passing; where it can't be written, reading goes on."""
        try:
            change()
        except LibraryError as error:
            self.say(f"Error: {error}")

    def go_on(self) -> None:
        """More of the text; after its end more headlines."""
        if self.rest is None:
            if self.listed.following < self.listed.rows.total:
                self.list_from(self.listed.following)
            else:
                self.say("That was the last. l lists again.")
            return
        lines = 0
        for text in self.rest:
            self.say(text + "\n")
            lines += 2 + len(text) // (self._columns() or 80)
            if lines >= _PAGE:
                self.say("Enter reads on.")
                return
        self.rest = None
        self.say("End of the article. n next unread, l headlines.")

    def next_unread(self) -> None:
        """The next unread entry of this list."""
        current = self.reading.entry.id if self.reading else None
        entry = self.library.next_unread(self.edition, current)
        if entry is None:
            self.say("Nothing unread here.")
        else:
            self.open(entry)

    def toggle(self, state: str) -> None:
        """Change a state of the entry being read."""
        if self.reading is None:
            self.say("Read an entry first.")
            return
        entry = self.reading.entry.id
        fresh = self.library.reading(entry)
        value = not getattr(fresh.entry if fresh else self.reading.entry, state)
        self._mark(entry, **{state: value})
        self.say(f"{state.capitalize()}." if value else f"Not {state}.")

    def names(self) -> None:
        """Who and what the article is about, numbered."""
        found = self.reading.recognition if self.reading else None
        if found is None or not found.entities:
            self.say((found.missing if found else "") or "No names here.")
            return
        for number, entity in enumerate(found.entities[:_MOST_NAMES], 1):
            self.say(f"{number}. {entity.name}, {entity.kind.value}, named {times(entity.count)}")
        self.numbered = [self._about(entity) for entity in found.entities[:_MOST_NAMES]]
        self.say("A number lists the stories about that name.")

    def _about(self, entity: Entity) -> Callable[[], None]:
        name = (entity.canonical or entity.name).replace('"', "")
        return lambda: self.show(Edition(f'about:"{name}"', Order.NEWEST))

    def links(self) -> None:
        """The links of the article, numbered."""
        article = self.reading.article if self.reading else None
        urls = [url for block in article.blocks for url in block_links(block)] if article else []
        urls = list(dict.fromkeys(urls))
        if not urls:
            self.say("No links here.")
            return
        for number, url in enumerate(urls, 1):
            self.say(f"{number}. {url}")
        self.numbered = [self._follower(url) for url in urls]

    def _follower(self, url: str) -> Callable[[], None]:
        return lambda: self.open(self.library.visit(url))

    def browse(self) -> None:
        """Open the page of the entry outside."""
        url = self.reading.entry.url if self.reading else ""
        setting = self.settings.commands.browser
        if said := opening.open_link(url, setting, dict(os.environ)):
            self.say(f"{said}.")

    def fetch(self) -> None:
        """Fetch what is due."""
        if self.news.offline:
            self.say("Offline: nothing is fetched.")
            return
        self.sync.sync()
        self.say("Fetching. What is new is said before a prompt.")

    def feeds(self) -> None:
        """The feeds, with what is wrong."""
        counts = self.library.counts()
        feeds = self.library.feeds()
        for number, feed in enumerate(feeds, 1):
            count = counts.get(feed.id)
            unread = f"{count.unread} unread" if count else "empty"
            verb = "fails: " if feed.errors else ""
            error = f"; {verb}{feed.error}" if feed.error else ""
            self.say(f"{number}. {feed.title or feed.url}, {unread}{error}")
        self.numbered = [self._feed_shower(feed) for feed in feeds]
        if not feeds:
            self.say("No feeds yet. a and a link: subscribe.")

    def _feed_shower(self, feed: Feed) -> Callable[[], None]:
        return lambda: self.show(Edition(feed_query(feed), Order.NEWEST))


def times(count: int) -> str:
    """How often, in words."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
