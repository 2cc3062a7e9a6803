// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/options.h"

#include <QCommandLineParser>
#include <QRegularExpression>
#include <algorithm>

#include "core/models/learner.h"
#include "core/tasks/task_samples.h"
#include "core/text/samples.h"
#include "ui/session/settings.h"
#include "ui/shell/workspaces.h"
#include "ui/views/view.h"

namespace lexarium {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("lexarium", text); }

QStringList sampleIds() {
  QStringList ids;
  for (const Sample& sample : samples()) ids << QString::fromStdString(sample.id);
  for (const TaskSample& sample : taskSamples()) ids << QString::fromStdString(sample.id);
  return ids;
}

QStringList workspaceIds() {
  QStringList ids;
  for (const auto& workspace : workspaceRegistry()) ids << workspace.id;
  return ids;
}

QStringList modelIds() {
  QStringList ids;
  for (const ModelInfo& model : models()) ids << QString::fromStdString(model.id);
  return ids;
}

QStringList viewIds() {
  QStringList ids;
  for (const auto& view : viewRegistry()) ids << view.id;
  return ids;
}

const QStringList& lookNames() {
  static const QStringList names{"light", "dark", "high-contrast", "projector"};
  return names;
}

LookOptions lookNamed(const QString& name) {
  LookOptions look;
  look.palette = name == "dark"            ? LookOptions::Palette::Dark
                 : name == "high-contrast" ? LookOptions::Palette::HighContrast
                                           : LookOptions::Palette::Light;
  look.projector = name == "projector";
  return look;
}

void addOptions(QCommandLineParser& parser) {
  parser.addPositionalArgument("TEXT", tr("Text files or folders to open together."), "[TEXT...]");
  parser.addOptions({
      {"sample", tr("Open a built-in sample: %1.").arg(sampleIds().join(", ")), "ID"},
      {"train", tr("Start training as soon as the text is open.")},
      {"model", tr("Show and train a model: %1.").arg(modelIds().join(", ")), "ID"},
      {"workspace", tr("Show a workspace: %1.").arg(workspaceIds().join(", ")), "ID"},
      {"view", tr("Show a view: %1.").arg(viewIds().join(", ")), "ID"},
      {"look", tr("Colours for this start: %1.").arg(lookNames().join(", ")), "NAME"},
      {"language", tr("Language for this start: %1.").arg(supportedLanguages().join(", ")), "ID"},
      {"size", tr("Size of the window in pixels: 1366x768."), "WxH"},
      {"film",
       tr("Train on the text (or the first sample), write three screenshots film-1.png to film-3.png some "
          "seconds apart into a folder, and quit."),
       "FOLDER"},
      {"measure",
       tr("Diagnostic: train on the text (or the first sample) and measure for a minute how fast the window "
          "answers, what watching costs, when curve and map move, and how soon a pause and a stop are done; "
          "write the figures as JSON (- for the terminal), and quit."),
       "FILE"},
      {{"h", "help"}, tr("Show this help.")},
      {{"v", "version"}, tr("Show the version.")},
  });
}

/// The value of an option that must be one of `allowed`.
Expected<QString> choice(const QCommandLineParser& parser, const QString& name, const QStringList& allowed) {
  const QString value = parser.value(name);
  if (value.isEmpty() && !parser.isSet(name)) return QString();
  if (allowed.contains(value)) return value;
  return makeError(tr("\"%1\" is not a value of --%2").arg(value, name).toStdString(), {},
                   tr("Choose one of: %1").arg(allowed.join(", ")).toStdString());
}

Expected<QSize> sizeFrom(const QString& text) {
  if (text.isEmpty()) return QSize();
  static const QRegularExpression pattern("^(\\d{3,5})x(\\d{3,5})$");
  const auto match = pattern.match(text);
  if (!match.hasMatch()) {
    return makeError(tr("\"%1\" is not a size").arg(text).toStdString(), {},
                     tr("Write width x height in pixels, for example --size 1366x768").toStdString());
  }
  return QSize(match.captured(1).toInt(), match.captured(2).toInt());
}

}  // namespace

Expected<Options> parseOptions(const QStringList& arguments) {
  QCommandLineParser parser;
  addOptions(parser);
  if (!parser.parse(QStringList("lexarium") + arguments)) {
    return makeError(parser.errorText().toStdString(), {},
                     tr("lexarium --help lists the options").toStdString());
  }
  Options options;
  options.help = parser.isSet("help");
  options.version = parser.isSet("version");
  if (options.help || options.version) return options;
  const auto sample = choice(parser, "sample", sampleIds());
  const auto model = choice(parser, "model", modelIds());
  const auto workspace = choice(parser, "workspace", workspaceIds());
  const auto view = choice(parser, "view", viewIds());
  const auto look = choice(parser, "look", lookNames());
  const auto language = choice(parser, "language", supportedLanguages());
  for (const auto* value : {&sample, &model, &workspace, &view, &look, &language}) {
    if (!*value) return tl::unexpected<Error>(value->error());
  }
  const auto size = sizeFrom(parser.value("size"));
  if (!size) return tl::unexpected<Error>(size.error());
  options.texts = parser.positionalArguments();
  options.sample = *sample;
  options.model = *model;
  options.workspace = *workspace;
  options.view = *view;
  if (!look->isEmpty()) options.look = lookNamed(*look);
  options.language = *language;
  options.size = *size;
  options.train = parser.isSet("train");
  options.film = parser.value("film");
  options.measure = parser.value("measure");
  if (!options.texts.isEmpty() && !options.sample.isEmpty()) {
    return makeError(tr("A sample and other texts cannot be open together").toStdString(), {},
                     tr("Leave out --sample or the files").toStdString());
  }
  const bool needsText = !options.film.isEmpty() || !options.measure.isEmpty();
  if (needsText && options.texts.isEmpty() && options.sample.isEmpty()) options.sample = sampleIds().value(0);
  return options;
}

QString optionsHelp() {
  QCommandLineParser parser;
  parser.setApplicationDescription(tr("Lexarium: watch machines learn language."));
  addOptions(parser);
  return parser.helpText();
}

}  // namespace lexarium
