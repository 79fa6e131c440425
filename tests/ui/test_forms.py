"""A field says what it is, what it needs and what is wrong, to eyes and to screen readers alike."""

import html5lib
import pytest
from django import forms
from django.forms import formset_factory
from django.template import Context, Template

from network_site.ui.forms import HouseRenderer, Problem, problems

NS = "{http://www.w3.org/1999/xhtml}"


class Booking(forms.Form):
    """One of every kind."""

    name = forms.CharField(label="Name on the badge", help_text="As people call you.")
    email = forms.EmailField(label="Email address", widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    need = forms.CharField(label="Anything else", widget=forms.Textarea(attrs={"class": "tall"}), required=False)
    how = forms.ChoiceField(
        label="How will you join?", choices=[("l", "Leeds"), ("o", "Online")], widget=forms.RadioSelect
    )
    send = forms.MultipleChoiceField(
        label="Send me", choices=[("n", "News")], widget=forms.CheckboxSelectMultiple, required=False
    )
    born = forms.DateField(label="Born", widget=forms.SelectDateWidget(years=[1990]), required=False)
    agree = forms.BooleanField(label="I agree", help_text="You may change your mind.")
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def tree(html: str):
    return html5lib.parse(html, namespaceHTMLElements=False)


def drawn(form: forms.BaseForm) -> object:
    return tree(str(form))


def by_id(root, name: str):
    [found] = root.findall(f".//*[@id='{name}']")
    return found


def text(node) -> str:
    return " ".join("".join(node.itertext()).split())


@pytest.fixture
def fresh():
    return drawn(Booking())


@pytest.fixture
def wrong():
    return drawn(Booking({"name": "Amira", "email": "amira.example.org"}))


def test_every_control_has_a_label_of_its_own(fresh) -> None:
    labels = {label.get("for"): text(label) for label in fresh.iter("label")}
    assert labels == {
        "id_name": "Name on the badge",
        "id_email": "Email address",
        "id_need": "Anything else (optional)",
        "id_how_0": "Leeds",
        "id_how_1": "Online",
        "id_send_0": "News",
        "id_agree": "I agree",
    }


def test_several_choices_are_a_group_with_a_legend(fresh) -> None:
    groups = [text(legend) for legend in fresh.iter("legend")]
    assert groups == ["How will you join?", "Send me (optional)", "Born (optional)"]


def test_a_hint_belongs_to_its_control(fresh) -> None:
    assert by_id(fresh, "id_name").get("aria-describedby") == "id_name_helptext"
    assert text(by_id(fresh, "id_name_helptext")) == "As people call you."
    assert by_id(fresh, "id_agree").get("aria-describedby") == "id_agree_helptext"


def test_what_its_author_asked_for_is_kept(fresh) -> None:
    assert by_id(fresh, "id_email").get("autocomplete") == "email"
    assert by_id(fresh, "id_need").get("class") == "input tall"
    assert by_id(fresh, "id_name").get("class") == "input"
    assert by_id(fresh, "id_agree").get("class") is None


def test_nothing_is_wrong_with_a_fresh_form(fresh) -> None:
    assert [node.get("id") for node in fresh.iter() if node.get("aria-invalid")] == []
    assert [node for node in fresh.iter() if "has-error" in (node.get("class") or "").split()] == []


def test_an_error_stands_at_its_field_and_is_announced_with_it(wrong) -> None:
    email = by_id(wrong, "id_email")
    assert (email.get("aria-invalid"), email.get("aria-describedby")) == ("true", "id_email_error")
    assert text(by_id(wrong, "id_email_error")) == "Enter a valid email address."
    assert by_id(wrong, "id_name").get("aria-invalid") is None


def test_an_error_of_a_group_is_announced_with_the_group(wrong) -> None:
    [group] = [node for node in wrong.iter("fieldset") if node.get("aria-describedby")]
    assert (group.get("aria-describedby"), text(group.find("legend"))) == ("id_how_error", "How will you join?")


def test_a_hint_comes_before_the_error(wrong) -> None:
    assert by_id(wrong, "id_agree").get("aria-describedby") == "id_agree_helptext id_agree_error"


def test_every_description_is_there(wrong) -> None:
    ids = {node.get("id") for node in wrong.iter() if node.get("id")}
    described = {name for node in wrong.iter() for name in (node.get("aria-describedby") or "").split()}
    assert described - ids == set()


def test_a_hidden_field_is_drawn_without_words(fresh) -> None:
    assert by_id(fresh, "id_token").get("type") == "hidden"
    assert "Token" not in text(fresh)


def test_as_div_draws_the_same_form() -> None:
    assert Booking().as_div() == str(Booking())


def test_a_form_may_leave_out_the_word_optional() -> None:
    class Filter(forms.Form):
        marks_optional = False
        theme = forms.CharField(required=False)

    class Search(forms.Form):
        q = forms.CharField(required=False, widget=forms.TextInput(attrs={"type": "search"}))

    assert "(optional)" not in str(Filter())
    assert "(optional)" not in str(Search())


def test_a_label_is_escaped() -> None:
    class Odd(forms.Form):
        odd = forms.CharField(label="<b>Odd</b>")

    assert "&lt;b&gt;Odd" in str(Odd())


def test_nothing_is_styled_in_place(wrong) -> None:
    assert [node for node in wrong.iter() if node.get("style")] == []


def test_the_renderer_is_the_houses_own() -> None:
    assert isinstance(Booking().renderer, HouseRenderer)


class Whole(forms.Form):
    """Wrong as a whole."""

    one = forms.CharField()
    two = forms.CharField(required=False)

    def clean(self) -> None:
        raise forms.ValidationError("These two do not go together.")


def test_problems_are_listed_in_the_order_of_the_page() -> None:
    form = Booking({"name": "Amira", "email": "amira.example.org", "send": ["x"]})
    assert problems(form) == [
        Problem("id_email", "Email address", "Enter a valid email address."),
        Problem("id_how_0", "How will you join?", "This field is required."),
        Problem("id_send_0", "Send me", "Select a valid choice. x is not one of the available choices."),
        Problem("id_agree", "I agree", "This field is required."),
    ]


def test_a_question_keeps_its_mark() -> None:
    assert Problem("", "Who?", "Say who.").words == "Who? Say who."
    assert Problem("", "Name", "Say who.").words == "Name: Say who."
    assert Problem("", "", "Say who.").words == "Say who."


def test_a_problem_of_the_whole_form_has_no_field() -> None:
    assert problems(Whole({"one": "x"})) == [Problem("", "", "These two do not go together.")]
    assert "These two do not go together." in str(Whole({"one": "x"}))


def test_a_problem_of_a_hidden_field_is_said_without_a_link() -> None:
    class Sealed(forms.Form):
        seal = forms.CharField(widget=forms.HiddenInput)

    assert problems(Sealed({})) == [Problem("", "Seal", "This field is required.")]


def test_forms_that_are_not_sent_have_no_problems() -> None:
    assert problems(Booking(), formset_factory(Booking)()) == []


def test_the_forms_of_a_formset_say_whose_answer_it_is() -> None:
    people = formset_factory(Whole, max_num=1, validate_max=True)(
        {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-two": "x", "form-1-one": "x"}
    )
    people.forms[0].heading = "First person"
    assert problems(people) == [
        Problem("", "", "Please submit at most 1 form."),
        Problem("", "First person", "These two do not go together."),
        Problem("id_form-0-one", "First person, One", "This field is required."),
        Problem("", "", "These two do not go together."),
    ]


def summary(form: forms.BaseForm, note: str = ""):
    return tree(Template("{% error_summary form note=note %}").render(Context({"form": form, "note": note})))


def test_the_summary_links_every_problem_to_a_field_that_is_there(wrong) -> None:
    links = [link.get("href") for link in summary(Booking({"email": "x"})).iter("a")]
    assert links == ["#id_name", "#id_email", "#id_how_0", "#id_agree"]
    ids = {node.get("id") for node in wrong.iter()}
    assert [link for link in links if link.removeprefix("#") not in ids] == []


@pytest.mark.parametrize(
    ("data", "heading"),
    [
        ({"name": "A", "email": "x", "how": "l", "agree": "on"}, "One answer needs your help"),
        ({"name": "A", "email": "x", "how": "l"}, "Two answers need your help"),
        ({}, "Four answers need your help"),
    ],
)
def test_the_summary_counts_in_words(data: dict[str, str], heading: str) -> None:
    root = summary(Booking(data))
    assert text(root.find(".//h2")) == heading


def test_the_summary_is_announced_and_can_be_focused() -> None:
    [box] = list(summary(Booking({})).iter("div"))
    assert (box.get("role"), box.get("tabindex"), box.get("aria-labelledby")) == ("alert", "-1", "error-summary")
    assert "autofocus" in box.attrib


def test_the_summary_says_what_was_kept() -> None:
    assert text(summary(Booking({}), note="Your places are held.").find(".//p")) == "Your places are held."


@pytest.mark.parametrize("form", [Booking(), Booking({"name": "A", "email": "a@b.org", "how": "l", "agree": "on"})])
def test_there_is_no_summary_without_a_problem(form: forms.BaseForm) -> None:
    assert list(summary(form).iter("div")) == []
