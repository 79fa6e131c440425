"""What makes a message look like advertising by a machine: signs, never a refusal. Staff see what was held, and why."""

import re
from datetime import datetime, timedelta

from django.core import signing
from django.utils.translation import gettext_lazy as _

from network_site.base import tokens

SALT = "network_site.contact.form"
# Nobody reads and fills in the form in less.
SHORTEST = timedelta(seconds=3)
# A form left open over a holiday is still a person's.
LONGEST = timedelta(days=14)
MOST_LINKS = 2
# Ours is half as long; of a longer one only the beginning is looked at.
LONGEST_TOKEN = 200
LINK = re.compile(r"https?://|www\.|\[url|<a\s|href\s*=", re.IGNORECASE)

SIGNS = {
    "trap": _("The field that people do not see was filled in."),
    "quick": _("It was sent sooner than anybody can write."),
    "old": _("The form was more than two weeks old."),
    "forged": _("It did not come from our form."),
    "links": _("It has more than two links."),
}


def new_token(*, now: datetime) -> str:
    """A signed note of when a form was made, and a secret that tells it from other forms."""
    return signing.dumps([int(now.timestamp()), tokens.secret()], salt=SALT, compress=False)


def signs_of(*, token: str, trap: str, words: str, now: datetime) -> list[str]:
    """Why a message should be looked at before it goes on; names of `SIGNS`, none for most.

    Args:
        token: what the form brought back of `new_token`.
        trap: what is in the field people do not see.
        words: everything that was written.
    """
    found = ["trap"] if trap.strip() else []
    if sign := _age_sign(token, now=now):
        found.append(sign)
    if len(LINK.findall(words)) > MOST_LINKS:
        found.append("links")
    return found


def _age_sign(token: str, *, now: datetime) -> str:
    try:
        made, _secret = signing.loads(token[:LONGEST_TOKEN], salt=SALT)
        age = timedelta(seconds=now.timestamp() - made)
    except (signing.BadSignature, ValueError, TypeError):
        return "forged"
    if age < SHORTEST:
        return "quick"
    return "old" if age > LONGEST else ""
