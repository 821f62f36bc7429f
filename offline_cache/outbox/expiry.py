"""When an item's time is over. Pure; only trusted time counts.

Trusted time is this machine's wall time plus the offset learnt from the platform. An item that was put in before any time was
trusted is dated once it is: exactly when the machine has not been started anew since, else from the first trusted moment, which
is later than the truth: an item may live too long, never too short.
"""


def has_expired(created_s: float | None, after_s: float | None, trusted_now_s: float) -> bool:
    """Whether it is over; never without a trusted date, never without a limit."""
    if created_s is None or after_s is None:
        return False
    return trusted_now_s - created_s > after_s


def trusted_creation(
    boot_id: str, created_mono_s: float, now_boot_id: str, now_mono_s: float, trusted_now_s: float
) -> float:
    """The date of an item that has none yet, now that `trusted_now_s` is known."""
    if boot_id != now_boot_id:
        return trusted_now_s
    return trusted_now_s - max(0.0, now_mono_s - created_mono_s)
