// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <cstdint>
#include <optional>

namespace lexarium {

class Session;

/// A moment of a run that a view found worth a look; charts of time show it. The newest takes the place of
/// the one before.
class MomentMark : public QObject {
  Q_OBJECT

 public:
  struct Moment {
    int run = 0;  ///< its id
    std::uint64_t step = 0;
    QString text;  ///< "Attention changed most"
    bool operator==(const Moment&) const = default;
  };

  /// That of a session, whose child it is.
  static MomentMark& of(Session& session);

  const std::optional<Moment>& moment() const { return moment_; }
  void set(const std::optional<Moment>& moment);

 Q_SIGNALS:
  void changed();

 private:
  using QObject::QObject;

  std::optional<Moment> moment_;
};

}  // namespace lexarium
