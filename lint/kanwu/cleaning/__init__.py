"""Cleaning: a repaired copy of datasets and files, made shard by shard, with a record of every change.

`shards` cleans a shard and leaves what came of it in the run folder as a piece; `copies` finds rows that say
what others say; `assembly` puts the pieces together; `folder` is the folder of the output; `running` is a run.
"""
