"""The words of the domain as frozen values: transcript, rubric, audit. No input or output; standard library only."""
