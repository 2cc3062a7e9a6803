// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/models/beam_tree.h"
#include "ui/session/paced_job.h"
#include "ui/views/attention_base.h"

class QLabel;
class QPushButton;
class QSpinBox;

namespace lexarium {

class BeamTreePicture;

/// Beam search as a tree: what an encoder-decoder weighs, keeps and gives up while it says a text. A click on
/// a token makes the model say all up to it and go on from there.
class BeamView : public AttentionBase {
  Q_OBJECT

 public:
  explicit BeamView(Session& session, QWidget* parent = nullptr);

  QJsonObject saveState() const override;
  void restoreState(const QJsonObject& state) override;
  void fillMenu(QMenu& menu) override;

  /// What was searched last; null before.
  const BeamTree* tree() const { return tree_.get(); }

 protected:
  void refresh(unsigned dirty) override;
  QString promise() const override;
  QString describe() const override;

 private:
  QWidget* makeContent();
  void force(std::vector<TokenId> tokens);
  void search(bool asked);
  void adopt(std::shared_ptr<const BeamTree> tree);

  ReadingInput* input_;
  QSpinBox* beams_;
  QPushButton* free_;
  QLabel *said_, *note_;
  BeamTreePicture* picture_;
  std::vector<TokenId> forced_;
  std::shared_ptr<const BeamTree> tree_;
  PacedJob job_;
};

}  // namespace lexarium
