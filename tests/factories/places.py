"""Places for tests."""

import factory

from hub.places.models import Building, Community, Grid, ServicePoint


class CommunityFactory(factory.django.DjangoModelFactory):
    """`CommunityFactory(hub=hub)`; so are the others."""

    class Meta:
        model = Community

    name_zh = factory.Sequence(lambda number: f"第{number}社区")


class GridFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Grid

    community = factory.SubFactory(CommunityFactory, hub=factory.SelfAttribute("..hub"))
    number = factory.Sequence(lambda number: number + 1)


class BuildingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Building

    grid = factory.SubFactory(GridFactory, hub=factory.SelfAttribute("..hub"))
    name_zh = factory.Sequence(lambda number: f"书院街{number}号院")
    address_zh = factory.LazyAttribute(lambda row: f"管城回族区{row.name_zh}")


class ServicePointFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ServicePoint

    name_zh = factory.Sequence(lambda number: f"服务点{number}")
