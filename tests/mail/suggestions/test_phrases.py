"""The language of phrases.toml: what it means, what it refuses, and that every phrase is found."""

import tomllib

import pytest

from requests_app.mail.suggestions.load_phrases import FILE, parse
from requests_app.mail.suggestions.phrase_compiler import Patterns
from requests_app.mail.suggestions.phrase_language import PhraseError

from .phrase_samples import samples, too_far_apart

TABLE = tomllib.loads(FILE.read_text(encoding="utf-8"))
PATTERNS = Patterns()
for _name, _phrase in TABLE["patterns"].items():
    PATTERNS.add(_name, _phrase)
LISTS = ("says", "unless", "before", "just_before", "anywhere", "paragraph_opens")
PHRASES = sorted(
    {
        phrase
        for entry in (*TABLE["rules"], *TABLE["set_aside"])
        for key in LISTS
        for phrase in entry.get(key, [])
    }
)


def holds(phrase: str, sentence: str) -> bool:
    compiled = PATTERNS.compiled(phrase)
    is_worth_a_look = not compiled.needs or any(need in sentence.lower() for need in compiled.needs)
    return is_worth_a_look and compiled.pattern.search(sentence) is not None


@pytest.mark.parametrize("phrase", PHRASES)
def test_every_phrase_is_found_in_every_sentence_it_describes(phrase: str) -> None:
    tree = PATTERNS.parse(phrase)
    made = set(samples(tree, PATTERNS.trees))

    assert [sentence for sentence in sorted(made) if not holds(phrase, sentence)] == []


def test_the_phrases_are_many_and_their_sentences_more() -> None:
    made = [s for phrase in PHRASES for s in samples(PATTERNS.parse(phrase), PATTERNS.trees)]

    assert len(PHRASES) > 250
    assert len(made) > 4 * len(PHRASES)


@pytest.mark.parametrize(
    ("phrase", "sentence", "is_held"),
    [
        ("another {days}", "We need another fourteen (14) business days.", True),
        ("another {days}", "We need another 10 days.", True),
        ("another {days}", "We need another 30 calendar days.", True),
        ("another {days}", "We need another d+ days.", False),
        ("now expect* ... {date_words}", "We now expect to finish on 11/25.", True),
        ("({number}|fourteen) d", "in 14 d", True),
        ("extension {number}", "Call me at extension 42.", True),
        ("your [public] records request", "Your records request came.", True),
        ("your [public] records request", "Your public records request came.", True),
        ("your [public] records request", "Your private records request came.", False),
        ("(attached|enclosed)", "The log is enclosed.", True),
        ("(attached|enclosed)", "The log is unattached.", False),
        ("appl(y|ies)", "The exemption applies.", True),
        ("appl(y|ies)", "The appliance is gone.", False),
        ("record[s] exist", "No record exist.", True),
        ("record[s] exist", "No records exist.", True),
        ("clarif*", "Please send a clarification.", True),
        ("*n't have", "We don't have it.", True),
        ("*n't have", "We have it.", False),
        ("jan.", "It comes in Jan. or so", True),
        ("jan.", "It comes in January", False),
        ("?", "Is it denied?", True),
    ],
)
def test_a_phrase_means_what_it_says(phrase: str, sentence: str, is_held: bool) -> None:
    assert holds(phrase, sentence) is is_held


def test_a_gap_is_eight_words_at_most() -> None:
    tree = PATTERNS.parse("we ... denied")

    assert [holds("we ... denied", sentence) for sentence in samples(tree, {})] == [True] * 5
    assert not holds("we ... denied", too_far_apart(tree, {}))


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        (r"\\d+ days", "write {number} for digits"),
        ("ten+ days", "cannot be read from '+ days'"),
        ("a {nobody} knows", "{nobody}, which is no pattern"),
        ("(a|b", "has no )"),
        ("a]", "has a ] that closes nothing"),
        ("a|b", "outside of parentheses"),
        ("(a|)", "no word must stand"),
        ("[a] [b]", "no word must stand"),
        ("", "no word must stand"),
        ("... denied", "without a word before it"),
        ("denied * twice", "cannot be read from '* twice'"),
    ],
)
def test_what_the_language_does_not_know_is_refused_with_its_line(phrase: str, said: str) -> None:
    table = f'[[rules]]\nname = "x"\nkind = "denial"\nsays = [\n  "is denied",\n  "{phrase}",\n]\n'

    with pytest.raises(PhraseError) as refused:
        parse(table + '[[set_aside]]\nname = "y"\n', file="mine.toml")

    assert str(refused.value).startswith("mine.toml, line 6: the phrase ")
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("table", "place", "said"),
    [
        ('[patterns]\nday = "(a|b"\n', "mine.toml, line 2: ", "has no )"),
        ('[patterns]\none = "{two}"\ntwo = "x"\n', "mine.toml, line 2: ", "stands above it"),
        ('[patterns]\nnumber = "one"\n', "mine.toml, line 2: ", "built in"),
        ("[patterns\n", "mine.toml: ", "line 1"),
        ('[[rules]]\nname = "x"\nkind = "denial"\n', "mine.toml: ", "the key 'says' is missing"),
    ],
)
def test_a_table_that_is_wrong_says_where(table: str, place: str, said: str) -> None:
    with pytest.raises(PhraseError) as refused:
        parse(table, file="mine.toml")

    assert str(refused.value).startswith(place)
    assert said in str(refused.value)
