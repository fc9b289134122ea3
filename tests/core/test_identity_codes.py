"""An identity code is found however it was typed; what only looks like one is let through."""

import pytest

from kudelma.core.identity_codes import holds_identity_code

WRITTEN = ["131052-308T", "010100A123N", "311299+9999", "131052 - 308T", "010594Y9032", "131052-308 T"]
SPREAD = [
    "131052\u2013308T", "131052\u2011308T", "131052\u2212308T", "131052\u00a0-\u00a0308T", "131052-3\u200b08T",
    "131052\u00ad-308T", "131052-\n308T", "131052_308T", "13.10.52-308T", "13.10.1952-308T", "13 10 52 308T",
    "131052308T", "\uff11\uff13\uff11\uff10\uff15\uff12\uff0d\uff13\uff10\uff18\uff34",
]  # fmt: skip


@pytest.mark.parametrize("code", [*WRITTEN, *SPREAD])
def test_a_code_is_found_in_a_sentence(code):
    assert holds_identity_code(f"Tunnus on {code}, kiitos.")


@pytest.mark.parametrize(
    "text",
    [
        "2026-0142", "040 123 4567", "0401124567", "klo 10.30-11.45", "991399-123A", "12.11.-13.11.",
        "24.11.2026 - 1430", "24.11.2026 klo 13.00", "13.10.1952-308S", "131052308S", "1310521308T",
    ],
)  # fmt: skip
def test_what_only_looks_like_one_is_let_through(text):
    assert not holds_identity_code(text)
