"""What feeds list becomes entries. One document is one transaction, validators included."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from tui.domain.feeds import Entry, Feed, Page, ParsedEntry, ParsedFeed
from tui.domain.ports import Saved
from tui.library import identity, indexing, stories
from tui.library.database import Connection, Database
from tui.library.journal import Clock
from tui.library.rows import pack_content, to_entry
from tui.library.schema import Hidden
from tui.library.sorting import letters
from tui.library.times import seconds

_ENTRY = """
SELECT e.*, d.key, d.url, d.title, d.author, d.published, d.updated, d.why, d.lang,
       c.packed, n.text AS note
FROM entries e JOIN details d ON d.id = e.id
LEFT JOIN contents c ON c.id = e.id LEFT JOIN notes n ON n.id = e.id
"""
# A date this far before we saw the entry is no date (epoch seconds of 0, year 1).
_EARLIEST = 0


Told = Callable[[Connection, Sequence[int]], None]


class Entries:
    """The entries that feeds list."""

    def __init__(self, database: Database, clock: Clock, articles: int) -> None:
        """`articles` is how many new entries of a feed are to get their article at each sync."""
        self._db, self._clock, self._articles = database, clock, articles
        self.arrived: Told = lambda _connection, _ids: None
        """Told inside the transaction which entries are new or changed: rules hang here."""

    def entry(self, entry: int) -> Entry | None:
        """One entry with its content."""
        return self._db.read(lambda c: read_entry(c, entry))

    def entry_ids(self, feed: int, keys: Iterable[str]) -> dict[str, int]:
        """Our ids of the entries of `feed` with these keys."""
        wanted = json.dumps(list(keys))
        query = (
            "SELECT key, id FROM details WHERE feed = ? AND key IN (SELECT value FROM json_each(?))"
        )
        return {
            row[0]: row[1]
            for row in self._db.read(lambda c: c.execute(query, (feed, wanted)).fetchall())
        }

    def save_feed(self, feed: Feed, parsed: ParsedFeed, page: Page) -> Saved:
        """Entries and their feed's validators together; keeps the state of known entries."""
        listed = identity.distinct(parsed.entries)
        wanted = int(feed.options.get("articles", self._articles) or 0)

        def work(connection: Connection) -> Saved:
            row = connection.execute(
                "SELECT removed FROM feeds WHERE id = ?", (feed.id,)
            ).fetchone()
            if row is None or row["removed"] is not None:
                return Saved()  # unsubscribed while it was fetched
            now = seconds(self._clock()) or 0
            _save_source(connection, feed, parsed, page)
            saved = _Listing(connection, feed.id, now, parsed.lang, wanted).save(listed)
            self.arrived(connection, [*saved.new, *saved.changed])
            return saved

        return self._db.write(work)

    def to_fetch(self, limit: int) -> Sequence[Entry]:
        """Entries that want an article: asked for first, then unread and new."""

        def work(connection: Connection) -> Sequence[Entry]:
            rows = connection.execute(
                "SELECT id FROM entries WHERE want > 0 AND retry_at <= ? "
                "AND (want = 2 OR (read = 0 AND hidden = 0)) ORDER BY want DESC, at DESC LIMIT ?",
                (seconds(self._clock()), limit),
            ).fetchall()
            found = (read_entry(connection, row[0]) for row in rows)
            return [entry for entry in found if entry is not None]

        return self._db.read(work)


def read_entry(connection: Connection, entry: int) -> Entry | None:
    """The entry with everything that the feed and the user say of it."""
    row = connection.execute(f"{_ENTRY} WHERE e.id = ?", (entry,)).fetchone()
    if row is None:
        return None
    labels = connection.execute("SELECT label FROM labels WHERE entry = ? ORDER BY 1", (entry,))
    return to_entry(row, tuple(label for (label,) in labels))


def _save_source(connection: Connection, feed: Feed, parsed: ParsedFeed, page: Page) -> None:
    validators = page.validators
    connection.execute(
        "UPDATE feeds SET feed_title = ?, site_url = ?, etag = ?, last_modified = ?, ttl = ?, "
        "skip_hours = ? WHERE id = ?",
        (
            parsed.title,
            parsed.site_url,
            validators.etag,
            validators.last_modified,
            parsed.ttl,
            " ".join(map(str, parsed.skip_hours)),
            feed.id,
        ),
    )


def _digest(entry: ParsedEntry) -> int:
    return identity.number(
        entry.title, entry.link, entry.author, entry.summary, entry.content, entry.updated,
        entry.comments, entry.image, entry.tags, entry.enclosures,
    )  # fmt: skip


