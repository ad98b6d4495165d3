"""Days as Mandarin speakers name them: 后天, 下周三, 十二月一号, 三天后."""

from __future__ import annotations

import re
from datetime import date, timedelta

from languages.calendar import coming, made
from languages.zh import worth
from languages.zh.numbers import cardinal

WEEK = "一二三四五六日"
NEAR = ("今天", "明天", "后天", "大后天")
_NEAR = {
    **{name: ahead for ahead, name in enumerate(NEAR)},
    "今日": 0,
    "今儿": 0,
    "今儿个": 0,
    "明日": 1,
    "明儿": 1,
    "明儿个": 1,
    "后日": 2,
    "后儿": 2,
    "后儿个": 2,
    "大后儿": 3,
}
_HOUR = re.compile(r"(上午|下午|早上|早晨|中午|晚上|傍晚)$")
_WEEKDAY = r"(?P<which>这|本|下下|下)?个?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])"
_AHEAD = re.compile(
    r"(?P<pass>过)?(?P<n>[^天周个星礼]+)(?P<unit>天|周|个?星期|个?礼拜)(?P<after>后|以后|之后)?"
)
_DATED = re.compile(
    r"(?:(?P<year>今|明|[零一二三四五六七八九\d]{4}|[零一二三四五六七八九\d]{2})年)?"
    r"(?P<month>[元一二三四五六七八九十\d]{1,3})月(?P<day>[一二三四五六七八九十\d]{1,3})(?:号|日)?"
)
_DAY = re.compile(r"(?P<month>这个月|本月|下个?月)?(?P<day>[一二三四五六七八九十\d]{1,3})[号日]")
_ISO = re.compile(r"(?P<y>\d{4})[-/. ](?P<m>\d{1,2})[-/. ](?P<d>\d{1,2})")
_EIGHT = re.compile(r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)")


def day(said: str, today: date | None = None) -> date | None:
    """A day; without `today` only one that is said with its year."""
    if (iso := _ISO.fullmatch(said.strip())) is not None:
        return made(*(int(iso[part]) for part in "ymd"))
    text = _HOUR.sub("", worth.plain(said))
    if (eight := _EIGHT.fullmatch(worth.digits(text) or "")) is not None:
        return made(*(int(eight[part]) for part in "ymd"))
    if (dated := _DATED.fullmatch(text)) is not None:
        return _dated(dated, today)
    seen = None if today is None else _seen_from(text, today)
    return seen or _twice(text, today)


def _seen_from(text: str, today: date) -> date | None:
    if text in _NEAR:
        return today + timedelta(days=_NEAR[text])
    if (week := re.fullmatch(_WEEKDAY, text)) is not None:
        return _weekday(week, today)
    if (alone := _DAY.fullmatch(text)) is not None:
        return _day(alone, today)
    ahead = _AHEAD.fullmatch(text)
    return _ahead(ahead, today) if ahead is not None else None


def _twice(text: str, today: date | None) -> date | None:
    """A day with its weekday, either way round; None where they don't agree."""
    for pattern in (rf"{_WEEKDAY}(?P<rest>.+)", rf"(?P<rest>.+){_WEEKDAY}"):
        found = re.fullmatch(pattern, text)
        if found is None or (other := day(found["rest"], today)) is None:
            continue
        same = WEEK[other.weekday()] == found["weekday"].replace("天", "日")
        week = today and found["which"] and _weekday(found, today)
        return other if same and (not found["which"] or week == other) else None
    return None


def _dated(found: re.Match[str], today: date | None) -> date | None:
    month = 1 if found["month"] == "元" else worth.section(found["month"])
    number = worth.section(found["day"])
    if month is None or number is None:
        return None
    if found["year"] is None:
        return None if today is None else coming(month, number, today)
    year = _year(found["year"], today)
    return None if year is None else made(year, month, number)


def _year(said: str, today: date | None) -> int | None:
    if said in "今明":
        return None if today is None else today.year + "今明".index(said)
    digits = worth.digits(said)
    return None if digits is None else int(digits) + (2000 if len(digits) == 2 else 0)


def _day(found: re.Match[str], today: date) -> date | None:
    number = worth.section(found["day"])
    if not number:
        return None
    later = (found["month"] or "").startswith("下") or (not found["month"] and number < today.day)
    month = today.month % 12 + 1 if later else today.month
    day = made(today.year + (later and today.month == 12), month, number)
    return day if day is not None and day >= today else None


def _weekday(found: re.Match[str], today: date) -> date | None:
    weeks = {"下": 1, "下下": 2}.get(found["which"] or "", 0)
    number = WEEK.index(found["weekday"].replace("天", "日"))
    day = today + timedelta(days=7 * weeks + number - today.weekday())
    return day if day >= today else None


def _ahead(found: re.Match[str], today: date) -> date | None:
    """三天后, 过三天; 过两天 is only some days."""
    number = worth.whole(found["n"])
    vague = found["pass"] and not found["after"] and found["n"] == "两"
    if number is None or number > 366 or vague or not (found["pass"] or found["after"]):
        return None
    return today + timedelta(days=number * (1 if found["unit"] == "天" else 7))


def say_day(day: date, today: date) -> tuple[str, ...]:
    ahead = (day - today).days
    month, number = ("".join(cardinal(one)) for one in (day.month, day.day))
    said = [f"{month}月{number}号"]
    if ahead < len(NEAR):
        said.append(NEAR[ahead])
    weekday = WEEK[day.weekday()]
    week = (ahead + today.weekday()) // 7
    if week < 2:
        said += [f"{('这', '下')[week]}{name}{weekday}" for name in ("周", "星期")]
    if week == 0:
        said += [f"周{weekday}", f"星期{weekday}"]
    return tuple(said)
