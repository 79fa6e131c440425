"""Moments of a history, their eras and themes, and the page that shows them."""

from datetime import date, timedelta

import factory
from factory.django import DjangoModelFactory
from wagtail.models import Page

from network_site.base.dates import Precision
from network_site.history.models import Era, Theme, TimelineEvent, TimelinePage


class EraFactory(DjangoModelFactory):
    """A chapter of two years; later ones come later."""

    class Meta:
        model = Era

    slug = factory.Sequence(lambda n: f"era-{n}-years")
    title = factory.Sequence(lambda n: f"Chapter {n}")
    years = "2015 to 2016"
    starts_on = factory.Sequence(lambda n: date(1990, 1, 1) + timedelta(days=n))


class ThemeFactory(DjangoModelFactory):
    """Something moments are about."""

    class Meta:
        model = Theme

    slug = factory.Sequence(lambda n: f"theme-{n}")
    name = factory.Sequence(lambda n: f"Theme {n}")


class TimelineEventFactory(DjangoModelFactory):
    """A moment on a day of 2016; traits and facts say otherwise. `themes` and `people` are lists."""

    class Meta:
        model = TimelineEvent

    class Params:
        draft = factory.Trait(live=False)
        circa = factory.Trait(is_circa=True, precision=Precision.YEAR)
        month = factory.Trait(precision=Precision.MONTH)
        year = factory.Trait(precision=Precision.YEAR)
        around = factory.Trait(is_around_us=True)
        milestone = factory.Trait(is_milestone=True)
        sold_out = factory.Trait(is_sold_out=True)

    slug = factory.Sequence(lambda n: f"moment-{n}")
    title = factory.Sequence(lambda n: f"Moment {n}")
    summary = "People met and wrote down what they want."
    starts_on = date(2016, 3, 9)
    era = factory.SubFactory(EraFactory)

    @classmethod
    def _create(cls, model_class, *args, themes=(), people=(), **kwargs):
        moment = model_class(*args, **kwargs)
        moment.themes = list(themes)
        moment.people = list(people)
        moment.save()
        return moment


def make_history_page(home: Page, **fields: object) -> TimelinePage:
    """The page at /history/, below the home page."""
    return home.add_child(instance=TimelinePage(**{"title": "Our history", "slug": "history", **fields}))
