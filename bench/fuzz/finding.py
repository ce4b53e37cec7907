"""What a fuzzer is for."""


class Finding(Exception):
    """What should not be: the input came to something other than a result or a sentence."""
