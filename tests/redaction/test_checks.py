"""Check digits: published test numbers pass, and a slip in any digit fails."""

from __future__ import annotations

import pytest
from empathy_audit.redaction.checks import digits_of, is_card, is_iban, luhn
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize("card", ["4111 1111 1111 1111", "5555-5555-5555-4444", "378282246310005", "6011000990139424"])
def test_test_cards_are_cards(card: str) -> None:
    assert is_card(card)


@pytest.mark.parametrize(
    "text", ["", "4111", "4111 1111 1111 1112", "0000 0000 0000 0000", "4111 1111 1111 1111 1111 1111"]
)
def test_what_is_no_card(text: str) -> None:
    assert not is_card(text)


@pytest.mark.parametrize(
    "iban", ["GB82 WEST 1234 5698 7654 32", "de89370400440532013000", "FR1420041010050500013M02606"]
)
def test_ibans_of_the_standard_are_ibans(iban: str) -> None:
    assert is_iban(iban)


@pytest.mark.parametrize(
    "text", ["", "GB82", "GB83 WEST 1234 5698 7654 32", "GB82-WEST-1234", "ÄB82WEST12345698765432"]
)
def test_what_is_no_iban(text: str) -> None:
    assert not is_iban(text)


@given(st.integers(10**11, 10**17), st.integers(1, 9), st.integers(0, 11))
def test_a_slip_in_one_digit_is_noticed(number: int, by: int, place: int) -> None:
    right = next(f"{number}{check}" for check in range(10) if luhn(f"{number}{check}"))
    slipped = f"{right[:place]}{(int(right[place]) + by) % 10}{right[place + 1 :]}"
    assert not luhn(slipped)


def test_digits_of_other_scripts_are_digits() -> None:
    assert digits_of("٤١ 1-１") == "4111"
