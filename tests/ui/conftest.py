"""An open reader over the small newspaper, driven by Textual's Pilot."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from tests.ui.newsroom import FixedReader, QuietSync, open_newsroom, reader, screen_text
from tui.domain.editions import Edition, Headline, Reading
from tui.domain.naming import Entity
from tui.library.store import SqliteLibrary
from tui.settings import Settings

_CHARACTERS = {"space": " ", "colon": ":", "slash": "/", "minus": "-", "question_mark": "?"}


class Session:
    """A running reader: press keys, read the screen."""

    def __init__(
        self, app: FixedReader, pilot: Pilot[str], library: SqliteLibrary, ids: dict[str, int]
    ) -> None:
        self.app, self.pilot, self.library, self.ids = app, pilot, library, ids

    @property
    def sync(self) -> QuietSync:
        assert isinstance(self.app.sync, QuietSync)
        return self.app.sync

    @property
    def reading(self) -> Reading:
        """What the article pane shows."""
        reading = self.app.desk.article.reading
        assert reading is not None
        return reading

    @property
    def headline(self) -> Headline:
        """The row under the cursor."""
        headline = self.app.desk.list.current
        assert headline is not None
        return headline

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The entities in the pane."""
        reading = self.app.desk.names.reading
        assert reading is not None and reading.recognition is not None
        return reading.recognition.entities

    @property
    def names(self) -> list[str]:
        """Their names."""
        return [entity.name for entity in self.entities]

    def stored(self, slug: str) -> Reading:
        """What the library has of an entry."""
        reading = self.library.reading(self.ids[slug])
        assert reading is not None
        return reading

    async def settle(self) -> None:
        """Until nothing waits: background threads, messages, drawing."""
        for _ in range(2):
            await self.app.background.idle()
            await self.pilot.pause()

    async def press(self, *keys: str) -> str:
        """Press keys (as Textual names them) one after the other and return the screen."""
        for key in keys:
            character = _CHARACTERS.get(key, key if len(key) == 1 else None)
            self.app.post_message(events.Key(key, character))
            await self.settle()
        return self.text

    async def type(self, text: str) -> str:
        """Type letters."""
        for letter in text:
            self.app.post_message(events.Key(letter, letter))
        await self.settle()
        return self.text

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return screen_text(self.app)

    @property
    def bottom(self) -> str:
        """The bottom line."""
        return self.text.rstrip("\n").split("\n")[-1]


Opener = Callable[..., AbstractAsyncContextManager[Session]]


@pytest.fixture
def open_reader(tmp_path: Path) -> Opener:
    """`async with open_reader(size=(80, 24)) as session:`"""

    @asynccontextmanager
    async def open_(
        *,
        size: tuple[int, int] = (80, 24),
        empty: bool = False,
        offline: bool = False,
        settings: Settings | None = None,
        edition: Edition | None = None,
        prepare: Callable[[SqliteLibrary, dict[str, int]], None] | None = None,
    ) -> AsyncIterator[Session]:
        library, ids = open_newsroom(tmp_path, empty=empty)
        if prepare is not None:
            prepare(library, ids)
        app = reader(library, tmp_path, settings=settings, offline=offline, edition=edition)
        async with app.run_test(size=size) as pilot:
            session = Session(app, pilot, library, ids)
            await session.settle()
            yield session
        library.close()

    return open_
