"""Fields, transitions, constraints, querysets. What a newsroom does with them is in `actions`."""

from requests_app.models.appeal import Appeal, AppealOutcome, AppealState
from requests_app.models.calendar_feed import CalendarFeed
from requests_app.models.case_file import CaseFile, CaseFileKind, CaseFileState
from requests_app.models.city import Closure, OfficeEntry
from requests_app.models.city_form import CityForm, FilledForm
from requests_app.models.communication import Attachment, Communication
from requests_app.models.deadline import Deadline
from requests_app.models.delivery import (
    Channel,
    Delivery,
    DeliveryState,
    FileLink,
    HostPace,
    UndeclaredMoveError,
)
from requests_app.models.event import Event, EventKind
from requests_app.models.file_contents import FileScan, FileText, ScanStage, TextStage
from requests_app.models.inbound_mail import CameBy, InboundMail, MailFile, Stage
from requests_app.models.letter import Letter, LetterKind
from requests_app.models.newsroom import Membership, Newsroom, Role, User
from requests_app.models.records_request import RecordsRequest, RequestState
from requests_app.models.reminder import (
    Notice,
    NoticeState,
    PersonalReminder,
    Reminder,
    ReminderChoices,
    ReminderKind,
    ReminderPolicy,
    ReminderProblem,
)
from requests_app.models.stationery import Logo, Paragraph, Signature

__all__ = [
    "Appeal",
    "AppealOutcome",
    "AppealState",
    "Attachment",
    "CalendarFeed",
    "CameBy",
    "CaseFile",
    "CaseFileKind",
    "CaseFileState",
    "Channel",
    "CityForm",
    "Closure",
    "Communication",
    "Deadline",
    "Delivery",
    "DeliveryState",
    "Event",
    "EventKind",
    "FileLink",
    "FileScan",
    "FileText",
    "FilledForm",
    "HostPace",
    "InboundMail",
    "Letter",
    "LetterKind",
    "Logo",
    "MailFile",
    "Membership",
    "Newsroom",
    "Notice",
    "NoticeState",
    "OfficeEntry",
    "Paragraph",
    "PersonalReminder",
    "RecordsRequest",
    "Reminder",
    "ReminderChoices",
    "ReminderKind",
    "ReminderPolicy",
    "ReminderProblem",
    "RequestState",
    "Role",
    "ScanStage",
    "Signature",
    "Stage",
    "TextStage",
    "UndeclaredMoveError",
    "User",
]
