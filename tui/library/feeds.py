"""Subscriptions: the table of feeds."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tui.domain.blocks import Source
from tui.domain.editions import Counts
from tui.domain.errors import LibraryError
from tui.domain.feeds import Feed, FeedState
from tui.domain.text import clean_line
from tui.library.database import Connection, Database
from tui.library.journal import Clock, Journal, Step
from tui.library.rows import to_feed
from tui.library.schema import Hidden
from tui.library.times import seconds

Options = Mapping[str, Mapping[str, str]]


# What a feed takes along that is unsubscribed; its values are the feed and Hidden.UNSUBSCRIBED.
_GOES_WITH_FEED = (
    "feed = ? AND starred = 0 AND queued = 0 AND id NOT IN (SELECT id FROM notes) "
    "AND hidden & ? = 0"
)


class Feeds:
    """What the user is subscribed to."""

    def __init__(self, database: Database, journal: Journal, clock: Clock, options: Options):
        self._db, self._journal, self._clock, self._options = database, journal, clock, options

    def feed(self, feed: int) -> Feed | None:
        """One feed, also one that was unsubscribed and still has entries."""
        return self._db.read(lambda c: self._one(c, "id = ?", feed))

    def feeds(self) -> Sequence[Feed]:
        """All subscriptions, by folder and title."""
        rows = self._db.read(
            lambda c: c.execute("SELECT * FROM feeds WHERE removed IS NULL").fetchall()
        )
        feeds = [to_feed(row, self._options) for row in rows]
        return sorted(feeds, key=lambda f: (f.folder.casefold(), f.title.casefold(), f.id))

    def _one(self, connection: Connection, where: str, value: Any) -> Feed | None:
        row = connection.execute(f"SELECT * FROM feeds WHERE {where}", (value,)).fetchone()
        return None if row is None else to_feed(row, self._options)

    def _certain(self, connection: Connection, feed: int) -> Feed:
        found = self._one(connection, "id = ?", feed)
        if found is None:
            raise LibraryError(f"there is no feed number {feed}")
        return found

    def subscribe(self, url: str, title: str = "", folder: str = "") -> Feed:
        """Add a feed, or return the one with this URL; one that was removed comes back whole."""
        title, folder = clean_line(title), clean_line(folder)

        def work(connection: Connection) -> Feed:
            known = connection.execute("SELECT * FROM feeds WHERE url = ?", (url,)).fetchone()
            if known is not None and known["removed"] is None:
                return self._certain(connection, known["id"])
            step = Step(f"subscribed to {title or url}")
            if known is not None:
                step.row(connection, "feeds", [known["id"]], {"removed": None})
                self._show(connection, step, known["id"])
                feed = int(known["id"])
            else:
                feed = self._insert(connection, step, url, title, folder)
            self._journal.record(connection, step)
            return self._certain(connection, feed)

        return self._db.write(work, durable=True)

    def _insert(self, connection: Connection, step: Step, url: str, title: str, folder: str) -> int:
        now = seconds(self._clock())
        cursor = connection.execute(
            "INSERT INTO feeds(url, title, folder, added) VALUES (?, ?, ?, ?)",
            (url, title, folder, now),
        )
        feed = cursor.lastrowid or 0
        # Undone, the subscription is removed as `unsubscribe` does it: nothing is thrown away.
        step.edits.append(["row", "feeds", [feed], {"removed": now}, {"removed": None}])
        return feed

    def unsubscribe(self, feed: int) -> None:
        """Remove a feed from the lists; starred, queued and noted entries stay on theirs.

        Its rows go for good only after some weeks (see `upkeep`), so that undo brings all back.
        """

        def work(connection: Connection) -> None:
            found = self._certain(connection, feed)
            step = Step(f"unsubscribed from {found.title}")
            step.row(connection, "feeds", [feed], {"removed": seconds(self._clock())})
            rows = connection.execute(
                f"SELECT id, hidden FROM entries WHERE {_GOES_WITH_FEED}",
                (feed, Hidden.UNSUBSCRIBED),
            ).fetchall()
            _hide(connection, step, rows, lambda bits: bits | Hidden.UNSUBSCRIBED)
            self._journal.record(connection, step)

        self._db.write(work, durable=True)

    def _show(self, connection: Connection, step: Step, feed: int) -> None:
        rows = connection.execute(
            "SELECT id, hidden FROM entries WHERE feed = ? AND hidden & ?",
            (feed, Hidden.UNSUBSCRIBED),
        ).fetchall()
        _hide(connection, step, rows, lambda bits: bits & ~Hidden.UNSUBSCRIBED)

    def settle(self, connection: Connection, feed: int) -> None:
        """After an undo or redo: what came while a feed was subscribed goes and comes with it."""
        connection.execute(
            f"UPDATE entries SET hidden = hidden | ? WHERE {_GOES_WITH_FEED} "
            "AND EXISTS (SELECT 1 FROM feeds WHERE id = entries.feed AND removed IS NOT NULL)",
            (Hidden.UNSUBSCRIBED, feed, Hidden.UNSUBSCRIBED),
        )
        connection.execute(
            "UPDATE entries SET hidden = hidden & ~? WHERE feed = ? AND hidden & ? "
            "AND EXISTS (SELECT 1 FROM feeds WHERE id = entries.feed AND removed IS NULL)",
            (Hidden.UNSUBSCRIBED, feed, Hidden.UNSUBSCRIBED),
        )

    def bring_back(self, entries: Iterable[int]) -> int:
        """Entries that went with their feed, or with an undone import, are on the lists again;
        returns how many."""
        wanted = json.dumps(list(entries))

        def work(connection: Connection) -> int:
            rows = connection.execute(
                "SELECT id, hidden FROM entries "
                "WHERE hidden & ? AND id IN (SELECT value FROM json_each(?))",
                (Hidden.UNSUBSCRIBED, wanted),
            ).fetchall()
            step = Step(f"showed {len(rows)} again")
            _hide(connection, step, rows, lambda bits: bits & ~Hidden.UNSUBSCRIBED)
            self._journal.record(connection, step)
            return len(rows)

        return self._db.write(work, durable=True)

    def edit_feed(
        self,
        feed: int,
        *,
        title: str | None = None,
        folder: str | None = None,
        url: str | None = None,
        paused: bool | None = None,
    ) -> Feed:
        """Change what the user may change. A title of "" is the feed's own again."""
        wishes = {
            "title": None if title is None else clean_line(title),
            "folder": None if folder is None else clean_line(folder),
            "url": url,
            "paused": None if paused is None else int(paused),
        }
        image: dict[str, Any] = {name: value for name, value in wishes.items() if value is not None}

        def work(connection: Connection) -> Feed:
            found = self._certain(connection, feed)
            other = self._one(connection, "url = ?", url or "")
            if other is not None and other.id != feed:
                raise LibraryError(f"you are subscribed to this address already: {other.title}")
            if url is not None and url != found.url:
                # Another document: its validators and errors are not this one's.
                image.update(etag="", last_modified="", next_try=None, moved_to="", state="new")
            step = Step(f"changed {found.title}")
            step.row(connection, "feeds", [feed], image)
            self._journal.record(connection, step)
            return self._certain(connection, feed)

        return self._db.write(work, durable=True)

    def choose_reading(self, feed: int, source: Source | None) -> None:
        """Keep which reading of its pages a feed shows; None is the default."""

        def work(connection: Connection) -> None:
            found = self._certain(connection, feed)
            step = Step(f"chose another reading for {found.title}")
            step.row(connection, "feeds", [feed], {"reading": source.value if source else ""})
            self._journal.record(connection, step)

        self._db.write(work, durable=True)

    def save_schedule(self, *feeds: Feed) -> None:
        """State, error, times, validators and address, as the sync found them."""

        def work(connection: Connection) -> None:
            for feed in feeds:
                _schedule(connection, feed)

        self._db.write(work)

    def counts(self) -> dict[int, Counts]:
        """Counts by feed; 0 is the sum over all that is on lists."""
        rows = self._db.read(
            lambda c: c.execute("SELECT feed, unread, total, starred FROM counts").fetchall()
        )
        found = {row[0]: Counts(row[1], row[2], row[3]) for row in rows}
        every = found.values()
        found[0] = Counts(
            sum(c.unread for c in every), sum(c.total for c in every), sum(c.starred for c in every)
        )
        return found

    def host(self, name: str) -> dict[str, object]:
        """What politeness knows of a host."""
        row = self._db.read(
            lambda c: c.execute("SELECT known FROM hosts WHERE name = ?", (name,)).fetchone()
        )
        known: dict[str, object] = json.loads(row[0]) if row else {}
        return known

    def save_host(self, name: str, known: dict[str, object]) -> None:
        """Replace what politeness knows of a host; nothing is written where nothing changed."""
        text = json.dumps(known, sort_keys=True)
        self._db.write(
            lambda c: c.execute(
                "INSERT INTO hosts VALUES (?, ?) ON CONFLICT (name) DO UPDATE "
                "SET known = excluded.known WHERE known <> excluded.known",
                (name, text),
            )
        )


