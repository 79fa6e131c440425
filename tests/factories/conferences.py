"""Conferences with their programme and what is sold for them."""

from datetime import UTC, date, datetime, time, timedelta

import factory
from factory.django import DjangoModelFactory

from events.models import Conference, Quota, Session, TicketType, TypeQuota
from network_site.base.dates import Precision

# The moment at which tests happen unless they say otherwise, and the day of their conference.
NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
FIRST_DAY = date(2027, 6, 16)


class ConferenceFactory(DjangoModelFactory):
    """A conference on sale in June 2027; traits say otherwise."""

    class Meta:
        model = Conference
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(status=Conference.Status.DRAFT)
        announced = factory.Trait(status=Conference.Status.ANNOUNCED)
        closed = factory.Trait(status=Conference.Status.CLOSED)
        postponed = factory.Trait(status=Conference.Status.POSTPONED)
        cancelled = factory.Trait(status=Conference.Status.CANCELLED)
        online = factory.Trait(mode=Conference.Mode.VIRTUAL, venue="", town="")
        hybrid = factory.Trait(mode=Conference.Mode.HYBRID)
        two_days = factory.Trait(ends_on=factory.LazyAttribute(lambda o: o.starts_on + timedelta(days=1)))
        past = factory.Trait(
            status=Conference.Status.CLOSED, starts_on=date(2019, 7, 11), delegates=350, was_sold_out=True
        )
        month_only = factory.Trait(status=Conference.Status.ANNOUNCED, precision=Precision.MONTH)

    slug = factory.Sequence(lambda n: f"conference-{n}")
    title = factory.Sequence(lambda n: f"Conference {n}")
    series = "7th International Conference"
    strapline = "A day about people and places"
    venue = "The Old Mill"
    town = "Leeds"
    starts_on = FIRST_DAY
    opens = time(9, 30)
    closes = time(17, 0)
    status = Conference.Status.ON_SALE
    changed_at = NOW


class QuotaFactory(DjangoModelFactory):
    """Room for a hundred."""

    class Meta:
        model = Quota

    class Params:
        closed = factory.Trait(is_closed=True)
        endless = factory.Trait(size=None)

    conference = factory.SubFactory(ConferenceFactory)
    name = factory.Sequence(lambda n: f"Hall {n}")
    size = 100


class SessionFactory(DjangoModelFactory):
    """An hour of talk; `workshop=True` for something to book."""

    class Meta:
        model = Session

    class Params:
        workshop = factory.Trait(kind=Session.Kind.WORKSHOP)

    conference = factory.SubFactory(ConferenceFactory)
    title = factory.Sequence(lambda n: f"Session {n}")
    starts_at = datetime(2027, 6, 16, 10, 0, tzinfo=UTC)
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + timedelta(hours=1))


class TicketTypeFactory(DjangoModelFactory):
    """A place for £45 from a quota of its own, or from `quota`, or from `draws` {quota: units}."""

    class Meta:
        model = TicketType
        skip_postgeneration_save = True

    class Params:
        free = factory.Trait(price_pence=0)
        hidden = factory.Trait(is_hidden=True)
        early = factory.Trait(early_price_pence=3500, early_until=NOW + timedelta(days=30))
        not_yet = factory.Trait(on_sale_from=NOW + timedelta(days=1))
        over = factory.Trait(on_sale_until=NOW - timedelta(days=1))
        workshop = factory.Trait(
            session=factory.SubFactory(SessionFactory, workshop=True, conference=factory.SelfAttribute("..conference")),
            price_pence=1500,
        )

    conference = factory.SubFactory(ConferenceFactory)
    name = factory.Sequence(lambda n: f"Place {n}")
    price_pence = 4500
    sort_order = factory.Sequence(lambda n: n)

    @factory.post_generation
    def quota(self, create, given, **facts):
        """Draw one unit of the quota given, or of a new one with these facts; False: draw on nothing."""
        if given is None:
            given = QuotaFactory(conference=self.conference, **facts)
        if given:
            TypeQuota.objects.create(ticket_type=self, quota=given)

    @factory.post_generation
    def draws(self, create, given, **facts):
        """Draw these units of these quotas instead."""
        if given:
            self.type_quotas.all().delete()
            for quota, weight in given.items():
                TypeQuota.objects.create(ticket_type=self, quota=quota, weight=weight)
