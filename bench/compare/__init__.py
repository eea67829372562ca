"""Another revision built beside this one, both measured in turn: is this one slower than noise explains?"""