class _Listing:
    """One document on its way in, inside a transaction."""

    def __init__(self, connection: Connection, feed: int, now: int, lang: str, wanted: int) -> None:
        self.connection, self.feed, self.now, self.lang = connection, feed, now, lang
        self.wanted = wanted

    def save(self, listed: Sequence[ParsedEntry]) -> Saved:
        found = identity.match(listed, self._known(), *self._gone(listed))
        self._show([known.id for _, known in found.same])
        changed = [known.id for entry, known in found.same if self._update(entry, known)]
        for entry, known in found.renamed:
            self._update(entry, known, renamed=True)
        return Saved(tuple(self.insert(found.new)), tuple(changed))

    def _show(self, listed: Sequence[int]) -> None:
        """What an undone import took off the lists is back when its feed lists it."""
        self.connection.execute(
            "UPDATE entries SET hidden = hidden & ~? "
            "WHERE hidden & ? AND id IN (SELECT value FROM json_each(?))",
            (Hidden.UNSUBSCRIBED, Hidden.UNSUBSCRIBED, json.dumps(listed)),
        )

    def _known(self) -> Mapping[str, identity.Known]:
        rows = self.connection.execute(
            "SELECT id, key, link, title, published, digest FROM details WHERE feed = ?",
            (self.feed,),
        )
        return {row[1]: identity.Known(*row) for row in rows}

    def _gone(self, listed: Sequence[ParsedEntry]) -> tuple[list[int], list[int]]:
        """What retention removed of this feed; those still listed are remembered for longer."""
        rows = self.connection.execute(
            "SELECT key, link FROM gone WHERE feed = ?", (self.feed,)
        ).fetchall()
        if rows:
            keys = [identity.number(entry.id) for entry in listed]
            links = [identity.link_number(entry.link) for entry in listed if entry.link]
            self.connection.execute(
                "UPDATE gone SET listed = ? WHERE feed = ? AND (key IN (SELECT value FROM "
                "json_each(?)) OR link IN (SELECT value FROM json_each(?)))",
                (self.now, self.feed, json.dumps(keys), json.dumps(links)),
            )
        return [row[0] for row in rows], [row[1] for row in rows]

    def _update(self, entry: ParsedEntry, known: identity.Known, *, renamed: bool = False) -> bool:
        digest = _digest(entry)
        if digest == known.digest and not renamed:
            return False
        self.connection.execute(
            "UPDATE details SET key = ?, url = ?, title = ?, author = ?, lang = ?, updated = ?, "
            "link = ?, headline = ?, digest = ?, published = COALESCE(?, published) WHERE id = ?",
            (
                entry.id,
                entry.link,
                entry.title,
                entry.author,
                entry.lang or self.lang,
                seconds(entry.updated),
                identity.link_number(entry.link),
                identity.headline_number(entry.title),
                digest,
                seconds(entry.published),
                known.id,
            ),
        )
        self.connection.execute(
            "INSERT OR REPLACE INTO contents(id, packed) VALUES (?, ?)",
            (known.id, pack_content(entry)),
        )
        self.connection.execute(
            "UPDATE entries SET letters = ? WHERE id = ?", (letters(entry.title), known.id)
        )
        has_article = self.connection.execute(
            "SELECT status <> '' FROM entries WHERE id = ?", (known.id,)
        ).fetchone()[0]
        # An article's text stays; the feed's own text is replaced by what the feed says now.
        indexing.renew(self.connection, known.id, None if has_article else _body(entry))
        return digest != known.digest

    def insert(self, new: Sequence[ParsedEntry]) -> list[int]:
        """Add entries; returns the ids of those that are news, newest first."""
        if not new:
            return []
        sequence = self.connection.execute(
            "SELECT seq FROM sqlite_sequence WHERE name = 'entries'"
        ).fetchone()
        # Feeds list the newest first; the oldest gets the lowest id.
        numbered = list(enumerate(reversed(new), (sequence[0] if sequence else 0) + 1))
        places = {entry_id: self._place(entry) for entry_id, entry in numbered}
        newest = sorted(places, key=lambda i: (places[i], i), reverse=True)
        wanted = frozenset(newest[: self.wanted])
        self.connection.executemany(
            "INSERT INTO entries(id, feed, at, told, letters, first_seen, want) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (i, self.feed, places[i], places[i], letters(e.title), self.now, int(i in wanted))
                for i, e in numbered
            ],
        )
        self.connection.executemany(
            "INSERT INTO details(id, feed, key, url, title, author, lang, published, updated, "
            "link, headline, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [self._details(entry_id, entry) for entry_id, entry in numbered],
        )
        self.connection.executemany(
            "INSERT INTO contents(id, packed) VALUES (?, ?)",
            [(entry_id, pack_content(entry)) for entry_id, entry in numbered],
        )
        indexing.add(self.connection, places)
        read = stories.join(self.connection, list(places))
        return [entry_id for entry_id in newest if entry_id not in read]

    def _place(self, entry: ParsedEntry) -> int:
        """Where it stands in time. A date in the future would stay on top for ever."""
        published = seconds(entry.published) or seconds(entry.updated)
        if published is None or published <= _EARLIEST:
            return self.now
        return min(published, self.now)

    def _details(self, entry_id: int, entry: ParsedEntry) -> tuple[Any, ...]:
        return (
            entry_id,
            self.feed,
            entry.id,
            entry.link,
            entry.title,
            entry.author,
            entry.lang or self.lang,
            seconds(entry.published),
            seconds(entry.updated),
            identity.link_number(entry.link),
            identity.headline_number(entry.title),
            _digest(entry),
        )


def _body(entry: ParsedEntry) -> str:
    return indexing.plain_text(max(entry.content, entry.summary, key=len))


def insert(connection: Connection, feed: int, now: int, entry: ParsedEntry) -> int:
    """One entry that no document lists; returns our id."""
    return _Listing(connection, feed, now, "", 1).insert([entry])[0]
