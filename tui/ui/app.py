"""The reader: a small Textual app. Keys become actions, events become notices; screens do the rest.

It gets a library and a sync port and knows nothing of where they come from.
"""

import os
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from rich.text import Text
from textual import events
from textual.app import App
from textual.driver import Driver

from tui.domain.editions import Counts, Edition, EntityRow
from tui.domain.errors import BroadsheetError
from tui.domain.ports import Library, SyncPort
from tui.paths import Paths
from tui.settings import Settings
from tui.ui import keys, themes
from tui.ui.ages import local_now
from tui.ui.background import Background
from tui.ui.crash import report
from tui.ui.dispatch import Dispatch
from tui.ui.driver.driver import BroadsheetDriver
from tui.ui.driver.line import meter
from tui.ui.history import History
from tui.ui.news import News
from tui.ui.pictures import Pictures
from tui.ui.render.lines import Run
from tui.ui.rows import Rows
from tui.ui.screens.base import BaseScreen, ListScreen
from tui.ui.screens.reading import ReadingScreen
from tui.ui.states import States
from tui.ui.typography import Typography
from tui.ui.watching import Watch
from tui.ui.widgets.prompt import Prompt

T = TypeVar("T")
_POLL_SECONDS = 2.0
_KEEP_SECONDS = 20.0


