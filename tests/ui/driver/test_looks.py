"""Looks: read, changed by the shortest way, reduced to what the terminal has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.emulator import Emulator
from tui.ui.driver import depth, looks
from tui.ui.driver.depth import Depth
from tui.ui.driver.looks import PLAIN, Look, Looks

COLOURS = ["", "31", "97", "38;5;200", "38;2;1;2;3"]
LOOKS = st.builds(
    Look,
    st.sampled_from(COLOURS),
    st.sampled_from(["", "44", "107", "48;5;17", "48;2;9;8;7"]),
    # Bold, italic, underline, reverse, strike: what the emulator knows, too.
    st.sets(st.sampled_from([1, 4, 8, 64, 256])).map(sum),
    st.just(""),
)


@given(LOOKS)
def test_parameters_make_the_look(look: Look) -> None:
    assert looks.apply(PLAIN, looks.parameters(look) or "0") == look


@given(LOOKS, LOOKS)
def test_change_has_the_same_effect_as_starting_anew(old: Look, new: Look) -> None:
    cells = []
    for way in (looks.change(PLAIN, old) + looks.change(old, new), looks.change(PLAIN, new)):
        emulator = Emulator(4, 1)
        emulator.feed(f"{way}x")
        cells.append(emulator.cells()[0][0])
    assert cells[0] == cells[1]
    assert len(looks.change(old, new)) <= len(looks.change(PLAIN, new)) + len("\x1b[;m")


@pytest.mark.parametrize("parameters", ["38", "38;2;1", "38;5", "999", "4:3", ";;"])
def test_strange_parameters_change_no_colour(parameters: str) -> None:
    assert looks.apply(PLAIN, parameters) in (PLAIN, PLAIN._replace(attributes=8))


def test_blanks_that_look_the_same_are_one() -> None:
    known = Looks()
    bold, red = (known.number(Look("31", "44", bits)) for bits in (1, 0))
    under = known.number(Look("31", "44", 8))
    assert known.blanks[bold] == known.blanks[red] != known.blanks[under]


def test_compacting_keeps_what_is_used() -> None:
    known = Looks()
    numbers = [known.number(Look(f"38;5;{n}")) for n in range(200)]
    row = chr(numbers[7]) * 3 + "\0" + chr(numbers[150])
    wanted = [known.known[ord(cell)] for cell in row]
    again = row.translate(known.compact([row]))
    assert [known.known[ord(cell)] for cell in again] == wanted
    assert len(known.known) < 10


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"TERM": "xterm-256color"}, Depth.INDEXED),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, Depth.TRUE),
        ({"TERM": "xterm-kitty"}, Depth.TRUE),
        ({"TERM": "xterm-direct"}, Depth.TRUE),
        ({"TERM": "linux"}, Depth.SIXTEEN),
        ({"TERM": "screen"}, Depth.SIXTEEN),
        ({"TERM": "vt220"}, Depth.MONO),
        ({"TERM": "dumb", "COLORTERM": ""}, Depth.MONO),
        ({}, Depth.MONO),
        ({"TERM": "xterm-kitty", "NO_COLOR": "1"}, Depth.MONO),
        ({"TERM": "xterm-kitty", "NO_COLOR": ""}, Depth.TRUE),
    ],
)
def test_depth_of_terminals(environment: dict[str, str], expected: Depth) -> None:
    assert depth.detect(environment) is expected


@pytest.mark.parametrize(
    ("wanted", "front", "back"),
    [
        (Depth.TRUE, "38;2;255;0;0", "48;2;0;0;255"),
        (Depth.INDEXED, "38;5;196", "48;5;21"),
        (Depth.SIXTEEN, "31", "44"),
        (Depth.MONO, "", ""),
    ],
)
def test_reduced_to_the_depth(wanted: Depth, front: str, back: str) -> None:
    look = depth.reduce(Look("38;2;255;0;0", "48;2;0;0;255", 1), wanted)
    assert look == Look(front, back, 1)


@given(LOOKS, st.sampled_from(list(Depth)))
def test_reducing_twice_changes_nothing(look: Look, wanted: Depth) -> None:
    once = depth.reduce(look, wanted)
    assert depth.reduce(once, wanted) == once
