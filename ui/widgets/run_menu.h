// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <functional>

#include "ui/session/session.h"

class QMenu;
class QWidget;

namespace lexarium {

/// A disc of a run's colour.
QIcon runSwatch(const QColor& color);
/// The theme's colours and any other one, for this run.
void fillRunColorMenu(QMenu& menu, Session& session, int runId, QWidget* parent);

/// All that can be done with a run, for every view that lists runs: shown, renamed, coloured, gone on with,
/// forked, repeated elsewhere, removed. `rename` opens the editor of that view.
void fillRunMenu(QMenu& menu, Session& session, int runId, QWidget* parent, std::function<void()> rename);

}  // namespace lexarium
