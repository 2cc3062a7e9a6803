// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/pca.h"
#include "core/projection/projection.h"
#include "core/projection/tsne.h"
#include "core/projection/umap.h"

namespace lexarium {

std::span<const ProjectionInfo> projections() {
  static const ProjectionInfo all[] = {pcaInfo(), tsneInfo(), umapInfo()};
  return all;
}

const ProjectionInfo* findProjection(std::string_view id) {
  for (const ProjectionInfo& info : projections()) {
    if (info.id == id) return &info;
  }
  return nullptr;
}

}  // namespace lexarium
