"""What a letter from a city looks like: suggestions, each with the words that made it.

1. The sender's own words (without quotes) and the subject are cut into sentences.
2. Sentences of our own letter, come back without quote marks, are left out.
3. Each rule of phrases.toml looks at each sentence; conditions, negations and small print do not
   count.
4. What was found is brought together: a denial with records enclosed is a grant in part.
5. Amounts, dates, sections and names are read from the sentences that made the suggestion.

An automatic reply, a bounce or a list's mail is never suggested to be an answer.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from cities.schema.cited_sections import exemptions
from requests_app.mail.incoming_message import Kind, Mail
from requests_app.mail.suggestions.amounts import amounts, to_pay
from requests_app.mail.suggestions.find_dates import dates
from requests_app.mail.suggestions.load_phrases import Phrase, Rule, SetAside, needed_words, phrases
from requests_app.mail.suggestions.sentences import Sentence, sentences
from requests_app.mail.suggestions.suggestion import Details, Span, Suggestion, SuggestionKind
from requests_app.mail.suggestions.tracking_numbers import tracking_numbers

K = SuggestionKind
MAX_LETTER = 30_000  # characters; what follows is an enclosure, not a letter
_ANSWERS = {K.DENIAL, K.GRANTED_IN_PART, K.RECORDS_ENCLOSED, K.NO_RECORDS, K.REFERRAL}
_AFTER_PAYMENT = {K.DENIAL, K.GRANTED_IN_PART, K.RECORDS_ENCLOSED, K.CLARIFICATION}
_NOT_A_NAME = re.compile(
    r"(?:the\s+)?(?:city|me|us|this|our|my|i|we|records|request|requests|city clerk|government code"
    r"|section|january|february|march|april|may|june|july|august|september|october|november"
    r"|december|monday|tuesday|wednesday|thursday|friday)$",
    re.IGNORECASE,
)

_PROMISES = re.compile(
    r"\b(?:by|before|until|till|than|about|around|through|to|on|is|be|expect\w*|anticipat\w*)"
    r"[\s:]*(?:the\s+|(?:mon|tues|wednes|thurs|fri)day,?\s+)*$",
    re.IGNORECASE,
)
_SOMEBODY_ELSES_DAY = re.compile(
    r"\b(?:appeal|petition|complaint|you (?:must|may|have until)|pay(?:ment)?|meets|meeting"
    r"|hearing)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Written:
    """What a city wrote, without quotes, on its day `on`.

    `citations` are the exemptions of its statute as its pack writes them.
    """

    subject: str
    text: str
    citations: Sequence[str]
    on: date


@dataclass(frozen=True, slots=True)
class _Hit:
    rule: Rule
    match: re.Match[str]
    sentence: Sentence
    at: int  # the sentence's number
    is_subject: bool

    @property
    def span(self) -> Span:
        start = self.sentence.start + self.match.start()
        return Span(start, start + len(self.match[0]), self.match[0], self.is_subject)


def suggest(
    mail: Mail, *, citations: Sequence[str], on: date, own_words: str = ""
) -> tuple[Suggestion, ...]:
    """The suggestions for a mail; () for what no person or portal wrote.

    `citations` are the exemptions of the city's statute as its pack writes them; `on` is the
    city's day of the letter; `own_words` what we wrote, should it come back unmarked. A portal's
    automatic receipt may be an acknowledgement and nothing else.
    """
    if not mail.kind.may_answer and not (mail.kind == Kind.AUTO_REPLY and mail.is_receipt):
        return ()
    only = None if mail.kind.may_answer else K.ACKNOWLEDGEMENT
    written = Written(mail.subject, mail.text_without_quotes, citations, on)
    return suggest_from(written, own_words=own_words, only=only)


def suggest_from(
    written: Written, *, own_words: str = "", only: SuggestionKind | None = None
) -> tuple[Suggestion, ...]:
    """The same for words alone, or for one kind alone."""
    ours = {_bare(sentence.text) for sentence in sentences(own_words)}
    letter = [s for s in sentences(written.text[:MAX_LETTER]) if _bare(s.text) not in ours]
    hits = [hit for at, sentence in enumerate(letter) for hit in _hits(sentence, at)]
    kinds = _combined(hits, only)
    if not kinds:
        title = sentences(_without_reply(written.subject))
        hits = [hit for sentence in title for hit in _hits(sentence, 0, is_subject=True)]
        kinds = _combined(hits, only)
    found = (_suggestion(kind, hits, letter, written) for kind in kinds)
    return tuple(item for item in found if item is not None)


def _hits(sentence: Sentence, at: int, *, is_subject: bool = False) -> list[_Hit]:
    """The first place in the sentence where each rule applies."""
    table = phrases()
    lower = sentence.text.lower()
    present = {word for word in needed_words() if word in lower}
    hits = []
    for rule in table.rules:
        for says in rule.says:
            if says.needs and says.needs.isdisjoint(present):
                continue
            match = says.pattern.search(sentence.text)
            if match and not _is_set_aside(rule, match, sentence, table.set_aside):
                hits.append(_Hit(rule, match, sentence, at, is_subject))
                break
    return hits


def _is_set_aside(
    rule: Rule, match: re.Match[str], sentence: Sentence, asides: tuple[SetAside, ...]
) -> bool:
    before = sentence.text[: match.start()]
    last_words = " ".join(before.split()[-4:])
    if _any(rule.unless, sentence.text):
        return True
    return any(
        _any(aside.before, before)
        or _any(aside.just_before, last_words)
        or _any(aside.anywhere, sentence.text)
        or any(phrase.pattern.match(sentence.opens) for phrase in aside.paragraph_opens)
        for aside in asides
        if rule.kind in aside.kinds
    )


def _any(phrases: tuple[Phrase, ...], text: str) -> bool:
    return any(phrase.pattern.search(text) for phrase in phrases)


def _combined(hits: list[_Hit], only: SuggestionKind | None) -> list[SuggestionKind]:
    """What the single findings mean side by side, in the order of the kinds."""
    kinds = {hit.rule.kind for hit in hits}
    if only is not None:
        return [only] if only in kinds else []
    if K.FEE_ESTIMATE in kinds:
        # Who names a price first gives and refuses nothing yet: it tells what payment will bring.
        kinds -= _AFTER_PAYMENT
    if K.DENIAL in kinds and K.RECORDS_ENCLOSED in kinds:
        kinds.add(K.GRANTED_IN_PART)
    if K.GRANTED_IN_PART in kinds:
        kinds -= {K.DENIAL, K.RECORDS_ENCLOSED, K.NO_RECORDS}
    referrals = {hit.rule.name for hit in hits if hit.rule.kind == K.REFERRAL}
    if referrals == {"They passed the request on"} and K.ACKNOWLEDGEMENT in kinds:
        # Passed on within the city, in the letter that says it came in: no referral.
        kinds.discard(K.REFERRAL)
    if K.REFERRAL in kinds:  # "we do not keep them, the county does" is no search in vain
        kinds -= {K.NO_RECORDS}
    if K.NO_RECORDS in kinds:
        kinds -= {K.DENIAL, K.RECORDS_ENCLOSED}
    if K.DENIAL in kinds:
        kinds -= {K.RECORDS_ENCLOSED}
    receipts = {hit.rule.name for hit in hits if hit.rule.kind == K.ACKNOWLEDGEMENT}
    is_thanks_alone = receipts == {"They thank for the request"} and len(kinds) > 1
    if kinds & _ANSWERS or is_thanks_alone:
        kinds.discard(K.ACKNOWLEDGEMENT)
    return [kind for kind in K if kind in kinds]


_MADE_OF = {K.GRANTED_IN_PART: {K.GRANTED_IN_PART, K.DENIAL, K.RECORDS_ENCLOSED}}


def _suggestion(
    kind: SuggestionKind, hits: list[_Hit], letter: list[Sentence], written: Written
) -> Suggestion | None:
    """The suggestion with what the letter says of it; None when a fee has no sum."""
    own = [hit for hit in hits if hit.rule.kind in _MADE_OF.get(kind, {kind})]
    numbers = tracking_numbers(written.subject, written.text)
    details = Details(tracking_number=numbers[0] if numbers else "")
    words = [hit.span for hit in own]
    if kind == K.FEE_ESTIMATE:
        found = _amount(own, letter)
        if found is None:
            return None
        details = replace(details, amount=found[0])
        words.append(found[1])
    elif kind == K.EXTENSION:
        if until := _extended_to(own, letter, written.on):
            details = replace(details, until=until[0])
            words.append(until[1])
    elif kind in {K.DENIAL, K.GRANTED_IN_PART}:
        known, cited = exemptions(written.text[:MAX_LETTER], written.citations)
        as_written = tuple(dict.fromkeys(item.written for item in cited))
        details = replace(details, exemptions=known, cited=as_written)
        words += [Span(item.start, item.end, item.written) for item in cited]
    elif kind == K.REFERRAL:
        details = replace(details, referred_to=_referred_to(own))
    return Suggestion(kind, details, _unique(words, written), own[0].rule.name)


def _amount(hits: list[_Hit], letter: list[Sentence]) -> tuple[Decimal, Span] | None:
    near = _near(hits, letter, after=1)
    found = [(amount, sentence) for sentence in near for amount in amounts(sentence.text)]
    best = to_pay([amount for amount, _ in found])
    if best is None:
        return None
    sentence = next(sentence for amount, sentence in found if amount is best)
    start = sentence.start + best.start
    return best.value, Span(start, sentence.start + best.end, "")


def _extended_to(hits: list[_Hit], letter: list[Sentence], on: date) -> tuple[date, Span] | None:
    """The last day that the sentences of the extension, and the two after each, promise.

    In those after, a day counts only behind a word of promise. One that has passed never does, nor
    until when somebody may appeal or has to pay.
    """
    own = {hit.sentence.start for hit in hits}
    days = [
        (item.day, Span(sentence.start + item.start, sentence.start + item.end, ""))
        for sentence in _near(hits, letter, after=2)
        if not _SOMEBODY_ELSES_DAY.search(sentence.text)
        for item in dates(sentence.text, on)
        if item.day > on
        and (sentence.start in own or _PROMISES.search(sentence.text[: item.start]))
    ]
    return max(days, key=lambda item: item[0], default=None)


def _near(hits: list[_Hit], letter: list[Sentence], *, after: int) -> list[Sentence]:
    """The sentences that were hit, and so many after each."""
    if any(hit.is_subject for hit in hits):
        return [hit.sentence for hit in hits if hit.is_subject]
    numbers = {hit.at + more for hit in hits for more in range(after + 1)}
    return [sentence for at, sentence in enumerate(letter) if at in numbers]


def _referred_to(hits: list[_Hit]) -> str:
    """The name behind the phrase, where the rule has one."""
    for hit in hits:
        tail = re.search(
            r"(?:\b(?:to|contact|contacting|with|by)\s+(?:the\s+)?)((?-i:[A-Z]).*)$", hit.match[0]
        )
        if tail is None:
            continue
        name = tail[1].strip(" .,;:")
        if not _NOT_A_NAME.match(name):
            return name
    return ""


def _unique(words: list[Span], written: Written) -> tuple[Span, ...]:
    """The spans in order, each once, with the words as the letter has them."""
    spans = {
        (span.is_subject, span.start, span.end): replace(
            span, text=(written.subject if span.is_subject else written.text)[span.start : span.end]
        )
        for span in words
    }
    return tuple(spans[key] for key in sorted(spans))


def _without_reply(subject: str) -> str:
    """A subject that begins "Re:" is the requester's own."""
    return "" if re.match(r"\s*(?:re|fw|fwd)\s*:", subject, re.IGNORECASE) else subject


def _bare(sentence: str) -> str:
    return re.sub(r"\W+", "", sentence).lower()
