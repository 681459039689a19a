"""Where people appear elsewhere."""

from hub.core.joins import HubOpener, hub_openers
from hub.people.actions.roles import open_groups

hub_openers.register(HubOpener("groups", open_groups, order=10))
