"""Directions that import contracts cannot see: foreign keys named by strings, and pairs of time and person."""

import pytest
from django.apps import apps
from django.db import models
from wagtail.models import LockableMixin

LAYERS = [
    {"base"},
    {"ui"},
    {"people"},
    {"mail", "search", "editing"},
    {"pdf"},
    {"payments", "sharing"},
    {"events", "awards", "newsletter", "research_db"},
    {"history"},
    {"pages"},
    {"news", "learning", "contact"},
    {"demo"},
]
OURS = set().union(*LAYERS)
# The custom user and the pictures of people are the two things the lowest floor is tied to by Django itself.
ALLOWED_UP = {("base", "people")}

pytestmark = pytest.mark.project


def floor(label: str) -> int:
    return next(number for number, labels in enumerate(LAYERS) if label in labels)


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in OURS]


def test_relations_point_down() -> None:
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in our_models()
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and isinstance(field.related_model, type)
        and field.related_model._meta.app_label in OURS
        and (model._meta.app_label, field.related_model._meta.app_label) not in ALLOWED_UP
        and (
            floor(field.related_model._meta.app_label) > floor(model._meta.app_label)
            or (
                floor(field.related_model._meta.app_label) == floor(model._meta.app_label)
                and field.related_model._meta.app_label != model._meta.app_label
            )
        )
    ]
    assert upward == []


def written_by_wagtail(model: type[models.Model], name: str) -> bool:
    """Wagtail's own pair for locks: it forgets who locked when that account goes, and keeps the time."""
    return issubclass(model, LockableMixin) and name == "locked_by"


def test_who_never_stands_without_when() -> None:
    """`cancelled_by` without `cancelled_at` would be a deed without a time; the database refuses it."""
    unguarded = []
    for model in our_models():
        names = {field.name for field in model._meta.local_fields}
        guards = " ".join(
            str(constraint.condition)
            for constraint in model._meta.constraints
            if isinstance(constraint, models.CheckConstraint)
        )
        unguarded += [
            f"{model._meta.label}.{name}"
            for name in names
            if name.endswith("_by")
            and not written_by_wagtail(model, name)
            and f"{name[:-3]}_at" in names
            and not (name in guards and f"{name[:-3]}_at" in guards)
        ]
    assert unguarded == []


def test_constraint_names_are_promises() -> None:
    """Names are read in error messages: words, not Django's generated ones."""
    machine_made = [
        constraint.name
        for model in our_models()
        for constraint in model._meta.constraints
        if len(str(constraint.name).split("_")) < 2
    ]
    assert machine_made == []
