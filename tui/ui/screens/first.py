"""What an empty library offers: the sample edition, a link, files, well-known feeds by desk."""

from collections.abc import Callable
from typing import NamedTuple
from xml.etree import ElementTree

from tui import resources
from tui.ui.render.lines import Run
from tui.ui.render.listing import Row, heading, note
from tui.ui.screens.base import ListScreen


class _Known(NamedTuple):
    """A well-known feed."""

    title: str
    url: str
    desk: str


def known_feeds() -> list[_Known]:
    """The feeds of config/feeds.opml, by desk; none where the file is missing."""
    try:
        text = resources.read_text("feeds.opml")
    except OSError:
        return []
    root = ElementTree.fromstring(text)  # noqa: S314 - our own shipped file
    found: list[_Known] = []
    for desk in root.iterfind("./body/outline"):
        name = desk.get("title") or desk.get("text") or ""
        for feed in desk.iter("outline"):
            if url := feed.get("xmlUrl"):
                found.append(_Known(feed.get("title") or feed.get("text") or url, url, name))
    return found


class FirstScreen(ListScreen):
    """Enter does what a row says; on a feed it subscribes, and stays here for more."""

    def __init__(self) -> None:
        super().__init__("log", "Welcome to Broadsheet")
        self.added: set[str] = set()

    def rows(self) -> list[Row]:
        """What to do first."""
        rows = [
            note(" Your library is empty. Enter chooses, q leaves this page."),
            Row(),
            _do("Subscribe to a feed, or to any site", "a", self._add),
        ]
        if self.reader.importer is not None:
            rows.append(_do("Import OPML, or newsboat's urls or cache.db", "", self._import))
        rows.append(_do("Read the sample edition first", "broadsheet demo", self._sample))
        desk = ""
        for feed in known_feeds():
            if feed.desk != desk:
                rows += [Row(), heading(f" {feed.desk}")]
                desk = feed.desk
            mark = "✓" if feed.url in self.added else " "
            left = (Run(f" {mark} ", "mark"), Run(feed.title))
            rows.append(
                Row(left, (Run(f"{feed.url} ", "faint"),), feed, f"{feed.title} {feed.desk}")
            )
        return rows

    def _add(self) -> None:
        self.reader.pop_screen()
        self.reader.perform("add")

    def _import(self) -> None:
        self.reader.pop_screen()
        self.reader.perform("import")

    def _sample(self) -> None:
        self.reader.leave("sample")

    def chosen(self) -> None:
        """Do it, or subscribe."""
        value = self.listing.value
        if isinstance(value, _Known):
            self.added.add(value.url)
            self.reader.sync.add(value.url, value.desk)
            self.fill()
            self.reader.say(f"Subscribing to {value.title}")
        elif callable(value):
            value()


def _do(text: str, detail: str, do: Callable[[], None]) -> Row:
    return Row((Run(f"   {text}"),), (Run(f"{detail} ", "faint"),), do, text)
