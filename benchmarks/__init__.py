"""What the README's figures come from: each a program that anyone can run.

Machines are noisy: a figure is taken beside another in the same run, and given as a ratio.
"""
