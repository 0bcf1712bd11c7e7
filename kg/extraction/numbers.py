"""A text -> the numbers in it that could say how something did."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

_DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,9})(?:\.\d{1,9})?"
_UNIT = (
    r"\s?(?:\\?%p?|％|퍼센트|pp\b)(?:[\s-]?(?:percentage[\s-])?(?:points?|포인트))?"
    r"|[\s-](?:absolute |relative )?(?:percentage |percent )?points?\b|[\s-]?percent(?:age points?)?\b"
    r"|\s?점(?!수)|\s?포인트|\s?배(?![가-힣]*포|경|치)"
    r"|\s?\\?times(?![a-z])|[x×](?![\w×])|\s[x×](?=\s[a-z])|\s?-?fold\b"
)
_NUMBER = re.compile(
    rf"(?P<sign>(?<!-)[<>]|[+~≈≥≤±−-]|)\s?(?P<low>{_DIGITS})(?P<unit>{_UNIT})?"
    rf"(?:(?P<bridge>\s?(?:[-–—~∼]|to|에서)\s?\+?)(?P<high>{_DIGITS})(?P<unit2>{_UNIT})?)?"
)
_DIGIT = re.compile(r"\d")
_AHEAD = 2  # a sign and a blank may stand before the first digit
_GLUED = re.compile(r"[\w.,@#$€£₩^_/\\*'’-]$")
_HANGUL = re.compile(r"[가-힣]")
_TAIL = re.compile(r"[A-Za-z0-9_^/°$@]|-[A-Za-z]|\.\d|:\d|\s?[×x*]\s?\d|⁻|\s?(?:GB|MB|TB|[KMBT])\b")
_COUNTED = re.compile(
    r"\s?(?:개|명|년|월|일|시간|분(?!의|야|류|석)|초(?!과|기)|장(?!에)|단계|가지|번|억|만|조|천|백만|차원|층|종|쌍|건|회|비트|토큰"
    r"|프레임|샷|세대|위|차|대|픽셀|줄|편|문제|주|샘플|페이지|호|행|달러|파라미터|매개변수|이터레이션|에포크)"
    r"|[\s-](?:billion|million|thousand|trillion|hundred|bits?|shots?|steps?|tokens?|samples?|frames?|hours?"
    r"|days?|seconds?|minutes?|parameters?|params|GPUs?|layers?|images?|videos?|examples?|epochs?|iterations?"
    r"|languages?|pixels?|k\b)"
)
_LABELLED = re.compile(
    r"(?:\b(?:v|version|stage|phase|step|figure|fig\.|table|section|sec\.|appendix|chapter|top|layer|level|rank"
    r"|seed|et al\.,?|in|since|until|by|year|questions?|part|algorithm|equation|eq\.|type|round)"
    r"|제|단계|[\[(])\s?$",
    re.IGNORECASE,
)
_ONWARD = re.compile(r"\s?(?:으로|로|까지|점으로|점까지|포인트까지)")


class Number(msgspec.Struct, frozen=True):
    """One number: ``raw`` stands at ``[start:end]``; ``high`` closes a range; ``signed``: it has a sign."""

    start: int
    end: int
    raw: str
    value: Decimal
    unit: str | None = None
    high: Decimal | None = None
    hedge: str = ""
    signed: bool = False

    @property
    def bare(self) -> bool:
        """Whether it is a whole number without unit or sign: the kind that mostly counts things."""
        return self.unit is None and "." not in self.raw and not self.signed


def find_numbers(text: str, names: Iterable[tuple[int, int]] = ()) -> tuple[Number, ...]:
    """Find the numbers that could be results, in order.

    Numbers inside names (``GPT-4``, ``top-5``, ``pass@1``, ``3D``), years, sizes, counts of things, money,
    resolutions, citations and section numbers are left out.

    Args:
        text: any text.
        names: spans of ``text`` that are names; a number inside one belongs to the name.

    >>> [(str(n.value), n.unit) for n in find_numbers("79.8% on AIME 2024, 3.2점 향상, 2배 빠른, a 7B model")]
    [('79.8', '%'), ('3.2', 'points'), ('2', 'x')]
    """
    taken = {at for start, end in names for at in range(start, end)}
    found, at = [], 0
    while (digit := _DIGIT.search(text, at)) and (match := _NUMBER.search(text, _before(digit, at))):
        number, at = _read(text, match, taken)
        if number is not None:
            found.append(number)
    return tuple(found)


def _before(digit: re.Match[str], at: int) -> int:
    """Where a number may begin whose first digit this is."""
    return max(at, digit.start() - _AHEAD)


def _read(text: str, match: re.Match[str], taken: set[int]) -> tuple[Number | None, int]:
    """The number that a match holds, if it is one for us, and where to go on looking."""
    if match.start("low") in taken or not _is_free(text, match):
        return None, match.end("low")
    if match["high"] and match.start("high") not in taken and _is_range(text, match):
        if not _rises(match):
            return None, match.end()  # 5-3 is a score of a match, an alignment, anything but a range
        number = _number(text, match, match.end(), match["unit2"] or match["unit"], match["high"])
    else:
        end = match.end("unit") if match["unit"] else match.end("low")
        number = _number(text, match, end, match["unit"], None)
    return (number if _is_result(text, number) else None), number.end


def _is_free(text: str, match: re.Match[str]) -> bool:
    """Whether the digits begin here, and are no tail of a word or of another number."""
    before = text[max(0, match.start() - 1) : match.start()]
    if match["sign"] == "±":
        return False
    if match["sign"] == "+":
        return not before.isalnum()
    if match["sign"] or match.start("low") > match.start():
        return not (match["sign"] in ("-", "−") and bool(_GLUED.search(before)))
    return not _GLUED.search(before) or bool(_HANGUL.match(before))


def _is_range(text: str, match: re.Match[str]) -> bool:
    bridge = match["bridge"].strip(" +")
    if bridge in ("to", "에서") and not _rises(match):
        return False  # 95.07% to 94.92% is a fall
    if bridge == "to":
        return "from" not in text[max(0, match.start() - 24) : match.start()]
    return bridge != "에서" or not _ONWARD.match(text, match.end())


def _rises(match: re.Match[str]) -> bool:
    return Decimal(match["low"].replace(",", "")) < Decimal(match["high"].replace(",", ""))


def _is_result(text: str, number: Number) -> bool:
    if number.unit:
        return not (number.unit == "x" and re.match(r"\s?\d", text[number.end : number.end + 2]))
    if number.high is not None and number.bare:
        return False
    if _TAIL.match(text, number.end) or _COUNTED.match(text, number.end):
        return False
    if "." in number.raw:
        return True
    year = len(number.raw) == 4 and number.raw[:2] in ("19", "20")
    before = text[max(0, number.start - 16) : number.start]
    return not year and not re.search(r"[×x*]\s?$", before) and not _LABELLED.search(before)


def _number(text: str, match: re.Match[str], end: int, unit: str | None, high: str | None) -> Number:
    start = match.start() + (len(match[0]) - len(match[0].lstrip()))
    sign = match["sign"]
    return Number(
        start=start,
        end=end,
        raw=text[start:end],
        value=Decimal(match["low"].replace(",", "")),
        unit=_unit(unit),
        high=None if high is None else Decimal(high.replace(",", "")),
        hedge=sign if sign in "~<>≈≥≤" else "",
        signed=sign in ("+", "-", "−"),
    )


def _unit(written: str | None) -> str | None:
    if written is None:
        return None
    if re.search(r"[%％]|퍼센트|percent|pp", written):
        return "%"
    return "points" if re.search(r"점|point|포인트", written) else "x"
