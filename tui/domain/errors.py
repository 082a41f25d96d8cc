"""One tree of errors. The message of each is one line, says what happened and what to do.

BroadsheetError
├── SettingsError            a file of settings that can't be used at all
├── SourceError              a source named by the user that can't be read
├── FetchError               .reason is a short word for lists, .retry_after in seconds or None
│   ├── Unreachable          name, connection, time out, certificate
│   ├── Refused              a 4xx or 5xx answer; .status
│   │   ├── Gone             410, or 404 that stays
│   │   └── TooMany          429 and 503 with Retry-After
│   ├── TooLarge             more bytes than the limit, before or after decoding
│   ├── BrokenBody           truncated, wrong encoding, not what the header says
│   └── RobotsRefused        robots.txt asks section readers to stay away
├── ParseError               bytes that are no feed
│   └── NotAFeed             HTML: .alternates holds the feeds that it links to
├── CleanError               a page that gave no article
├── RecogniseError           names could not be found; the article keeps its other panes
├── WorkerError
│   ├── WorkerDied           a worker process ended while it had a job
│   ├── WorkerTimeout        a job took longer than its limit
│   └── WorkerRaised         the job itself failed; .kind is the class name there
├── LibraryError
│   ├── LibraryTooNew        made by a later version; nothing was touched
│   ├── LibraryCorrupt       damage found; .kept is the dated copy
│   ├── BadRule              a rule that can't act: its action, its tag or its query
│   ├── LibraryReadOnly      the folder or file can't be written
│   └── DiskFull             no space; reading goes on
├── SyncRunning              another process holds the sync lock; .pid
└── Offline                  we are offline and this is not in the cache
"""

from collections.abc import Sequence


class BroadsheetError(Exception):
    """The root: whatever we raise on purpose, with a one-line message for a person."""


class SettingsError(BroadsheetError):
    """A settings file that can't be used at all."""


class SourceError(BroadsheetError):
    """A source named on the command line that can't be read."""


class FetchError(BroadsheetError):
    """No body came back.

    `reason` is a short word for lists ("timeout", "404", "certificate");
    `retry_after` is seconds the server asked for, or None.
    """

    def __init__(
        self, message: str, *, reason: str = "error", retry_after: float | None = None
    ) -> None:
        super().__init__(message)
        self.reason = reason
        self.retry_after = retry_after


class Unreachable(FetchError):
    """No answer: the name, the connection, the certificate or the clock failed."""


class Refused(FetchError):
    """An answer of 4xx or 5xx."""

    def __init__(
        self,
        message: str,
        *,
        status: int,
        reason: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message, reason=reason or str(status), retry_after=retry_after)
        self.status = status


class Gone(Refused):
    """410: polling stops, entries stay."""


class TooMany(Refused):
    """429, or 503 with Retry-After: the whole host slows down."""


class TooLarge(FetchError):
    """More bytes than the limit, on the line or after decoding."""


class BrokenBody(FetchError):
    """A body cut short, or in an encoding that does not decode."""


class RobotsRefused(FetchError):
    """robots.txt asks readers of section pages to stay away."""


class ParseError(BroadsheetError):
    """Bytes that are no feed."""


class NotAFeed(ParseError):
    """HTML where a feed was expected; `alternates` are the feeds it links to, best first."""

    def __init__(self, message: str, *, alternates: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.alternates = tuple(alternates)


class CleanError(BroadsheetError):
    """A page that gave no article."""


class RecogniseError(BroadsheetError):
    """Names could not be found; the article keeps its other panes."""


class WorkerError(BroadsheetError):
    """A job in a worker process failed; the worker is started again for the next one."""


class WorkerDied(WorkerError):
    """The process ended while it had a job (memory limit, crash, kill)."""


class WorkerTimeout(WorkerError):
    """The job took longer than its limit, and its process was ended."""


class WorkerRaised(WorkerError):
    """The job raised; `kind` is the name of the exception's class in the worker."""

    def __init__(self, message: str, *, kind: str) -> None:
        super().__init__(message)
        self.kind = kind


class LibraryError(BroadsheetError):
    """The library can't do what was asked."""


class LibraryTooNew(LibraryError):
    """The library was made by a later version; nothing was touched."""


class LibraryCorrupt(LibraryError):
    """The library is damaged; `kept` is the dated copy, or None."""

    def __init__(self, message: str, *, kept: str | None = None) -> None:
        super().__init__(message)
        self.kept = kept


class LibraryReadOnly(LibraryError):
    """The folder or the file can't be written; reading goes on."""


class BadRule(LibraryError):
    """A rule that can't act: its action, its tag or its query."""


class DiskFull(LibraryError):
    """No space left; reading goes on, nothing acknowledged was lost."""


class SyncRunning(BroadsheetError):
    """Another process of this user syncs; `pid` is its number, or None."""

    def __init__(self, message: str, *, pid: int | None = None) -> None:
        super().__init__(message)
        self.pid = pid


class Offline(BroadsheetError):
    """We are offline, and what was asked for is not in the cache."""
