"""What can be done with many publications at once."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.log_actions import log
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from network_site.editing.desk.bulk import OfTheList
from network_site.people.models import User
from research_db.admin.terms_field import TermsField
from research_db.models import Publication, SearchChange


class TermsForm(forms.Form):
    """Which terms."""

    terms = TermsField(label=_("Terms"), error_messages={"required": _("Tick at least one term.")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["terms"].show_trees()  # type: ignore[attr-defined]


class PublicationAction(OfTheList, SnippetBulkAction):
    """One thing done with the chosen publications by whoever has the right to."""

    models = (Publication,)
    template_name = "research_db/admin/bulk.html"
    right = "change"
    about: Any = ""

    def check_perm(self, obj: Publication) -> bool:
        return bool(self.permission_policy.user_has_permission_for_instance(self.request.user, self.right, obj))

    def get_execution_context(self) -> dict[str, Any]:
        return {**super().get_execution_context(), "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "title": self.display_name, "about": self.about}

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        said = ngettext("%(n)d publication was changed.", "%(n)d publications were changed.", num_parent_objects)
        return said % {"n": num_parent_objects}


class OfTerms(PublicationAction):
    """Needs terms to be chosen."""

    form_class = TermsForm

    def get_execution_context(self) -> dict[str, Any]:
        return {**super().get_execution_context(), "terms": self.cleaned_form.cleaned_data["terms"]}


class AddTerms(OfTerms):
    """Say that all of them are about something."""

    display_name = _("Add terms")
    action_type = "add_terms"
    aria_label = _("Add terms to selected publications")
    about = _("These publications will have the chosen terms beside those they have.")
    action_priority = 10

    @classmethod
    def execute_action(
        cls, objects: list[Publication], terms: Iterable[Any] = (), user: User | None = None, **_more: Any
    ) -> tuple[int, int]:
        return change_terms(objects, add=terms, by=user), 0


class RemoveTerms(OfTerms):
    """Say that none of them is about something."""

    display_name = _("Remove terms")
    action_type = "remove_terms"
    aria_label = _("Remove terms from selected publications")
    about = _("These publications will lose the chosen terms and keep all others.")
    action_priority = 20

    @classmethod
    def execute_action(
        cls, objects: list[Publication], terms: Iterable[Any] = (), user: User | None = None, **_more: Any
    ) -> tuple[int, int]:
        return change_terms(objects, remove=terms, by=user), 0


class Publish(PublicationAction):
    """Show them, as they were written last."""

    display_name = _("Publish")
    action_type = "publish"
    aria_label = _("Publish selected publications")
    about = _("Visitors will see these publications as they were saved last.")
    right = "publish"
    action_priority = 30

    def check_perm(self, obj: Publication) -> bool:
        """A merged record stays hidden behind the one that was kept."""
        return obj.merged_into_id is None and super().check_perm(obj)

    @classmethod
    def execute_action(cls, objects: list[Publication], user: User | None = None, **_more: Any) -> tuple[int, int]:
        refused = [publication for publication in objects if not show(publication, by=user)]
        if refused:
            said = _("Not published, because another record has one of their numbers: %(titles)s")
            titles = ", ".join(f"“{one.title}”" for one in refused)
            messages.error(_more["self"].request, said % {"titles": titles})
        return len(objects) - len(refused), 0


class Withdraw(PublicationAction):
    """Take them from visitors; their addresses say so."""

    display_name = _("Withdraw")
    action_type = "withdraw"
    aria_label = _("Withdraw selected publications")
    about = _("Visitors will be told that these records were withdrawn. Nothing is deleted.")
    right = "publish"
    action_priority = 40
    classes = frozenset({"serious"})

    @classmethod
    def execute_action(cls, objects: list[Publication], user: User | None = None, **_more: Any) -> tuple[int, int]:
        for publication in objects:
            publication.unpublish(user=user)
        return len(objects), 0


def show(publication: Publication, *, by: User | None) -> bool:
    """Show a publication as it was saved last; whether that can be, because no other has one of its numbers."""
    try:
        with transaction.atomic():
            # As an import wrote it: an address that a form would not take does not keep it from visitors.
            revision = publication.latest_revision or publication.save_revision(user=by, clean=False)
            revision.publish(user=by)
    except IntegrityError:
        return False
    return True


@transaction.atomic
def change_terms(
    publications: list[Publication],
    *,
    add: Iterable[Any] = (),
    remove: Iterable[Any] = (),
    by: User | None = None,
) -> int:
    """Change what publications are about, in the record and in what is being written.

    Args:
        publications: which ones.
        add: terms they will have.
        remove: terms they will not have.
        by: who does it, for their histories.

    Returns:
        How many publications there were.
    """
    adding, removing = list(add), list(remove)
    for publication in publications:
        draft = publication.get_latest_revision_as_object()
        for version in {id(one): one for one in (publication, draft)}.values():
            kept = [term for term in version.terms.all() if term not in removing]
            version.terms.set(list(dict.fromkeys([*kept, *adding])))
        publication.save()
        log(instance=publication, action="wagtail.edit", user=by, content_changed=True)
        if publication.latest_revision_id:
            draft.save_revision(clean=False, changed=False)
    SearchChange.note([publication.pk for publication in publications])
    return len(publications)
