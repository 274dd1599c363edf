"""Rubrics: YAML → `Rubric`, with file, line, column and a hint in every complaint; knows where the shipped ones are."""

from empathy_audit.rubric.json_schema import json_schema
from empathy_audit.rubric.load import load
from empathy_audit.rubric.starter import starter
from empathy_audit.shipped import shipped

__all__ = ["json_schema", "load", "shipped", "starter"]
