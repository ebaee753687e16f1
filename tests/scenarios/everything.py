"""Everything that a window can be asked for: each route with each id, each line of the find box, each service.

Whatever a session cannot open it refuses in words; those are collected like everything else that is said.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from rehabdesk.app_session import Session
from rehabdesk.core.errors import RehabDeskError
from rehabdesk.core.text import without_isolates
from rehabdesk.ui.page import Route
from tests.windows import Hands, everything_said

LEAVES_THE_DESK = ("lock", "look", "act")
"""Lines of the find box that open no page."""


def walk_routes(hands: Hands, persons: Sequence[str], ids: Sequence[str]) -> Iterator[str]:
    """What is said on every page that a route could lead to, with every person and every id."""
    session = hands.session
    routes = [Route(name=name) for name in session.pages._makers]
    routes += [Route(name=name, person=person) for name in session.pages._makers for person in persons]
    tabs = ("overview", "timeline", "notes", "plan", "release", "contacts", "packets")
    routes += [Route(name="person", person=person, id=tab) for person in persons for tab in tabs]
    takes_id = [name for name in session.pages._makers if name not in ("people", "day", "help", "settings", "person")]
    routes += [Route(name=name, person=persons[0], id=one) for name in takes_id for one in ids]
    for route in routes:
        yield from open_route(hands, route)


def open_route(hands: Hands, route: Route) -> Iterator[str]:
    """All that the window then says; where the page in sight has stayed, its route was refused in a toast."""
    frame, before = hands.session.frame, hands.session.frame.page
    hands.session.open(route)
    hands.settle()
    yield everything_said(frame.toast if frame.page is before else hands.window)


def walk_find_box(hands: Hands, typed: Sequence[str]) -> Iterator[str]:
    """The lines of the find box, and the page behind each; a line that repeats what was typed is not counted."""
    for words in typed:
        hits = [hit for hit in hands.session.find(words) if hit.route.name != "search"]
        yield without_isolates(" ".join(f"{hit.words} {hit.detail}" for hit in hits))
        for hit in hits:
            if hit.route.name not in LEAVES_THE_DESK:
                yield from open_route(hands, hit.route)


def walk_services(session: Session, values: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """(method, what it gave) of every method of every service that takes nothing but ids and words.

    `values` holds what is tried for a parameter of a name, for example `rid`.
    """
    for name, service in sorted(vars(session.services).items()):
        if not type(service).__module__.startswith("rehabdesk.") or name.startswith("_") or name == "desk":
            continue
        for deed in _public(service):
            for arguments in _arguments(getattr(service, deed), values):
                yield f"{name}.{deed}", repr(_tried(partial(getattr(service, deed), **arguments)))


def _public(service: object) -> Iterator[str]:
    for name, value in inspect.getmembers(type(service)):
        if not name.startswith("_") and inspect.isfunction(value):
            yield name


def _arguments(call: Callable[..., object], values: Mapping[str, Sequence[str]]) -> Iterator[dict[str, str]]:
    """One set of arguments for each value of the ids; nothing where a parameter is of another kind."""
    needed = [one.name for one in inspect.signature(call).parameters.values() if one.default is inspect.Parameter.empty]
    if all(name in values for name in needed):
        many = max((len(values[name]) for name in needed), default=1)
        for place in range(many):
            yield {name: values[name][place % len(values[name])] for name in needed}


def _tried(call: Callable[[], object]) -> object:
    try:
        return call()
    except RehabDeskError as problem:
        return problem.sentence
