"""How everything here is measured: calls taken in turn, medians with their spread, and the machine they ran on."""
