// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/kept_layout.h"

#include <charconv>

namespace lexarium {
namespace {

constexpr const char* kPlaces = "places";
constexpr const char* kIteration = "iteration";
constexpr const char* kConverged = "converged";

TensorSet toTensors(const KeptLayout& layout) {
  TensorSet set;
  set.tensors[kPlaces] =
      makeTensor<float>({layout.places.data(), static_cast<std::size_t>(layout.places.size())},
                        {static_cast<std::uint64_t>(layout.places.cols()), std::uint64_t{2}});
  set.metadata[kIteration] = std::to_string(layout.iteration);
  set.metadata[kConverged] = layout.converged ? "yes" : "no";
  return set;
}

Expected<KeptLayout> fromTensors(const TensorSet& set, const LayoutRecord& record) {
  KeptLayout layout{record.step, record.method, record.params, 0, false, Layout(2, 0)};
  const auto found = set.tensors.find(kPlaces);
  const std::vector<std::uint64_t> shape{record.words, 2};
  // Before anything is allocated for what the record says.
  if (found->second.shape != shape || found->second.bytes.size() / (2 * sizeof(float)) != record.words)
    return makeError("The layout is not of the shape that it declares");
  layout.places.resize(2, static_cast<Eigen::Index>(record.words));
  const auto read = readTensor<float>(set, kPlaces, shape,
                                      {layout.places.data(), static_cast<std::size_t>(layout.places.size())});
  if (!read) return tl::unexpected<Error>(read.error());
  if (!layout.places.allFinite()) return makeError("A place of the layout is not a number");
  if (const auto text = set.metadata.find(kIteration); text != set.metadata.end())
    std::from_chars(text->second.data(), text->second.data() + text->second.size(), layout.iteration);
  const auto converged = set.metadata.find(kConverged);
  layout.converged = converged != set.metadata.end() && converged->second == "yes";
  return layout;
}

}  // namespace

Expected<void> keepLayout(Project& project, RecordId run, const KeptLayout& layout) {
  return project.together([&]() -> Expected<void> {
    const auto before = project.layouts(run);
    if (!before) return tl::unexpected<Error>(before.error());
    for (const LayoutRecord& record : *before)
      if (auto done = project.removeLayout(record.id); !done) return done;
    LayoutRecord record;
    record.run = run;
    record.step = layout.step;
    record.method = layout.method;
    record.params = layout.params;
    record.words = static_cast<std::uint64_t>(layout.places.cols());
    const auto added = project.addLayout(std::move(record), toTensors(layout));
    return added ? Expected<void>() : tl::unexpected<Error>(added.error());
  });
}

Expected<std::optional<KeptLayout>> readKeptLayout(const Project& project, RecordId run) {
  const auto records = project.layouts(run);
  if (!records) return tl::unexpected<Error>(records.error());
  if (records->empty()) return std::nullopt;
  const auto set = project.readLayout(records->back().id);
  if (!set) return tl::unexpected<Error>(set.error());
  if (!set->tensors.contains(kPlaces)) return std::nullopt;  // something else
  auto layout = fromTensors(*set, records->back());
  if (!layout) return tl::unexpected<Error>(layout.error());
  return std::optional(std::move(*layout));
}

}  // namespace lexarium
