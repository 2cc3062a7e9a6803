// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes, loaded as a trained model of any kind: an Error, or a model that reads, says, loses its heads
// and is saved and loaded again, never a crash.
#include <cstdint>
#include <cstdlib>
#include <span>

#include "core/formats/safetensors.h"
#include "core/models/trained_model.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span bytes(reinterpret_cast<const std::byte*>(data), size);
  const auto read = lexarium::readSafetensors(bytes, "fuzz");
  if (!read) return 0;
  const auto model = lexarium::loadTrainedModel(*read);
  if (!model) {
    if (model.error().what.empty()) std::abort();
    return 0;
  }
  const lexarium::Reading reading{"1 2", "2", {"3"}};
  (void)(*model)->look(reading);
  if (const auto heads = (*model)->heads(); !heads.empty()) {
    const auto without = (*model)->without(std::span(heads).first(1));
    if (!without) std::abort();
    (void)without->look(reading);
  }
  if (!lexarium::loadTrainedModel((*model)->save())) std::abort();
  return 0;
}
