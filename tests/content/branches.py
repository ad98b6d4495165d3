"""A branch's own content: one whole service of its own, to be broken in one place at a time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kiosk.content.source import BUILT_IN, Finding

SERVICE = """\
id: parking
icon: local-parking
lane: D
flags:
  - flag: urgent
    when: {eq: [how_long, days]}
steps:
  - id: how_long
    kind: choice
    options:
      - {id: hours, icon: schedule}
      - {id: days, icon: date-range}
    unknown: true
  - {id: plate, kind: text, max_length: 10, optional: true}
  - {id: fee, kind: amount, min: 1, max: 500, quick: [5, 10], unknown: true}
  - {id: from_day, kind: date, earliest: 0, latest: 7, quick: [1], unknown: true}
  - id: gate_closes
    kind: notice
    when: {eq: [how_long, hours]}
  - id: dear
    kind: notice
    when: {gte: [fee, 10000]}
  - {id: helper, kind: yes_no, unknown: true}
  - {use: contact}
  - use: finish
"""

CHINESE = """\
parking:
  title:
    text: 停车的事
    say: [停车, 我要停车, 停车卡, 停车票, 车停哪里, 有车位吗, 停个车, 找车位, 办停车, 车开来了]
  official: 停车登记
  hint: 车停在哪里，停多久
  how_long:
    ask: 您的车停多久？
    help: 说个大概就行。
    label: 停多久
    option:
      hours: {text: 几个钟头, say: [几小时, 一会儿]}
      days: {text: 好几天, say: [几天, 好几天]}
  plate:
    ask: 车牌号是什么？
    help: 不记得也没关系。
    label: 车牌
  fee:
    ask: 您想付多少钱？
    help: 说个大概就行。
    label: 停车的钱
  from_day:
    ask: 哪一天来？
    help: 选一天就行。
    label: 哪一天
  gate_closes:
    ask: 晚上要关门
    why: 九点以后车出不来。
    help: 有急事就找工作人员。
  dear:
    ask: 钱有点多
    why: 您再看一看数目。
    help: 说不准就问工作人员。
  helper:
    ask: 要人带您去吗？
    help: 工作人员可以带您走。
    label: 要人带
    "no":
      text: 不用（我认得路）
      speech: 不用，我认得路
      say: [不用]
"""

ENGLISH = """\
parking:
  title:
    text: Park my car
    say: [parking, park my car, park, a place to park, parking card, parking ticket, where to park,
      is there a space, find a space, I came by car]
  official: Parking registration
  hint: Where to park and for how long
  how_long:
    ask: How long will you park?
    help: A rough time is fine.
    label: How long
    option:
      hours: {text: Some hours, say: [hours, a while]}
      days: {text: Some days, say: [days, a few days]}
  plate:
    ask: What is on your number plate?
    help: It is fine if you do not remember.
    label: Number plate
  fee:
    ask: How much would you like to pay?
    help: A rough number is fine.
    label: Parking money
  from_day:
    ask: Which day will you come?
    help: Choose one day.
    label: Day
  gate_closes:
    ask: The gate closes at night
    why: After nine, no car can leave.
    help: If it is urgent, ask our staff.
  dear:
    ask: That is a lot of money
    why: Please look at the number again.
    help: If you are not sure, ask our staff.
  helper:
    ask: Would you like someone to show you the way?
    help: Our staff can walk with you.
    label: Someone to show the way
    "no": {text: "No, I know it", say: ["no"]}
"""


def catalog() -> str:
    """Our menu with the branch's service in it."""
    ours = (BUILT_IN / "catalog.yaml").read_text("utf-8")
    return ours.replace("home_visit, inheritance]", "home_visit, inheritance, parking]")


FILES = {
    "services/parking.yaml": SERVICE,
    "catalog.yaml": catalog(),
    "locales/zh-CN/parking.yaml": CHINESE,
    "locales/en/parking.yaml": ENGLISH,
}


@dataclass(frozen=True, slots=True)
class Branch:
    folder: Path

    def write(self, name: str, text: str) -> Branch:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return self

    def copy(self, name: str) -> Branch:
        """Our own file of that name, to be changed here."""
        return self.write(name, (BUILT_IN / name).read_text("utf-8"))

    def change(self, name: str, old: str, new: str) -> Branch:
        text = (self.folder / name).read_text("utf-8")
        assert text.count(old) == 1, (name, old, text.count(old))
        return self.write(name, text.replace(old, new))

    def line(self, name: str, text: str) -> int:
        """The line, from 1, on which the first `text` stands."""
        lines = (self.folder / name).read_text("utf-8").splitlines()
        return next(at for at, line in enumerate(lines, 1) if text in line)

    def found(self, findings: list[Finding], name: str, line: int, said: str) -> Finding | None:
        file = str(self.folder / name)
        hits = [f for f in findings if f.file == file and f.line == line and said in f.message]
        return hits[0] if hits else None


def whole(folder: Path) -> Branch:
    branch = Branch(folder)
    for name, text in FILES.items():
        branch.write(name, text)
    return branch
