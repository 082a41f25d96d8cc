"""Where the reporter is: a place, and spelled as elsewhere."""

import pytest

from tui.domain.naming import Kind, Mention
from tui.entities.datelines import datelines
from tui.entities.merging import entities


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("OSLO — Nine governments agreed.", "OSLO"),
        ("BRUSSELS (Reuters) - The ministers met.", "BRUSSELS"),
        ("ROME, Nov 25 – Nobody came.", "ROME"),
        ("VILA NOVA — The boat leaves at nine.", "VILA NOVA"),
        ("First line.\nSAN JOSÉ -- It rained.", "SAN JOSÉ"),
    ],
)
def test_a_dateline_names_a_place(text: str, place: str) -> None:
    assert [text[a:b] for a, b in datelines(text).items()] == [place]


@pytest.mark.parametrize(
    "text",
    ["Oslo — Nine governments agreed.", "They met in OSLO — again.", "A — B", "NATO agreed on it."],
)
def test_other_beginnings_are_none(text: str) -> None:
    assert datelines(text) == {}


def test_capitals_of_a_dateline_are_the_place_as_it_is_spelled_elsewhere() -> None:
    text = "OSLO — The talks began. Oslo was cold."
    mentions = [Mention(0, 4, Kind.PLACE), Mention(24, 28, Kind.PLACE)]
    (oslo,) = entities(text, mentions)
    assert (oslo.name, oslo.canonical, oslo.count) == ("Oslo", "Oslo", 2)


def test_capitals_alone_become_a_name() -> None:
    (place,) = entities("VILA NOVA — The boat leaves.", [Mention(0, 9, Kind.PLACE)])
    assert (place.name, place.canonical) == ("Vila Nova", "Vila Nova")
