"""Bringing lists into the house: upload, look, confirm. `ImportViewSet` takes any `HubResource`; later imports use both as they are."""
