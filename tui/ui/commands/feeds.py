"""Feeds and fetching: sync, add, the feeds screen, pack, offline."""

from typing import TYPE_CHECKING

from tui.domain.editions import Edition
from tui.domain.feeds import Feed, FeedState
from tui.ui.actions import ARTICLE, FEEDS, LIST, NAMES, Call, action
from tui.ui.commands.linking import open_outside
from tui.ui.images import Protocol
from tui.ui.screens.feeds import FeedsScreen
from tui.ui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from tui.ui.app import Reader


@action("sync", "Fetch what is due")
def sync(reader: "Reader", _call: Call) -> None:
    """In the background; the bottom line tells."""
    if _online(reader):
        reader.sync.sync()
        reader.say("Fetching what is due")


@action("sync-all", "Fetch all feeds now")
def sync_all(reader: "Reader", _call: Call) -> None:
    """Also what is not due."""
    if _online(reader):
        reader.sync.sync(force=True)
        reader.say("Fetching all feeds")


@action("sync-feed", "Fetch this feed now", LIST, ARTICLE, NAMES, FEEDS)
def sync_feed(reader: "Reader", _call: Call) -> None:
    """The feed of the entry, or the one under the cursor."""
    feed = _feed_id(reader)
    if feed is not None and _online(reader):
        reader.sync.sync((feed,), force=True)
        reader.say("Fetching this feed")


def _online(reader: "Reader") -> bool:
    if reader.offline:
        reader.say("Offline: :online uses the network again")
    return not reader.offline


def _feed_id(reader: "Reader") -> int | None:
    if isinstance(reader.front, FeedsScreen):
        feed = reader.front.feed
        return feed.id if feed else None
    if reader.place == "list":
        return reader.desk.list.current.feed if reader.desk.list.current else None
    return reader.desk.article.reading.feed.id if reader.desk.article.reading else None


@action("cancel", "Stop what runs in the background")
def cancel(reader: "Reader", _call: Call) -> None:
    """What is done stays done."""
    reader.sync.cancel()
    reader.news.working = ""
    reader.say("Stopping")


@action("offline", "Use no network")
def offline(reader: "Reader", _call: Call) -> None:
    """Everything that was fetched can be read; the rest is queued."""
    reader.news.offline = True
    reader.sync.set_offline(True)
    reader.say("Offline: what is not here is queued for the next sync")


@action("online", "Use the network again")
def online(reader: "Reader", _call: Call) -> None:
    """The other way."""
    reader.news.offline = False
    reader.sync.set_offline(False)
    reader.say("Online. R fetches")


@action("add", "Subscribe to a feed, or to a page that links to one", argument="link")
def add(reader: "Reader", call: Call) -> None:
    """The feed is found, subscribed and fetched; the bottom line tells."""

    def submit(url: str) -> None:
        url = url.strip()
        if url:
            reader.sync.add(url if "://" in url or ":" in url else f"https://{url}")
            reader.say(f"Looking for a feed at {url}")

    if call.argument:
        submit(call.argument)
    else:
        reader.ask(Prompt("subscribe to: ", submit))


@action("pack", "Make ready for a time offline", argument="time, size or query")
def pack(reader: "Reader", call: Call) -> None:
    """`:pack 8h` or `:pack 40MB`."""

    def submit(wish: str) -> None:
        wish = wish.strip()
        if not wish or not _online(reader):
            return
        kind = "max" if wish.upper().endswith("B") else "duration" if wish[0].isdigit() else "query"
        reader.sync.pack(**{kind: wish})
        reader.say(f"Packing for {wish}")

    if call.argument:
        submit(call.argument)
    else:
        reader.ask(Prompt("pack for (8h, 40MB or a query): ", submit))


