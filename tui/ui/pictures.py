"""Pictures of the session: whether they are drawn, how large, how long they take on this line."""

import asyncio
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from rich.segment import Segment

from tui.ui.driver.depth import detect
from tui.ui.driver.graphics import graphics
from tui.ui.driver.line import meter
from tui.ui.images import Protocol, cell_of, choose, waits_for_key
from tui.ui.render.lines import Picture

if TYPE_CHECKING:
    from tui.ui.images.gallery import Gallery
    from tui.ui.images.tmux import Outer

_MOST_ROWS = 20
# A picture of this size tells how long a cell takes.
_USUAL = (40, 12)


class Pictures:
    """`load` gives a picture's bytes in a thread, `send` writes to the terminal, `redraw` is called
    in the event loop when a picture is ready.
    """

    def __init__(
        self,
        setting: str,
        environment: Mapping[str, str],
        *,
        load: Callable[[str], bytes | None],
        send: Callable[[str], None],
        redraw: Callable[[], None],
    ) -> None:
        self._setting, self._environment = setting, environment
        self._load, self._send, self._redraw = load, send, redraw
        self._gallery: Gallery | None = None
        self._outer: Outer | None = None
        self._asks_tmux = setting == "auto" and bool(environment.get("TMUX"))
        self.asked = False  # the key was pressed: they are drawn whatever the line says

    @property
    def protocol(self) -> Protocol:
        """The way to draw, by all that is known now."""
        return choose(self._environment, self._setting, graphics(), self._outer)

    @property
    def drawn(self) -> bool:
        """True if pictures are drawn now."""
        waiting = waits_for_key(self._setting, slow=meter().slow) and not self.asked
        return self.protocol is not Protocol.NEVER and not waiting

    def most_rows(self, height: int, *, here: bool) -> int:
        """Rows that a picture may take in a pane of `height` lines; 0: none are drawn.

        Rows are kept free only for pictures that are `here`, or were asked for by key.
        """
        wanted = self.drawn and (here or self.asked)
        if wanted and self._asks_tmux:
            self._asks_tmux = False
            self._ask_tmux()
        return max(0, min(_MOST_ROWS, height - 4)) if wanted else 0

    def _ask_tmux(self) -> None:
        """Nothing waits for the answer: half blocks are drawn meanwhile, of the same size."""
        from tui.ui.images.tmux import ask

        def told(answer: "asyncio.Future[Outer]") -> None:
            if not answer.cancelled():
                self._outer = answer.result()
                self._redraw()

        loop = asyncio.get_running_loop()
        loop.run_in_executor(None, ask, self._environment).add_done_callback(told)

    def seconds_a_cell(self) -> float:
        """Seconds that a cell of a picture takes on this line; 0 where it is quick or not known."""
        if self.protocol is Protocol.NEVER or not meter().slow:
            return 0.0
        from tui.ui.images.gallery import Wanted

        taken = self._open().seconds(Wanted("", *_USUAL), meter())
        return (taken or 0.0) / (_USUAL[0] * _USUAL[1])

    def row(self, url: str, picture: Picture) -> list[Segment] | None:
        """One row of a picture, if it is ready; else it is being made, or is not here."""
        if not self.drawn:
            return None
        from tui.ui.images.gallery import Wanted

        rows = self._open().rows(Wanted(url, picture.columns, picture.rows))
        return rows[picture.row] if rows and picture.row < len(rows) else None

    def arrived(self) -> None:
        """Pictures were fetched."""
        if self._gallery is not None:
            self._gallery.arrived()
            self._redraw()

    def close(self) -> None:
        """Forget all, in the terminal too."""
        if self._gallery is not None:
            self._gallery.close()

    def _open(self) -> "Gallery":
        protocol, told = self.protocol, graphics()
        gallery = self._gallery
        if gallery and (gallery.protocol, gallery.cell) == (protocol, cell_of(told)):
            return gallery
        # The terminal said how, or its letters have another size: all are made anew.
        self.close()
        from tui.ui.images.gallery import Gallery

        loop = asyncio.get_running_loop()

        def ready() -> None:
            loop.call_soon_threadsafe(self._redraw)

        self._gallery = Gallery(
            protocol,
            detect(self._environment),
            self._environment,
            told,
            load=self._load,
            send=self._send,
            ready=ready,
        )
        return self._gallery
