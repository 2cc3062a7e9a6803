// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// All operations of the tape.
#include "core/autodiff/additive_attention.h"
#include "core/autodiff/attention.h"
#include "core/autodiff/elementwise.h"
#include "core/autodiff/embedding.h"
#include "core/autodiff/linear.h"
#include "core/autodiff/norm.h"
#include "core/autodiff/recurrent.h"
#include "core/autodiff/shape.h"
#include "core/autodiff/softmax.h"
