"""The room that knows language: folding, segments, patterns, guards, and spaCy where a rubric needs it."""
