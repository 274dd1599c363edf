"""Streets, postcodes and dates of birth: what is masked, and what is a delivery or a duration."""

from __future__ import annotations

import pytest
from empathy_audit.redaction.places import places

from tests.redaction.build import shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("to 14 Privet Drive, Little Whinging, SW1A 1AA", "to [ADDRESS]"),
        ("350 Fifth Avenue, New York, NY 10118", "[ADDRESS]"),
        ("postcode M1 1AE", "postcode [POSTCODE]"),
        ("K1A 0B1 in Canada", "[POSTCODE] in Canada"),
        ("zip 90210", "zip [POSTCODE]"),
        ("born on 3 May 1985", "born on [DATE]"),
        ("date of birth: 03/04/1985", "date of birth: [DATE]"),
        ("P.O. Box 552", "[ADDRESS]"),
        ("Hauptstraße 12", "[ADDRESS]"),
        ("12 rue de la Paix", "[ADDRESS]"),
    ],
)
def test_what_is_masked(text: str, expected: str) -> None:
    assert shown(text, places(text)) == expected


@pytest.mark.parametrize("text", ["20 minutes drive", "by Friday 3 May", "on 12/05/2024", "it takes 5 working days"])
def test_what_stays(text: str) -> None:
    assert list(places(text)) == []
