"""Every error says what to do (interface.md 16.12): a second sentence, an order, what is expected, or who can.

What fits none of these stands beside a button, or tells of something that is gone; those are listed with the reason.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1] / "src" / "rehabdesk"
ORDERS = frozenset(
    """
    Add Answer Ask Assign Bring Call Check Choose Close Compare Confirm Connect Correct Delete Draw
    Enter Fill Find Free Give Go Insert Keep Leave Lock Look Make Mark Move Name Number Offer Open
    Pick Propose Put Read Record Remove Repeat Restart Save Say Send Set Share Show Shorten Sign
    Split Start Take Tell Tick Try Type Unlock Use Wait Withdraw Write
    """.split()  # noqa: SIM905 - a list of sixty lines says no more
)
FORM = re.compile(
    r"\bmust\b|\blike\b|for example|\{most\}|\bis \w+ (to|digit)|\d+ to \d+|one to five|small letters|digits only"
    r"|lies? (before|between)|ends (before|in the future)|at most|\bneeds\b|would end before"
    r"|instead of|whole number|\?$"
)
"""The sentence says what is expected."""
WHO = re.compile(
    r"^(Only|The chair|Whoever|A (case officer|supervisor|clinical supervisor|psychologist|member|person's|signing key)"
    r"|Case officers"
    r"|Psychologists|Supervisors|Your role|Nobody (cosigns|countersigns|vouches)|This login)"
    r"|for this login|supervisor sees"
)
"""The sentence says whose deed it is: the way on is to ask that person."""
GONE = re.compile(
    r"not there( any more)?\.|not in the register|There is no(thing)?\b|has no (such|form|compartment)|is there already"
    r"|holds no vault|never in the group|no longer in the group|not in this (plan|checklist)|not in the plan"
)
"""The thing is gone, or was never there: the page behind it shows what there is."""
DONE = re.compile(
    r"\balready\b|\bbefore\.$|Nothing (was changed|needs to be)|was decided|is in (this|the) group"
    r"|works with this person|by itself|follows from|That cannot follow|cannot become"
)
"""It is so already: nothing is to be done."""
FILES = re.compile(r"\bfile\b|cannot be (made|written|read)|could not be|larger than|did not end|not of the form")
"""Said by the check of a file or folder, beside the button that chooses another."""
LISTED = {
    "A list ends handed over or closed.": "says what is expected",
    "A plan belongs to a person.": "the page has its person",
    "Goals and steps are marked on the plan that is in force.": "says where",
    "No progress words are given on children.": "there is nothing to do, and that is meant (G27)",
    "No word is given on {domain}.": "there is nothing to do, and that is meant",
    "This person is not convicted: this domain is closed.": "there is nothing to do, and that is meant (G18)",
    "This is the person's own word.": "the other question stands below it",
    "This is the staff's word.": "the other question stands above it",
    "This item belongs to another discipline.": "says whose it is",
    "Two goals or steps have the same number.": "beside the list that is being filled",
    "There is a notice only of a consent that was withdrawn.": "the button is there after a withdrawal only",
    "This checklist was made with a template that this program does not have.": "it opens in the newer program",
    "Forms are printed in English, French or Arabic.": "says what is expected",
    "For whom: one line, please.": "says what is expected",
    "This person is not invited.": "the list shows who is",
    "This person cannot be invited here.": "the list shows who can be",
    "These are too many people for one conference.": "beside the list that is being filled",
    "Somebody stands twice in the list.": "beside the list that is being filled",
    "That action is not in these minutes.": "the page shows those that are",
    "Two actions have the same number.": "beside the list that is being filled",
    "That follows once the minutes are agreed.": "says after what",
    "Minutes are written after the conference, until the chair has them.": "says when",
    "Paper has no sign for: {signs}.": "the sentence names what to leave out",
    "The end lies before the beginning.": "the two fields stand side by side",
    "No passphrase was given.": "the command line, whose help follows",
    "Two people have the same sign-in name.": "beside the list that is being filled",
    "This member has not asked for a signing key.": "the member asks at the own unlock",
    "A disclosure of ill-treatment never goes to the team.": "the form takes the other way by itself",
    "The name is kept with the safeguarding lead.": "it is shown there",
    "This note does not wait for a co-signature.": "the page shows its state",
    "Date must be today or in the past.": "says what is expected",
    "A birth year is kept of children only.": "the field is for children",
    "Who may not be contacted cannot receive a summary.": "the other field stands above it",
    "{name} cannot work in this capacity.": "the other capacities stand in the list",
    "A number of children is 0 to {most}.": "says what is expected",
}


def sentences() -> Iterator[tuple[str, str]]:
    """Every literal sentence of an error of ours, with its place.

    Those of `seals` are findings: the verdict on a packet shows them below what to do.
    """
    for file in sorted(each for each in ROOT.rglob("*.py") if each.parent.name != "seals"):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(call, ast.Call) or not call.args:
                continue
            name = call.func.id if isinstance(call.func, ast.Name) else ""
            if not name.endswith("Error"):
                continue
            for inner in ast.walk(call.args[0]):
                if not isinstance(inner, ast.Call) or not isinstance(inner.func, ast.Name) or not inner.args:
                    continue
                words = inner.args[0]
                if inner.func.id in ("tr", "ntr") and isinstance(words, ast.Constant) and isinstance(words.value, str):
                    yield f"{file.relative_to(ROOT)}:{call.lineno}", words.value


def helps(sentence: str) -> bool:
    parts = [part for part in re.split(r"(?<=[.!?:;])\s+|,\s", sentence) if part]
    whole = [part for part in re.split(r"(?<=[.!?])\s+", sentence) if part]
    if len(whole) > 1 or any(part.split()[0].strip("“\"'").capitalize() in ORDERS for part in parts):
        return True
    return any(rule.search(sentence) for rule in (FORM, WHO, GONE, DONE, FILES)) or sentence in LISTED


def test_every_error_says_what_to_do() -> None:
    found = list(sentences())
    assert len(found) > 400

    assert [f"{place} {sentence}" for place, sentence in found if not helps(sentence)] == []


def test_the_rule_can_fail_and_its_exceptions_are_in_use() -> None:
    assert not helps("Invalid input.")
    assert not helps("The operation failed.")
    assert not helps("The text is too long.")
    said = {sentence for _, sentence in sentences()}
    assert set(LISTED) - said == set()
