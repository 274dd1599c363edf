"""Figures and conversations → pictures as inline SVG, drawn by Vega in the extra `[report]`.

A picture holds no script, style or link, and takes its colours from the page's own (`var(--met)`), so that it follows
dark and light. Every picture has its figures in a table or in the transcript as well; a label says what it shows.
"""
