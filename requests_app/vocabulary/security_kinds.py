"""Every kind of entry of the security log, with its words. To add a kind, add a member here.

`sentence` is filled from the entry: {by} who did it, {about} whose access it is, and the facts that
the writer names. What a fact says was typed by people; whoever prints it escapes it.
"""

from dataclasses import dataclass
from enum import StrEnum
from string import Formatter
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class SecurityDescription:
    """`label` names the kind in a list, `sentence` one entry of it. What a stranger can bring
    about as often as they like `is_counted`: the log then has sums instead of a row a time."""

    label: str
    sentence: str
    is_counted: bool = False


D = SecurityDescription
LOOKED_UP = D("", "")  # `SecurityKind("signed_in")` finds a member by its name alone


class SecurityKind(StrEnum):
    """The name in the database, and its description."""

    described: D

    def __new__(cls, value: str, described: D = LOOKED_UP) -> Self:
        kind = str.__new__(cls, value)
        kind._value_, kind.described = value, described
        return kind

    @property
    def label(self) -> str:
        return self.described.label

    # fmt: off
    # signing in
    SIGNED_IN = "signed_in", D("Signed in", "{by} signed in.")
    SIGNED_OUT = "signed_out", D("Signed out", "{by} signed out.")
    SIGN_IN_FAILED = "sign_in_failed", D(
        "Wrong password", "A wrong password was given for {about}.", is_counted=True
    )
    SIGN_IN_REFUSED = "sign_in_refused", D(
        "Too many tries", "A try to sign in as {about} was refused: too many wrong ones before it.",
        is_counted=True,
    )
    FACTOR_FAILED = "factor_failed", D(
        "Wrong code", "The password of {about} was right, the second factor ({factor}) was wrong.",
        is_counted=True,
    )
    SESSION_ENDED = "session_ended", D(
        "Sign-in ended", "{by} ended sign-ins of {about}: {sessions}."
    )
    PROVIDER_LINKED = "provider_linked", D(
        "First sign-in by the provider",
        "{about} came in by the newsroom’s provider, the first time.",
    )
    PROVIDER_REFUSED = "provider_refused", D(
        "Provider’s person refused", "The provider sent somebody who has no account here.",
        is_counted=True,
    )
    # one's own access
    PASSWORD_CHANGED = "password_changed", D(
        "Password changed", "{about} changed their password."
    )
    PASSWORD_SET_BY_MAIL = "password_set_by_mail", D(
        "Password set by mail", "{about} chose a new password by the mailed link."
    )
    NAME_CHANGED = "name_changed", D("Name changed", "{by} renamed “{before}” to “{after}”.")
    ADDRESS_ASKED = "address_asked", D(
        "New address asked for", "{about} asked to sign in with {new}."
    )
    ADDRESS_CHANGED = "address_changed", D(
        "Address changed", "{about} signs in with {new} instead of {old}."
    )
    FACTOR_ADDED = "factor_added", D("Second factor added", "{about} added: {factor}.")
    FACTOR_REMOVED = "factor_removed", D("Second factor removed", "{about} removed: {factor}.")
    RECOVERY_CODES_MADE = "recovery_codes_made", D(
        "Recovery codes made", "{about} made new recovery codes."
    )
    RECOVERY_CODE_USED = "recovery_code_used", D(
        "Recovery code used", "{about} used a recovery code."
    )
    # who works here
    NEWSROOM_FOUNDED = "newsroom_founded", D("Newsroom founded", "{by} founded the newsroom.")
    ROLE_CHANGED = "role_changed", D(
        "Role changed", "{by} changed the role of {about} from {before} to {after}."
    )
    MEMBER_SWITCHED_OFF = "member_switched_off", D(
        "Account switched off", "{by} switched the account of {about} off."
    )
    MEMBER_LET_IN = "member_let_in", D(
        "Account switched on", "{by} let {about} in again."
    )
    INVITED = "invited", D("Invited", "{by} invited {email} as {role}.")
    INVITED_AGAIN = "invited_again", D("Invited again", "{by} sent {email} another link.")
    INVITATION_TAKEN_UP = "invitation_taken_up", D(
        "Invitation accepted", "{about} came in by the invitation, as {role}."
    )
    INVITATION_WITHDRAWN = "invitation_withdrawn", D(
        "Invitation withdrawn", "{by} withdrew the invitation of {email}."
    )
    ACCOUNT_ERASED = "account_erased", D(
        "Account erased", "The personal data of {about}, who left, was erased."
    )
    # other programs
    TOKEN_MADE = "token_made", D("API token made", "{by} made the API token “{name}”.")
    TOKEN_ENDED = "token_ended", D("API token ended", "{by} ended the API token “{name}”.")
    TOKEN_REFUSED = "token_refused", D(
        "API call refused", "A call of the API came with no token that works.", is_counted=True
    )
    FEED_MADE = "feed_made", D("Calendar address made", "{by} made an address for their calendar.")
    FEED_ENDED = "feed_ended", D("Calendar address ended", "{by} ended their calendar’s address.")
    WEBHOOK_MADE = "webhook_made", D(
        "Webhook made", "{by} has {host} told of events: {kinds}."
    )
    WEBHOOK_SECRET_CHANGED = "webhook_secret_changed", D(
        "Webhook’s secret changed", "{by} changed the secret of the webhook to {host}."
    )
    WEBHOOK_ENDED = "webhook_ended", D("Webhook ended", "{by} ended the webhook to {host}.")
    # what left the desk
    FILE_OPENED = "file_opened", D("File downloaded", "{by} downloaded “{name}”.")
    QUARANTINED_FILE_OPENED = "quarantined_file_opened", D(
        "Quarantined file downloaded", "{by} downloaded “{name}”, which is kept apart."
    )
    MAIL_OPENED = "mail_opened", D(
        "Message downloaded", "{by} downloaded a message as it came (mail {mail})."
    )
    EXPORT_ASKED = "export_asked", D("Export asked for", "{by} asked for an export: “{name}”.")
    EXPORT_FETCHED = "export_fetched", D("Export downloaded", "{by} downloaded “{name}”.")
    CASE_FILE_FETCHED = "case_file_fetched", D(
        "Case file downloaded", "{by} downloaded the case file of {name}."
    )
    PERSONAL_DATA_FETCHED = "personal_data_fetched", D(
        "Personal data downloaded", "{by} downloaded the personal data of {whose}."
    )
    LIST_FETCHED = "list_fetched", D(
        "List of requests downloaded", "{by} downloaded the list of requests: {rows}."
    )
    SECURITY_LOG_FETCHED = "security_log_fetched", D(
        "Security log downloaded", "{by} downloaded this log: {rows}."
    )
    CONTENT_ERASED = "content_erased", D(
        "Erased by law", "{by} erased for good, of {reference}: {what}."
    )
    # settings, and whoever operates the desk
    SETTINGS_CHANGED = "settings_changed", D(
        "Settings changed", "{by} changed the newsroom’s settings: {changed}."
    )
    STATIONERY_CHANGED = "stationery_changed", D(
        "Letterhead changed", "{by} changed what letters bear: {changed}."
    )
    PORTAL_CHANGED = "portal_changed", D(
        "Portal changed", "{by} changed where the datasets of {city} are read: {changed}."
    )
    OPERATOR_SITE_OPENED = "operator_site_opened", D(
        "Operator’s pages opened", "{by} opened the operator’s page {page}."
    )
    BACKUP_MADE = "backup_made", D("Backup made", "A backup was made, {how}.")
    BACKUP_RESTORED = "backup_restored", D(
        "Backup restored", "The backup of {made_at} was restored."
    )
    KEYS_ROTATED = "keys_rotated", D(
        "Keys replaced", "{secrets} stored under the newest key{forgotten}."
    )
    PURGED = "purged", D("Purged", "Kept for its time and let go: {gone}.")
    # refusals
    PERMISSION_REFUSED = "permission_refused", D(
        "Not permitted", "{by} was refused {page}.", is_counted=True
    )
    FORGERY_REFUSED = "forgery_refused", D(
        "Form refused", "A form for {page} came without the token of its page.", is_counted=True
    )
    # fmt: on


def security_kinds() -> list[tuple[str, str]]:
    """The choices of `SecurityEvent.kind`. Migrations name this function."""
    return [(kind.value, kind.label) for kind in SecurityKind]


class _Missing(Formatter):
    """A fact that the entry does not have is said to be missing, and hides no other."""

    def get_value(self, key: int | str, args: Any, kwargs: Any) -> Any:
        return kwargs.get(key, "(not kept)") if isinstance(key, str) else ""


def sentence_of(kind: str, *, by: str, about: str, facts: dict[str, Any]) -> str:
    """One entry in plain words; how often it happened, where it was counted."""
    described = SecurityKind(kind).described
    said = _Missing().vformat(described.sentence, (), {**facts, "by": by, "about": about})
    if times := facts.get("times"):
        said += f" {times:,} times within a day, from there."
    if in_all := facts.get("in_all"):
        said += f" {in_all:,} of this kind in this hour, from everywhere."
    return said