class Reader(App[str]):
    """The app. `look` is the theme, `news` what goes on, `history` where we came from."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[Any]] = []
    CSS = """
    Screen { layout: vertical; background: ansi_default; color: ansi_default; }
    """
    TITLE = "Broadsheet"

    def __init__(
        self,
        library: Library,
        sync: SyncPort,
        settings: Settings,
        paths: Paths,
        *,
        edition: Edition,
        offline: bool,
        problems: Sequence[str] = (),
        driver_class: type[Driver] | None = None,
        importer: Callable[[Path], str] | None = None,
    ) -> None:
        """`importer` subscribes from a file and says in one line what it did; it may raise
        BroadsheetError. The app's result is "sample" where the sample edition was asked for.
        """
        environment = dict(os.environ)  # before Textual takes NO_COLOR away
        if environment.get("NO_COLOR") == "":
            # no-color.org: an empty value is none; Textual would take it for a wish.
            del os.environ["NO_COLOR"]
        super().__init__(driver_class=driver_class, ansi_color=True)
        self.library, self.sync, self.settings, self.paths = library, sync, settings, paths
        self.environment, self.edition, self.importer = environment, edition, importer
        self.news, self.history = News(offline=offline), History()
        self.typography = Typography.of(settings.screen)
        self.keymap = keys.load(settings.screen.keys, paths.keys)
        self.dispatch = Dispatch(self, self.keymap)
        self.message = ""
        self.message_is_error = False
        name = themes.choose(settings.screen.theme, environment)
        self.look, theme_problems = themes.load(name, paths.config / "themes")
        for problem in (*problems, *theme_problems, *self.keymap.problems):
            self.news.note(local_now(), problem, "broadsheet config shows what is in force")
        self.desk = ReadingScreen(Rows(library, edition))
        self.background = Background(self.fail, lambda: self.is_running)
        self.pictures = Pictures(
            settings.screen.images,
            environment,
            load=library.image,
            send=self.send,
            redraw=self.desk.article.redraw,
        )
        self.watcher, self.states = Watch(self), States(self)

    # Life

    def get_default_screen(self) -> ReadingScreen:
        """The reading screen is below all others."""
        return self.desk

    def on_mount(self) -> None:
        """Begin to listen, and to fetch what is due."""
        self.run_worker(self.watcher.listen(), exit_on_error=True)
        self.set_interval(_POLL_SECONDS, self.watcher.look_around)
        self.set_interval(_KEEP_SECONDS, self.desk.keep_position)
        self.desk.update_counts()
        if self.settings.sync.at_start and not self.offline and self.library.feeds():
            self.sync.sync()
        self.load_followed()
        self.call_after_refresh(self.watcher.look_for_notices)
        if self.news.log:
            self.say(f"{len(self.news.log)} problems in your settings; L shows them", error=True)
        if not self.desk.list.rows.total:
            self.call_after_refresh(self._when_empty)

    def _when_empty(self) -> None:
        if not self.library.feeds():
            self.desk.list.empty_text = "No feeds yet. a subscribes; :first-steps shows more ways."
            self.perform("first-steps")
        elif self.edition.query == "is:unread":
            self.desk.list.empty_text = "All read. e shows other editions, R fetches."
            self.desk.list.refresh()

    async def on_unmount(self) -> None:
        """Let what was changed reach the disk."""
        self.pictures.close()
        self.desk.keep_position()
        await self.background.close()
        await self.sync.close()

    def _fatal_error(self) -> None:
        """Textual's hook for a fault of ours: the first one is told, in a few lines."""
        if self._exception is not None and not self._exit_renderables:
            self._exit_renderables.append(Text(report(self._exception)))
        self._close_messages_no_wait()

    def leave(self, result: str | None = None) -> None:
        """Quit, keeping where we were."""
        self.desk.keep_position()
        self.exit(result)

    # Surroundings

    @property
    def offline(self) -> bool:
        """True if we use no network."""
        return self.news.offline

    def now(self) -> datetime:
        """The time, in the user's zone."""
        return local_now()

    @property
    def front(self) -> BaseScreen:
        """The screen on top."""
        screen = self.screen
        assert isinstance(screen, BaseScreen)
        return screen

    @property
    def place(self) -> str:
        """Where keys go: a pane or a screen."""
        return self.front.place

    # Keys

    async def on_event(self, event: events.Event) -> None:
        """Keys and pasted text are ours; all else is Textual's."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            self.dispatch.press(keys.key_name(event.key, event.character))
        elif isinstance(event, events.Paste) and not event.is_forwarded:
            self.dispatch.paste(event.text)
        else:
            await super().on_event(event)

    def perform(self, name: str, argument: str = "") -> None:
        """Do the action `name`."""
        self.dispatch.perform(name, argument)

    def ask(self, prompt: Prompt) -> None:
        """Let the user type a line."""
        self.front.bottom.ask(prompt)

    # The bottom line

    def forget_message(self) -> None:
        """A key answers what was said."""
        self.message, self.message_is_error = "", False

    def say(self, text: str, *, error: bool = False) -> None:
        """Say something in the bottom line."""
        self.message, self.message_is_error = text, error
        self.show_status()

    def fail(self, error: BaseException) -> None:
        """Say what went wrong, and keep it in the log."""
        text = (
            str(error) if isinstance(error, BroadsheetError) else f"{type(error).__name__}: {error}"
        )
        self.news.note(self.now(), text)
        self.say(text, error=True)

    def show_status(self) -> None:
        """Bring the bottom line up to date."""
        if not self.is_running or not isinstance(self.screen, BaseScreen):
            return
        left, right = self.front.status()
        words: list[Run] = []
        if self.offline:
            words.append(Run(" Offline ", "offline"))
        if self.dispatch.keyboard.waiting:
            words += self.dispatch.choices()
        elif self.message:
            look = "status-error" if self.message_is_error else "status-strong"
            words.append(Run(f" {self.message}", look))
        elif self.news.working:
            words.append(Run(f" {self.news.working} (esc stops)", "status"))
        else:
            words += left
        if self.settings.screen.line_speed and (speed := meter().status):
            right = (Run(f"{speed} ", "status"), *right)
        if self.dispatch.keyboard.typed:
            right = (Run(f"{self.dispatch.keyboard.typed} ", "key"), *right)
        self.front.bottom.say(tuple(words), right)

    # The library

    def work(self, task: Callable[[], T], then: Callable[[T], None] | None = None) -> None:
        """Change the library in the background, in order; then go on here."""
        self.background.work(task, then)

    def read(self, task: Callable[[], T], then: Callable[[T], None]) -> None:
        """Ask something that may take longer than a frame; then go on here."""
        self.background.read(task, then)

    def read_first(self, task: Callable[[], T], then: Callable[[T], None]) -> None:
        """As `read`; keys that are pressed meanwhile wait for it, since they mean what comes."""
        self.dispatch.hold()
        self.background.read(task, then, self.dispatch.go_on)

    def changed(self) -> None:
        """We changed the library ourselves, and show it already."""
        self.watcher.seen()

    @property
    def tells_links(self) -> bool:
        """True if links tell the terminal where they lead."""
        return self.watcher.tells_links

    # What panes tell

    def focus_pane(self, place: str) -> None:
        """Give the keys to a pane of the screen on top."""
        if isinstance(self.front, ReadingScreen):
            self.front.focus_pane(place)

    def follow(self, url: str) -> None:
        """Follow a link inside Broadsheet where that can be done."""
        self.perform("follow-link", url)

    def send(self, sequence: str) -> None:
        """Write a sequence of our own to the terminal."""
        if self._driver is not None and not self.is_headless:
            self._driver.write(sequence)
            self._driver.flush()

    def repaint(self) -> None:
        """Send the whole screen, whatever the terminal is thought to show."""
        if isinstance(self._driver, BroadsheetDriver):
            self._driver.repaint()

    def load_followed(self) -> None:
        """Which names are followed, for the marks in the entity pane."""
        self.read(self.library.followed, self._followed)

    def _followed(self, followed: Sequence[tuple[EntityRow, Counts]]) -> None:
        self.desk.names.followed = frozenset(row.key for row, _counts in followed)
        self.desk.names.build()

    def show_list(self, screen: ListScreen) -> None:
        """Lay a list over what is on screen."""
        self.dispatch.keyboard.clear()
        self.push_screen(screen)

    def close_lists(self) -> None:
        """Back to the panes, whatever lies over them."""
        while isinstance(self.screen, ListScreen):
            self.pop_screen()
