"""Pure functions from values to values: tags, opportunities, replies, scores and findings, every point traceable to evidence."""
