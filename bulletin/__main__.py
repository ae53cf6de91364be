"""`python -m bulletin` is the same program as `bulletin`."""

from bulletin.cli import main

main()
