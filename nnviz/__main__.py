"""Run the command line: ``python -m nnviz``."""

from nnviz.cli import main

main(prog_name="nnviz")
