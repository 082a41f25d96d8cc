"""Each step takes what it is for, leaves what only looks like it, and never passes its cap."""

from collections.abc import Callable

import pytest

from tests.cleaning.pages import SENTENCE, blocks, page, prose
from tui.cleaning.decode import parse
from tui.cleaning.extract import extract_page
from tui.cleaning.steps import AFTER, BEFORE, before
from tui.cleaning.steps.account import Account, run
from tui.cleaning.steps.sift import PageFacts, sift
from tui.cleaning.tree import text_of
from tui.domain.blocks import Block, Figure, Paragraph, Role, block_text

STEPS = {name: (step, cap) for name, step, cap in BEFORE}
JUDGES = dict(AFTER)
FACTS = PageFacts("Bridge to be repaired", ("Ann Smith",), "", ("Bridge to be repaired",), True)


def taken(name: str, markup: str) -> str:
    """The text that is left after one step before the extractor."""
    root = parse(f"<html><body>{markup}</body></html>")
    assert root is not None
    before.strip(root, Account())
    step, cap = STEPS[name]
    run(name, step, root, Account(), cap)
    return text_of(root)


def sifted(name: str, markup: str, facts: PageFacts = FACTS) -> list[Block]:
    """The blocks that are left after one step on blocks."""
    return sift(name, JUDGES[name], blocks(markup), facts, Account())


def texts(found: list[Block]) -> list[str]:
    return [text for block in found if (text := block_text(block))]


@pytest.mark.parametrize(
    ("step", "markup"),
    [
        ("hidden", "<div hidden>Gone</div>"),
        ("hidden", "<p style='color:red; display : none'>Gone</p>"),
        ("hidden", "<span aria-hidden=true>Gone</span>"),
        ("furniture", "<nav>Gone</nav>"),
        ("furniture", "<footer>Gone</footer>"),
        ("furniture", "<div role=contentinfo>Gone</div>"),
        ("named", "<div class='post relatedArticles'>Gone</div>"),
        ("named", "<section id=comments>Gone</section>"),
        ("named", "<ul class='share-buttons'>Gone</ul>"),
        ("named", "<aside class='newsletter_signup'>Gone</aside>"),
    ],
)
def test_what_a_step_before_removes(step: str, markup: str) -> None:
    assert taken(step, prose() + markup + "<p>Stays.</p>").endswith("Stays.")
    assert "Gone" not in taken(step, prose() + markup)


@pytest.mark.parametrize(
    ("step", "markup"),
    [
        ("furniture", "<blockquote>Words. <footer>Stays</footer></blockquote>"),
        ("named", "<div class='content-with-ads no-sidebar'>Stays</div>"),
        ("named", "<div class=comments><article>Stays</article></div>"),
        ("named", "<p class='shareholder-news'>Stays</p>"),
    ],
)
def test_what_only_looks_like_it_stays(step: str, markup: str) -> None:
    assert "Stays" in taken(step, prose() + markup)


def test_no_step_takes_more_than_its_cap() -> None:
    markup = f"<p>{SENTENCE}</p><div class=related>{prose(3)}</div>"
    assert "Paragraph 2" in taken("named", markup)
    account = Account(detail=True)
    root = parse(f"<body>{markup}</body>")
    assert root is not None
    run("named", before.named, root, account)
    assert [note.kept for note in account.notes] == [True]
    assert "too much text" in account.notes[0].why


def test_consent_boxes_may_be_longer_than_the_story() -> None:
    box = "<div class=consent-box>" + "<p>This cookie is stored for a year.</p>" * 90 + "</div>"
    assert "cookie" not in taken("named", prose(2) + box)


def test_scripts_and_styles_are_never_text() -> None:
    markup = "<script>var a</script><style>p{}</style><template>t</template>"
    assert taken("hidden", prose(1) + markup).endswith("winter.")


def test_noscript_is_kept_where_it_is_the_story() -> None:
    assert "Paragraph 3" in taken("hidden", f"<noscript>{prose(4)}</noscript>")
    assert "enable" not in taken("hidden", prose(1) + "<noscript>Please enable it.</noscript>")


def test_the_repeated_headline_and_what_stands_above_it() -> None:
    found = sifted(
        "headline", f"<p>Local news</p><h1>Bridge to be repaired!</h1>{prose(4)}<h2>A bridge</h2>"
    )
    assert texts(found)[0].startswith("Paragraph 0")
    assert texts(found)[-1] == "A bridge"


def test_a_short_headline_goes_where_it_stands_first() -> None:
    facts = PageFacts("Penny - Game Wiki", headings=("Penny",))
    assert texts(sifted("headline", f"<h1>Penny</h1>{prose(6)}", facts))[0].startswith("Para")
    later = sifted("headline", f"{prose(6)}<h2>Penny</h2>{prose(1)}", facts)
    assert "Penny" in texts(later)


def test_prose_above_a_heading_like_the_title_stays() -> None:
    found = sifted("headline", f"<p>{SENTENCE}</p><h2>Bridge to be repaired</h2>{prose(8)}")
    assert texts(found)[0] == SENTENCE
    assert "Bridge to be repaired" not in texts(found)


@pytest.mark.parametrize(
    "line", ["By Ann Smith", "Tuesday, 3 May 2022, 10:15", "4 min read", "Updated: yesterday"]
)
def test_lines_of_facts_become_the_byline(line: str) -> None:
    found = sifted("head", f"<p>{line}</p>{prose(2)}<p>{line}</p>")
    assert isinstance(found[0], Paragraph)
    assert found[0].role is Role.BYLINE
    assert texts(found)[-1] == line  # below the first sentence it is text


