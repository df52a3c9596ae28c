"""stub"""

DIGITS_FILE = None


def load_digits():
    raise SystemExit("stub")
