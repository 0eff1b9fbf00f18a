"""How often Python looks for garbage while Dragoman works."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from dragoman.garbage import RARELY, rarely_collected, uncollected


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    enabled, threshold = gc.isenabled(), gc.get_threshold()
    yield
    gc.set_threshold(*threshold)
    if enabled:
        gc.enable()
    else:
        gc.disable()


@pytest.mark.parametrize(
    ("before", "meanwhile"),
    [
        pytest.param((700, 10, 10), (RARELY, 10, 10), id="seldom"),
        pytest.param((0, 10, 10), (0, 10, 10), id="switched off by whoever calls us: left off"),
        pytest.param((10 * RARELY, 5, 5), (10 * RARELY, 5, 5), id="seldomer already: left so"),
    ],
)
def test_rarely(before: tuple[int, int, int], meanwhile: tuple[int, int, int]) -> None:
    gc.set_threshold(*before)
    with rarely_collected():
        assert gc.get_threshold() == meanwhile
        with rarely_collected():
            assert gc.get_threshold() == meanwhile
        assert gc.get_threshold() == meanwhile
    assert gc.get_threshold() == before


def test_rarely_ends_with_an_error() -> None:
    gc.set_threshold(700, 10, 10)
    with pytest.raises(KeyError), rarely_collected():
        raise KeyError
    assert gc.get_threshold() == (700, 10, 10)


@pytest.mark.parametrize("enabled", [True, False])
def test_not_at_all(enabled: bool) -> None:
    (gc.enable if enabled else gc.disable)()
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled() == enabled
