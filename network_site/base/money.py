"""Money: whole pence everywhere, and the one place that writes them out."""

PENCE_IN_A_POUND = 100


def pounds(pence: int, *, exact: bool = False) -> str:
    """Write an amount as people do: 4500 is "£45", 4550 is "£45.50", 0 is "Free".

    Args:
        pence: the amount in whole pence; negative for money going back.
        exact: always two decimals and "£0.00" for nothing, as bills need it.
    """
    if pence == 0 and not exact:
        return "Free"
    sign = "−" if pence < 0 else ""
    whole, rest = divmod(abs(pence), PENCE_IN_A_POUND)
    return f"{sign}£{whole:,}.{rest:02}" if rest or exact else f"{sign}£{whole:,}"
