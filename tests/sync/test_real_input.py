"""A sample of real pages and feeds, through real workers: no crash, each failure one clear line.

The whole of them: `make bench-sync`.
"""

from pathlib import Path

import pytest

from tests.sync.real_input import real_feeds, real_pages, served, sync_all


@pytest.mark.shared
async def test_real_pages_and_feeds_have_clear_outcomes(shared: Path) -> None:
    with served(real_pages(shared, 25), real_feeds(shared, 6)) as given:
        outcome = await sync_all(given, names=False)
    assert outcome.wrong == []
    assert outcome.pages > 20
    assert outcome.statuses["full"] > outcome.pages * 0.8
    # The feeds made for the pages were read too.
    assert outcome.feeds_read > outcome.feeds
    assert outcome.failures == {}
    assert outcome.texts["read"] > outcome.feeds * 0.7
