"""Editions: orders, folders and feeds by a picker, folding, refreshing."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.domain.editions import Counts, Edition, Order
from tui.domain.feeds import Feed
from tui.domain.query import quoted
from tui.ui.actions import ARTICLE, LIST, NAMES, Call, action
from tui.ui.editions import edition_name, feed_query
from tui.ui.render.listing import Row, choice, heading
from tui.ui.screens.pick import PickScreen
from tui.ui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from tui.ui.app import Reader


def _queries(reader: "Reader") -> Iterable[str]:
    saved = [query for _name, query in reader.library.saved_queries()]
    folders = sorted({feed.folder for feed in reader.library.feeds() if feed.folder})
    return [*saved, *(quoted("folder", folder) for folder in folders), "is:unread", "is:starred"]


@action("edition", "Show the edition of a query", argument="query", complete=_queries)
def edition(reader: "Reader", call: Call) -> None:
    """As `search`, but by name and in the order in force."""
    reader.desk.show_edition(Edition(call.argument, reader.edition.order))


def _orders(_reader: "Reader") -> Iterable[str]:
    return [order.value for order in Order]


@action("order", "Order and group the list", LIST, argument="order", complete=_orders)
def order(reader: "Reader", call: Call) -> None:
    """By newest, oldest, feed, folder, story, title, best."""
    if call.argument:
        _set_order(reader, call.argument)
        return
    texts = {
        Order.NEWEST: "Newest first, by day",
        Order.OLDEST: "Oldest first, by day",
        Order.FEED: "By feed",
        Order.FOLDER: "By folder",
        Order.STORY: "By story: what several feeds tell is folded",
        Order.TITLE: "By headline",
        Order.BEST: "Best match first",
    }
    rows = [choice(text, key.value, key) for key, text in texts.items()]
    screen = PickScreen("Order", rows, lambda key: _set_order(reader, key.value))
    reader.show_list(screen)


def _set_order(reader: "Reader", name: str) -> None:
    if name not in set(Order):
        reader.say(f"No order {name}; known are {', '.join(o.value for o in Order)}")
        return
    reader.desk.show_edition(replace(reader.edition, order=Order(name)))


@action("pick-edition", "Choose the list: folders, feeds, saved searches")
def pick_edition(reader: "Reader", _call: Call) -> None:
    """Choose what is on the list; typing narrows the choice."""
    library = reader.library

    def ask() -> list[Row]:
        return edition_rows(
            library.feeds(),
            library.counts(),
            [(name, query, library.count(query)) for name, query in library.saved_queries()],
            [(row.name, f'about:"{row.name}"', counts) for row, counts in library.followed()],
            {query: library.count(query) for query in ("is:unread", "is:starred", "is:queued")},
        )

    def chosen(query: str) -> None:
        order_now = reader.edition.order
        reader.desk.show_edition(
            Edition(query, Order.NEWEST if order_now is Order.BEST else order_now)
        )
        reader.desk.focus_pane("list")

    reader.read(ask, lambda rows: reader.show_list(PickScreen("Editions", rows, chosen)))


Counted = tuple[str, str, Counts]


def edition_rows(
    feeds: Iterable[Feed],
    counts: dict[int, Counts],
    saved: Iterable[Counted],
    followed: Iterable[Counted],
    standing: dict[str, Counts],
) -> list[Row]:
    """The rows of the picker: standing editions, saved and followed ones, folders, feeds."""
    rows = [_counted("Everything", counts.get(0, Counts()), "")]
    rows += [_counted(edition_name(Edition(q)), c, q) for q, c in standing.items()]
    for title, group in (("Saved", saved), ("Followed", followed)):
        made = [_counted(name, c, query) for name, query, c in group]
        rows += [Row(), heading(title), *made] if made else []
    by_folder: dict[str, list[Feed]] = {}
    for feed in feeds:
        by_folder.setdefault(feed.folder, []).append(feed)
    for folder, members in sorted(by_folder.items()):
        rows.append(Row())
        if folder:
            shared = [counts.get(feed.id, Counts()) for feed in members]
            both = Counts(sum(c.unread for c in shared), sum(c.total for c in shared))
            rows.append(choice(folder, _said(both), quoted("folder", folder), "group"))
        for feed in members:
            name = f"  {feed.title or feed.url}"
            rows.append(_counted(name, counts.get(feed.id, Counts()), feed_query(feed)))
    return rows


def _counted(text: str, counts: Counts, query: str) -> Row:
    """A row to choose, strong while it has something unread."""
    said = f"{counts.unread:,}" if query == "is:unread" else _said(counts)
    return choice(text, said, query, "unread" if counts.unread else "text")


def _said(counts: Counts) -> str:
    return f"{counts.unread:,} of {counts.total:,}" if counts.unread else f"{counts.total:,}"


@action("save-search", "Save this edition under a name", argument="name")
def save_search(reader: "Reader", call: Call) -> None:
    """A virtual feed, in the picker with its count."""
    query = reader.edition.query

    def submit(name: str) -> None:
        if name.strip():
            reader.work(
                lambda: reader.library.save_query(name.strip(), query),
                lambda _none: reader.say(f"Saved as {name.strip()}"),
            )

    if call.argument:
        submit(call.argument)
    else:
        reader.ask(Prompt("save as: ", submit))


def _saved(reader: "Reader") -> list[str]:
    return [name for name, _query in reader.library.saved_queries()]


@action("forget-search", "Remove a saved search", argument="name", complete=_saved)
def forget_search(reader: "Reader", call: Call) -> None:
    """The other way."""
    name = call.argument
    if name not in _saved(reader):
        reader.say(f"No saved search {name}" if name else "Which? :forget-search NAME")
        return
    reader.work(
        lambda: reader.library.save_query(name, None), lambda _none: reader.say(f"Removed {name}")
    )


@action("refresh", "Bring the list up to date: what was read leaves it", LIST, ARTICLE, NAMES)
def refresh(reader: "Reader", _call: Call) -> None:
    """Ask the library again, keeping the cursor on its entry if that is still there."""
    reader.desk.renew(keep=False)


@action("fold", "Fold or unfold what several feeds tell", LIST)
def fold(reader: "Reader", _call: Call) -> None:
    """One story: in the order by story its rows, elsewhere its copies in other feeds."""
    pane = reader.desk.list
    headline = pane.current
    if headline is None or not headline.story:
        reader.say("Only this feed tells it")
        return
    pane.folds.unfolded ^= {headline.story}
    while pane.folds.hidden(pane.cursor):
        pane.cursor -= 1
    pane.redraw()


@action("fold-all", "Fold all stories", LIST)
def fold_all(reader: "Reader", _call: Call) -> None:
    """All folded."""
    pane = reader.desk.list
    pane.folds.unfolded.clear()
    while pane.folds.hidden(pane.cursor):
        pane.cursor -= 1
    pane.redraw()


@action("group", "Show or hide the headings in the list", LIST)
def group(reader: "Reader", _call: Call) -> None:
    """Days, feeds or folders as headings."""
    folds = reader.desk.list.folds
    folds.grouped = not folds.grouped
    reader.desk.list.redraw()


@action("similar", "Stories about the same people and places", LIST, ARTICLE, NAMES)
def similar(reader: "Reader", _call: Call) -> None:
    """From any article: what else is about these."""
    reading, headline = reader.desk.article.reading, reader.desk.list.current
    entry = headline.id if reader.place == "list" and headline else reading and reading.entry.id
    if not entry:
        return
    number = entry

    def found(headlines: Iterable[object]) -> None:
        rows = headline_rows(reader, headlines)
        if not rows:
            reader.say("No other story about these")
            return
        reader.show_list(PickScreen("About the same", rows, reader.desk.open))

    reader.read(lambda: reader.library.similar(number), found)


def headline_rows(reader: "Reader", headlines: Iterable[object]) -> list[Row]:
    """Headlines as rows of a list in memory; the value is the entry's id."""
    from tui.domain.editions import Headline
    from tui.ui.ages import age
    from tui.ui.render.lines import Run

    rows = []
    for headline in headlines:
        assert isinstance(headline, Headline)
        look = "read" if headline.read else "unread"
        left = (
            Run("  " if headline.read else "● ", "dots"),
            Run("★ " if headline.starred else "", "mark"),
            Run(headline.title, look),
        )
        when = age(headline.published, reader.now())
        right = (Run(f"{headline.feed_title}  {when:>3}", "faint"),)
        rows.append(Row(left, right, headline.id, f"{headline.title} {headline.feed_title}"))
    return rows
