"""What an audit line or a message is about: "orders.order" in the database, 订单 on the screen."""

from functools import cache

from django.apps import apps
from django.db import models


def subject_words(label: str) -> str:
    """The name of the model that `label` ("app.model") means; the label itself where there is none (any more).

    A label need not name the app: "parcels.parcel" keeps to itself that it is about clothes.
    """
    model = _model_of(label)
    return str(model._meta.verbose_name) if model else label


@cache
def _model_of(label: str) -> type[models.Model] | None:
    named = label.rpartition(".")[2]
    alike = [model for model in apps.get_models() if named and model._meta.model_name == named]
    exact = [model for model in alike if model._meta.label_lower == label]
    return next(iter(exact or alike), None)
