"""What a code says is genuine or it is refused: not one bit of it may be another."""

import base64
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from bot.features.certificates.errors import Forged, NoCertificate, NotVerified
from bot.features.certificates.signing import Statement, signed_text, verified
from bot.features.hours.rules import Totals

KEY = Ed25519PrivateKey.generate()
STATEMENT = Statement(
    number="2024-06-0017",
    month="2024-06",
    totals=Totals(signed=750, confirmed=120, added=45),
    issuer="宿城区精神文明建设指导委员会办公室",
    replaces="2024-06-0012",
)
TEXT = signed_text(STATEMENT, KEY.sign)


def test_a_genuine_one_says_what_was_signed() -> None:
    assert verified(TEXT, KEY.public_key()) == STATEMENT
    assert verified(f"  {TEXT[:40]}\n{TEXT[40:]}  ", KEY.public_key()) == STATEMENT


def test_it_reveals_number_month_hours_issuer_and_nothing_else() -> None:
    contents = TEXT.split(".")[1]
    plain = base64.urlsafe_b64decode(contents + "=" * (-len(contents) % 4))
    assert json.loads(plain) == {
        "n": "2024-06-0017",
        "m": "2024-06",
        "s": 750,
        "c": 120,
        "a": 45,
        "i": "宿城区精神文明建设指导委员会办公室",
        "r": "2024-06-0012",
    }


@given(at=st.integers(0, len(TEXT) - 1), bit=st.integers(0, 6))
def test_a_changed_bit_is_refused(at: int, bit: int) -> None:
    changed = TEXT[:at] + chr(ord(TEXT[at]) ^ 1 << bit) + TEXT[at + 1 :]
    if "".join(changed.split()) != TEXT:
        with pytest.raises(NotVerified):
            verified(changed, KEY.public_key())


@given(st.text() | st.from_regex(r"WM1\.[A-Za-z0-9_-]{0,40}\.[A-Za-z0-9_-]{0,90}", fullmatch=True))
def test_anything_else_is_refused_and_breaks_nothing(text: str) -> None:
    with pytest.raises(NotVerified):
        verified(text, KEY.public_key())


def test_another_installation_s_certificate_is_refused() -> None:
    with pytest.raises(Forged):
        verified(TEXT, Ed25519PrivateKey.generate().public_key())


def test_a_signature_under_other_contents_is_refused() -> None:
    more = signed_text(
        Statement("2024-06-0017", "2024-06", Totals(signed=9999), STATEMENT.issuer), KEY.sign
    )
    head, contents, _ = more.split(".")
    with pytest.raises(Forged):
        verified(".".join([head, contents, TEXT.split(".")[2]]), KEY.public_key())


@pytest.mark.parametrize(
    "contents",
    [
        b"{}",
        b"[]",
        b"null",
        b"not json",
        b'{"n":"x","m":"2024-06","s":1,"c":0,"a":0,"i":"x"}',
        b'{"n":"2024-06-0001","m":"2024-06","s":-1,"c":0,"a":0,"i":"x"}',
        b'{"n":"2024-06-0001","m":"2024-06","s":true,"c":0,"a":0,"i":"x"}',
        b'{"n":"2024-06-0001","m":"2024-06","s":1.5,"c":0,"a":0,"i":"x"}',
    ],
)
def test_even_what_is_signed_must_be_a_certificate(contents: bytes) -> None:
    def packed(content: bytes) -> str:
        return base64.urlsafe_b64encode(content).decode().rstrip("=")

    signed = f"WM1.{packed(contents)}"
    text = f"{signed}.{packed(KEY.sign(signed.encode()))}"
    with pytest.raises(NoCertificate):
        verified(text, KEY.public_key())
