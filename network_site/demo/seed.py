"""Filling an empty site: people, pages, conferences, and the places sold for the next one."""

from django.db import transaction
from django.utils import timezone

from events.models import Conference
from network_site.demo.accounts import make_accounts
from network_site.demo.conferences import make_conferences
from network_site.demo.contact import make_contact
from network_site.demo.directory import make_directory
from network_site.demo.editors import date_reviews, give_owners, send_in
from network_site.demo.every_block import make_every_block
from network_site.demo.history import make_history
from network_site.demo.learning import make_learning
from network_site.demo.menus import make_menus
from network_site.demo.news import make_news
from network_site.demo.partners import tell_of_partners
from network_site.demo.promotions import make_promotions
from network_site.demo.research import make_research
from network_site.demo.sales import sell
from network_site.demo.saved_searches import make_saved_searches
from network_site.demo.tree import fill_tree, make_pictures, make_tree
from network_site.pages.models import HomePage
from network_site.people.roles import ensure_roles

ON_SALE = "closer-to-home"


def seed() -> bool:
    """Put the demonstration content into an empty database; what is there is kept.

    Returns:
        Whether anything was added. A seed that was interrupted goes on where it stopped.
    """
    now = timezone.now()
    is_empty = not HomePage.objects.exists()
    if is_empty:
        with transaction.atomic():
            accounts = make_accounts()
            directory = make_directory()
            tree, pictures = make_tree(), make_pictures()
            make_conferences(tree, directory, by=accounts["conference manager"], now=now)
            make_research(tree, now=now)
            make_saved_searches(now=now)
            make_history(tree, directory)
            tell_of_partners(directory)
            make_learning(tree, directory)
            make_news(tree, directory)
            make_contact(tree, now=now)
            date_reviews(tree, today=timezone.localdate(now))
            fill_tree(tree, directory, pictures)
            make_every_block(tree, directory, pictures)
            make_promotions(tree)
            make_menus(tree)
            send_in(tree, directory, by=accounts["author"])
            give_owners(accounts)
            ensure_roles()  # now that there are pages to give rights on
    conference = Conference.objects.filter(slug=ON_SALE, status=Conference.Status.ON_SALE).first()
    return bool(conference and sell(conference, now=now)) or is_empty
