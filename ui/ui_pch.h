// Precompiled for every file of ui; holds only what nearly all of them include.
#pragma once
#include <QObject>
#include <QString>
#include <QWidget>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/pch.h"
