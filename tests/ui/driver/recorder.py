"""Sessions of Textual, recorded as the frames that it wrote."""

import asyncio
from collections.abc import Sequence
from typing import Any

from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver
from textual.pilot import Pilot


class Recorder(HeadlessDriver):
    """A driver that keeps what is written. Not headless, or Textual would not render."""

    frames: list[str]

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        self.__dict__.setdefault("frames", []).append(data)


async def record(app: App[Any], keys: Sequence[str], size: tuple[int, int]) -> list[str]:
    """The frames of `app` while `keys` are pressed one after the other."""
    frames: list[str] = []

    async def play(pilot: Pilot[Any]) -> None:
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        driver = app._driver
        assert isinstance(driver, Recorder)
        frames.extend(driver.frames)
        app.exit()

    app.driver_class = Recorder
    await asyncio.wait_for(app.run_async(size=size, auto_pilot=play), 60)
    return frames
