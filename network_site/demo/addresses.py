"""One address of every kind of public page in the demonstration: what tests walk and benchmarks measure."""

READING = (
    "/",
    "/about/",
    "/about/every-block/",
    "/what-is-social-prescribing/",
    "/people/",
    "/people/marie-polley/",
    "/partners/",
    "/partners/the-kings-fund/",
    "/accessibility/",
    "/privacy/",
    "/history/",
    "/conferences/",
    "/conferences/closer-to-home/",
    "/conferences/from-system-to-local/",
    "/news/",
    "/news/booking-is-open-for-closer-to-home/",
    "/courses-and-resources/",
    "/courses-and-resources/peer-leadership-step-one/",
    "/courses-and-resources/ten-questions/",
    "/contact/",
    "/search/",
)
# Answers to a visitor's own question: made afresh each time.
ASKED = (
    "/history/?theme=policy&order=newest",
    "/history/?view=table",
    "/courses-and-resources/?kind=course&free=1",
    "/news/?topic=history",
    "/search/?q=choir",
    "/search/?q=nothing-of-the-kind",
)
# The first step of buying, which anybody may take: a form, and so made afresh too.
BUYING = ("/conferences/closer-to-home/tickets/",)
