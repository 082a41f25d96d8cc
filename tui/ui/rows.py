"""The rows of an edition, windowed over the library: pages of them in memory, never all.

Entries that were read since the list was made stay on it, although the edition asks for unread
ones: the query gets them back by their ids. So rows keep their numbers while somebody reads.

Far away pages are asked for in a thread (`ask`) and taken in where the screen is drawn (`put`);
what is not in memory when it is looked at is read at once.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from tui.domain.editions import Copy, Edition, Headline, Order, Window
from tui.domain.errors import LibraryError
from tui.domain.ports import Library

PAGE = 100
_PAGES = 12
# More kept rows than this make the query slow; the oldest of them then leave the list.
_MOST_KEPT = 400
# By feed and by folder each has its own; by story they stand together and fold otherwise.
_TELLS_AGAIN = (Order.FEED, Order.FOLDER, Order.STORY)


class Asked(NamedTuple):
    """A page of rows, and which entries tell the stories on it again."""

    window: Window
    copies: tuple[Copy, ...] = ()


class Rows:
    """Rows 0 to `total - 1` of an edition. Reads the library when a page is first looked at."""

    def __init__(self, library: Library, edition: Edition, kept: Iterable[int] = ()) -> None:
        self.library, self.edition = library, edition
        self.total = 0
        self.problem = ""
        self._pages: OrderedDict[int, tuple[Headline, ...]] = OrderedDict()
        self._kept: OrderedDict[int, None] = OrderedDict.fromkeys(tuple(kept))
        self.copies: dict[int, Copy] = {}
        self._told: dict[int, list[Copy]] = {}
        self.put(0, self.ask(0))

    @property
    def asked(self) -> Edition:
        """The edition with the entries that stay on the list."""
        if not self._kept or not self.edition.query:
            return self.edition
        kept = ",".join(str(entry) for entry in self._kept)
        return replace(self.edition, query=f"{self.edition.query} OR ids:{kept}")

    @property
    def order(self) -> Order:
        """The order of the rows."""
        return self.edition.order

    def ask(self, page: int) -> Asked:
        """Page `page` from the library, in any thread."""
        asked = self.asked
        try:
            window = self.library.window(asked, page * PAGE, PAGE)
            if self.order in _TELLS_AGAIN:
                return Asked(window)
            stories = {headline.story for headline in window.headlines} - {0}
            return Asked(window, tuple(self.library.copies(asked, stories)))
        except LibraryError as error:
            # Drawing can't fail: these rows stay empty, and `problem` says why.
            self.problem = str(error)
            return Asked(Window(page * PAGE, self.total, ()))

    def put(self, page: int, asked: Asked) -> tuple[Headline, ...]:
        """Take page `page` in."""
        window = asked.window
        self.total = window.total
        if window.headlines:
            self._pages[page] = window.headlines
        while len(self._pages) > _PAGES:
            self._pages.popitem(last=False)
        told: defaultdict[int, list[Copy]] = defaultdict(list)
        for copy in asked.copies:
            self.copies[copy.entry] = copy
            told[copy.of].append(copy)
        self._told.update(told)
        return window.headlines

    def missing(self, first: int, last: int) -> list[int]:
        """The pages of rows `first` to `last` that are not in memory, as many as fit there."""
        pages = range(max(0, first) // PAGE, max(0, min(last, self.total - 1)) // PAGE + 1)
        return [page for page in pages if page not in self._pages][-_PAGES + 1 :]

    def behind(self, entry: int) -> list[Copy]:
        """The copies of `entry` in other feeds, which the list shows as one with it."""
        return self._told.get(entry, [])

    def unread(self, entry: int | None, step: int) -> tuple[int, int | None] | None:
        """The next (`step` 1) or previous (-1) unread entry that is no copy, and its row; from any
        thread."""
        asked, found = self.asked, self.library.next_unread(self.asked, entry, step)
        while found is not None:
            row = self.library.find(asked, found)
            if row is None or self.order in _TELLS_AGAIN:
                return found, row
            stories = {h.story for h in self.library.window(asked, row, 1).headlines} - {0}
            if all(copy.entry != found for copy in self.library.copies(asked, stories)):
                return found, row
            found = self.library.next_unread(asked, found, step)
        return None

    def __getitem__(self, row: int) -> Headline | None:
        """The headline at `row`, or None outside of the list."""
        if not 0 <= row < self.total:
            return None
        page, place = divmod(row, PAGE)
        headlines = self._pages.get(page)
        if headlines is None:
            headlines = self.put(page, self.ask(page))
        else:
            self._pages.move_to_end(page)
        return headlines[place] if place < len(headlines) else None

    def loaded(self, entry: int) -> int | None:
        """The row of `entry` if it is in memory."""
        for page, headlines in self._pages.items():
            for place, headline in enumerate(headlines):
                if headline.id == entry:
                    return page * PAGE + place
        return None

    def row_of(self, entry: int) -> int | None:
        """The row of `entry`, asking the library if it is not in memory."""
        row = self.loaded(entry)
        return self.library.find(self.asked, entry) if row is None else row

    def change(self, entries: Iterable[int], **states: object) -> None:
        """Show new states at once; the entries stay on the list whatever it asks for."""
        changed = set(entries)
        for page, headlines in self._pages.items():
            if any(h.id in changed for h in headlines):
                self._pages[page] = tuple(
                    replace(h, **states) if h.id in changed else h  # type: ignore[arg-type]
                    for h in headlines
                )
        for entry in changed:
            self.keep(entry)

    def keep(self, entry: int) -> None:
        """Let `entry` stay on the list."""
        self._kept[entry] = None
        self._kept.move_to_end(entry)
        while len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)

    def renewed(
        self, top: int | None, cursor: int | None, *, keep: bool = True
    ) -> tuple["Rows", int | None, int | None]:
        """The library asked again, from any thread: new rows of the same edition, and the rows of
        the entries `top` and `cursor` among them. Without `keep`, what was only kept is let go.
        """
        fresh = Rows(self.library, self.edition, self._kept if keep else ())
        places = [None if entry is None else fresh.row_of(entry) for entry in (top, cursor)]
        if places[0] is not None:
            fresh[places[0]]  # its page is in memory when it is drawn
        return fresh, places[0], places[1]
