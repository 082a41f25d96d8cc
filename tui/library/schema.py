"""The tables of the library, as SQL.

Narrow and wide are kept apart: `entries` has only what lists are made of (order, state), some
60 bytes a row, so that a million rows are scanned, marked and counted quickly; `details` has what a
row on the screen shows; `contents` what the feed said, packed. `search` is an FTS5 index without
content: the words of an article are in `bodies` (packed), by which they can be taken out again.

Times are seconds since 1970; flags are 0 and 1. `entries.hidden` is a set of bits, see `Hidden`.
"""

from enum import IntFlag

VERSION = 6


class Hidden(IntFlag):
    """Why an entry is on no list."""

    BY_USER = 1  # by key or by a rule
    UNSUBSCRIBED = 2  # its feed was removed; can be undone for some weeks


FEEDS = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE feeds (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  url TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL DEFAULT '',       -- the user's own
  feed_title TEXT NOT NULL DEFAULT '',  -- what the feed calls itself
  site_url TEXT NOT NULL DEFAULT '',
  folder TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT 'new',
  paused INTEGER NOT NULL DEFAULT 0,
  error TEXT NOT NULL DEFAULT '',
  error_since INTEGER, errors INTEGER NOT NULL DEFAULT 0,
  last_try INTEGER, last_ok INTEGER, next_try INTEGER,
  interval INTEGER NOT NULL DEFAULT 3600,
  etag TEXT NOT NULL DEFAULT '', last_modified TEXT NOT NULL DEFAULT '',
  moved_to TEXT NOT NULL DEFAULT '',
  ttl INTEGER NOT NULL DEFAULT 0, skip_hours TEXT NOT NULL DEFAULT '',
  reading TEXT NOT NULL DEFAULT '',
  added INTEGER NOT NULL,
  removed INTEGER                       -- when it was unsubscribed
);
CREATE TABLE hosts (name TEXT PRIMARY KEY, known TEXT NOT NULL) WITHOUT ROWID;
"""

ENTRIES = """
CREATE TABLE entries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  feed INTEGER NOT NULL REFERENCES feeds(id) ON DELETE CASCADE,
  at INTEGER NOT NULL,                  -- its place in time: published, never after first seen
  read INTEGER NOT NULL DEFAULT 0,
  starred INTEGER NOT NULL DEFAULT 0,
  queued INTEGER NOT NULL DEFAULT 0,
  hidden INTEGER NOT NULL DEFAULT 0,
  text_here INTEGER NOT NULL DEFAULT 0,
  images_here INTEGER NOT NULL DEFAULT 0,
  status TEXT NOT NULL DEFAULT '',
  story INTEGER NOT NULL DEFAULT 0,
  first_seen INTEGER NOT NULL,
  want INTEGER NOT NULL DEFAULT 0,      -- 0 no article wanted, 1 new, 2 asked for
  tries INTEGER NOT NULL DEFAULT 0, retry_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX entries_unread ON entries(at) WHERE read=0 AND hidden=0;
CREATE INDEX entries_shown ON entries(at) WHERE hidden=0;
CREATE INDEX entries_feed_unread ON entries(feed, at) WHERE read=0 AND hidden=0;
CREATE INDEX entries_feed ON entries(feed, at);
CREATE INDEX entries_starred ON entries(at) WHERE starred=1;
CREATE INDEX entries_queued ON entries(at) WHERE queued=1;
CREATE INDEX entries_wanted ON entries(want, at) WHERE want>0;
CREATE INDEX entries_story ON entries(story) WHERE story>0;
CREATE TABLE details (
  id INTEGER PRIMARY KEY REFERENCES entries(id) ON DELETE CASCADE,
  feed INTEGER NOT NULL,
  key TEXT NOT NULL,
  url TEXT NOT NULL, title TEXT NOT NULL, author TEXT NOT NULL, lang TEXT NOT NULL DEFAULT '',
  published INTEGER, updated INTEGER,
  link INTEGER NOT NULL DEFAULT 0,      -- hash of the canonical URL
  headline INTEGER NOT NULL DEFAULT 0,  -- hash of a title long enough to tell stories by
  digest INTEGER NOT NULL DEFAULT 0,    -- hash of all that the feed said
  why TEXT NOT NULL DEFAULT '',         -- why there is no article
  UNIQUE (feed, key)
);
CREATE INDEX details_link ON details(link) WHERE link<>0;
CREATE INDEX details_headline ON details(headline) WHERE headline<>0;
CREATE TABLE contents (
  id INTEGER PRIMARY KEY REFERENCES entries(id) ON DELETE CASCADE, packed BLOB NOT NULL
);
CREATE TABLE gone (                     -- entries that retention removed: they never come back
  feed INTEGER NOT NULL REFERENCES feeds(id) ON DELETE CASCADE,
  key INTEGER NOT NULL, link INTEGER NOT NULL, listed INTEGER NOT NULL,
  PRIMARY KEY (feed, key)
) WITHOUT ROWID;
CREATE INDEX gone_link ON gone(feed, link);
"""

COUNTS = """
CREATE TABLE counts (
  feed INTEGER PRIMARY KEY REFERENCES feeds(id) ON DELETE CASCADE,
  unread INTEGER NOT NULL DEFAULT 0, total INTEGER NOT NULL DEFAULT 0,
  starred INTEGER NOT NULL DEFAULT 0
);
CREATE TRIGGER counts_feed AFTER INSERT ON feeds BEGIN
  INSERT INTO counts(feed) VALUES (new.id);