def _hide(connection: Connection, step: Step, rows: Sequence[Any], change: Any) -> None:
    """Give entries other hidden bits, one edit for all that had the same."""
    by_bits: dict[int, list[int]] = {}
    for entry, bits in rows:
        by_bits.setdefault(bits, []).append(entry)
    for bits, ids in by_bits.items():
        step.flag(connection, "hidden", ids, bits, int(change(bits)))


def _schedule(connection: Connection, feed: Feed) -> None:
    # A pause and a new address are the user's: a sync that began before must not take them back.
    state = "state" if feed.state is FeedState.PAUSED else "?"
    values: list[Any] = [] if feed.state is FeedState.PAUSED else [feed.state.value]
    connection.execute(
        f"UPDATE feeds SET state = {state}, error = ?, error_since = ?, errors = ?, last_try = ?, "
        "last_ok = ?, next_try = ?, interval = ?, etag = ?, last_modified = ?, moved_to = ?, "
        "ttl = ?, skip_hours = ? WHERE id = ?",
        [
            *values,
            feed.error,
            seconds(feed.error_since),
            feed.errors,
            seconds(feed.last_try),
            seconds(feed.last_ok),
            seconds(feed.next_try),
            feed.interval,
            feed.validators.etag,
            feed.validators.last_modified,
            feed.moved_to,
            feed.ttl,
            " ".join(map(str, feed.skip_hours)),
            feed.id,
        ],
    )
    # An address that another subscription has already is not taken.
    connection.execute(
        "UPDATE OR IGNORE feeds SET url = ? WHERE id = ? AND url <> ?",
        (feed.url, feed.id, feed.url),
    )
