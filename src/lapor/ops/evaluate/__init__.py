"""Measuring on real data: each module of `measures` has `measure(data)`, which yields rows, and is found by itself."""
