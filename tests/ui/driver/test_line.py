"""The meter: pacing, round trip, rate, and what steps down."""

import pytest

from tui.ui.driver.line import LineMeter


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def meter(clock: Clock) -> LineMeter:
    return LineMeter(clock)


def frame(meter: LineMeter, clock: Clock, size: int, seconds: float) -> None:
    meter.sent(size, asked=True)
    clock.now += seconds
    meter.answered()


def test_two_frames_may_be_under_way(meter: LineMeter) -> None:
    free = []
    for _ in range(3):
        free.append(meter.free)
        meter.sent(100, asked=True)
    assert free == [True, True, False]
    meter.answered()
    meter.answered()
    assert meter.free


def test_round_trip_is_the_median(meter: LineMeter, clock: Clock) -> None:
    assert meter.round_trip is None
    for seconds in (0.15, 0.16, 3.0, 0.15, 0.14):
        frame(meter, clock, 50, seconds)
    assert meter.round_trip == pytest.approx(0.15)


def test_bytes_of_a_key_are_those_sent_after_it(meter: LineMeter, clock: Clock) -> None:
    frame(meter, clock, 9000, 0.1)
    for size in (100, 300):
        meter.key()
        frame(meter, clock, size, 0.1)
    assert meter.bytes_per_key == 200
    assert meter.status == "0.2 kB/key 100 ms"


def test_nothing_is_known_before_the_first_key(meter: LineMeter, clock: Clock) -> None:
    frame(meter, clock, 9000, 0.1)
    assert meter.bytes_per_key is None


def test_a_mute_terminal_is_not_waited_for(meter: LineMeter, clock: Clock) -> None:
    asks, free = [], []
    for _ in range(2):
        asks.append(meter.asks)
        meter.sent(100, asked=True)
        meter.sent(100, asked=True)
        free.append(meter.free)
        assert meter.overdue() > 0
        clock.now += 10
        assert meter.overdue() == 0
        free.append(meter.free)
    assert [*asks, meter.asks] == [True, True, False]
    assert free == [False, True] * 2


def test_a_slow_terminal_is_asked_on(meter: LineMeter, clock: Clock) -> None:
    frame(meter, clock, 100, 2.0)
    for _ in range(4):
        meter.sent(100, asked=True)
        clock.now += 60
        meter.overdue()
    assert meter.asks


def test_an_answer_that_nobody_waits_for_counts_nothing(meter: LineMeter) -> None:
    meter.answered()
    assert meter.round_trip is None


@pytest.mark.parametrize(
    ("rate", "steps"),
    [
        (1_000_000, ()),
        (14_400, ("pictures on key",)),
        (4_800, ("pictures on key", "fewer colours")),
    ],
)
def test_steps_down_by_rate(
    meter: LineMeter, clock: Clock, rate: int, steps: tuple[str, ...]
) -> None:
    frame(meter, clock, 20, 0.15)
    for _ in range(5):
        frame(meter, clock, 3000, 0.15 + 3000 / rate)
    assert meter.rate == pytest.approx(rate, rel=0.05)
    assert meter.steps_down == steps
    assert meter.seconds(rate) == pytest.approx(1.15, rel=0.05)


def test_two_frames_under_way_share_the_line(meter: LineMeter, clock: Clock) -> None:
    frame(meter, clock, 20, 0.1)
    meter.sent(1000, asked=True)
    meter.sent(1000, asked=True)
    clock.now += 0.1 + 0.2
    meter.answered()
    clock.now += 0.2
    meter.answered()
    assert meter.rate == pytest.approx(5000, rel=0.05)


def test_tells_when_it_is_judged_anew(meter: LineMeter, clock: Clock) -> None:
    told: list[tuple[str, ...]] = []
    meter.judged = lambda: told.append(meter.steps_down)
    frame(meter, clock, 20, 0.0)
    for rate in (1_000_000, 14_400, 4_800):
        for _ in range(9):
            frame(meter, clock, 3000, 3000 / rate)
    assert told == [("pictures on key",), ("pictures on key", "fewer colours")]


def test_steps_up_again_well_above_the_bound(meter: LineMeter, clock: Clock) -> None:
    frame(meter, clock, 20, 0.0)
    for rate, slow in ((20_000, True), (30_000, True), (60_000, False)):
        for _ in range(9):
            frame(meter, clock, 3000, 3000 / rate)
        assert meter.slow is slow
