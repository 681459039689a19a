"""Where places appear elsewhere."""

from hub.core.joins import DemoSeed, demo_seeds
from hub.places import demo

demo_seeds.register(DemoSeed("places", demo.seed, order=10))
