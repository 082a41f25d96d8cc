"""The reading screen, in a pty, beside newsboat in the same run; and over ssh on slow lines.

Both read 100,000 entries in 100 feeds. newsboat is quoted with its cache as made and after
`ANALYZE` of it. `BROADSHEET_BENCH=FOLDER` keeps the libraries from one run to the next.
"""

import os
import statistics
import sys
from collections.abc import Sequence
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from tests.bench import screen_homes, slow_line
from tests.bench.table import Table
from tests.conftest import shared_folder

ENTRIES, FEW, MANY = 100_000, 10_000, 1_000_000
SMALL, WIDE, LARGE = (80, 24), (120, 40), (200, 60)
OURS = [str(Path(sys.executable).parent / "broadsheet"), "--offline"]
RUNS = 7
Step = dict[str, Any]
# Until what is live is there: the list's title counts what the library holds.
OURS_READY, NEWSBOAT_READY = "/Unread  [0-9]/", "/ 1 N? .*Feed number/"


class Bench:
    """Runs programs in the pty of ../shared/tools/ptybench.py."""

    def __init__(self, shared: Path, place: Path) -> None:
        spec = spec_from_file_location("ptybench", shared / "tools" / "ptybench.py")
        assert spec is not None
        assert spec.loader is not None
        self.ptybench = module_from_spec(spec)
        spec.loader.exec_module(self.ptybench)
        self.shared, self.place = shared, place

    def run(
        self,
        command: Sequence[str],
        ready: str,
        steps: Sequence[Step] = (),
        *,
        home: Path | None = None,
        size: tuple[int, int] = SMALL,
        splash: bool = True,
        quiet: int = 80,
    ) -> dict[str, Any]:
        """One session; its raw figures. Raises RuntimeError if it never became ready."""
        if home is not None and not splash:
            (home / "state" / "first-screen").unlink(missing_ok=True)
        scenario = {
            "cmd": list(command),
            "size": list(size),
            "ready": ready,
            "quiet_ms": quiet,
            "timeout": 60,
            "steps": list(steps),
            "env": {"BROADSHEET_HOME": str(home)} if home else {},
        }
        out: dict[str, Any] = self.ptybench.run_once(scenario)
        if "error" in out:
            raise RuntimeError(out["error"])
        return out

    def ours(self, entries: int, *steps: Step, **options: Any) -> dict[str, Any]:
        """A session of the reader."""
        home = screen_homes.home(self.place, entries)
        return self.run(OURS, OURS_READY, steps, home=home, **options)

    def newsboat(self, *steps: Step, analysed: bool = True, **options: Any) -> dict[str, Any]:
        """A session of newsboat."""
        command = screen_homes.newsboat(self.place, self.shared, ENTRIES, analysed=analysed)
        return self.run(command, NEWSBOAT_READY, steps, **options)


def step(label: str, keys: str, repeat: int = 1, **more: Any) -> Step:
    """One measured step of a scenario."""
    return {"label": label, "keys": keys, "repeat": repeat, **more}


def figures(run: dict[str, Any], label: str, key: str) -> list[float]:
    """All samples of `key` in the step called `label`."""
    return [
        sample[key]
        for part in run["steps"]
        if part["label"] == label
        for sample in part["samples"]
        if sample.get(key) is not None
    ]


def p95(samples: Sequence[float]) -> float:
    """The 95th percentile."""
    return sorted(samples)[min(len(samples) - 1, int(len(samples) * 0.95))]


def median(runs: Sequence[dict[str, Any]], key: str) -> float:
    """Of the start's figures."""
    return float(statistics.median(run["start"][key] for run in runs))


def start(bench: Bench, table: Table) -> None:
    """First paint, live rows, growth, memory, quit."""
    nap = {"label": "nap", "sleep_ms": 1500}
    leave = step("quit", "q", exit=True)
    bench.ours(ENTRIES, leave, splash=False)  # leaves the screen that the next ones paint first
    painted = [bench.ours(ENTRIES, nap, leave) for _ in range(RUNS)]
    live, theirs, few, many = [], [], [], []
    for _ in range(RUNS):
        live.append(bench.ours(ENTRIES, nap, leave, splash=False))
        theirs.append(bench.newsboat(leave))
        few.append(bench.ours(FEW, leave, splash=False))
        many.append(bench.ours(MANY, leave, splash=False))
    as_made = bench.newsboat(leave, analysed=False)
    table.add("first useful paint, 100,000 entries", median(painted, "paint_ms"), 60, 25,
              most=True, unit="ms")  # fmt: skip
    ours, newsboats = median(live, "ready_ms"), median(theirs, "ready_ms")
    table.add("live first rows there, to newsboat after ANALYZE", ours / newsboats, 0.9, 0.7,
              most=True, unit="x", note=f"{ours:.0f} ms to {newsboats:.0f} ms; newsboat's cache "
              f"as made {as_made['start']['ready_ms']:.0f} ms")  # fmt: skip
    table.add("  CPU until then, to newsboat's", median(live, "cpu_ms") / median(theirs, "cpu_ms"),
              unit="x")  # fmt: skip
    table.add("growth from 10,000 to 1,000,000 entries",
              median(many, "ready_ms") / median(few, "ready_ms"), 1.15, 1.05, most=True,
              unit="x")  # fmt: skip
    table.add("  CPU", median(many, "cpu_ms") / median(few, "cpu_ms"), unit="x")
    table.add("memory at 100,000, to newsboat's",
              median(live, "rss_kib") / median(theirs, "rss_kib"), 0.7, 0.5, most=True, unit="x",
              note=f"{median(live, 'rss_kib') / 1024:.0f} MB")  # fmt: skip
    quits = [figures(run, "quit", "exit_ms")[0] for run in live]
    table.add("quit", statistics.median(quits), 100, 40, most=True, unit="ms")


