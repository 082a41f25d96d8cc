"""Honest status: each kind of page is told apart, and a story about such things is a story."""

import pytest

from tests.cleaning.pages import SENTENCE, page, prose
from tui.cleaning.extract import Options, extract_page
from tui.domain.blocks import Article, Status


def status(body: str, head: str = "", *, code: int = 200, url: str = "") -> Article:
    return extract_page(page(body, head=head), url, options=Options(http_status=code))


def test_a_story_is_full() -> None:
    assert (
        status(f"<article><h1>Bridge to be repaired</h1>{prose(8)}</article>").status is Status.FULL
    )


def test_gone() -> None:
    found = status("<p>Sorry, there is nothing here.</p>", code=410)
    assert (found.status, found.status_why) == (Status.GONE, "the server answered 410")


CHALLENGES = [
    "<title>Just a moment...</title><div id=challenge-form>Checking your browser</div>",
    "<h1>Access denied</h1><p>Please verify you are human.</p><div id=px-captcha></div>",
    "<p>Pardon our interruption. Something made us think you were a bot.</p>",
]


@pytest.mark.parametrize("body", CHALLENGES)
def test_a_robot_check_is_never_an_article(body: str) -> None:
    found = status(body)
    assert found.status is Status.CHALLENGE
    assert found.blocks == ()


def test_a_consent_wall() -> None:
    wall = (
        "<h1>We value your privacy</h1><p>We and our partners store cookies on your device, and "
        "process personal data with your consent, such as identifiers in a cookie.</p><p>Our "
        "partners process data on the basis of legitimate interest, or of your consent.</p>"
        "<button>Accept all</button><p>Agree to our cookies, or manage your consent.</p>"
    )
    assert status(wall).status is Status.CONSENT


def test_a_page_that_is_all_script() -> None:
    body = "<div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>"
    assert status(body).status is Status.SCRIPT


def test_a_paywall_by_its_own_word() -> None:
    head = (
        "<script type='application/ld+json'>"
        '{"@type": "NewsArticle", "headline": "H", "isAccessibleForFree": false}</script>'
    )
    assert status(f"<article>{prose(2)}</article>", head).status is Status.PAYWALL


def test_a_paywall_by_its_offer() -> None:
    offer = "<p>Subscribe to continue reading. Already a subscriber? Log in.</p>"
    assert status(f"<article>{prose(3)}{offer}</article>").status is Status.PAYWALL


def test_an_index_page() -> None:
    links = "".join(f"<h2><a href='/{n}'>Story number {n} of this day</a></h2>" for n in range(30))
    assert status(f"<main>{links}</main>").status is Status.INDEX


def test_a_teaser() -> None:
    assert status(f"<article><p>{SENTENCE}</p><p>And then…</p></article>").status is Status.TEASER
    counted = '<script type="application/ld+json">{"@type": "Article", "wordCount": 900}</script>'
    assert status(f"<article>{prose(3)}</article>", counted).status is Status.TEASER


@pytest.mark.parametrize("topic", ["cookies and consent", "robots and captchas", "JavaScript"])
def test_stories_about_such_things_are_full(topic: str) -> None:
    story = "".join(
        f"<p>Section {n}: the report on {topic} says that sites must enable a choice to accept "
        f"or refuse, and that users have to verify nothing, whoever asks for it.</p>"
        for n in range(30)
    )
    assert status(f"<article>{story}</article>").status is Status.FULL
