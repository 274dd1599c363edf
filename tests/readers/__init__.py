"""Mirrors empathy_audit/readers."""