def stepping(bench: Bench, table: Table) -> None:
    """Bytes and latency of a key, in the list of three panes and in an article alone."""
    bounds = {SMALL: (1.0, 0.5, 1.3, 1.0, 16, 8), LARGE: (1.5, 1.0, 2.2, 1.5, 25, 12)}
    for size, (list_must, list_aim, line_must, line_aim, key_must, key_aim) in bounds.items():
        name = f"{size[0]}x{size[1]}"
        three = bench.ours(
            ENTRIES, step("panes", ":panes 3<enter>", whole=True), step("down", "j", 200), size=size
        )
        alone = bench.ours(
            ENTRIES,
            step("open", "<enter>"),
            step("panes", ":panes 1<enter>", whole=True),
            step("down", "j", 100),
            size=size,
        )
        theirs = bench.newsboat(step("open", "<enter>"), step("down", "<down>", 200), size=size)
        their_article = bench.newsboat(
            step("feed", "<enter>"), step("open", "<enter>"), step("down", "<down>", 100), size=size
        )
        for what, mine, other, must, aim in (
            ("a step in the list, three panes", three, theirs, list_must, list_aim),
            ("a line of article, one pane", alone, their_article, line_must, line_aim),
        ):
            ours = statistics.fmean(figures(mine, "down", "bytes"))
            newsboats = statistics.fmean(figures(other, "down", "bytes"))
            table.add(f"bytes for {what}, {name}", ours / newsboats, must, aim, most=True,
                      unit="x", note=f"{ours:.0f} to {newsboats:.0f} B")  # fmt: skip
        keys = [ms for run in (three, alone) for ms in figures(run, "down", "change_ms")]
        others = [ms for run in (theirs, their_article) for ms in figures(run, "down", "change_ms")]
        table.add(f"key p95, {name}", p95(keys), key_must, key_aim, most=True, unit="ms",
                  note=f"median {statistics.median(keys):.1f}; newsboat {p95(others):.1f}")  # fmt: skip


def panes_and_text(bench: Bench, table: Table) -> None:
    """Tab, and the article of 20,000 words."""
    for panes in (3, 2):
        run = bench.ours(
            ENTRIES,
            step("panes", f":panes {panes}<enter>", whole=True),
            step("open", "<enter>", quiet_ms=600),
            step("tab", "<tab>", 12),
        )
        sent = figures(run, "tab", "bytes")
        table.add(f"Tab between {panes} panes", statistics.fmean(sent), 400, 200, most=True,
                  unit="B", note=f"the first {sent[0]:.0f}")  # fmt: skip
    opened: list[float] = []
    wrapped: list[float] = []
    resized: list[float] = []
    for _ in range(RUNS):
        run = bench.ours(
            ENTRIES,
            step("open", "<enter>"),
            step("narrower", "-", 6),
            {"label": "resize", "resize": [110, 38]},
            size=WIDE,
        )
        opened += figures(run, "open", "change_ms")
        wrapped += figures(run, "narrower", "change_ms")
        resized += figures(run, "resize", "change_ms")
    table.add("opening a 20,000 word article", statistics.median(opened), 80, 40, most=True,
              unit="ms")  # fmt: skip
    table.add("wrapping it again", statistics.median(wrapped), 100, 50, most=True, unit="ms")
    table.add("a new size of the window", statistics.median(resized), 100, most=True, unit="ms")


def lag(bench: Bench, table: Table) -> None:
    """`j` held for two seconds at 30 a second, over ssh with 150 ms round trip."""
    home = screen_homes.home(bench.place, ENTRIES)
    newsboat = screen_homes.newsboat(bench.place, bench.shared, ENTRIES, analysed=True)
    hold = {"repeat": 60, "rate": 30, "quiet_ms": 1500}
    with slow_line.server(bench.place) as port:
        for bits in (115_200, 38_400):
            late: list[float] = []
            theirs: list[float] = []
            for _ in range(3):
                with slow_line.relay(bench.shared, port, bits, 150) as line:
                    ours = slow_line.ssh(
                        bench.place, line, ["env", f"BROADSHEET_HOME={home}", *OURS]
                    )
                    run = bench.run(ours, OURS_READY, [step("hold", "j", **hold)], quiet=800)
                    late += figures(run, "hold", "lag_ms")
                with slow_line.relay(bench.shared, port, bits, 150) as line:
                    other = slow_line.ssh(bench.place, line, newsboat)
                    run = bench.run(
                        other,
                        NEWSBOAT_READY,
                        [step("open", "<enter>"), step("hold", "<down>", **hold)],
                        quiet=800,
                    )
                    theirs += figures(run, "hold", "lag_ms")
            seconds, newsboats = statistics.median(late) / 1e3, statistics.median(theirs) / 1e3
            must, aim = (1.0, 0.4) if bits > 100_000 else (newsboats, 0.5)
            table.add(f"late after j held 2 s, {bits:,} bit/s, 150 ms", seconds, must, aim,
                      most=True, unit="s", note=f"newsboat {newsboats:.2f} s")  # fmt: skip


def main() -> None:
    """All figures of the reading screen."""
    shared = shared_folder()
    if shared is None:
        raise SystemExit("the tools (../shared) are not here; BROADSHEET_SHARED names their folder")
    os.environ["LC_ALL"] = "C.UTF-8"
    screen_homes.compiled()
    with screen_homes.folder() as place:
        bench, table = Bench(shared, place), Table("The reading screen, 100,000 entries")
        start(bench, table)
        stepping(bench, table)
        panes_and_text(bench, table)
        lag(bench, table)
        table.finish()


if __name__ == "__main__":
    main()
