"""Time passes at every station, whatever becomes of one of them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from kiosk import ticker
from kiosk.session.ports import Delivered, NotDelivered
from kiosk.sign.talk import Talk
from kiosk.stations.station import Station
from kiosk.stations.stations import Stations
from kiosk.web.wiring import Wiring
from tests.support.customer import Customer, MemoryDesk


class Kiosk:
    """A station of which only the passing of time is looked at."""

    def __init__(self, name: str, *, breaks: bool = False) -> None:
        self.name = name
        self.breaks = breaks
        self.session = Customer().session
        self.ticked = 0
        self.away: list[str] = []

    def tick(self) -> None:
        if self.breaks:
            raise ZeroDivisionError
        self.ticked += 1

    def nobody_answered(self, visit_id: str) -> None:
        self.away.append(visit_id)


@pytest.fixture
def customer() -> Customer:
    return Customer()


def stations(customer: Customer, *kiosks: Kiosk) -> Stations:
    return Stations(cast("tuple[Station, ...]", kiosks), customer.around)


def test_one_that_breaks_stops_no_other_and_no_delivery(
    customer: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Station, "tick", Kiosk.tick)
    broken, good = Kiosk("K1", breaks=True), Kiosk("K2")
    monkeypatch.setattr(broken.session, "refresh", lambda: 1 / 0)
    refreshed: list[bool] = []
    monkeypatch.setattr(good.session, "refresh", lambda: refreshed.append(True))
    customer.outbox.put("request-1", b'{"id": "request-1"}')
    both = stations(customer, broken, good)
    talk = Talk("talk-1", "K2", "visit-1", "K2")
    visits: list[str | None] = []

    def tick(current: Any) -> tuple[Talk, ...]:
        visits.extend([current("K2"), current("nowhere")])
        return (talk,)

    signs = SimpleNamespace(talks=SimpleNamespace(tick=tick))
    ticker.tick(cast("Wiring", SimpleNamespace(stations=both, signs=signs)))
    both.refresh()
    assert good.ticked == 1
    assert refreshed == [True]
    assert list(customer.desk.requests) == ["request-1"]
    assert visits == [good.session.visit_id, None]
    assert good.away == ["visit-1"]


@pytest.mark.parametrize("breaks", ["tick", "deliver"])
def test_calls_ring_on_whatever_becomes_of_the_rest(breaks: str) -> None:
    done: list[str] = []

    def does(what: str) -> Any:
        def do(*anything: object) -> tuple[Talk, ...]:
            if what == breaks:
                raise ZeroDivisionError
            done.append(what)
            return ()

        return do

    parts = SimpleNamespace(
        stations=SimpleNamespace(tick=does("tick"), deliver=does("deliver")),
        signs=SimpleNamespace(talks=SimpleNamespace(tick=does("calls"))),
    )
    ticker.tick(cast("Wiring", parts))
    assert done == [one for one in ("tick", "deliver", "calls") if one != breaks]


class Refusing(MemoryDesk):
    """Takes nothing of one kind, for ever."""

    tries = 0

    def hand_over(self, request: Any) -> Delivered:
        if request["id"] == "refused":
            self.tries += 1
            raise NotDelivered("it doesn't fit")
        return super().hand_over(request)


def test_what_is_always_refused_is_tried_seldom_and_holds_up_nothing() -> None:
    desk = Refusing()
    customer = Customer(desk=desk)
    customer.outbox.put("refused", b'{"id": "refused"}')
    all_of_them = stations(customer)
    for second in range(600):
        if second == 500:
            customer.outbox.put("new", b'{"id": "new"}')
        all_of_them.deliver()
        if second == 500:
            assert list(desk.requests) == ["new"]
    assert desk.tries < 20
