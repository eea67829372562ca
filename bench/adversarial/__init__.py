"""The adversarial corpus `datasets/adversarial`: what a matcher makes of a target among distractors."""
