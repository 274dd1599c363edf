"""`lint` over many files: what was found in each, from the cache where nothing changed; then what settings, waivers and the baseline leave."""
