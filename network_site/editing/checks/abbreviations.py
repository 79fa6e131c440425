"""Abbreviations: which everybody knows, what ours stand for, and whether a page says so."""

import re

# Readers of this site know these without help.
KNOWN = frozenset({
    "AM", "BBC", "BST", "CSV", "CV", "DVD", "EU", "FAQ", "GB", "GMT", "GP", "GPS", "HTML", "ID", "IT", "MP", "MPS",
    "NHS", "OK", "PDF", "PM", "QR", "RSS", "TV", "UK", "URL", "US", "USA", "VAT", "WC", "XLSX",
})  # fmt: skip
# What the short forms of our subject stand for; the editors' guide shows this list.
GLOSSARY = {
    "ARRS": "Additional Roles Reimbursement Scheme",
    "BMJ": "British Medical Journal",
    "CCG": "clinical commissioning group",
    "CPD": "continuing professional development",
    "CQC": "Care Quality Commission",
    "DHSC": "Department of Health and Social Care",
    "DOI": "digital object identifier",
    "EHR": "electronic health record",
    "HCP": "health care professional",
    "ICB": "integrated care board",
    "ICS": "integrated care system",
    "LTC": "long-term condition",
    "MDT": "multidisciplinary team",
    "MOOC": "massive open online course",
    "NASP": "National Academy for Social Prescribing",
    "NICE": "National Institute for Health and Care Excellence",
    "ONS": "Office for National Statistics",
    "PCN": "primary care network",
    "PPG": "patient participation group",
    "RCGP": "Royal College of General Practitioners",
    "RCT": "randomised controlled trial",
    "SDOH": "social determinants of health",
    "SP": "social prescribing",
    "SPLW": "social prescribing link worker",
    "SPN": "Social Prescribing Network",
    "SROI": "social return on investment",
    "VCFSE": "voluntary, community, faith and social enterprise",
    "VCSE": "voluntary, community and social enterprise",
    "WEMWBS": "Warwick-Edinburgh Mental Wellbeing Scale",
    "WHO": "World Health Organization",
}
SHORT_FORM = re.compile(r"\b[A-Z]{2,6}s?\b")
ROMAN = re.compile(r"[IVXLC]+")
# Two letters may be anybody's initials; only those of the list are asked about.
SURELY_SHORT = 3


def unexplained(text: str, *, page: str) -> list[str]:
    """The short forms in `text` that nothing in the `page`'s words explains, each once, in order.

    A short form is explained by standing in brackets after its long form, by words in brackets after it, or, if it is
    in the list, by its long form anywhere on the page.
    """
    found = dict.fromkeys(match[0].removesuffix("s") for match in SHORT_FORM.finditer(text))
    return [short for short in found if _needs_words(short) and not is_explained(short, page=page)]


def _needs_words(short: str) -> bool:
    if short in KNOWN or ROMAN.fullmatch(short):
        return False
    return short in GLOSSARY or len(short) >= SURELY_SHORT


def is_explained(short: str, *, page: str) -> bool:
    """Whether the page's words say what it stands for."""
    beside = re.search(rf"\({short}s?\)|\b{short}s?\s*\([^)]*[a-z]", page)
    long_form = GLOSSARY.get(short, "")
    return bool(beside) or bool(long_form and long_form.lower() in page.lower())
