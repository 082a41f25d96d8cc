"""What works without the library: the sample edition, single pages, texts and feeds, checks."""

from tui.cli.grammar.base import (
    Commands,
    command,
    examples,
    json_option,
    whole,
)


def trying(commands: Commands) -> None:
    """The reader on the sample edition."""
    demo = command(
        commands,
        "demo",
        "open the built-in sample edition",
        "Opens a small newspaper through the real pipeline, in a throw-away home. "
        "Touches neither your files nor the network.",
        examples("demo", "demo --keep ~/broadsheet-demo"),
    )
    demo.add_argument("--keep", metavar="FOLDER", help="make its home here and keep it")
    demo.add_argument(
        "--prepare",
        action="store_true",
        help="with --keep: make the home and end, without opening the reader",
    )


def sources(commands: Commands) -> None:
    """What reads one page, text or feed, without the library."""
    read = command(
        commands,
        "read",
        "print the article of a page",
        more=examples(
            "read https://example.org/story",
            "read --json --entities page.html.gz",
            "read id:17                   an entry of your library, offline",
            "read --explain page.html     which step removed what, and why",
        )
        + "\n  curl -s URL | broadsheet read --url URL -",
    )
    form = read.add_mutually_exclusive_group()
    form.add_argument("--plain", action="store_true", help="text (the default)")
    form.add_argument("--markdown", action="store_true", help="Markdown")
    form.add_argument("--json", action="store_true", help="one object a line, in order")
    form.add_argument(
        "--explain", action="store_true", help="each step of cleaning, and what it removed and why"
    )
    read.add_argument(
        "--comments", action="store_true", help="the comments on the page, where it has some"
    )
    read.add_argument("--entities", action="store_true", help="who and what it is about")
    read.add_argument("--url", default="", metavar="BASE", help="address of a file or of -")
    read.add_argument("--width", type=whole, default=0, help="columns of --plain")
    read.add_argument(
        "source", nargs="+", metavar="SOURCE", help="URL, .html or .html.gz file, id:NUMBER or -"
    )

    entities = command(
        commands,
        "entities",
        "print the entities of texts",
        "Finds people, organisations, places and other names in texts; one name of several "
        "spellings is one.",
        examples("entities story.txt", "entities --json texts.jsonl"),
    )
    json_option(entities)
    entities.add_argument("--lang", default="", help="language of the texts (default: detected)")
    entities.add_argument(
        "file", nargs="+", metavar="FILE", help="text, or JSON with id and text; - is stdin"
    )

    feed = command(
        commands,
        "feed",
        "print the entries of a feed",
        "Prints the entries of feeds as the reader would see them, without subscribing.",
        examples("feed https://example.org/feed.xml", "feed --json saved.xml"),
    )
    json_option(feed)
    feed.add_argument("--url", default="", metavar="BASE", help="address of a file or of -")
    feed.add_argument("source", nargs="+", metavar="SOURCE", help="URL, file or -")


def looking(commands: Commands) -> None:
    """What looks at the surroundings."""
    doctor = command(
        commands,
        "doctor",
        "check terminal, stores, model and network",
        "Checks terminal, settings, keys, stores, model and network, and says what to do about "
        "each problem. Exit status 1 if there is one.",
        examples("doctor", "doctor --terminal"),
    )
    json_option(doctor)
    doctor.add_argument("--terminal", action="store_true", help="the terminal only")

    config = command(
        commands,
        "config",
        "print the settings in force, and from where",
        more=examples("config --edit", "config --defaults | less"),
    )
    config.add_argument("--edit", action="store_true", help="open your settings in your editor")
    config.add_argument("--defaults", action="store_true", help="print the documented defaults")
