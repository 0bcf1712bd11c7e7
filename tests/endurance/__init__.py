"""Long runs that the gate makes short: ``python -m tests.endurance fuzz`` and ``... crash``."""
