"""From keys to actions: to the prompt while one is open, to a screen that wants letters, or by the
keymap to actions.
"""

from collections import deque
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from tui.domain.errors import BroadsheetError
from tui.ui import actions
from tui.ui.keys import Keyboard, Keymap
from tui.ui.render.lines import Run
from tui.ui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from tui.ui.app import Reader

_MOST_STEPS = 1000  # of one count: "99999j" is a slip of the finger


class Dispatch:
    """Keys of one reader. `keyboard` holds what was typed and waits for more."""

    def __init__(self, reader: "Reader", keymap: Keymap) -> None:
        self._reader, self.keyboard = reader, Keyboard(keymap)
        self._later: deque[Callable[[], None]] = deque()
        self._held = 0

    @property
    def waits(self) -> bool:
        """True while keys wait for what an earlier one asked for."""
        return self._held > 0

    def press(self, key: str) -> None:
        """One key, or later, where an earlier one must come to its end first: on a slow line
        several keys arrive together, and the second means what the first one shows.
        """
        self._in_turn(partial(self._press, key))

    def _in_turn(self, act: Callable[[], None]) -> None:
        if self.waits:
            self._later.append(act)
        else:
            act()

    def _press(self, key: str) -> None:
        prompt = self._reader.front.bottom.prompt
        if prompt is not None:
            self._press_prompt(prompt, key)
            return
        if self._reader.front.types and (len(key) == 1 or key == "space"):
            self._reader.front.type(" " if key == "space" else key)
            return
        commands = self.keyboard.press(self._reader.place, key)
        if commands is None:
            if key != "esc":
                self._reader.say(f"{key} means nothing here; ? shows the keys")
            return
        if commands:
            self._reader.forget_message()
        for name, call in commands:
            self._in_turn(partial(self.perform, name, call.argument, call.count))
        self._reader.show_status()

    def choices(self) -> list[Run]:
        """What may follow the keys that wait, for the bottom line."""
        waiting = self.keyboard.waiting
        found = self.keyboard.keymap.following(self._reader.place, waiting)
        return [
            run
            for key, name in found
            for run in (Run(f" {key} ", "key"), Run(name, "status"), Run(" "))
        ]

    def hold(self) -> None:
        """Let keys wait until `go_on`, which is called once for each call of this."""
        self._held += 1

    def go_on(self) -> None:
        """What was waited for is here: the keys that waited, in their order."""
        self._held -= 1
        while self._later and not self.waits:
            self._later.popleft()()

    def _press_prompt(self, prompt: Prompt, key: str) -> None:
        bottom = self._reader.front.bottom
        if key in ("esc", "ctrl-c", "ctrl-g"):
            bottom.ask(None)
            prompt.cancel(prompt.text)
        elif key == "enter":
            bottom.ask(None)
            prompt.remember()
            try:
                prompt.submit(prompt.text)
            except BroadsheetError as error:
                self._reader.fail(error)
        elif prompt.press(key):
            bottom.refresh()
        elif key == "space" or len(key) == 1:
            prompt.type(" " if key == "space" else key)
            bottom.refresh()

    def paste(self, text: str) -> None:
        """Text pasted into a prompt; elsewhere it means nothing, so it can't press keys."""
        prompt = self._reader.front.bottom.prompt
        if prompt is not None:
            prompt.type(text)
            self._reader.front.bottom.refresh()

    def perform(self, name: str, argument: str = "", count: int | None = None) -> None:
        """Do the action `name`."""
        known = actions.find(name)
        if known is None:
            near = actions.nearest(name)
            self._reader.say(f"No action {name}" + (f"; did you mean {near}?" if near else ""))
            return
        if count is not None:
            count = min(count, 10_000_000 if name in ("top", "bottom") else _MOST_STEPS)
        try:
            known.run(self._reader, actions.Call(count, argument))
        except BroadsheetError as error:
            self._reader.fail(error)
