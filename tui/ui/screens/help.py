"""The keys in force for a place, searchable."""

from tui.ui.actions import HELP, find, possible
from tui.ui.keys import Steps
from tui.ui.render.lines import Run
from tui.ui.render.listing import Row, heading, note
from tui.ui.screens.base import ListScreen

_PLACES = {
    "list": "Headlines",
    "article": "Article",
    "names": "Names",
    "feeds": "Feeds",
    "rules": "Rules",
    "log": "Log",
    "entity": "Entity page",
    "pick": "Choosing",
    "help": "Help",
}

_NAMES_FROM = 72


class HelpScreen(ListScreen):
    """Keys of the place first, then those that work everywhere, then actions without a key."""

    def __init__(self, about: str) -> None:
        super().__init__(HELP, f"Keys: {_PLACES.get(about, about)}")
        self.about = about

    def rows(self) -> list[Row]:
        """A row a key."""
        keymap = self.reader.keymap
        own = keymap.places.get(self.about, {})
        rows: list[Row] = []
        here: dict[Steps, list[str]] = {}
        everywhere: dict[Steps, list[str]] = {}
        used: set[str] = set()
        for keys, steps in keymap.rows(self.about):
            target = here if tuple(keys.split()) in own else everywhere
            target.setdefault(steps, []).append(keys)
            used.update(name for name, _argument in steps)
        for title, found in (
            (_PLACES.get(self.about, self.about), here),
            ("Everywhere", everywhere),
        ):
            rows += [
                heading(title),
                *(self._key_row(keys, steps) for steps, keys in found.items()),
                Row(),
            ]
        rest = [known for known in possible(self.about) if known.name not in used]
        if rest:
            rows.append(heading("Without a key", "on the : line"))
            rows += [self._row(f":{known.name}", known.text, known.name) for known in rest]
        rows += [Row(), note("Digits before a key are a count. Your own keys: keys.toml.")]
        return rows

    def chosen(self) -> None:
        """Do it."""
        name = self.listing.value
        self.reader.pop_screen()
        if name:
            action, _, argument = name.partition(" ")
            self.reader.perform(action, argument)

    def _key_row(self, keys: list[str], steps: Steps) -> Row:
        texts = []
        for name, argument in steps:
            known = find(name)
            texts.append((known.text if known else name) + (f" ({argument})" if argument else ""))
        first = " ".join(filter(None, steps[0]))
        return self._row("  ".join(keys), ", then ".join(texts), first)

    def _row(self, keys: str, text: str, value: str) -> Row:
        """The action's name at the right, where that leaves room for the text."""
        left = (Run(f" {keys:<16} ", "key"), Run(text))
        right = (Run(f"{value} ", "faint"),) if self.app.size.width >= _NAMES_FROM else ()
        return Row(left, right, value, f"{keys} {text} {value}")
