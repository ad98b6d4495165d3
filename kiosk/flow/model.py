"""Services as typed data: what a branch writes in YAML, read into immutable objects.

`Service` holds its steps in the order they are asked; a step whose `when` rule is false is not on
the path. Words are not here: every text has a key that follows from the step (see `Step.key`).
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from kiosk.flow.rules import Rule, parse_rule

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
RuleField = Annotated[Rule, BeforeValidator(parse_rule)]
#: The reasons a request is marked for staff (the request document's `flags`).
FlagId = Literal["possible_fraud", "urgent", "emergency", "sign_officer_wanted"]


class Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class StepBase(Data):
    id: Id
    when: RuleField | None = None
    #: The block the step came from, or the service's own id; its words are under this name.
    home: str = ""
    icon: str | None = None

    @property
    def key(self) -> str:
        """Where the step's words are: ``<home>.<id>``, for example ``contact.phone``."""
        return f"{self.home}.{self.id}"


class Option(Data):
    id: Id
    icon: str
    when: RuleField | None = None


class Choice(StepBase):
    kind: Literal["choice"]
    options: tuple[Option, ...] = Field(min_length=2, max_length=6)
    unknown: bool = False


class YesNo(StepBase):
    kind: Literal["yes_no"]
    unknown: bool = False


class Digits(StepBase):
    """Digits that name something: a telephone, the last digits of a card, or a count."""

    kind: Literal["digits"]
    field: Literal["phone", "last4", "count"]
    unknown: bool = False
    private: bool = True
    #: Carried to the next task of the same visit, so nothing is typed twice (WCAG 3.3.7).
    remember: bool = False


class Amount(StepBase):
    """Money in yuan as asked; kept in fen."""

    kind: Literal["amount"]
    min: int = Field(default=1, ge=1, description="yuan")
    max: int = Field(default=1_000_000, description="yuan")
    quick: tuple[int, ...] = Field(default=(), max_length=4, description="yuan, as one press")
    unknown: bool = False
    private: bool = True


class Date(StepBase):
    """A day. `earliest` and `latest` are days from today; `quick` too."""

    kind: Literal["date"]
    earliest: int | None = None
    latest: int | None = None
    quick: tuple[int, ...] = Field(default=(), max_length=4)
    unknown: bool = False
    private: bool = False


class ShortText(StepBase):
    kind: Literal["text"]
    max_length: int = Field(default=60, ge=1, le=200)
    #: May be left out, with a plain "skip".
    optional: bool = True
    unknown: bool = False
    private: bool = True


class Documents(StepBase):
    """The checklist of papers; which ones is computed from the answers (`documents.yaml`)."""

    kind: Literal["documents"]
    unknown: bool = False


class Notice(StepBase):
    kind: Literal["notice"]
    #: A warning is said slowly, with its own sign, and never skipped by a second press.
    tone: Literal["plain", "warning"] = "plain"


class Review(StepBase):
    kind: Literal["review"]


class Done(StepBase):
    kind: Literal["done"]


Step = Annotated[
    Choice | YesNo | Digits | Amount | Date | ShortText | Documents | Notice | Review | Done,
    Field(discriminator="kind"),
]
#: The kinds whose answer is a fact of the request.
ASKING = (Choice, YesNo, Digits, Amount, Date, ShortText, Documents)


class Flag(Data):
    flag: FlagId
    when: RuleField | None = None


class Service(Data):
    id: Id
    icon: str
    #: One letter before the ticket's number.
    lane: str = Field(pattern="^[A-Z]$")
    urgent: bool = False
    flags: tuple[Flag, ...] = ()
    steps: tuple[Step, ...] = Field(min_length=1)

    def step(self, step_id: str) -> Any:
        """The step of that id. Raises `KeyError`."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(f"service {self.id} has no step {step_id!r}")


class Document(Data):
    id: Id
    icon: str


class Need(Data):
    """A paper that is asked for when the rule holds; the first that holds names it once."""

    document: Id
    when: RuleField | None = None


class Group(Data):
    """A page of the menu."""

    id: Id
    icon: str
    services: tuple[Id, ...] = Field(min_length=1, max_length=6)
    tone: Literal["plain", "urgent"] = "plain"


class Catalog(Data):
    """All a branch offers: services by id, the menu's groups, the documents and when to bring."""

    services: dict[str, Service]
    #: The short questions at the end of a visit (who is served first, a companion).
    closing: Service
    groups: tuple[Group, ...] = Field(min_length=1, max_length=6)
    documents: dict[str, Document]
    needs: tuple[Need, ...]

    def service(self, service_id: str) -> Service:
        """The service of that id, the closing questions included. Raises `KeyError`."""
        return self.closing if service_id == self.closing.id else self.services[service_id]
