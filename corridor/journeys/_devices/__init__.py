"""What devices of assessors say, read and handed to the room of assessment. Journeys alone ask here."""
