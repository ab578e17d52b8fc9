"""A letter in a challenge: its words, its way to the body, and a copy for the office asked."""

from typing import Any

from requests_app.forms.sending.copies import OTHERS
from requests_app.forms.sending.our_letters import ReplyForm
from requests_app.models import Channel
from requests_app.vocabulary.letter_description import ChallengeOffer


class ChallengeLetterForm(ReplyForm):
    """By e-mail to a body its copies begin with the office that was asked."""

    def __init__(self, *args: Any, offer: ChallengeOffer, office_email: str, **kwargs: Any) -> None:
        super().__init__(*args, **{"asks_source": offer.to_the_agency, **kwargs})
        if self.way is Channel.EMAIL and not offer.to_the_agency:
            self.fields[OTHERS].initial = office_email
