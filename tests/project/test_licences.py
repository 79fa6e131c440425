"""Nothing GPL or AGPL runs with the site."""

import re
from importlib import metadata

import pytest

pytestmark = pytest.mark.project


def runtime_distributions() -> dict[str, metadata.Distribution]:
    """Everything our own distribution needs at run time, with what that needs in turn."""
    found: dict[str, metadata.Distribution] = {}
    waiting = ["social-prescribing-network"]
    while waiting:
        name = waiting.pop()
        for requirement in metadata.distribution(name).requires or []:
            if "extra ==" in requirement and not re.search(r"extra == ['\"](mfa|binary|s3|crt)['\"]", requirement):
                continue
            needed = re.split(r"[ ;<>=!~\[(]", requirement, maxsplit=1)[0].lower()
            try:
                distribution = metadata.distribution(needed)
            except metadata.PackageNotFoundError:
                continue
            if needed not in found:
                found[needed] = distribution
                waiting.append(needed)
    return found


def licence(distribution: metadata.Distribution) -> str:
    facts = distribution.metadata
    classifiers = [text for text in facts.get_all("Classifier") or [] if text.startswith("License")]
    return " ".join([facts.get("License-Expression") or "", (facts.get("License") or "")[:80], *classifiers])


def test_no_copyleft_beyond_the_lesser() -> None:
    distributions = runtime_distributions()
    assert len(distributions) > 20
    copyleft = {
        name: licence(found)
        for name, found in distributions.items()
        if re.search(r"\bA?GPL|GNU (Affero )?General", licence(found))
        and "Lesser" not in licence(found)
        and "LGPL" not in licence(found)
    }
    assert copyleft == {}
