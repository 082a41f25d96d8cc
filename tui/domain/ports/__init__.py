"""The seams between the rooms. Each Protocol is implemented in one room and wired in `tui.cli`.

steps     Fetcher      fetching   bytes from the network, politely
          HostMemory   library    what politeness must remember of a host
          FeedParser   fetching   Page -> ParsedFeed, in a worker
          Cleaner      cleaning   Page or feed text -> Article, in a worker
          Recogniser   entities   Article -> Recognition, in a worker
store     Store        library    what the pipeline writes
library   Library      library    what the screens read, and the state that a reader changes
sync      SyncPort     sync       the screens' way to the process that fetches
"""

from tui.domain.ports.library import Correction, Library
from tui.domain.ports.steps import Cleaner, Clock, FeedParser, Fetcher, HostMemory, Recogniser
from tui.domain.ports.store import Saved, Store
from tui.domain.ports.sync import SyncPort

__all__ = [
    "Cleaner",
    "Clock",
    "Correction",
    "FeedParser",
    "Fetcher",
    "HostMemory",
    "Library",
    "Recogniser",
    "Saved",
    "Store",
    "SyncPort",
]
