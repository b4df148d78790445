"""The JSON of the HTTP interface, and its making from what the service shows. Field names are promises.

What only the owner of a document should see (calls, readings) has no place here.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from bythebook.service.conversation import MESSAGE_CHARACTERS_MAX
from bythebook.service.view import Button, CaseView, Loaded, Said, Turn, Utterance

NAME_CHARACTERS_MAX: Final = 200


def _well_formed(value: object) -> object:
    """Join halves of characters; a half that stands alone becomes U+FFFD, for a broken emoji is no offence."""
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if isinstance(value, str) else value


Text = Annotated[str, BeforeValidator(_well_formed)]


class NewCase(BaseModel):
    """What a case is opened with. All of it may be left out."""

    model_config = ConfigDict(extra="forbid")

    routine: Annotated[Text | None, Field(max_length=NAME_CHARACTERS_MAX)] = None
    """The name of the document. Without it, where several are loaded, the assistant finds out which one it is."""


class NewMessage(BaseModel):
    """What the customer writes, or the id of the button they press: one of the two."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[Text | None, Field(max_length=MESSAGE_CHARACTERS_MAX)] = None
    press: Annotated[Text | None, Field(min_length=1, max_length=NAME_CHARACTERS_MAX)] = None

    @model_validator(mode="after")
    def one_of_two(self) -> NewMessage:
        if (self.text is None) == (self.press is None):
            raise ValueError("give either `text` or `press`")
        return self


Human = Annotated[Text, Field(min_length=1, max_length=NAME_CHARACTERS_MAX, pattern=r"\S")]


class Reply(BaseModel):
    """A human's words to the customer, from a desk elsewhere."""

    model_config = ConfigDict(extra="forbid")

    human: Human
    """Who speaks, as the log names them: the first to answer has the case."""

    text: Annotated[Text, Field(max_length=MESSAGE_CHARACTERS_MAX)]
    hand_back: bool = False
    """Hand the case back after these words."""


class HandBack(BaseModel):
    """Who hands a case back."""

    model_config = ConfigDict(extra="forbid")

    human: Human


class RepliedShape(BaseModel):
    """What a reply led to."""

    case: str
    status: str
    duplicate: Annotated[bool, Field(description="the reply came before, and was said then")]


class ButtonShape(BaseModel):
    """A known answer, and what its button shows."""

    id: str
    label: str


class MailShape(BaseModel):
    """A letter that a text asks the customer to write: what `mailto:` takes. The channel stores nothing of it."""

    address: str
    subject: Annotated[str, Field(description="the document's title and the case")]
    headings: Annotated[list[str], Field(description="what the text asks for, in its own words")]
    body: Annotated[str, Field(description="the headings to fill in, and the case")]


class SaidShape(BaseModel):
    """One text the customer got, with the line it rests on."""

    text: str
    line: Annotated[str, Field(description="`2a`, `article:3`, `house:NAME`; empty for a human's own words")]
    source: Annotated[str, Field(description="`quoted`, `phrase`, `article`, `function`, `house` or `human`")]
    routine: Annotated[str, Field(description="the document that the line is of; empty for a person's words")]
    mail: Annotated[
        MailShape | None, Field(description="set where the text asks the customer to write to an address")
    ] = None


class UtteranceShape(SaidShape):
    """One entry of the transcript. `version` grows with every entry: the cursor of whoever reads along."""

    version: int
    speaker: Annotated[str, Field(description="`customer`, `assistant` or `human`")]
    at: datetime
    id: Annotated[str | None, Field(description="the Idempotency-Key of a customer's message; null for other texts")]
    human: Annotated[str, Field(description="which human speaks, as the log names them; empty for others")]


class LoadedShape(BaseModel):
    """A document that a case can be opened on."""

    routine: str
    title: str


class RoutinesShape(BaseModel):
    """What is loaded, and what a case that names no routine begins with."""

    routines: list[LoadedShape]
    buttons: Annotated[list[ButtonShape], Field(description="offered before anything is said; none for one document")]


class OpenedShape(BaseModel):
    """A new case. The token is shown this once."""

    case: str
    token: str
    status: str
    version: int
    transcript: list[UtteranceShape]
    buttons: list[ButtonShape]


class TurnShape(BaseModel):
    """What one message led to."""

    id: Annotated[str | None, Field(description="the message's Idempotency-Key")]
    case: Annotated[str, Field(description="the case that answered: a new one when `continued_in` is set")]
    routine: Annotated[str, Field(description="the document that the case is in now")]
    status: str
    served: bool
    duplicate: Annotated[bool, Field(description="the message came before; this is the answer it got then")]
    said: list[SaidShape]
    buttons: list[ButtonShape]
    version: int
    continued_in: Annotated[str | None, Field(description="the case that took up a new need; same token")]


