// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/commands.h"

namespace lexarium::cli {

/// `bench sequence`: language models of six sizes, training and generating, in turn with PyTorch.
void addSequenceBench(CLI::App& bench, Action& action);

}  // namespace lexarium::cli
