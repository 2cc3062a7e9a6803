#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes projection_golden.json: what scikit-learn and umap-learn make of a few points.

Debian packages python3-sklearn (1.2.1) and umap-learn (0.5.3); run with /usr/bin/python3 in this folder.
"""
import json

import numpy as np
import umap.umap_ as umap
from sklearn.cluster import KMeans
from sklearn.manifold import trustworthiness
from sklearn.manifold._t_sne import _joint_probabilities, _kl_divergence
from sklearn.metrics import pairwise_distances

rng = np.random.RandomState(3)
n, dimensions, perplexity, neighbours = 40, 6, 8.0, 10
# Single precision, rounded, so that the text holds the very numbers.
points = np.round(rng.randn(n, dimensions) + 3 * rng.randn(4, dimensions)[np.arange(n) % 4], 4).astype(np.float32)
layout = np.round(2 * rng.randn(n, 2), 4).astype(np.float32)

squared = pairwise_distances(points, metric="euclidean", squared=True)
joint = _joint_probabilities(squared, perplexity, 0)  # condensed, sums to 1/2 per half
kl, gradient = _kl_divergence(layout.astype(np.float64).ravel(), joint, 1, n, 2)

distances = np.sqrt(np.sort(squared, axis=1)[:, :neighbours])  # the point itself is the first, as in umap-learn
order = np.argsort(squared, axis=1, kind="stable")[:, :neighbours]
sigmas, rhos = umap.smooth_knn_dist(distances.astype(np.float32), float(neighbours))
graph = umap.fuzzy_simplicial_set(points, neighbours, np.random.RandomState(1), "euclidean", knn_indices=order,
                                  knn_dists=distances.astype(np.float32))[0].toarray()
curves = [[d, s, *map(float, umap.find_ab_params(s, d))] for d, s in [(0.1, 1.0), (0.0, 1.0), (0.5, 1.0), (0.99, 1.0),
                                                                     (0.1, 2.0), (0.25, 0.5)]]
kmeans = KMeans(4, n_init=20, random_state=1).fit(points.astype(np.float64))

golden = {
    "points": points.tolist(), "layout": layout.tolist(), "perplexity": perplexity, "neighbours": neighbours,
    "joint": joint.tolist(), "kl": float(kl), "gradient": gradient.reshape(n, 2).tolist(),
    "umap_sigmas": sigmas.tolist(), "umap_rhos": rhos.tolist(), "umap_graph": graph.tolist(), "umap_curves": curves,
    "trustworthiness": float(trustworthiness(points, layout, n_neighbors=12)),
    "kmeans_inertia": float(kmeans.inertia_), "kmeans_labels": kmeans.labels_.tolist(),
}


def rounded(value):
    if isinstance(value, float):
        return float("%.7g" % value)
    return [rounded(item) for item in value] if isinstance(value, list) else value


with open("projection_golden.json", "w") as out:
    json.dump({key: rounded(value) for key, value in golden.items()}, out, separators=(",", ":"))
    out.write("\n")
