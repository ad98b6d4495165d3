"""Whole visits in Korean by forms alone: not one word of another language on any page."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from kiosk.queue.tickets.outcomes import Done
from kiosk.queue.tickets.views import StaffRef
from kiosk.session.screens.group import PERSON
from kiosk.settings import Settings
from kiosk.ticker import tick
from kiosk.web.wiring import Wiring
from tests.support.pages import text
from tests.support.visits import Visit

LI = StaffRef("s1", "李敏", "counter")
HAN = re.compile(r"[\u2e80-\u2fff\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
#: Attributes that nobody reads; what is to be heard may hold a colleague's note, in their language.
NOT_READ = ("class", "href", "src", "data-voice")
COVERED = ("loss_report", "fraud", "pin_reset", "withdraw", "home_visit", "need_help")


class KoreanVisit(Visit):
    """Looks at every page it meets, after the checks of every page, for what isn't Korean."""

    def __init__(self, app: Flask, preset: str = "large_text") -> None:
        self.korean = False
        super().__init__(app.test_client())
        self.choose("language:ko")
        self.korean = True
        self.open("/").start(preset)

    def _met(self, response: object) -> Visit:
        super()._met(response)  # type: ignore[arg-type]
        if self.korean:
            assert self.page.get("lang") == "ko", self.path
            assert list(foreign(self.page, "ko")) == [], self.path
        return self

    def to_review(self) -> KoreanVisit:
        for _ in range(40):
            if self.path.endswith("/review"):
                return self
            onward = next((one for one in ("unknown", "next") if one in self.choices), None)
            self.choose(onward or self.choices[0])
        raise AssertionError(f"stuck at {self.path}")

    def to_ticket(self) -> KoreanVisit:
        self.choose("confirm", "no")
        for _ in range(5):
            if not self.path.startswith("/visit/"):
                return self
            self.choose("unknown" if "unknown" in self.choices else self.choices[-1])
        raise AssertionError(f"stuck at {self.path}")


def foreign(node: Element, lang: str) -> Iterator[str]:
    """Chinese characters and marks outside of what says that it is in another language."""
    lang = node.get("lang", lang)
    if lang == "ko":
        said = [value for name, value in node.attrib.items() if name not in NOT_READ]
        own = (node.text or "", *said)
        yield from (one.strip() for one in own if HAN.search(one))
    for child in node:
        yield from foreign(child, lang)
        if lang == "ko" and HAN.search(child.tail or ""):
            yield str(child.tail)


def way_to(service: str, parts: Wiring) -> tuple[str, str]:
    group = next(g for g in parts.content.catalog.groups if service in g.services)
    return group.id, service


@pytest.mark.parametrize("service", COVERED)
def test_from_the_start_to_a_number_by_ear(app: Flask, parts: Wiring, service: str) -> None:
    visit = KoreanVisit(app, "voice")
    visit.choose(*way_to(service, parts)).to_review()  # type: ignore[attr-defined]
    visit.to_ticket()
    assert visit.path == "/ticket"
    (row,) = parts.queue.open_tickets(parts.settings.branch)
    request = parts.queue.document(row.id, LI)
    assert request.language == "ko"
    assert [task.service for task in request.tasks] == [service]


def test_the_menu_holds_only_what_is_covered(app: Flask, parts: Wiring) -> None:
    visit = KoreanVisit(app)
    found = []
    for group in list(visit.choices):
        found += [one for one in visit.choose(group).choices if one != PERSON]
        visit.bar("back")
    assert sorted(found) == sorted(COVERED)


def test_every_question_with_what_is_wrong_and_changed(app: Flask) -> None:
    visit = KoreanVisit(app)
    visit.choose("urgent", "loss_report", "card", "yes", "days").enter("12")
    assert visit.problem
    assert "네 자리" in visit.problem
    visit.enter("1234").choose("other", "other", "away", "relative", "next")
    while "/documents." in visit.path:
        visit.choose("no")
    visit.enter("123")
    assert visit.problem
    visit.enter("13800138000").choose("change:relation", "child")
    assert visit.path.endswith("/review")
    assert "138 0013 8000" in visit.words
    assert visit.ask == "다시 읽어 드릴게요. 맞으세요?"


def test_amounts_dates_and_warnings(app: Flask) -> None:
    visit = KoreanVisit(app)
    visit.choose("money", "withdraw", "card").enter("99999999")
    assert "1,000,000위안" in (visit.problem or "")
    visit.enter("60000").choose("yes", "next", "next", "mixed", "self")
    visit.to_review()
    assert "60,000위안" in visit.words
    visit.choose("confirm", "yes", "help", "home_visit", "pin", "self").enter("20200101")
    assert visit.problem
    visit.choose(visit.choices[0], "morning", "unknown", "next", "next")
    assert visit.path.endswith("/home_visit/review")
    assert "일 수요일" in visit.words


