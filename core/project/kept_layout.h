// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "core/project/project.h"
#include "core/projection/projection.h"

namespace lexarium {

/// A map of a run as it was left: so that it looks the same when the project is opened again.
struct KeptLayout {
  std::uint64_t step = 0;
  std::string method;  ///< id of the projection
  ParamSet params;     ///< that it was made with
  std::uint64_t iteration = 0;
  bool converged = false;
  Layout places = Layout(2, 0);  ///< [2 x words]
};

/// Into the project, in place of the run's layout of before.
Expected<void> keepLayout(Project& project, RecordId run, const KeptLayout& layout);
/// The run's layout; nullopt: there is none (that this program knows). Errors: it cannot be read, it is not
/// of the shape that it declares, a place is not a number.
Expected<std::optional<KeptLayout>> readKeptLayout(const Project& project, RecordId run);

}  // namespace lexarium
