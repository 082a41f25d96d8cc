"""Keys: presets, overrides with their problems, sequences, counts, macros."""

from pathlib import Path

import pytest

from tests.ui.conftest import Opener
from tui.ui import keys
from tui.ui.actions import ANY, LIST, Call, all_actions
from tui.ui.keys import Keyboard, key_name


@pytest.mark.parametrize("preset", keys.PRESETS)
def test_presets_have_no_problems_and_name_every_way_out(preset: str) -> None:
    keymap = keys.load(preset)
    assert keymap.problems == []
    for place in ("list", "article", "names"):
        found = {steps[0][0] for _keys, steps in keymap.rows(place)}
        assert {"down", "up", "close", "help", "command", "next-pane", "undo"} <= found


def own(tmp_path: Path, text: str) -> keys.Keymap:
    file = tmp_path / "keys.toml"
    file.write_text(text, encoding="utf-8")
    return keys.load("default", file)


def test_own_keys_come_over_the_preset(tmp_path: Path) -> None:
    keymap = own(
        tmp_path, '[list]\n"s" = ""\n"X" = ["star", "next-unread"]\n"g n" = "order newest"\n'
    )
    assert keymap.problems == []
    assert keymap.lookup(LIST, ("s",)) == ()
    board = Keyboard(keymap)
    assert board.press(LIST, "X") == [("star", Call()), ("next-unread", Call())]
    assert board.press(LIST, "g") == []
    assert board.press(LIST, "n") == [("order", Call(None, "newest"))]


def test_a_file_may_begin_with_another_preset(tmp_path: Path) -> None:
    keymap = own(tmp_path, 'inherit = "newsboat"\n')
    assert keymap.lookup(LIST, ("C",)) == (("edition", ""), ("mark-all-read", ""))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[list]\n"x" = "staar"\n', "keys.toml:2: \"x\": no action 'staar'; did you mean star?"),
        ('[lists]\n"x" = "star"\n', "keys.toml:1: no place 'lists'"),
        ('[feeds]\n"x" = "hints"\n', "hints works in article, not in feeds"),
        ('[list]\n"x" = 3\n', "expected an action or a list of actions"),
        ('[list]\n"z" = "star"\n', 'clash: "z" is also the beginning of "z a"'),
        ("[list\n", "the preset's keys are in force"),
    ],
)
def test_what_can_not_be_used_is_said_and_the_rest_works(
    tmp_path: Path, text: str, said: str
) -> None:
    keymap = own(tmp_path, text)
    assert any(said in problem for problem in keymap.problems), keymap.problems
    assert keymap.lookup(ANY, ("j",)) == (("down", ""),)


def test_an_unknown_preset_is_said() -> None:
    assert "no keys 'emacs'" in keys.load("emacs").problems[0]


def test_counts_and_sequences() -> None:
    board = Keyboard(keys.load("default"))
    assert board.press(LIST, "1") == []
    assert board.press(LIST, "0") == []
    assert board.typed == "10"
    assert board.press(LIST, "j") == [("down", Call(10))]
    assert board.typed == ""
    assert board.press(LIST, "g") == []
    assert board.press(LIST, "g") == [("top", Call())]
    assert board.press(LIST, "0") is None
    assert board.press(LIST, "g") == []
    assert board.press(LIST, "esc") == []
    assert board.typed == ""
    assert board.press(LIST, "%") is None


def test_a_places_own_key_comes_before_one_for_everywhere() -> None:
    board = Keyboard(keys.load("default"))
    assert board.press("article", "l") == [("links", Call())]
    assert board.press("list", "l") == [("open", Call())]


def test_key_names() -> None:
    assert key_name("question_mark", "?") == "?"
    assert key_name("space", " ") == "space"
    assert key_name("ctrl+r", "\x12") == "ctrl-r"
    assert key_name("pagedown", None) == "pgdn"
    assert key_name("upper_j", "J") == "J"


def test_every_action_says_what_it_does() -> None:
    for known in all_actions().values():
        assert known.text[0].isupper() and not known.text.endswith(".")
        assert known.run.__doc__


async def test_keys_that_wait_show_what_may_follow(open_reader: Opener) -> None:
    async with open_reader(size=(120, 24)) as s:
        await s.press("z")
        assert "a fold" in s.bottom and "k mark-above" in s.bottom
        await s.press("escape")
        assert "mark-above" not in s.bottom
        await s.press("g")
        assert "g top" in s.bottom and "u edition is:unread" in s.bottom
