// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/moment_mark.h"

#include "ui/session/session.h"

namespace lexarium {

MomentMark& MomentMark::of(Session& session) {
  if (auto* found = session.findChild<MomentMark*>(QString(), Qt::FindDirectChildrenOnly)) return *found;
  return *new MomentMark(&session);
}

void MomentMark::set(const std::optional<Moment>& moment) {
  if (moment == moment_) return;
  moment_ = moment;
  Q_EMIT changed();
}

}  // namespace lexarium
