"""The review rules as data: resources/plans/reviews.toml, checked when they are read."""

from functools import cache

from rehabdesk.core import resources
from rehabdesk.core.declared import Table, read_declared
from rehabdesk.plans.reviews.review_rule_model import ReviewRule, ReviewRules, Situation

FILE = "plans/reviews.toml"
LONGEST = 365


@cache
def load_review_rules() -> ReviewRules:
    """Read once in a process. DeclarationError names file, line and key of a mistake."""
    return parse_review_rules(resources.read_text(FILE), FILE)


def parse_review_rules(text: str, file: str) -> ReviewRules:
    table = read_declared(text, file)
    rules: dict[Situation, ReviewRule] = {}
    for item in table.tables("rules"):
        rule = _rule(item)
        if rule.situation in rules:
            raise item.wrong("code", f"{rule.situation.value!r} stands twice")
        rules[rule.situation] = rule
    table.finish()
    if missing := set(Situation) - set(rules):
        raise table.wrong("rules", f"there is no rule for {', '.join(sorted(missing))}")
    return ReviewRules(rules=rules)


def _rule(item: Table) -> ReviewRule:
    most = item.integer("most", least=1, most=LONGEST)
    rule = ReviewRule(
        situation=Situation(item.one_of("code", [each.value for each in Situation])),
        text=item.text("text"),
        every=item.integer("every", least=1, most=most),
        most=most,
        first=item.integer("first", least=0, most=LONGEST, default=0),
        welcome=item.integer("welcome", least=0, most=LONGEST, default=0),
        check=item.integer("check", least=0, most=LONGEST, default=0),
        community_draft=item.integer("community_draft", least=0, most=LONGEST, default=0),
    )
    item.finish()
    return rule
