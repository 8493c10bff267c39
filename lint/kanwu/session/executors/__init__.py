"""Who runs a function over shards: this process, several of this machine (`workers`), or a cluster (`on_ray`).

`choosing` has the interface and says which; `deaths` is what all of them do when a worker dies.
"""
