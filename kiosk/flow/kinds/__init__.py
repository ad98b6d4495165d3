"""The kinds of step, one file each; `AnyStep` is all of them, told apart by `kind`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from kiosk.flow.kinds.amount import Amount
from kiosk.flow.kinds.choice import Choice
from kiosk.flow.kinds.date import Date
from kiosk.flow.kinds.digits import Digits
from kiosk.flow.kinds.documents import Documents
from kiosk.flow.kinds.done import Done
from kiosk.flow.kinds.notice import Notice
from kiosk.flow.kinds.review import Review
from kiosk.flow.kinds.text import ShortText
from kiosk.flow.kinds.yes_no import YesNo

AnyStep = Annotated[
    Choice | YesNo | Digits | Amount | Date | ShortText | Documents | Notice | Review | Done,
    Field(discriminator="kind"),
]
