"""Fields, transitions, constraints, querysets. What a newsroom does with them is in `actions`."""

from requests_app.models.catalog.catalog_dataset import CatalogDataset, DatasetVersion
from requests_app.models.catalog.catalog_index import CatalogIndex, IndexedDataset
from requests_app.models.catalog.cited_dataset import CitedDataset
from requests_app.models.catalog.city_portal import CityPortal, PortalPlatform, PortalStatus
from requests_app.models.catalog.dataset_watch import DatasetNews, DatasetWatch
from requests_app.models.chain.erased_content import ErasedContent
from requests_app.models.chain.hash_chain import ChainEntry, ChainHead
from requests_app.models.drafts.draft_version import DraftVersion, VersionKind
from requests_app.models.drafts.review_comment import ReviewComment
from requests_app.models.drafts.unsaved_writing import UnsavedWriting
from requests_app.models.letters.case_file import CaseFile, CaseFileKind, CaseFileState
from requests_app.models.letters.city_form import CityForm, FilledForm
from requests_app.models.letters.delivery import (
    Channel,
    Delivery,
    DeliveryState,
    EarlierSending,
    FileLink,
    HostPace,
    UndeclaredMoveError,
)
from requests_app.models.letters.exhibit import Exhibit
from requests_app.models.letters.filing import Filing
from requests_app.models.letters.letter import Letter, LetterEnclosure, LetterKind
from requests_app.models.letters.letter_copy import LetterCopy
from requests_app.models.mail.communication import Attachment, Communication
from requests_app.models.mail.file_contents import FileScan, FileText, ScanStage, TextStage
from requests_app.models.mail.inbound_mail import CameBy, InboundMail, MailFile, Stage
from requests_app.models.mail.large_upload import LargeUpload
from requests_app.models.mail.mail_sign_in import MailSignIn
from requests_app.models.mail.mailbox_state import MailboxState
from requests_app.models.mail.raw_mail_removal import RawMailRemoval
from requests_app.models.mail.round_trip import MailRoundTrip
from requests_app.models.newsroom.api_token import ApiToken, IdempotencyKey, Scope
from requests_app.models.newsroom.calendar_feed import CalendarFeed
from requests_app.models.newsroom.city_knowledge import Closure, OfficeEntry
from requests_app.models.newsroom.invitation import Invitation
from requests_app.models.newsroom.letter_wording import EVERY_CITY, LetterWording, WordingAct
from requests_app.models.newsroom.people import Membership, Newsroom, Role, User
from requests_app.models.newsroom.reminder import (
    Notice,
    NoticeState,
    PersonalReminder,
    Reminder,
    ReminderChoices,
    ReminderKind,
    ReminderPolicy,
    ReminderProblem,
)
from requests_app.models.newsroom.security_event import SecurityEvent
from requests_app.models.newsroom.security_log_cut import SecurityLogCut
from requests_app.models.newsroom.stationery import Logo, Paragraph, Signature
from requests_app.models.newsroom.webhook import MessageState, Webhook, WebhookMessage
from requests_app.models.requests.appeal import Appeal, AppealOutcome, AppealState
from requests_app.models.requests.argument import (
    ArgumentParagraph,
    CheckedRequirement,
    ChosenRelief,
)
from requests_app.models.requests.deadline import Deadline
from requests_app.models.requests.event import Event, EventKind
from requests_app.models.requests.headline import Headline
from requests_app.models.requests.records_request import RecordsRequest, RequestState
from requests_app.models.research.claimed_exemption import ClaimedExemption
from requests_app.models.research.coding.assignment import CodingAssignment, SampleDraw
from requests_app.models.research.coding.codebook import Codebook, CodebookVersion
from requests_app.models.research.coding.coding import Coding, CodingDraft, Resolution
from requests_app.models.research.counted_request import CountedLimit, CountedRequest
from requests_app.models.research.log_document import LogDocument
from requests_app.models.research.log_entry import LogEntry
from requests_app.models.research.log_export import (
    ExportFormat,
    ExportStage,
    LogExport,
    LogOrigin,
)
from requests_app.models.research.log_import import ImportedRow, ImportStage, LogImport
from requests_app.models.research.log_mapping import LogMapping
from requests_app.models.research.logged_request import LoggedRequest
from requests_app.models.research.offered_decision import OfferedDecision
from requests_app.models.research.project import Project
from requests_app.models.research.project_placement import ProjectPlacement
from requests_app.models.research.scorecard import Scorecard

__all__ = [
    "EVERY_CITY",
    "ApiToken",
    "Appeal",
    "AppealOutcome",
    "AppealState",
    "ArgumentParagraph",
    "Attachment",
    "CalendarFeed",
    "CameBy",
    "CaseFile",
    "CaseFileKind",
    "CaseFileState",
    "CatalogDataset",
    "CatalogIndex",
    "ChainEntry",
    "ChainHead",
    "Channel",
    "CheckedRequirement",
    "ChosenRelief",
    "CitedDataset",
    "CityForm",
    "CityPortal",
    "ClaimedExemption",
    "Closure",
    "Codebook",
    "CodebookVersion",
    "Coding",
    "CodingAssignment",
    "CodingDraft",
    "Communication",
    "CountedLimit",
    "CountedRequest",
    "DatasetNews",
    "DatasetVersion",
    "DatasetWatch",
    "Deadline",
    "Delivery",
    "DeliveryState",
    "DraftVersion",
    "EarlierSending",
    "ErasedContent",
    "Event",
    "EventKind",
    "Exhibit",
    "ExportFormat",
    "ExportStage",
    "FileLink",
    "FileScan",
    "FileText",
    "Filing",
    "FilledForm",
    "Headline",
    "HostPace",
    "IdempotencyKey",
    "ImportStage",
    "ImportedRow",
    "InboundMail",
    "IndexedDataset",
    "Invitation",
    "LargeUpload",
    "Letter",
    "LetterCopy",
    "LetterEnclosure",
    "LetterKind",
    "LetterWording",
    "LogDocument",
    "LogEntry",
    "LogExport",
    "LogImport",
    "LogMapping",
    "LogOrigin",
    "LoggedRequest",
    "Logo",
    "MailFile",
    "MailRoundTrip",
    "MailSignIn",
    "MailboxState",
    "Membership",
    "MessageState",
    "Newsroom",
    "Notice",
    "NoticeState",
    "OfferedDecision",
    "OfficeEntry",
    "Paragraph",
    "PersonalReminder",
    "PortalPlatform",
    "PortalStatus",
    "Project",
    "ProjectPlacement",
    "RawMailRemoval",
    "RecordsRequest",
    "Reminder",
    "ReminderChoices",
    "ReminderKind",
    "ReminderPolicy",
    "ReminderProblem",
    "RequestState",
    "Resolution",
    "ReviewComment",
    "Role",
    "SampleDraw",
    "ScanStage",
    "Scope",
    "Scorecard",
    "SecurityEvent",
    "SecurityLogCut",
    "Signature",
    "Stage",
    "TextStage",
    "UndeclaredMoveError",
    "UnsavedWriting",
    "User",
    "VersionKind",
    "Webhook",
    "WebhookMessage",
    "WordingAct",
]
