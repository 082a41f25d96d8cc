"""The language of a text."""

import pytest

from tui.entities.language import Detector, has_letters, name_of

ENGLISH = "The minister said on Monday that the talks with the neighbours would go on all week."
FRENCH = "Le ministre a déclaré lundi que les discussions avec les voisins dureraient la semaine."
GERMAN = "Der Minister sagte am Montag, dass die Gespräche mit den Nachbarn weitergehen würden."


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector()


@pytest.mark.parametrize(
    ("text", "hint", "lang"),
    [
        (ENGLISH, "", "en"),
        (FRENCH, "", "fr"),
        (GERMAN, "", "de"),
        (GERMAN, "en", "de"),  # the text decides, not what the page says
        (FRENCH, "en-GB", "fr"),
        ("Merkel, Macron", "fr_FR", "fr"),  # too short to tell: the page is believed
        (ENGLISH.upper(), "", "en"),
        ("首相は月曜日、隣国との協議は一週間続くと述べた。" * 3, "en", "ja"),
        ("1 2 3 4", "de", "de"),
    ],
)
def test_detection(detector: Detector, text: str, hint: str, lang: str) -> None:
    assert detector.detect(text, hint) == lang


def test_the_middle_of_a_long_text_decides(detector: Detector) -> None:
    page = (
        "Menu Home Sport Contact " * 20 + FRENCH * 60 + " Subscribe to our newsletter today. " * 20
    )
    assert detector.detect(page) == "fr"


def test_letters_of_any_script() -> None:
    assert has_letters("… я …")
    assert has_letters("日")
    assert not has_letters("12 — 34 … !? _ €")


def test_names_of_languages() -> None:
    assert name_of("ja") == "Japanese"
    assert name_of("xx") == "xx"
