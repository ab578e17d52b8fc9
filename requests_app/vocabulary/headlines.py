"""What the board says of a request: under which heading it stands, whose turn it is, what is next.

Forms and fields take Django's `TextChoices`; nothing else of Django is used.
"""

from django.db.models import TextChoices


class Section(TextChoices):
    """Where on the board it stands."""

    LATE = "late", "Late"
    TO_DO = "to_do", "To do"
    THIS_WEEK = "this_week", "This week"
    WAITING = "waiting", "Waiting"


class Turn(TextChoices):
    """Who moves next. A draft is its owner's; a letter in review is any editor's."""

    OURS = "ours", "The newsroom’s"
    OWNER = "owner", "The owner’s"
    EDITOR = "editor", "An editor’s"
    CITY = "city", "The city’s"
    BODY = "body", "The reviewing body’s"
    DESK = "desk", "The desk’s: a letter leaves by itself"


class NextStep(TextChoices):
    """What to do next. `policy.next_step` says where each leads, `policy.step_words` why."""

    HAND_OVER = "hand_over", "Hand over the letter"
    SETTLE_DOUBT = "settle_doubt", "Did the letter arrive?"
    SEND_RECALLED = "send_recalled", "Send it, or withdraw"
    SEND_AGAIN = "send_again", "Send it again"
    READ_MESSAGE = "read_message", "Read what the city wrote"
    LET_IT_LEAVE = "let_it_leave", "Wait until it leaves"
    FINISH_DRAFT = "finish_draft", "Finish the draft"
    REVIEW = "review", "Review the letter"
    SUBMIT = "submit", "Preview and submit"
    CLARIFY = "clarify", "Answer the clarification"
    ANSWER_FEE = "answer_fee", "Answer the fee"
    TREAT_AS_DENIED = "treat_as_denied", "Treat the silence as a denial"
    FOLLOW_UP = "follow_up", "Follow up"
    CHALLENGE = "challenge", "Appeal, or decide to wait"
    ASK_OR_CHALLENGE = "ask_or_challenge", "Ask how it stands, or challenge it"
    PAY_FEE = "pay_fee", "Pay the fee"
    ASK = "ask", "Ask how it stands"
    FOLLOW_UP_OR_ESCALATE = "follow_up_or_escalate", "No answer: follow up or escalate"
    IS_IT_FIXED = "is_it_fixed", "Fixed?"
    ESCALATE_OR_CLOSE = "escalate_or_close", "Escalate, or close it"
    WAIT = "wait", "Wait for the city"
    FILE_APPEAL = "file_appeal", "File the appeal"
    AWAIT_DECISION = "await_decision", "Wait for the decision"
    PREPARE = "prepare", "Prepare for the day in the challenge"
    SAY_WHAT_CAME = "say_what_came", "Say what came of the day"
    CHALLENGE_OR_CLOSE = "challenge_or_close", "Appeal, or close it"
    CLOSE = "close", "Close the request"
