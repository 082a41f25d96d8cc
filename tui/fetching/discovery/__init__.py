"""From any address to the feeds behind it.

found = await discover("paper.example", fetcher, parser)
found.best.url

html      feeds that a page names
sites     where well-known sites keep their feeds
guesses   addresses that are worth a try
find      the order in which all of that is tried
"""

from tui.fetching.discovery.find import Discovery, discover
from tui.fetching.discovery.html import Candidate

__all__ = ["Candidate", "Discovery", "discover"]
