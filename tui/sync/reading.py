"""One entry made readable, and what is said about it: for rounds, packs and a waiting reader."""

from collections.abc import Callable
from datetime import UTC, datetime

from tui.domain.blocks import Article, Source
from tui.domain.errors import BroadsheetError, FetchError, LibraryError, Offline, WorkerTimeout
from tui.domain.events import ArticleFailed, ArticleReady, Event
from tui.domain.feeds import Entry
from tui.pipeline import Pipeline

Emit = Callable[[Event], None]
# Not the entry's fault: it is tried again without a mark against it.
_PASSING = frozenset({"offline", "waiting", "network"})


def now() -> datetime:
    """The clock of sync where none is given."""
    return datetime.now(UTC)


async def read(
    pipeline: Pipeline,
    entry: Entry,
    emit: Emit,
    source: Source | None = None,
    *,
    early: bool = False,
) -> Article | ArticleFailed:
    """Fetch, clean and name `entry`; tells ArticleReady or ArticleFailed. Raises LibraryError.

    With `early` the article is told when it can be read, and again with its names.
    """

    def shown(article: Article) -> None:
        emit(ArticleReady(entry.id, article.status.value, named=False))

    try:
        article = await pipeline.read(entry, source, shown=shown if early else None)
    except LibraryError:
        raise
    except BroadsheetError as error:
        failed = ArticleFailed(entry.id, reason_of(error), str(error))
        if failed.reason not in _PASSING:
            pipeline.store.save_failure(entry.id, failed.reason, failed.error)
        emit(failed)
        return failed
    emit(ArticleReady(entry.id, article.status.value))
    return article


def reason_of(error: BroadsheetError) -> str:
    """A short word for lists."""
    match error:
        case FetchError(reason=reason):
            return reason
        case Offline():
            return "offline"
        case WorkerTimeout():
            return "too complex"
        case _:
            return "no text"
