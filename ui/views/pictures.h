// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "ui/plot/plot_export.h"

namespace lexarium {

/// A view of which a report shows the pictures.
class HasPictures {
 public:
  virtual ~HasPictures() = default;
  /// Of what the view has drawn last, if that is still what is shown; none: there is nothing to see.
  virtual std::vector<PlotSource> pictures() = 0;
};

}  // namespace lexarium
