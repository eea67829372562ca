"""The quality table Q1–Q9 on labelled data, beside the rules and models that people would use instead."""
