"""Long runs that the gate makes short or leaves out: ``python -m tests.endurance fuzz|crash|mutate``."""
