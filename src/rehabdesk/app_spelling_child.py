"""The child process of the spell-checker: a line of JSON asks, a line of JSON answers, until nobody asks any more.

It loads no Qt, holds no key and writes no file; what it is asked about are single words.
"""

import json
from typing import IO

from rehabdesk.core.canon import Json
from rehabdesk.core.process import ChildLimits
from rehabdesk.ui.dictionaries import FILES, Dictionaries

LIMITS = ChildLimits(seconds=3_600)
"""Seconds of the processor: a long day of writing needs a minute of them."""


def serve(questions: IO[bytes], answers: IO[bytes]) -> None:
    """Answers each line; ends with the last one. What is no question is passed over."""
    dictionaries = Dictionaries()
    for line in iter(questions.readline, b""):
        answer = answer_to(line, dictionaries)
        if answer is not None:
            answers.write(json.dumps(answer).encode("ascii") + b"\n")
            answers.flush()


def answer_to(line: bytes, dictionaries: Dictionaries) -> dict[str, Json] | None:
    """`words` and `in`: in which of the languages each is right. `suggest` and `in`: words that may be meant."""
    try:
        asked = json.loads(line)
        number, languages = asked["n"], [code for code in asked["in"] if code in FILES]
        if "words" in asked:
            return {"n": number, "right": [list(dictionaries.right_in(str(w), languages)) for w in asked["words"]]}
        return {"n": number, "suggested": list(dictionaries.suggest(str(asked["suggest"]), languages[0]))}
    except (ValueError, KeyError, TypeError, IndexError):
        return None
