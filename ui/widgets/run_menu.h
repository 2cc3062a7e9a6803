// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "ui/session/session.h"

class QMenu;
class QWidget;

namespace lexarium {

/// All that can be done with a run, for every view that lists runs: shown, renamed, coloured, gone on with,
/// forked, repeated elsewhere, removed. `rename` opens the editor of that view.
void fillRunMenu(QMenu& menu, Session& session, int runId, QWidget* parent, std::function<void()> rename);

}  // namespace lexarium
