// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/document_list_model.h"

#include <QStringList>

#include "ui/models/corpus_text.h"
#include "ui/widgets/helpers.h"

namespace lexarium {

QString documentFacts(const Document& document) {
  QStringList facts;
  facts << encodingText(document.encoding);
  facts << formatBytes(document.sourceBytes > 0 ? document.sourceBytes : document.text.size());
  facts << DocumentListModel::tr("%1 words").arg(formatCount(document.tokens.size()));
  if (document.replacedSequences > 0) {
    facts << DocumentListModel::tr("%1 broken sequences").arg(formatCount(document.replacedSequences));
  }
  if (document.replacedNuls > 0) {
    facts << DocumentListModel::tr("%1 NUL bytes").arg(formatCount(document.replacedNuls));
  }
  return facts.join(QStringLiteral(" · "));
}

void DocumentListModel::setCorpus(std::shared_ptr<const Corpus> corpus) {
  beginResetModel();
  corpus_ = std::move(corpus);
  endResetModel();
}

int DocumentListModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() || !corpus_ ? 0 : static_cast<int>(corpus_->documentCount());
}

QVariant DocumentListModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const Document& document = corpus_->document(static_cast<std::size_t>(index.row()));
  if (role == Qt::DisplayRole) return oneLine(toQString(document.name));
  if (role == Qt::ToolTipRole) return documentFacts(document);
  return {};
}

}  // namespace lexarium
