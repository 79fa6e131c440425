"""Telling people of comments on a page they follow."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Comment, CommentReply, Page, PageSubscription
from wagtail.users.models import UserProfile

from network_site.base.notices import Notice, tell
from network_site.editing.notices import edit_address
from network_site.people.models import User

LONGEST = 500


def tell_of(changes: dict[str, list[Any]], *, page: Page, by: User) -> None:
    """Tell everybody who follows the page or wrote in a thread that went on, except whoever did it.

    Args:
        changes: what Wagtail's editor says has changed: "new_comments", "resolved_comments" and "new_replies", the
            last one as pairs of a comment and its replies.
        page: the page that is talked about.
        by: who did it.
    """
    threads = [*changes["resolved_comments"], *(comment for comment, _replies in changes["new_replies"])]
    if not (threads or changes["new_comments"]):
        return
    for reader in readers(page, threads, by=by):
        with override(UserProfile.get_for_user(reader).get_preferred_language()):
            tell(_notice(changes, page=page, by=by, reader=reader))


def readers(page: Page, threads: Iterable[Comment], *, by: User) -> list[User]:
    """Who wants to hear of it, each once, as they chose under "Notifications"."""
    keys = [comment.pk for comment in threads]
    following = PageSubscription.objects.filter(page=page, comment_notifications=True).values("user")
    asked = Comment.objects.filter(pk__in=keys).values("user")
    answered = CommentReply.objects.filter(comment__in=keys).values("user")
    found = (
        User.objects.filter(pk__in=following) | User.objects.filter(pk__in=asked) | User.objects.filter(pk__in=answered)
    )
    active = found.filter(is_active=True).exclude(pk=by.pk).order_by("pk").distinct()
    return [user for user in active if UserProfile.get_for_user(user).updated_comments_notifications]


def _notice(changes: dict[str, list[Any]], *, page: Page, by: User, reader: User) -> Notice:
    facts = {"who": str(by), "title": page.get_admin_display_title()}
    said = [comment.text for comment in changes["new_comments"]]
    said += [reply.text for _comment, replies in changes["new_replies"] for reply in replies]
    settled = [_("Settled: “%(text)s”") % {"text": comment.text[:LONGEST]} for comment in changes["resolved_comments"]]
    return Notice(
        to=reader.email,
        subject=_("%(who)s commented on “%(title)s”") % facts,
        paragraphs=(*(f"“{text[:LONGEST]}”" for text in said), *settled),
        button=_("Open the page"),
        url=edit_address(page, reader),
        key=f"comments:{_key(changes)}:{reader.pk}",
    )


def _key(changes: dict[str, list[Any]]) -> str:
    """What was said, each once: the newest of everything that is new names the round."""
    new = [f"c{comment.pk}" for comment in changes["new_comments"]]
    new += [f"r{reply.pk}" for _comment, replies in changes["new_replies"] for reply in replies]
    new += [f"s{comment.pk}" for comment in changes["resolved_comments"]]
    return ".".join(new)[-100:]
