"""Kinds of publications, and what each format calls them.

In each table the first name of a kind is the one that is written; every name is read.
"""

KINDS = (
    "journal-article", "review", "report", "guideline", "policy", "book", "chapter", "thesis", "conference-paper",
    "preprint", "protocol", "dataset", "webpage", "video", "other",
)  # fmt: skip

RIS = {
    "journal-article": ("JOUR", "EJOUR", "JFULL", "MGZN", "NEWS", "INPR", "ABST"),
    "report": ("RPRT", "PAMP"),
    "guideline": ("STAND",),
    "policy": ("GOVDOC",),
    "book": ("BOOK", "EBOOK", "EDBOOK", "WHOLE", "SER"),
    "chapter": ("CHAP", "ECHAP", "ENCYC", "DICT"),
    "thesis": ("THES",),
    "conference-paper": ("CPAPER", "CONF"),
    "preprint": ("UNPB", "UNPD", "MANSCPT"),
    "dataset": ("DATA", "AGGR", "DBASE", "STAT"),
    "webpage": ("ELEC", "WEB", "BLOG", "ICOMM"),
    "video": ("VIDEO", "MPCT"),
    "other": ("GEN",),
}

BIBTEX = {
    "journal-article": ("article", "suppperiodical", "periodical"),
    "report": ("techreport", "report", "manual", "booklet"),
    "book": ("book", "mvbook", "collection", "proceedings", "inbook*"),
    "chapter": ("incollection", "inbook", "suppbook", "bookinbook", "inreference"),
    "thesis": ("phdthesis", "mastersthesis", "thesis"),
    "conference-paper": ("inproceedings", "conference"),
    "preprint": ("unpublished",),
    "dataset": ("dataset",),
    "webpage": ("online", "electronic", "www"),
    "video": ("video",),
    "other": ("misc",),
}

# CSL's reviews are of books and films; a review of evidence is an article of its journal. Crossref's names are read.
CSL = {
    "journal-article": (
        "article-journal",
        "article-magazine",
        "article-newspaper",
        "review",
        "review-book",
        "journal-article",
    ),
    "report": ("report",),
    "guideline": ("standard",),
    "policy": ("legislation", "bill", "regulation"),
    "book": ("book", "monograph", "edited-book", "reference-book", "proceedings"),
    "chapter": ("chapter", "entry", "entry-encyclopedia", "entry-dictionary", "book-chapter", "reference-entry"),
    "thesis": ("thesis", "dissertation"),
    "conference-paper": ("paper-conference", "speech", "proceedings-article"),
    "preprint": ("article", "manuscript", "posted-content"),
    "dataset": ("dataset",),
    "webpage": ("webpage", "post", "post-weblog"),
    "video": ("motion_picture", "broadcast"),
    "other": ("document",),
}

# PubMed's publication types; the first in this table that a record has decides.
PUBMED = {
    "review": ("systematic review", "meta-analysis", "review"),
    "guideline": ("practice guideline", "guideline"),
    "preprint": ("preprint",),
    "protocol": ("clinical trial protocol",),
    "dataset": ("dataset",),
    "video": ("video-audio media",),
    "conference-paper": ("congress", "clinical conference", "consensus development conference"),
    "chapter": ("book chapter",),
    "book": ("book", "monograph"),
    "report": ("technical report", "government publication"),
    "journal-article": ("journal article",),
}


def reader(table: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """From a format's name, in small letters, to the kind."""
    found: dict[str, str] = {}
    for kind, names in table.items():
        for name in names:
            found.setdefault(name.lower(), kind)
    return found


def writer(table: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """From the kind to the name that is written; what the format has no name for is its article or its other."""
    other = table["other"][0]
    article = table["journal-article"][0]
    named = {kind: names[0] for kind, names in table.items()}
    return {kind: named.get(kind, article if kind in {"review", "protocol"} else other) for kind in KINDS}
