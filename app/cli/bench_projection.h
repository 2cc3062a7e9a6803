// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/App.hpp>

#include "app/cli/commands.h"

namespace lexarium::cli {

/// `bench projection`: time and quality of t-SNE, UMAP, exact neighbours and k-means on word vectors, in turn
/// with scikit-learn and umap-learn where a python3 has them. All on one thread, and all maps judged by the
/// same code.
void addProjectionBench(CLI::App& bench, Action& action);

}  // namespace lexarium::cli