HumanName = Annotated[str, Field(description="who has the case, as the log names them; empty while nobody has")]
OnDuty = Annotated[
    bool | None,
    Field(description="while the case waits for a human: whether somebody was on duty when it was handed over"),
]
Working = Annotated[bool, Field(description="the assistant is at work on an answer at this moment")]


class CaseShape(BaseModel):
    """A case as its customer may see it."""

    case: str
    routine: Annotated[str, Field(description="the document that the case is in now")]
    status: str
    served: bool
    human: Annotated[bool, Field(description="a human has the case now; the assistant is silent")]
    human_name: HumanName
    on_duty: OnDuty
    working: Working
    version: int
    transcript: list[UtteranceShape]
    buttons: list[ButtonShape]
    previous: str | None
    continued_in: str | None


class StateShape(BaseModel):
    """Where a case stands: the `state` event of the stream."""

    status: str
    served: bool
    human: bool
    human_name: HumanName
    on_duty: OnDuty
    working: Working
    buttons: list[ButtonShape]
    version: int
    continued_in: str | None


class HealthShape(BaseModel):
    """That the application and its store are well, and what runs."""

    status: str
    version: str
    release: Annotated[str | None, Field(description="digest of what new cases run on; null with several documents")]
    routine: Annotated[str | None, Field(description="the document; null with several")]
    routines: Annotated[list[str], Field(description="the documents that cases can be opened on")]


def routines_shape(documents: tuple[Loaded, ...], buttons: tuple[Button, ...]) -> RoutinesShape:
    """Return what is loaded."""
    loaded = [LoadedShape(routine=one.routine, title=one.title) for one in documents]
    return RoutinesShape(routines=loaded, buttons=_buttons(buttons))


def opened_shape(view: CaseView, token: str) -> OpenedShape:
    """Return a new case with its token."""
    return OpenedShape(
        case=view.case_id,
        token=token,
        status=view.status.value,
        version=view.version,
        transcript=_transcript(view, 0),
        buttons=_buttons(view.buttons),
    )


def turn_shape(turn: Turn, asked_of: str, version: int) -> TurnShape:
    """Return the turn that answered a message to the case `asked_of`."""
    return TurnShape(
        id=turn.id,
        case=turn.case_id,
        routine=turn.routine,
        status=turn.status.value,
        served=turn.served,
        duplicate=turn.duplicate,
        said=[_said(said) for said in turn.said],
        buttons=_buttons(turn.buttons),
        version=version,
        continued_in=turn.case_id if turn.case_id != asked_of else None,
    )


def case_shape(view: CaseView, after: int = 0) -> CaseShape:
    """Return the case with what was said after a version."""
    return CaseShape(
        case=view.case_id,
        routine=view.routine,
        status=view.status.value,
        served=view.served,
        human=view.human,
        human_name=view.human_name,
        on_duty=view.on_duty,
        working=view.working,
        version=view.version,
        transcript=_transcript(view, after),
        buttons=_buttons(view.buttons),
        previous=view.previous,
        continued_in=view.continued_in,
    )


def state_shape(view: CaseView) -> StateShape:
    """Return where the case stands."""
    return StateShape(
        status=view.status.value,
        served=view.served,
        human=view.human,
        human_name=view.human_name,
        on_duty=view.on_duty,
        working=view.working,
        buttons=_buttons(view.buttons),
        version=view.version,
        continued_in=view.continued_in,
    )


def utterance_shape(utterance: Utterance) -> UtteranceShape:
    """Return one entry of the transcript."""
    return UtteranceShape(
        **_said(utterance.said).model_dump(),
        version=utterance.version,
        speaker=utterance.speaker,
        at=utterance.at,
        id=utterance.message_id,
        human=utterance.human,
    )


def _said(said: Said) -> SaidShape:
    mail = said.mail
    return SaidShape(
        text=said.text,
        line=said.line,
        source=said.source,
        routine=said.routine,
        mail=MailShape(address=mail.address, subject=mail.subject, headings=list(mail.headings), body=mail.body)
        if mail is not None
        else None,
    )


def _transcript(view: CaseView, after: int) -> list[UtteranceShape]:
    return [utterance_shape(utterance) for utterance in view.transcript if utterance.version > after]


def _buttons(buttons: tuple[Button, ...]) -> list[ButtonShape]:
    return [ButtonShape(id=button.id, label=button.label) for button in buttons]
