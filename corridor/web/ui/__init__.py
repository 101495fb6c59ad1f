"""What the pages are drawn with: states, days, numbers, charts, the map. Python only; no request, no database."""
