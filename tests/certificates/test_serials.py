"""Serials: not to be guessed, and read however they were typed."""

import pytest

from gtn_events.certificates.serials import TypedSerial, make_serial, read_serial

KEY = "a key for tests only"


def test_a_serial_is_prefix_number_and_six_check_letters() -> None:
    serial = make_serial("P13", 412, secret_key=KEY)

    prefix, number, check = serial.split("-")
    assert (prefix, number, len(check)) == ("P13", "000412", 6)
    assert set(check) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


def test_the_check_letters_depend_on_the_key_the_prefix_and_the_number() -> None:
    serials = {
        make_serial("P13", 412, secret_key=KEY)[-6:],
        make_serial("P13", 413, secret_key=KEY)[-6:],
        make_serial("P14", 412, secret_key=KEY)[-6:],
        make_serial("P13", 412, secret_key="another")[-6:],
    }

    assert len(serials) == 4


@pytest.mark.parametrize(
    "typed",
    [
        "P13-000412-7KXQM0",
        "p13-000412-7kxqm0",
        " P13 000412 7KXQM0 ",
        "P13000412 7KXQM0",
        "PI3-OOO4L2-7KXQMO",
        "P13–000412–7KXQM0",
        "https://gtn.example/verify/P13-000412-7KXQM0",
        "https://gtn.example/verify/P13-000412-7KXQM0/",
    ],
)
def test_a_serial_is_understood_in_any_spelling(typed: str) -> None:
    assert read_serial(typed) == TypedSerial("P13", 412, "7KXQM0")


@pytest.mark.parametrize(
    "typed", ["", "P13", "P13-412-7KXQM2", "000412-7KXQM2", "สิริพร", "P13-00041X-7KXQM2", "-" * 300]
)
def test_what_cannot_be_a_serial_is_none(typed: str) -> None:
    assert read_serial(typed) is None
