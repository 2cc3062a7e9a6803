// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/attention_sheet.h"

#include <algorithm>

#include "core/models/sequence_model.h"
#include "ui/widgets/choice_bars.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

using Kind = AttentionChoice::Kind;

// That which says most about what a model does stands first.
const char* const kParts[] = {"cross", "pooling", "memory", "self", "encoder", "decoder"};
constexpr int kCodeBase = 1000;
constexpr std::size_t kLettersSaid = 60, kWordsSaid = 16;

}  // namespace

int AttentionChoice::code() const {
  return (static_cast<int>(kind) * kCodeBase + static_cast<int>(layer)) * kCodeBase + static_cast<int>(head);
}

AttentionChoice AttentionChoice::fromCode(int code) {
  const int kind = std::clamp(code / kCodeBase / kCodeBase, 0, static_cast<int>(Kind::AllMost));
  return {static_cast<Kind>(kind), static_cast<std::size_t>(std::max(0, code / kCodeBase % kCodeBase)),
          static_cast<std::size_t>(std::max(0, code % kCodeBase))};
}

std::string saidAbout(const TrainedModel& model, const Reading& reading, const AttentionTrace& trace,
                      const StopToken& stop) {
  const auto* language = dynamic_cast<const SequenceModel*>(&model);
  if (!language) return trace.outputText;
  SampleRequest request;
  request.prompt = reading.input;
  request.tokens = language->tokenizer()->kind() == Tokenizer::Kind::Characters ? kLettersSaid : kWordsSaid;
  request.sampling.greedy = true;
  const TextSample sample = speak(*language, request, stop);
  return sample.text.substr(std::min(sample.promptBytes, sample.text.size()));
}

std::shared_ptr<const Matrix> attentionRows(const Eigen::MatrixXf& weights) {
  return std::make_shared<const Matrix>(weights.transpose().cast<Real>());
}

std::vector<std::string> AttentionSheet::parts() const {
  std::vector<std::string> parts;
  const auto add = [&](const std::string& part) {
    const bool there = std::any_of(trace_.heads.begin(), trace_.heads.end(),
                                   [&](const AttentionHead& head) { return head.place.part == part; });
    if (there && std::find(parts.begin(), parts.end(), part) == parts.end()) parts.push_back(part);
  };
  for (const char* part : kParts) add(part);
  for (const AttentionHead& head : trace_.heads) add(head.place.part);
  return parts;
}

std::vector<const AttentionHead*> AttentionSheet::headsOf(const std::string& part) const {
  std::vector<const AttentionHead*> heads;
  for (const AttentionHead& head : trace_.heads)
    if (head.place.part == part) heads.push_back(&head);
  std::stable_sort(heads.begin(), heads.end(),
                   [](const auto* a, const auto* b) { return a->place < b->place; });
  return heads;
}

std::vector<AttentionChoice> AttentionSheet::choices(const std::string& part) const {
  const auto heads = headsOf(part);
  std::vector<AttentionChoice> choices;
  for (const AttentionHead* head : heads)
    choices.push_back({Kind::Head, head->place.layer, head->place.head});
  if (heads.size() < 2) return choices;
  std::vector<std::size_t> layers;
  for (const AttentionHead* head : heads)
    if (layers.empty() || layers.back() != head->place.layer) layers.push_back(head->place.layer);
  if (layers.size() < heads.size() && layers.size() > 1) {
    for (const Kind kind : {Kind::LayerMean, Kind::LayerMost})
      for (const std::size_t layer : layers) choices.push_back({kind, layer, 0});
  }
  choices.push_back({Kind::AllMean, 0, 0});
  choices.push_back({Kind::AllMost, 0, 0});
  return choices;
}

std::optional<AttentionChoice> AttentionSheet::nearest(const std::string& part,
                                                       const AttentionChoice& wanted) const {
  const auto there = choices(part);
  if (there.empty()) return std::nullopt;
  return std::find(there.begin(), there.end(), wanted) != there.end() ? wanted : there.front();
}

std::vector<const AttentionHead*> AttentionSheet::headsOf(const std::string& part,
                                                          const AttentionChoice& choice) const {
  std::vector<const AttentionHead*> heads;
  for (const AttentionHead* head : headsOf(part)) {
    const bool layer =
        choice.kind == Kind::AllMean || choice.kind == Kind::AllMost || head->place.layer == choice.layer;
    if (layer && (choice.kind != Kind::Head || head->place.head == choice.head)) heads.push_back(head);
  }
  return heads;
}

