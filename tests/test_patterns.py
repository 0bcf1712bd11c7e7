"""Every rule finds its own examples and leaves its counter-examples alone."""

from __future__ import annotations

import pytest

from kg.language import lower
from kg.patterns import Phrase, Slot, SlotFinder, phrases, slots

SLOTS = [slot for name in ("roles", "introductions") for slot in slots(name)]
PHRASES = [phrase for name in ("claims", "shapes") for phrase in phrases(name)]


def fits(slot: Slot, example: str) -> bool:
    before, name, after = example.replace("»", "«").split("«")
    found = SlotFinder([slot]).find(lower(before + name + after), len(before), len(before) + len(name))
    return found == [slot.id]


@pytest.mark.parametrize("slot", SLOTS, ids=lambda slot: slot.id)
def test_a_slot_ignores_its_counter_examples_and_finds_its_examples(slot: Slot) -> None:
    assert [e for e in slot.ignores if fits(slot, e)] == []
    assert [e for e in slot.finds if not fits(slot, e)] == []
    assert slot.finds
    assert slot.ignores


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.id)
def test_a_phrase_ignores_its_counter_examples_and_finds_its_examples(phrase: Phrase) -> None:
    assert [e for e in phrase.ignores if phrase.pattern.search(lower(e))] == []
    assert [e for e in phrase.finds if not phrase.pattern.search(lower(e))] == []
    assert phrase.finds
    assert phrase.ignores


def test_ids_are_unique() -> None:
    ids = [slot.id for slot in SLOTS] + [phrase.id for phrase in PHRASES]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("slot", SLOTS, ids=lambda slot: slot.id)
@pytest.mark.parametrize(
    "noise", ["a" * 50_000, "a " * 25_000, "a, " * 17_000, "(" * 50_000, "1 " * 25_000, "3에서 가, " * 7_000]
)
def test_a_slot_reads_hostile_text_quickly(slot: Slot, noise: str) -> None:
    middle = len(noise) // 2
    SlotFinder([slot]).find(noise, middle, middle + 1)
