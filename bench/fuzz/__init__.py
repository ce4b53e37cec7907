"""`python -m bench fuzz [--seconds N] [--seed S] [--only TARGET]`: inputs that nobody expects.

Each input has a number and is made of that and the seed alone, so `--seed S --from N --count 1` makes it
again. What is checked: `targets.py`. An input that ends in anything but a result or a sentence is printed
with its number; the exit code says whether there was one.
"""
