"""Learned labels of segments: features, model, loading by hash and training. Linear, so that every probability is a sum of words with weights."""
