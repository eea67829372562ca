"""What a join over shards costs: the constants of docs/distributed.md, measured."""
