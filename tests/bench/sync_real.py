"""All real feeds and pages of ../shared through a whole sync, with names."""

import asyncio
import os
from pathlib import Path

from tests.bench.table import Table
from tests.sync.real_input import real_feeds, real_pages, served, sync_all


def measure_all(table: Table, shared: Path, folder: Path) -> None:
    """How many of how many; what was not read is printed below its row."""
    os.environ["BROADSHEET_HOME"] = str(folder)
    with served(real_pages(shared), real_feeds(shared)) as given:
        outcome = asyncio.run(sync_all(given, names=True))
        subscribed = len(given.addresses())
    told = sum(outcome.statuses.values())
    table.add("real pages with a clear outcome", told, must=outcome.pages)
    for status, number in outcome.statuses.most_common():
        table.add(f"  {status}", number)
    feeds = outcome.feeds_read + len(outcome.failures)
    table.add("real feeds (and those of the pages) with a clear outcome", feeds, must=subscribed)
    table.add("  read", outcome.feeds_read)
    for title, error in outcome.failures.items():
        print(f"    {title}: {error}")
    table.add("newest entries of real feeds read by the feed's text", outcome.texts["read"])
    table.add("crashes, faults, unclear lines", len(outcome.wrong), must=0, most=True)
    for line in outcome.wrong:
        print(f"    {line}")
