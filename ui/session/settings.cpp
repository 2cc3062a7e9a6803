// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/settings.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QStandardPaths>
#include <QTimer>
#include <algorithm>

#include "core/base/file.h"

namespace lexarium {
namespace {

constexpr int kRecentFiles = 10;
constexpr int kWriteDelayMs = 500;

const std::array<const char*, 4> kPaletteNames{"system", "light", "dark", "high-contrast"};

QJsonObject toJson(const LookOptions& look) {
  return {{"palette", kPaletteNames[static_cast<std::size_t>(look.palette)]},
          {"projector", look.projector},
          {"fingerprints", look.fingerprints},
          {"reducedMotion", look.reducedMotion},
          {"scale", look.scale}};
}

LookOptions lookFrom(const QJsonObject& json) {
  LookOptions look;
  const auto name = json["palette"].toString();
  for (std::size_t i = 0; i < kPaletteNames.size(); ++i) {
    if (name == QLatin1String(kPaletteNames[i])) look.palette = static_cast<LookOptions::Palette>(i);
  }
  look.projector = json["projector"].toBool();
  look.fingerprints = json["fingerprints"].toBool(true);
  look.reducedMotion = json["reducedMotion"].toBool();
  look.scale = std::clamp(json["scale"].toDouble(1.0), kSmallestScale, kLargestScale);
  return look;
}

}  // namespace

const QStringList& supportedLanguages() {
  static const QStringList languages{"en", "zh_CN"};
  return languages;
}

/// A JSON file, written as a whole some time after a change, and at the end.
class Settings::Store : public QTimer {
 public:
  explicit Store(const QString& fileName) : fileName_(fileName) {
    setSingleShot(true);
    setInterval(kWriteDelayMs);
    callOnTimeout(this, &Store::write);
    QFile file(fileName_);
    if (file.open(QIODevice::ReadOnly)) root_ = QJsonDocument::fromJson(file.readAll()).object();
  }
  ~Store() override {
    if (isActive()) write();
  }

  QJsonValue value(const QString& key) const { return root_[key]; }
  bool set(const QString& key, const QJsonValue& value) {
    if (root_[key] == value) return false;
    root_[key] = value;
    start();
    return true;
  }

 private:
  void write() {
    stop();
    QDir().mkpath(QFileInfo(fileName_).absolutePath());
    const auto bytes = QJsonDocument(root_).toJson();
    // Nothing of a lesson is lost if this fails (a read-only home): the program starts with defaults next
    // time.
    (void)writeFileAtomically(pathFromUtf8(fileName_.toStdString()),
                              std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
  }

  QString fileName_;
  QJsonObject root_;
};

Settings::Settings(const QString& fileName, QObject* parent)
    : QObject(parent),
      store_(std::make_unique<Store>(
          fileName.isEmpty()
              ? QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) + "/settings.json"
              : fileName)),
      look_(lookFrom(store_->value("look").toObject())) {}

Settings::~Settings() = default;

void Settings::setLook(const LookOptions& look) {
  overrideLook(look);
  store_->set("look", toJson(look_));
}

void Settings::overrideLook(const LookOptions& look) {
  LookOptions within = look;
  within.scale = std::clamp(within.scale, kSmallestScale, kLargestScale);
  if (within == look_) return;
  look_ = within;
  Q_EMIT lookChanged();
}

QString Settings::language() const { return store_->value("language").toString(); }

void Settings::setLanguage(const QString& language) { store_->set("language", language); }

QStringList Settings::recentFiles() const {
  QStringList files;
  for (const auto& file : store_->value("recentFiles").toArray()) files << file.toString();
  return files;
}

void Settings::addRecentFile(const QString& path) {
  auto files = recentFiles();
  files.removeAll(path);
  files.prepend(path);
  if (store_->set("recentFiles", QJsonArray::fromStringList(files.mid(0, kRecentFiles)))) {
    Q_EMIT recentFilesChanged();
  }
}

void Settings::clearRecentFiles() {
  if (recentFiles().isEmpty()) return;
  store_->set("recentFiles", QJsonArray());
  Q_EMIT recentFilesChanged();
}

SegmentOptions Settings::segmentOptions() const {
  const auto specs = segmentParamSpecs();
  auto values = ParamSet::defaultsOf(specs);
  const auto stored = store_->value("segmentation").toObject();
  for (const auto& spec : specs) {
    const auto text = stored[QString::fromStdString(spec.key)].toString();
    if (const auto value = parseParam(spec, text.toStdString())) values.set(spec.key, *value);
  }
  return segmentOptionsFrom(values);
}

void Settings::setSegmentOptions(const SegmentOptions& options) {
  QJsonObject json;
  const ParamSet values = toParamSet(options);
  for (const auto& [key, value] : values.values()) {
    json[QString::fromStdString(key)] = QString::fromStdString(formatParam(value));
  }
  store_->set("segmentation", json);
}

QByteArray Settings::windowState(const QString& key) const {
  return QByteArray::fromBase64(store_->value("windows").toObject()[key].toString().toLatin1());
}

void Settings::setWindowState(const QString& key, const QByteArray& state) {
  auto windows = store_->value("windows").toObject();
  windows[key] = QString::fromLatin1(state.toBase64());
  store_->set("windows", windows);
}

QJsonObject Settings::viewState(const QString& viewId) const {
  return store_->value("views").toObject()[viewId].toObject();
}

void Settings::setViewState(const QString& viewId, const QJsonObject& state) {
  auto views = store_->value("views").toObject();
  views[viewId] = state;
  store_->set("views", views);
}

}  // namespace lexarium
