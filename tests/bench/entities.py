"""`make bench-entities`: how right names, links and ranking are, and what they cost.

The dev documents are those that `weights.json` was fitted on; the rows "unseen" say how well weights
do on documents that they were not fitted on. The entity page at 100,000 articles is the library's:
`make bench-library` measures it.
"""

import asyncio
import json
import statistics
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tests.bench.entities_gold import Gold, load, scorer
from tests.bench.table import Table
from tests.conftest import shared_folder
from tui.cli.commands.entities import to_value
from tui.domain.naming import Recognition
from tui.entities.models import FITTED, Model
from tui.entities.recognise import recognise
from tui.entities.worker import WorkerRecogniser
from tui.settings import EntitySettings

NAMES = {"PER", "ORG", "LOC"}
WORDS = 600
ROUNDS = 15
TICK = 0.002  # seconds between two looks at the clock of the event loop


def measure_quality(table: Table, folder: Path, model: Model) -> None:
    """F1, links and ranking on the dev documents."""
    golds = load(folder)
    score = scorer(folder)
    found = {g.id: to_value(g.id, recognise(g.text, model, lang="en")) for g in golds}

    def scored(genre: str = "", kinds: set[str] | None = None) -> dict[str, Any]:
        return score([g.value for g in golds if g.genre == genre or not genre], found, kinds)

    news, every, names = scored("news", NAMES), scored(), scored(kinds=NAMES)
    table.add("dev, GUM news, PER ORG LOC: strict F1", news["strict"]["f"], 77, 82)
    table.add("dev, all documents, all kinds: strict F1", every["strict"]["f"], 71, 76)
    table.add("dev, all documents, all kinds: lenient F1", every["lenient"]["f"], 82, 86)
    table.add("dev, all documents, PER ORG LOC: strict F1", names["strict"]["f"])
    table.add("dev, all documents, PER ORG LOC: lenient F1", names["lenient"]["f"])
    table.add("dev, GUM news: links of the same entity, F1", scored("news")["links"]["f"], 96, 98)
    top = every["salience"]
    table.add("dev, GUM: first of ranking is the most salient, %", top["top1"], 80, 88)
    table.add("dev, GUM: salient ones among the first five, %", top["recall_at5"])


def measure_unseen(table: Table, folder: Path, model: Model) -> None:
    """F1 on documents that the weights were not fitted on."""
    # Not above: numpy must not be imported before tui.entities tells it to use one thread.
    from tests.bench import fit_entities

    documents = [fit_entities.prepare(gold, model) for gold in load(folder)]
    for title, strict, lenient in fit_entities.figures(folder, documents):
        table.add(f"unseen, {title}: strict F1", strict)
        table.add(f"unseen, {title}: lenient F1", lenient)


def measure_seed(table: Table, folder: Path, model: Model) -> None:
    """Entities of the seed page's article with their counts; what is found beside them."""
    gold = Gold(json.loads((folder / "bench/entities_seed/gold_seed.json").read_text("utf-8")))
    (_, start), (end, _) = gold.value["chrome"]
    found = recognise(gold.text[start:end].strip(), model, lang="en")
    wanted = Counter(c for s, e, _, c in gold.entities if c and s >= start and e <= end)
    counts = {entity.canonical: entity.count for entity in found.entities}
    right = sum(counts.get(name) == wanted[name] for name in wanted)
    table.add(f"seed page: entities and counts, of {len(wanted)}", right, len(wanted), len(wanted))
    extra = sorted(counts.keys() - wanted.keys())
    table.add("seed page: names that are none", len(extra), most=True, note=", ".join(extra))


def measure_time(table: Table, folder: Path, model: Model) -> None:
    """CPU time for 600 words of news, in one thread: the median over the news documents."""
    texts = [" ".join(g.text.split(" ")[:WORDS]) for g in load(folder) if g.genre == "news"]
    texts = [text for text in texts if len(text.split()) >= WORDS * 0.9]
    times = []
    for _ in range(ROUNDS):
        for text in texts:
            before = time.process_time()
            recognise(text, model, lang="en")
            times.append((time.process_time() - before) * 1000 * WORDS / len(text.split()))
    table.add("600 words, merging included", statistics.median(times), 80, 50, most=True, unit="ms")
    best = statistics.quantiles(times, n=10)[0]
    table.add("600 words, quickest tenth", best, most=True, unit="ms")


async def measure_lag(table: Table, folder: Path) -> None:
    """How late the event loop of this process is while the worker starts, loads and works."""
    texts = [g.text for g in load(folder) if g.genre == "news"]
    recogniser = WorkerRecogniser(EntitySettings())
    late: list[float] = []
    running = True

    async def watch() -> None:
        while running:
            before = time.perf_counter()
            await asyncio.sleep(TICK)
            late.append((time.perf_counter() - before - TICK) * 1000)

    watcher = asyncio.create_task(watch())
    before = time.perf_counter()
    await recogniser.warm()
    loaded = time.perf_counter() - before
    found: list[Recognition] = [await recogniser.recognise_text(text) for text in texts]
    running = False
    await watcher
    await recogniser.close()
    assert all(one.entities for one in found)
    table.add(
        "event loop lag while the model loads and works, worst",
        max(late),
        20,
        16,
        most=True,
        unit="ms",
    )
    table.add("model ready after", loaded, most=True, unit="s")


def main() -> None:
    """Print the table."""
    folder = shared_folder()
    if folder is None:
        raise SystemExit("the benchmark data (../shared) is not here")
    table = Table("Entities")
    # First: the lag is measured in a process that has loaded nothing, as the reader's is.
    asyncio.run(measure_lag(table, folder))
    model = Model(FITTED)
    measure_quality(table, folder, model)
    measure_unseen(table, folder, model)
    measure_seed(table, folder, model)
    measure_time(table, folder, model)
    table.finish()


if __name__ == "__main__":
    main()
