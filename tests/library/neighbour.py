"""One of several processes that use a library at once.

    python -m tests.library.neighbour FOLDER ROLE SECONDS SEED

A "reader" looks and marks, a "sync" delivers documents and articles. Prints one JSON object: what it
did, and every error that it met.
"""

import json
import random
import sys
import time

from tests.library.conftest import article, deliver, entries, names
from tui import paths as places
from tui.domain.editions import Edition, Order
from tui.domain.errors import BroadsheetError
from tui.domain.naming import Kind
from tui.library.store import SqliteLibrary, open_library
from tui.settings import Settings


def sync(shelf: SqliteLibrary, pick: random.Random) -> None:
    """One document with its articles."""
    feed = shelf.subscribe(f"https://{pick.choice('abc')}.example/feed")
    start = pick.randrange(1 << 30)
    for entry in deliver(shelf, feed, entries("one", "two", "three", start=start % 5000)):
        text = f"Angela Merkel said {start}. " * 40
        shelf.save_article(entry, article(text), names(text, Angela_Merkel=Kind.PERSON))
    shelf.save_schedule(feed)


def reader(shelf: SqliteLibrary, pick: random.Random) -> None:
    """A look at everything, and a change."""
    rows = shelf.window(Edition("is:unread", pick.choice(list(Order))), 0, 50).headlines
    shelf.counts()
    shelf.window(Edition("merkel", Order.BEST), 0, 20)
    shelf.entity_page(["angela merkel"])
    if rows:
        entry = pick.choice(rows).id
        shelf.reading(entry)
        shelf.mark([entry], read=True)
        shelf.note(entry, "seen")
    if pick.random() < 0.2:
        shelf.undo()


def main(folder: str, role: str, seconds: str, seed: str) -> None:
    """Work for some seconds."""
    paths = places.find({"BROADSHEET_HOME": folder})
    shelf = open_library(paths, Settings())
    pick, errors, rounds, seen = random.Random(seed), [], 0, set()
    end = time.monotonic() + float(seconds)
    while time.monotonic() < end:
        try:
            (sync if role == "sync" else reader)(shelf, pick)
        except BroadsheetError as error:
            errors.append(f"{role}: {error}")
        seen.add(shelf.changes())
        rounds += 1
    final = {f.id: shelf.counts()[f.id].total for f in shelf.feeds()}
    shelf.close()
    print(json.dumps({"rounds": rounds, "errors": errors, "changes": len(seen), "final": final}))


if __name__ == "__main__":
    main(*sys.argv[1:])
