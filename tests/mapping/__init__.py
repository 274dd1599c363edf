"""Mirrors empathy_audit/mapping."""