@action("pictures", "Draw the pictures, fetched if need be", ARTICLE)
def pictures(reader: "Reader", _call: Call) -> None:
    """Drawn from now on, however slow the line is."""
    reading = reader.desk.article.reading
    if reading is None:
        return
    if reader.pictures.protocol is Protocol.NEVER:
        reader.say("No pictures here: by setting, without colours, or without the extra `images`")
        return
    reader.pictures.asked = True
    reader.desk.article.relay()
    if not reader.offline:
        reader.sync.images(reading.entry.id)
        reader.say("Fetching pictures")


@action("feeds", "Feeds, the worst first")
def feeds(reader: "Reader", _call: Call) -> None:
    """What fails and since when; retry, edit, unsubscribe."""
    reader.show_list(FeedsScreen())


def _chosen(reader: "Reader") -> Feed | None:
    return reader.front.feed if isinstance(reader.front, FeedsScreen) else None


@action("rename-feed", "Change the title", FEEDS)
def rename_feed(reader: "Reader", _call: Call) -> None:
    """A title of your own."""
    _edit(reader, "title", "title: ")


@action("move-feed", "Put it into another folder", FEEDS)
def move_feed(reader: "Reader", _call: Call) -> None:
    """A folder, or none."""
    _edit(reader, "folder", "folder: ")


@action("feed-address", "Change the address", FEEDS)
def feed_address(reader: "Reader", _call: Call) -> None:
    """Another URL for the same feed."""
    _edit(reader, "url", "address: ")


def _edit(reader: "Reader", what: str, label: str) -> None:
    feed = _chosen(reader)
    if feed is None:
        return

    def submit(text: str) -> None:
        changes = {what: text.strip()}
        if text.strip() or what == "folder":
            reader.work(
                lambda: reader.library.edit_feed(feed.id, **changes),  # type: ignore[arg-type]
                lambda _feed: _done(reader, "Changed"),
            )

    reader.ask(Prompt(label, submit, text=getattr(feed, what)))


@action("pause-feed", "Pause or resume", FEEDS)
def pause_feed(reader: "Reader", _call: Call) -> None:
    """A paused feed keeps its entries and is not fetched."""
    feed = _chosen(reader)
    if feed is None:
        return
    pausing = feed.state is not FeedState.PAUSED
    reader.work(
        lambda: reader.library.edit_feed(feed.id, paused=pausing),
        lambda _feed: _done(reader, "Paused" if pausing else "Resumed"),
    )


@action("mark-feed-read", "Mark all of the feed read", FEEDS)
def mark_feed_read(reader: "Reader", _call: Call) -> None:
    """Can be undone."""
    feed = _chosen(reader)
    if feed is not None:
        edition = Edition(f"feed:{feed.id} is:unread")
        reader.work(
            lambda: reader.library.mark(edition, read=True),
            lambda count: _done(reader, f"{count:,} marked read. u takes that back"),
        )


@action("unsubscribe", "Unsubscribe; starred entries stay", FEEDS)
def unsubscribe(reader: "Reader", _call: Call) -> None:
    """Can be undone."""
    feed = _chosen(reader)
    if feed is not None:
        reader.work(
            lambda: reader.library.unsubscribe(feed.id),
            lambda _none: _done(
                reader, f"Unsubscribed from {feed.title or feed.url}. u takes that back"
            ),
        )


def _done(reader: "Reader", said: str) -> None:
    reader.changed()
    reader.desk.renew()
    if isinstance(reader.front, FeedsScreen):
        reader.front.fill()
    reader.say(said)


@action("open-site", "Open the site of the feed in a browser", FEEDS)
def open_site(reader: "Reader", _call: Call) -> None:
    """Outside of Broadsheet."""
    feed = _chosen(reader)
    if feed is not None:
        open_outside(reader, feed.site_url or feed.url)


@action("show-feed", "Show the entries of this feed", FEEDS)
def show_feed(reader: "Reader", _call: Call) -> None:
    """As an edition."""
    if _chosen(reader) is not None:
        assert isinstance(reader.front, FeedsScreen)
        reader.front.chosen()
