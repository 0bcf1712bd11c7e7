"""Every rule of the rule files finds its examples and leaves its counter-examples alone."""

from __future__ import annotations

import pytest

from kg.extraction.cues import NUMBERS, cues, cues_of
from kg.extraction.settings import setting_of, settings
from tests.marked import read_marked

ACTORS = ("compared", "object", "agent", "acting", "improved", "changing", "attached")
NUMBER_CUES = [cue for name in NUMBERS for cue in cues(name)]
NAME_CUES = [*cues("comparisons"), *(cue for table in ACTORS for cue in cues("actors", table))]


def surrounds(cue, example):
    place = read_marked(example).meant()
    return place is not None and cue.surrounds(place[0].text, place[1].at)


@pytest.mark.parametrize("cue", NUMBER_CUES, ids=lambda cue: cue.id)
def test_a_cue_leaves_its_counter_examples_alone(cue):
    for example in cue.ignores:
        place = read_marked(example).meant()
        assert place is None or not cue.fits(*place), example


@pytest.mark.parametrize("cue", NUMBER_CUES, ids=lambda cue: cue.id)
def test_a_cue_is_the_first_to_find_its_examples(cue):
    assert cue.finds
    for example in cue.finds:
        place = read_marked(example).meant()
        assert place is not None, example
        found = cues_of(*place)
        assert cue in found, example
        assert found[0].role == cue.role, (example, found[0].id)


@pytest.mark.parametrize("cue", NAME_CUES, ids=lambda cue: cue.id)
def test_a_wording_finds_its_examples_and_no_counter_example(cue):
    assert all(surrounds(cue, example) for example in cue.finds), cue.finds
    unwanted = [example for example in cue.ignores if surrounds(cue, example)]
    assert not unwanted or cue.id == "beats.verb", unwanted  # a denied wording is taken back later


@pytest.mark.parametrize("setting", settings(), ids=lambda s: f"{s.label} {s.finds[0]}")
def test_a_setting_is_read_from_its_examples_alone(setting):
    def read(example):
        frame, atom = read_marked(example).meant()
        return list(setting.read(frame.text[: atom.at], frame.text[atom.at + 1 :]))

    assert all(read(example) for example in setting.finds)
    assert not any(read(example) for example in setting.ignores)


def test_ids_are_told_apart():
    ids = [cue.id for cue in (*NUMBER_CUES, *NAME_CUES)]
    assert len(ids) == len(set(ids))


def test_a_setting_names_what_hedges_and_limits_a_number():
    frame, atom = read_marked("It gains up to {12%} on average in the 5-shot setting.").meant()
    assert setting_of(frame, atom) == "up to; average; 5-shot"


def test_a_sign_before_a_number_is_a_setting():
    frame, atom = read_marked("with {>58%} of them solved").meant()
    assert setting_of(frame, atom, atom.number.hedge) == "over"