@pytest.mark.parametrize(
    "line",
    [
        "A crane at the bridge (Photo: J. Doe)",
        "Photo: J. Doe",
        "Symbolgrafik: J. Doe",
        "© Example Agency",
        "The bridge in spring. J. Doe / Getty Images",
    ],
)
def test_lines_that_credit_a_picture_are_captions(line: str) -> None:
    found = sifted("captions", f"{prose(2)}<p>{line}</p>")
    assert isinstance(found[-1], Figure)


def test_a_sentence_that_names_an_agency_is_a_sentence() -> None:
    line = "The plan was first reported by Reuters."
    assert texts(sifted("captions", f"{prose(2)}<p>{line}</p>"))[-1] == line


def test_italics_below_a_picture_are_its_caption() -> None:
    found = sifted("captions", f"{prose(2)}<img src=/p><p><em>Tom, at home.</em></p>")
    assert isinstance(found[-1], Figure)
    assert texts(sifted("captions", f"{prose(2)}<p><em>So it goes.</em></p>"))[-1] == "So it goes."


@pytest.mark.parametrize(
    "markup",
    [
        "<p>READ MORE: <a href=/x>Bridge closed after flood</a></p>",
        "<p><b>Don’t miss:</b> <a href=/x>Bridge closed after flood</a></p>",
        "<p><a href=/x>BRIDGE CLOSED AFTER THE FLOOD</a></p>",
        "<h3>Lesen Sie auch: <a href=/x>Brücke gesperrt</a></h3>",
    ],
)
def test_links_to_other_stories(markup: str) -> None:
    assert len(sifted("related", prose(2) + markup + prose(2))) == 4


def test_a_linked_phrase_in_a_sentence_is_text() -> None:
    markup = "<p>Read the <a href=/x>report of the council</a>, which has all the figures.</p>"
    assert len(sifted("related", prose(2) + markup)) == 3


@pytest.mark.parametrize("line", ["Advertisement", "Share this article", "Comments", "Loading..."])
def test_labels_are_no_sentences(line: str) -> None:
    assert len(sifted("notices", prose(2) + f"<p>{line}</p>" + prose(1))) == 3


def test_a_call_to_sign_up_needs_a_link() -> None:
    call = "<p><a href=/n>Sign up for our newsletter</a> to get the news.</p>"
    assert len(sifted("notices", prose(2) + call)) == 2
    assert len(sifted("notices", prose(2) + "<p>He told them to sign up for it.</p>")) == 3


def test_the_tail_ends_at_the_last_sentence() -> None:
    found = sifted(
        "tail",
        prose(5) + "<p>Filed under: <a href=/b>Bridges</a></p><h3>More news</h3>"
        "<ul><li><a href=/1>One other story</a></li></ul><h3>Want more?</h3><p>© 2022 News</p>",
    )
    assert len(found) == 5


def test_a_last_paragraph_of_prose_is_no_tail() -> None:
    assert len(sifted("tail", prose(3) + "<p>The bridge opens in May.</p>")) == 4


def test_a_lead_between_headline_and_beginning_comes_back() -> None:
    lead = "Die Brücke wird nach der Flut des letzten Winters nun doch noch repariert."
    body = f"<header><h1>Bridge to be repaired</h1><div><p>{lead}</p></div></header>"
    article = extract_page(page(f"{body}<div class=story>{prose(8)}</div>", lang="de"))
    assert article.text.startswith(lead)
    assert article.text.count(lead) == 1


def test_a_lead_needs_no_full_stop_and_the_title_may_carry_the_name_of_the_site() -> None:
    lead = "Schäden an der Brücke sind größer als bisher gedacht, sagt der Rat der Stadt"
    head = "<title>Brücke wird repariert und verbreitert - Neue Zeitung</title>"
    body = page(
        f"<h1></h1><header><h2>Brücke wird repariert und verbreitert</h2><p class=intro>{lead}</p>"
        f"</header><div class=text>{prose(8)}</div>",
        lang="de",
    )
    start = body.index(b"<title>"), body.index(b"</head>")
    assert extract_page(body[: start[0]] + head.encode() + body[start[1] :]).text.startswith(lead)


def test_the_standfirst_of_the_english_press_is_shown_but_not_text() -> None:
    dek = "After months of debate the council has at last found the money for it."
    body = f"<header><h1>Bridge to be repaired</h1><p class=standfirst>{dek}</p></header>"
    article = extract_page(page(f"{body}<div class=story>{prose(8)}</div>"))
    assert dek not in article.text
    assert any(isinstance(b, Paragraph) and b.role is Role.DEK for b in article.blocks)


@pytest.mark.parametrize("name", [*STEPS, *JUDGES])
def test_steps_leave_a_plain_story_alone(name: str) -> None:
    story = prose(6)
    if name in STEPS:
        assert taken(name, story) == text_of(_root(story))
    else:
        assert len(sifted(name, story)) == 6


def _root(markup: str):  # type: ignore[no-untyped-def]
    return parse(markup)


def test_every_step_has_a_name_of_its_own() -> None:
    names = [*STEPS, *JUDGES]
    assert len(set(names)) == len(BEFORE) + len(AFTER)
    assert all(isinstance(judge, Callable) for judge in JUDGES.values())  # type: ignore[arg-type]
