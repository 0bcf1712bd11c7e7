"""Long runs, short or left out in the gate: ``python -m tests.endurance crash|fuzz|mutate|load``."""
