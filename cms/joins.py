"""Where the public site appears elsewhere."""

from cms.actions import open_public_site
from cms.demo import seed
from cms.jobs import publish_what_is_due, renew_search_index
from hub.core.joins import DemoSeed, HubOpener, PeriodicJob, demo_seeds, hub_openers, periodic_jobs

hub_openers.register(HubOpener("public site", lambda hub: open_public_site(hub=hub), order=20))
periodic_jobs.register(PeriodicJob("publish_scheduled", publish_what_is_due, 1, "Pages and notices go up and come down on time."))
periodic_jobs.register(PeriodicJob("search_index", renew_search_index, 60 * 24, "The search index is made anew."))
demo_seeds.register(DemoSeed("cms", seed, order=50))
