// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/vectors_files.h"

#include <QAction>
#include <QFileDialog>
#include <QStringList>

#include "core/base/file.h"
#include "ui/shell/actions.h"
#include "ui/widgets/error_bar.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

/// "word2vec text (*.txt *.vec)"
QString filterOf(const VectorFormat& format) {
  QStringList patterns;
  for (const auto& extension : format.extensions) patterns << u'*' + toQString(extension);
  return QStringLiteral("%1 (%2)").arg(coreText(format.title), patterns.join(u' '));
}

/// The words of the table that have a vector, and their columns: a file for a text may leave some out.
NamedVectors named(const EmbeddingTable& table, const Vocabulary& vocabulary) {
  NamedVectors result;
  std::vector<Eigen::Index> columns;
  for (Eigen::Index i = 0; i < table.vectors.cols(); ++i) {
    if (!hasVector(table, static_cast<TokenId>(i))) continue;
    columns.push_back(i);
    result.words.emplace_back(vocabulary.word(static_cast<TokenId>(i)));
  }
  result.vectors = table.vectors(Eigen::all, columns);
  return result;
}

}  // namespace

VectorsFiles::VectorsFiles(Session& session, Actions& actions, ErrorBar& errors, QWidget* window)
    : QObject(window), session_(session), actions_(actions), errors_(errors), window_(window) {
  actions.on("openVectors", [this] { chooseToOpen(false); });
  actions.on("addVectors", [this] { chooseToOpen(true); });
  actions.on("saveVectors", [this] { chooseToSave(); });
  connect(&session, &Session::vectorsAdded, this, &VectorsFiles::tellFound);
  connect(&session, &Session::corpusChanged, this, &VectorsFiles::updateActions);
  connect(&session.runs(), &RunController::stateChanged, this, &VectorsFiles::updateActions);
  connect(&session.runs(), &RunController::runsChanged, this, &VectorsFiles::updateActions);
  updateActions();
}

void VectorsFiles::updateActions() {
  actions_.get("addVectors")->setEnabled(session_.runs().canTrain());
  actions_.get("saveVectors")->setEnabled(session_.runs().current() != nullptr);
}

void VectorsFiles::chooseToOpen(bool forText) {
  const QString file =
      QFileDialog::getOpenFileName(window_, forText ? tr("Vectors for this text") : tr("Open vectors"), {},
                                   tr("Word vectors (*.txt *.vec *.bin *.glove *.tsv);;All files (*)"));
  if (file.isEmpty()) return;
  forText ? session_.addVectors(file) : session_.openVectors(file);
}

void VectorsFiles::chooseToSave() {
  QStringList filters;
  for (const VectorFormat& format : vectorFormats()) filters << filterOf(format);
  QString chosen = filterOf(*findVectorFormat("text"));
  const QString file = QFileDialog::getSaveFileName(window_, tr("Save vectors"), tr("vectors.txt"),
                                                    filters.join(QStringLiteral(";;")), &chosen);
  if (file.isEmpty()) return;
  const auto index = static_cast<std::size_t>(std::max<qsizetype>(0, filters.indexOf(chosen)));
  save(pathFromUtf8(file.toStdString()), vectorFormats()[index]);
}

void VectorsFiles::save(const std::filesystem::path& path, const VectorFormat& format) {
  const auto table = session_.runs().vectors();
  if (!table) {
    errors_.show(Error{tr("There are no vectors to save yet").toStdString(),
                       {},
                       tr("Pause the training, then save again").toStdString()});
    return;
  }
  saving_.run(
      [table, corpus = session_.corpus(), path, format](std::stop_token stop) {
        TaskContext context;
        context.stop = std::move(stop);
        const NamedVectors vectors = named(*table, corpus->vocabulary());
        return format.write(path, vocabularyOf(vectors), vectors.vectors, context);
      },
      [this, path, format](Expected<void> written) {
        if (!written) return errors_.show(written.error());
        QStringList names;
        for (const auto& file : format.files(path)) names << toQString(pathToUtf8(file.filename()));
        errors_.show({ErrorBar::Kind::Note,
                      tr("The vectors are saved: %1.").arg(names.join(QStringLiteral(", "))),
                      {}});
      });
}

void VectorsFiles::tellFound(std::size_t found, std::size_t inFile) {
  if (!session_.runs().canTrain()) return;
  errors_.show({ErrorBar::Kind::Note,
                tr("%1 of the %2 words of this file stand in the text and can be explored with it.")
                    .arg(formatCount(found), formatCount(inFile)),
                {}});
}

}  // namespace lexarium
