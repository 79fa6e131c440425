"""What visitors fill in: a message to us, and whether a page helped."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from network_site.contact.domain.erasure import KEEP_MONTHS
from network_site.contact.domain.messages import Words
from network_site.contact.domain.suspicion import new_token, signs_of
from network_site.contact.models import ContactTopic
from network_site.mail.letters import clean

LONGEST_NAME = 100
LONGEST_ORGANISATION = 200
LONGEST_TEXT = 5000
LONGEST_COMMENT = 500
# The field people do not see; no browser fills in one of this name by itself.
TRAP = "remarks"
TOKEN = "form"  # noqa: S105


def offered_topics() -> list[ContactTopic]:
    """What can be chosen, in the editors' order."""
    return list(ContactTopic.objects.offered())


class WholeTextField(forms.CharField):
    """Text that is never cut: too long a text comes back whole, with how much too long it is.

    Browsers cut what is pasted into a box with a limit, so the box has none.
    """

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.longest = longest

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value))
        return clean(text.replace("\r\n", "\n").replace("\r", "\n")).strip()

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > self.longest:
            raise forms.ValidationError(
                gettext("It has %(length)s characters and %(longest)s fit. Please make it shorter.")
                % {"length": f"{len(value):,}", "longest": f"{self.longest:,}"}
            )


class LineField(WholeTextField):
    """One line: every run of white space is one space."""

    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(value).split())


class AddressField(forms.EmailField):
    """An e-mail address; what is wrong with it is said in its own sentence."""

    def clean(self, value: Any) -> str:
        text = clean(str(self.to_python(value)))
        if text and "@" not in text:
            raise forms.ValidationError(_("The address has no @ sign. It should look like name@example.org."))
        return str(super().clean(text))


class ContactForm(forms.Form):
    """A message to us. Without topics, or with one, nobody is asked to choose."""

    topic = forms.ChoiceField(
        label=_("What is it about?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one, so that it reaches the right person."),
            "invalid_choice": _("This is not one of the choices. Choose one from the list."),
        },
    )
    name = LineField(
        label=_("Your name"),
        longest=LONGEST_NAME,
        error_messages={"required": _("Write your name, so that we know how to address you.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = AddressField(
        label=_("Your e-mail address"),
        help_text=_("Our answer comes here."),
        max_length=254,
        error_messages={
            "required": _("Write your e-mail address: our answer comes there."),
            "invalid": _("Write an e-mail address such as name@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    organisation = LineField(
        label=_("Organisation"),
        longest=LONGEST_ORGANISATION,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    text = WholeTextField(
        label=_("Your message"),
        longest=LONGEST_TEXT,
        help_text=_("Leave out anything about somebody’s health that we need not know."),
        error_messages={"required": _("Write your message.")},
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    is_copy_wanted = forms.BooleanField(label=_("Send me a copy of what I wrote"), required=False)

    # What the sentence beside the button promises.
    keep_months = KEEP_MONTHS

    def __init__(self, data: Mapping[str, Any] | None = None, *, topics: Sequence[ContactTopic]) -> None:
        super().__init__(data)
        self.topics = {str(topic.pk): topic for topic in topics}
        if len(self.topics) < 2:  # noqa: PLR2004
            del self.fields["topic"]
        else:
            self.fields["topic"].choices = [(key, topic.label) for key, topic in self.topics.items()]  # type: ignore[attr-defined]
        self.token = str(self.data.get(TOKEN, "")) if self.is_bound else new_token(now=timezone.now())

    @property
    def topic_rows(self) -> list[tuple[Any, ContactTopic]]:
        """Each choice as a widget, and its topic."""
        if "topic" not in self.fields:
            return []
        return [(choice, self.topics[str(choice.data["value"])]) for choice in self["topic"].subwidgets]

    @property
    def chosen(self) -> ContactTopic | None:
        """The topic of a valid form: the one chosen, or the only one there is."""
        if "topic" in self.fields:
            return self.topics[self.cleaned_data["topic"]]
        return next(iter(self.topics.values()), None)

    @property
    def words(self) -> Words:
        """What a valid form says."""
        said = self.cleaned_data
        return Words(**{name: said[name] for name in ("name", "email", "organisation", "text", "is_copy_wanted")})

    def signs(self) -> list[str]:
        """Why this valid form should be looked at by people first."""
        said = self.cleaned_data
        everything = " ".join([said["name"], said["organisation"], said["text"]])
        trap = str(self.data.get(TRAP, ""))
        return signs_of(token=self.token, trap=trap, words=everything, now=timezone.now())


class OpinionForm(forms.Form):
    """Yes or no, and perhaps a sentence."""

    is_useful = forms.ChoiceField(
        label=_("Was this page useful?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
    comment = LineField(
        label=_("What would make it better?"),
        longest=LONGEST_COMMENT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @property
    def found_it_useful(self) -> bool:
        """The answer of a valid form."""
        return bool(self.cleaned_data["is_useful"] == "yes")
