"""The digits of a second factor while they are typed: held in one place, counted, and gone at the first reason to go.

Nothing here is ever shown: a screen sees how many digits there are. Lengths: the platform's codes have six digits
(services rule for one-time codes), service passwords six to twelve digits, as known from practice.
"""

from kiosk.central.contract import FactorMethod

CODE_LENGTH = 6
PASSWORD_SHORTEST = 6
PASSWORD_LONGEST = 12


class SecretEntry:
    """What has been typed so far. It lives from the first digit to `take` or `forget`, whichever comes first."""

    def __init__(self) -> None:
        self._digits = ""
        self._shortest = CODE_LENGTH
        self._longest = CODE_LENGTH

    def __repr__(self) -> str:
        return f"SecretEntry({len(self._digits)} digits)"

    def begin(self, method: FactorMethod) -> None:
        """Forgets everything and sets the lengths for `method`."""
        self.forget()
        is_code = method is FactorMethod.ONE_TIME_CODE
        self._shortest = CODE_LENGTH if is_code else PASSWORD_SHORTEST
        self._longest = CODE_LENGTH if is_code else PASSWORD_LONGEST

    @property
    def count(self) -> int:
        """Digits typed so far."""
        return len(self._digits)

    @property
    def shortest(self) -> int:
        """Digits wanted at least."""
        return self._shortest

    @property
    def longest(self) -> int:
        """Digits taken at most; more are ignored."""
        return self._longest

    @property
    def is_enough(self) -> bool:
        """Whether it may be submitted."""
        return self._shortest <= len(self._digits) <= self._longest

    def add(self, digit: str) -> bool:
        """Adds one ASCII digit; False (and nothing changes) for anything else or when there are enough."""
        if len(digit) != 1 or digit not in "0123456789" or len(self._digits) >= self._longest:
            return False
        self._digits += digit
        return True

    def delete(self) -> None:
        """Takes the last digit back."""
        self._digits = self._digits[:-1]

    def take(self) -> str:
        """Hands the digits out once and forgets them; "" when there are not enough."""
        if not self.is_enough:
            return ""
        secret, self._digits = self._digits, ""
        return secret

    def forget(self) -> None:
        """Drops every digit."""
        self._digits = ""
