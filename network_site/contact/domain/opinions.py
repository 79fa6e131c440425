"""Whether pages help, in readers' words."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Count, ExpressionWrapper, F, FloatField, Q, QuerySet
from django.utils.crypto import salted_hmac
from wagtail.models import Page

from network_site.contact.models import Opinion

SALT = "network_site.contact.opinion"


@dataclass(frozen=True)
class Place:
    """Where an answer comes from, as far as a request says; never kept, only what is made from it with our secret."""

    address: str
    browser: str


def give(page: Page, *, is_useful: bool, comment: str = "", place: Place, today: date) -> bool:
    """Keep an answer; False when the same answer came from the same place today already."""
    told = "\n".join([str(page.pk), today.isoformat(), place.address, place.browser, str(is_useful), comment])
    key = salted_hmac(SALT, told.encode("utf-8", "replace"), algorithm="sha256").hexdigest()
    try:
        with transaction.atomic():
            Opinion.objects.create(page=page, given_on=today, is_useful=is_useful, comment=comment, key=key)
    except IntegrityError:
        return False
    return True


def worst_first(since: date | None = None) -> "QuerySet[Page]":
    """Pages with answers, each with `answers`, `useful`, `comments` and `share`; the least useful first.

    `share` is (useful + 1) / (answers + 2), Laplace's rule of succession, so that one "no" does not outweigh twenty.
    """
    of_time = Q(opinions__given_on__gte=since) if since else Q()
    counted = Page.objects.annotate(
        answers=Count("opinions", filter=of_time),
        useful=Count("opinions", filter=of_time & Q(opinions__is_useful=True)),
        comments=Count("opinions", filter=of_time & ~Q(opinions__comment="")),
    ).filter(answers__gt=0)
    share = ExpressionWrapper((F("useful") + 1.0) / (F("answers") + 2.0), output_field=FloatField())
    return counted.annotate(share=share).order_by("share", "-answers", "pk")
