"""The columns of the spreadsheet in words, for whoever fills it."""

from django.utils.translation import gettext_lazy as _

from network_site.history.cells import COLUMNS

ABOUT = {
    "slug": (
        _("The end of the moment’s address, by which it is known. Empty: made from the title."),
        "first-conference",
    ),
    "date": (_("As much as is known: a year, a season, a month or a day. Needed."), "2016-03"),
    "until": (_("The last day, where it went on for longer."), "2019-07-12"),
    "about": (_("Whether the date is not certain."), "no"),
    "date_words": (_("Shown in place of the date."), "Before the network, year not certain"),
    "title": (_("At most 120 characters. Needed."), "The first conference"),
    "summary": (_("What happened, in 60 words or fewer. Needed."), "Delegates agreed ten actions."),
    "era": (_("The address or title of one era. Needed."), "founding"),
    "themes": (_("Addresses or names of themes, with semicolons between."), "conferences; research"),
    "milestone": (_("Whether it is tied as a knot in the thread."), "yes"),
    "sold_out": (_("Whether the conference was full."), "no"),
    "around_us": (_("Whether it happened around the network and was not its doing."), "no"),
    "delegates": (_("How many came, in figures."), "350"),
    "delegates_words": (_("The same in words, where they say more."), "over 1,000 delegates"),
    "conference": (_("The address of the conference it was."), "from-system-to-local"),
    "people": (_("Names of people in the directory, with semicolons between."), "Ada Example; Bo Example"),
    "links": (_("A line for each link: its words, then its address."), "The report https://example.org/report"),
    "publications": (
        _("Codes of publications, as their addresses have them, with semicolons between."),
        "p2vzrk; rj9rv2",
    ),
}
# Each column with what it holds and an example, in the order of the file.
EXPLAINED = [(name, *ABOUT[name]) for name in COLUMNS]
