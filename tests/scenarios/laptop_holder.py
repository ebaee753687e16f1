"""A program in which somebody unlocks a desk and reads everything that is shown, says so in one line, and waits.

Arguments: vault, profile, sign-in name, the word that is searched.
"""

import sys
from pathlib import Path

from rehabdesk.access.door_service import Door
from rehabdesk.app import PROJECTIONS
from rehabdesk.app_search import search_of
from rehabdesk.app_services import Services
from rehabdesk.overview.search_model import Place, Wish
from tests.desks import CHEAP, Site
from tests.people.cases import NOON


def hold(vault: str, profile: str, sign_in: str, words: str) -> None:
    site = Site(folder=Path(vault), profile=Path(profile), projections=PROJECTIONS)
    site.clock.set(NOON)
    desk = site.open(sign_in)
    services = Services(desk, Door(site.folder, site.means, profile=site.profile, cost=CHEAP))
    shown = [services.notes.timeline.page(row.id) for row in services.people.register_page()]
    shown.append(search_of(services).records(Wish(words=words), Place()).hits)
    sys.stdout.write(f"{sum(map(len, shown))}\n")
    sys.stdout.flush()
    sys.stdin.readline()


if __name__ == "__main__":
    hold(*sys.argv[1:5])
