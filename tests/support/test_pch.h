// Precompiled for every test; holds only what many of them include, and nothing of ours that changes.
#pragma once
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>
#include <limits>
#include <map>
#include <set>

#include "core/base/pch.h"