Eigen::MatrixXf AttentionSheet::weights(const std::string& part, const AttentionChoice& choice) const {
  std::vector<const Eigen::MatrixXf*> matrices;
  for (const AttentionHead* head : headsOf(part, choice)) matrices.push_back(&head->weights);
  const bool most = choice.kind == Kind::LayerMost || choice.kind == Kind::AllMost;
  return headsTogether(matrices, most ? HeadsTogether::Most : HeadsTogether::Mean);
}

HeatmapData AttentionSheet::heatmap(const std::string& part, const AttentionChoice& choice,
                                    bool perRow) const {
  const Eigen::MatrixXf matrix = weights(part, choice);
  HeatmapData data;
  if (matrix.size() == 0) return data;
  data.values = attentionRows(matrix);
  data.rows = names(queries(part));
  data.columns = names(keys(part));
  data.range = {{0.0, 1.0}};
  data.perRow = perRow;
  // The only head of its part needs no number.
  if (headsOf(part).size() == 1) {
    data.title = partTitle(part);
  } else {
    data.title = parts().size() > 1 ? partTitle(part) + QStringLiteral(": ") + title(choice) : title(choice);
  }
  data.rowTitle = axisTitle(queries(part), false);
  data.columnTitle = axisTitle(keys(part), true);
  data.legendTitle = perRow ? tr("Weight, share of the row's largest") : tr("Attention weight");
  return data;
}

std::vector<QString> AttentionSheet::names(AttentionAxis axis) const {
  std::vector<QString> names;
  if (axis == AttentionAxis::Whole) names.push_back(tr("The whole text"));
  if (axis == AttentionAxis::Input)
    for (const PlacedToken& token : trace_.input) names.push_back(visibleToken(toQString(token.label)));
  if (axis == AttentionAxis::Output)
    for (const PlacedToken& token : trace_.output) names.push_back(visibleToken(toQString(token.label)));
  if (axis == AttentionAxis::Hops) {
    std::size_t hops = 0;
    for (const AttentionHead& head : trace_.heads)
      if (head.queries == AttentionAxis::Hops)
        hops = std::max(hops, static_cast<std::size_t>(head.weights.cols()));
    for (std::size_t hop = 0; hop < hops; ++hop) names.push_back(tr("Look %1").arg(hop + 1));
  }
  return names;
}

AttentionAxis AttentionSheet::keys(const std::string& part) const {
  const auto heads = headsOf(part);
  return heads.empty() ? AttentionAxis::Input : heads.front()->keys;
}

AttentionAxis AttentionSheet::queries(const std::string& part) const {
  const auto heads = headsOf(part);
  return heads.empty() ? AttentionAxis::Input : heads.front()->queries;
}

QString AttentionSheet::partTitle(const std::string& part) {
  if (part == "self") return tr("The text at itself");
  if (part == "cross") return tr("Output at input");
  if (part == "encoder") return tr("Encoder");
  if (part == "decoder") return tr("Decoder");
  if (part == "pooling") return tr("Pooling");
  if (part == "memory") return tr("Memory");
  return toQString(part);
}

QString AttentionSheet::axisTitle(AttentionAxis axis, bool keys) {
  switch (axis) {
    case AttentionAxis::Input:
      return keys ? tr("Input, looked at") : tr("Input, looking");
    case AttentionAxis::Output:
      return keys ? tr("Output, looked at") : tr("Output, looking");
    case AttentionAxis::Whole:
    case AttentionAxis::Hops:
      break;
  }
  return {};
}

QString AttentionSheet::title(const AttentionChoice& choice) {
  switch (choice.kind) {
    case Kind::Head:
      return tr("Layer %1, head %2").arg(choice.layer + 1).arg(choice.head + 1);
    case Kind::LayerMean:
      return tr("Layer %1, mean of heads").arg(choice.layer + 1);
    case Kind::LayerMost:
      return tr("Layer %1, most of any head").arg(choice.layer + 1);
    case Kind::AllMean:
      return tr("Mean of all heads");
    case Kind::AllMost:
      return tr("Most of any head");
  }
  return {};
}

QString AttentionSheet::shortTitle(const HeadPlace& place) {
  return QStringLiteral("%1.%2").arg(place.layer + 1).arg(place.head + 1);
}

}  // namespace lexarium