def test_everything_that_lies_over_a_visit(app: Flask) -> None:
    visit = KoreanVisit(app, "voice").choose("urgent", "loss_report")
    seen = set()
    for bar, *values in (
        *(("help",), ("help", "keys"), ("help", "leave"), ("person",), ("settings",)),
        *(("settings", page) for page in ("settings_text_size", "settings_theme")),
        *(("settings", page) for page in ("settings_language", "settings_modes")),
    ):
        visit.bar(bar).choose(*values)
        seen.add(visit.path)
        while not visit.path.startswith("/visit/"):
            visit.bar("back")
    assert seen >= {
        *("/help", "/keys", "/leave", "/person", "/settings", "/settings/size"),
        *("/settings/colours", "/settings/language", "/settings/ways"),
    }
    # The third language is Korean itself.
    visit.press("louder", "slower", "language", "digit3")


def test_the_tutor_of_every_key(app: Flask) -> None:
    visit = KoreanVisit(app).bar("help").choose("keys")
    for key in ("digit0", "digit5", "back", "select", "cancel", "louder", "talk", "emergency"):
        assert visit.press(key).path == "/keys"


def test_the_waiting_page_in_every_state(app: Flask, parts: Wiring) -> None:
    visit = KoreanVisit(app)
    visit.choose("urgent", "loss_report")
    visit.to_review().to_ticket()
    branch = parts.settings.branch
    (row,) = parts.queue.waiting(branch)
    assert visit.ask == "다음이 손님 차례입니다."
    assert "신분증" in visit.words, "what is missing is said"
    parts.queue.claim(row.id, LI, "3")
    assert visit.open("/ticket").ask == "직원이 확인했습니다."
    parts.queue.call(row.id, LI)
    assert visit.open("/ticket").ask == "3 번 창구로 와 주세요."
    parts.queue.start_task(row.id, "t1", LI)
    visit.open("/ticket")
    # What staff wrote is in their language, and says so.
    parts.queue.close_task(row.id, "t1", LI, Done("新卡三天后来取。"))
    assert visit.open("/ticket").ask == "오늘 일은 모두 끝났습니다."
    notes = [text(n) for n in visit.page.iter("span") if n.get("lang") == "zh-CN"]
    assert notes == ["新卡三天后来取。"]
    assert visit.choose("survey").ask == "오늘 저희가 어땠나요?"
    assert visit.choose("5").path == "/thanks"


def test_all_the_advice_is_korean(app: Flask, parts: Wiring) -> None:
    words = parts.content.words("ko")
    for one in parts.content.advice:
        assert words.has(f"advice.{one.id}")


def test_a_request_that_waits_to_be_delivered(
    app: Flask, parts: Wiring, settings: Settings
) -> None:
    visit = KoreanVisit(app)
    visit.choose("help", "need_help")
    visit.to_review()
    other = sqlite3.connect(settings.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    visit.to_ticket()
    assert visit.path == "/saved"
    other.execute("ROLLBACK")
    other.close()
    tick(parts)
    assert visit.open("/").path == "/ticket"


def test_a_page_that_is_not_there(app: Flask) -> None:
    visit = KoreanVisit(app)
    assert visit.open("/no/such/page").ask == "이 화면은 여기에 없습니다."
    assert visit.status == 404


def test_in_a_matter_that_korean_lacks_the_language_stays(visit: Visit) -> None:
    visit.start().choose("account", "balance").press("language")
    assert visit.path == "/settings/language"
    assert "ko" not in visit.choices
    visit.choose("ko")
    assert visit.page.get("lang") == "zh-CN"
    assert "正在办的事，还没有那种语言。" in visit.words


def test_each_language_is_named_in_its_own(visit: Visit) -> None:
    visit.choose("language:ko").start().press("language")
    named = {n.get("lang"): text(n) for n in visit.page.iter("span") if n.get("lang")}
    assert named == {"zh-CN": "中文", "en": "English", "ko": "한국어"}


def test_staff_and_the_lobby_read_whole_languages(settings: Settings) -> None:
    """Also at a kiosk whose customers start in Korean."""
    from kiosk.app import create_app
    from kiosk.web.wiring import EXTENSION

    app = create_app(settings.model_copy(update={"language": "ko"}))
    try:
        client = app.test_client()
        assert client.get("/").get_data(as_text=True).count('<html lang="ko"') == 1
        for path in ("/staff/sign-in", "/display", "/staff/no-such-page"):
            page = client.get(path, follow_redirects=True).get_data(as_text=True)
            assert '<html lang="zh-CN"' in page, path
            assert 'value="ko"' not in page, path
        assert 'lang="en"' in client.get("/display").get_data(as_text=True)
    finally:
        app.extensions[EXTENSION].close()