END;
CREATE TRIGGER counts_insert AFTER INSERT ON entries WHEN new.hidden=0 BEGIN
  UPDATE counts SET total=total+1, unread=unread+(new.read=0), starred=starred+new.starred
  WHERE feed=new.feed;
END;
CREATE TRIGGER counts_delete AFTER DELETE ON entries WHEN old.hidden=0 BEGIN
  UPDATE counts SET total=total-1, unread=unread-(old.read=0), starred=starred-old.starred
  WHERE feed=old.feed;
END;
CREATE TRIGGER counts_update AFTER UPDATE OF read, starred, hidden ON entries
WHEN old.read<>new.read OR old.starred<>new.starred OR old.hidden<>new.hidden BEGIN
  UPDATE counts SET
    total=total+(new.hidden=0)-(old.hidden=0),
    unread=unread+(new.hidden=0 AND new.read=0)-(old.hidden=0 AND old.read=0),
    starred=starred+(new.hidden=0 AND new.starred)-(old.hidden=0 AND old.starred)
  WHERE feed=new.feed;
END;
"""

STATE = """
CREATE TABLE notes (
  id INTEGER PRIMARY KEY REFERENCES entries(id) ON DELETE CASCADE, text TEXT NOT NULL
);
CREATE TABLE labels (
  entry INTEGER NOT NULL REFERENCES entries(id) ON DELETE CASCADE,
  label TEXT NOT NULL COLLATE NOCASE,
  PRIMARY KEY (entry, label)
) WITHOUT ROWID;
CREATE INDEX labels_label ON labels(label);
CREATE TABLE positions (
  id INTEGER PRIMARY KEY REFERENCES entries(id) ON DELETE CASCADE,
  block INTEGER NOT NULL, "offset" INTEGER NOT NULL, anchor TEXT NOT NULL, share REAL NOT NULL
);
CREATE TABLE pins (id INTEGER PRIMARY KEY REFERENCES entries(id) ON DELETE CASCADE);
CREATE TABLE queries (name TEXT PRIMARY KEY, query TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE journal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL, what TEXT NOT NULL, undone INTEGER NOT NULL DEFAULT 0, change BLOB NOT NULL
);
"""

ARTICLES = """
CREATE TABLE kept (                     -- articles that must never be lost
  id INTEGER PRIMARY KEY REFERENCES entries(id) ON DELETE CASCADE, packed BLOB NOT NULL
);
CREATE TABLE bodies (                   -- the words of each article that is in `search`
  id INTEGER PRIMARY KEY REFERENCES entries(id) ON DELETE CASCADE, packed BLOB NOT NULL
);
CREATE VIRTUAL TABLE search USING fts5(
  title, body, author, note, tags, lang,
  content='', tokenize="unicode61 remove_diacritics 2"
);
"""

NAMES = """
CREATE TABLE entities (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
  articles INTEGER NOT NULL DEFAULT 0,
  UNIQUE (key, kind)
);
CREATE TABLE entity_words (
  word TEXT NOT NULL, entity INTEGER NOT NULL REFERENCES entities(id) ON DELETE CASCADE,
  PRIMARY KEY (word, entity)
) WITHOUT ROWID;
CREATE TABLE mentions (                 -- one row for each entity of each article
  entity INTEGER NOT NULL REFERENCES entities(id), at INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES entries(id) ON DELETE CASCADE,
  feed INTEGER NOT NULL,
  count INTEGER NOT NULL, first INTEGER NOT NULL,
  salience INTEGER NOT NULL,            -- in 1/1000
  rank INTEGER NOT NULL,                -- 0 is the main entity of the article
  PRIMARY KEY (entity, at, entry)
) WITHOUT ROWID;
CREATE INDEX mentions_entry ON mentions(entry, rank);
CREATE TABLE follows (
  key TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, since INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE corrections (
  id INTEGER PRIMARY KEY,
  action TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, made INTEGER NOT NULL,
  entry INTEGER NOT NULL DEFAULT 0
);
"""

# Version 2.
RULES = """
CREATE TABLE rules (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL, query TEXT NOT NULL, action TEXT NOT NULL, value TEXT NOT NULL DEFAULT '',
  made INTEGER NOT NULL
);
CREATE TABLE notices (                  -- what "notify" rules and follows found, until it was shown
  entry INTEGER NOT NULL REFERENCES entries(id) ON DELETE CASCADE, rule TEXT NOT NULL,
  PRIMARY KEY (entry, rule)
) WITHOUT ROWID;
"""

# Version 3.
REMOTE = """
CREATE TABLE remote (                   -- entries as a server names them, with the agreed state
  id TEXT PRIMARY KEY, link INTEGER NOT NULL,
  entry INTEGER REFERENCES entries(id) ON DELETE SET NULL,
  read INTEGER NOT NULL DEFAULT 0, starred INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX remote_entry ON remote(entry);
CREATE INDEX remote_open ON remote(link) WHERE entry IS NULL;
"""

# Version 4.
APPLIED = """
DROP TABLE notices;
CREATE TABLE applied (                  -- a rule acts on an entry once, whatever the user does after
  rule INTEGER NOT NULL REFERENCES rules(id) ON DELETE CASCADE,
  entry INTEGER NOT NULL REFERENCES entries(id) ON DELETE CASCADE,
  told INTEGER NOT NULL DEFAULT 1,      -- 0: a notice that was not shown yet
  PRIMARY KEY (rule, entry)
) WITHOUT ROWID;
CREATE INDEX applied_entry ON applied(entry);
CREATE INDEX applied_untold ON applied(told) WHERE told=0;
CREATE TABLE pictures (                 -- which pictures an article has; `url` is a hash
  entry INTEGER NOT NULL REFERENCES entries(id) ON DELETE CASCADE,
  url INTEGER NOT NULL, address TEXT NOT NULL,
  PRIMARY KEY (entry, url)
) WITHOUT ROWID;
CREATE INDEX pictures_url ON pictures(url);
CREATE INDEX entries_here ON entries(read, at) WHERE text_here=1;
"""

# Version 5. The body is the first column: the index names the column of every word but those of the
# first, which makes it a quarter smaller.
SEARCH = """
CREATE VIRTUAL TABLE search USING fts5(
  body, title, author, note, tags, lang,
  content='', tokenize="unicode61 remove_diacritics 2"
);
"""
INCOMPLETE = "incomplete"
"""In `meta`: words or names are missing from the index; upkeep takes them from the articles."""
UNINDEXED = "unindexed"
"""In `meta`: the search index is empty and must be made anew."""
BODY_FIRST = f"""
DROP TABLE search;
{SEARCH}
INSERT OR REPLACE INTO meta VALUES ('{UNINDEXED}', 1);
"""

# Version 6. See `sorting` for what the columns of entries hold, `journal` for that of its own.
SORTED = """
ALTER TABLE entries ADD COLUMN letters INTEGER NOT NULL DEFAULT 0;
ALTER TABLE entries ADD COLUMN told INTEGER NOT NULL DEFAULT 0;
ALTER TABLE journal ADD COLUMN along INTEGER NOT NULL DEFAULT 0;
"""
SORTED_INDEXES = """
CREATE INDEX entries_letters ON entries(letters);
CREATE INDEX entries_told ON entries(told);
"""

UNSORTED = 5
"""The last version whose entries have nothing to be sorted by."""

FIRST_VERSION = FEEDS + ENTRIES + COUNTS + STATE + ARTICLES + NAMES
STEPS: dict[int, str] = {1: RULES, 2: REMOTE, 3: APPLIED, 4: BODY_FIRST, 5: SORTED}
"""What turns version N into N + 1."""
