"""Segments: papers turned into arrays, in files that are written once and read through a map."""
