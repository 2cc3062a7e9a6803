// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/matrix.h"
#include "core/base/param_spec.h"
#include "core/base/sha256.h"
#include "core/models/learner.h"
#include "core/project/rows.h"
#include "core/train/trainer.h"

namespace lexarium {

// What a project keeps, as plain values. An id of 0 is replaced when the record is added; a time of 0 (all
// are milliseconds since 1970, UTC) by now. `blob` is set by the project alone.

/// A text as it was cut; the text itself is read when it is asked for.
struct CorpusRecord {
  RecordId id = 0;
  std::string title;
  Sha256::Digest hash{};  ///< corpusHash(): equal for equal texts, cut in the same way
  ParamSet recipe;        ///< segmentParamSpecs()
  std::string icuVersion;
  std::string origin;  ///< where it came from, for the program ("sample:small-world-en"); may be empty
  std::uint64_t documents = 0;
  std::uint64_t tokens = 0;
  std::uint64_t words = 0;
  std::uint64_t textBytes = 0;
  std::int64_t created = 0;
  RecordId blob = 0;
};

struct RunRecord {
  RecordId id = 0;
  RecordId corpus = 0;
  std::string name;
  std::string colour;  ///< "#0072b2"; empty: the program chooses
  bool visible = true;
  std::string notes;
  RunConfig config;
  std::string versions;         ///< programVersions() of who trained it
  Sha256::Digest corpusHash{};  ///< stays when the corpus is another one
  RecordId parent = 0;          ///< the run that it was forked from, 0: none
  std::uint64_t parentStep = 0;
  std::int64_t created = 0;
  // Where it stands; changed as it goes on.
  RunStatus::State state = RunStatus::State::Preparing;
  std::string message;
  std::uint64_t step = 0;
  std::uint64_t totalSteps = 0;
  double epoch = 0;
  double seconds = 0;
  double loss = 0;
  std::string fingerprint;  ///< of the result; empty: not known
};

/// The state of a learner at one step, a TensorSet; see Project::readCheckpoint().
struct CheckpointRecord {
  RecordId id = 0;
  RecordId run = 0;
  std::uint64_t step = 0;
  double epoch = 0;
  double seconds = 0;
  std::string about;  ///< JSON, for whoever resumes the run
  std::int64_t created = 0;
  RecordId blob = 0;
};

/// One moment of the pictures' history; the content is core/train's.
struct FrameRecord {
  RecordId id = 0;
  RecordId run = 0;
  std::uint64_t step = 0;
  std::uint64_t words = 0;
  std::uint64_t dimensions = 0;
  RecordId blob = 0;
};

/// Places of words on the map, a TensorSet.
struct LayoutRecord {
  RecordId id = 0;
  RecordId run = 0;
  std::uint64_t step = 0;
  std::string method;  ///< "tsne"
  ParamSet params;
  std::uint64_t words = 0;
  std::int64_t created = 0;
  RecordId blob = 0;
};

/// Words under a name.
struct SelectionRecord {
  RecordId id = 0;
  RecordId corpus = 0;
  std::string name;
  std::vector<TokenId> words;
  std::int64_t created = 0;
};

/// A view of the map to come back to.
struct BookmarkRecord {
  RecordId id = 0;
  RecordId run = 0;  ///< 0: of no run
  std::uint64_t step = 0;
  std::string name;
  std::string view;  ///< JSON, the map's
  std::int64_t created = 0;
};

struct NoteRecord {
  RecordId id = 0;
  std::string title;
  std::string text;
  std::int64_t created = 0;
  std::int64_t changed = 0;
};

}  // namespace lexarium
