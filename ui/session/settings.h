// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QObject>
#include <QStringList>

#include "core/text/segment.h"
#include "ui/look/theme.h"

namespace lexarium {

/// Languages in which the window speaks: "en" and those of resources/i18n.
const QStringList& supportedLanguages();

/// What is remembered between starts, in the user's configuration folder. Setters compare before they emit.
class Settings : public QObject {
  Q_OBJECT

 public:
  /// fileName: for tests; empty: the usual place.
  explicit Settings(const QString& fileName = {}, QObject* parent = nullptr);
  ~Settings() override;

  LookOptions look() const { return look_; }
  void setLook(const LookOptions& look);
  /// For this start only; not remembered until setLook().
  void overrideLook(const LookOptions& look);

  QString language() const;  ///< "zh_CN", "en"; empty: the system's
  void setLanguage(const QString& language);

  QStringList recentFiles() const;  ///< newest first, at most 10
  void addRecentFile(const QString& path);
  void clearRecentFiles();

  SegmentOptions segmentOptions() const;  ///< of the text opened last
  void setSegmentOptions(const SegmentOptions& options);

  QByteArray windowState(const QString& key) const;
  void setWindowState(const QString& key, const QByteArray& state);
  QJsonObject viewState(const QString& viewId) const;
  void setViewState(const QString& viewId, const QJsonObject& state);

 Q_SIGNALS:
  void lookChanged();
  void recentFilesChanged();

 private:
  class Store;
  std::unique_ptr<Store> store_;
  LookOptions look_;
};

}  // namespace lexarium
