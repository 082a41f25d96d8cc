"""What is written at once and what together, in a real library."""

from dataclasses import replace

from tests.clock import Clock
from tests.sync.rooms import library
from tui.domain.errors import ParseError
from tui.sync.ledger import Ledger
from tui.sync.schedule import Failed, NotModified


def test_unchanged_feeds_are_written_together_and_others_at_once(clock: Clock) -> None:
    with library(clock) as (shelf, _):
        feeds = [shelf.subscribe(f"https://{number}.example/") for number in range(60)]
        ledger = Ledger(shelf)

        def written() -> int:
            return sum(feed.last_try is not None for feed in shelf.feeds())

        ledger.write(replace(feeds[0], last_try=clock()), Failed(ParseError("no feed")))
        assert written() == 1
        for feed in feeds[1:50]:
            ledger.write(replace(feed, last_try=clock()), NotModified({}))
        assert written() == 1
        ledger.write(replace(feeds[50], last_try=clock()), NotModified({}))
        assert written() == 51
        ledger.write(replace(feeds[51], last_try=clock()), NotModified({}))
        ledger.close()
        ledger.close()
        assert written() == 52
