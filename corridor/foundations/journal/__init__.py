"""
What devices did while nobody was listening: events that are kept as they came, and what in them waits for somebody's decision.

The journal knows kinds and keys, never what they mean: the journey ``apply_device_events`` hands each event to the action of its room.
"""
