// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <cstdint>
#include <filesystem>
#include <memory>

#include "core/base/expected.h"

namespace lexarium {

/// Where the pictures of a film go, one after the other, all of one size. Nothing is at the target before
/// finish(); a film that is not finished leaves nothing.
class FilmFile {
 public:
  virtual ~FilmFile() = default;

  virtual Expected<void> add(const QImage& picture) = 0;
  virtual Expected<void> finish() = 0;
};

/// An animated PNG (the specification of PNG, third edition: acTL, fcTL, fdAT): a file that browsers and
/// viewers play and everything else shows as its first picture, without loss. It needs no library but Qt,
/// which packs the pictures; of each picture only the rectangle that differs from the one before is stored.
/// pictures: how many will be added; each is shown for 1 / perSecond seconds; it is played again and again.
Expected<std::unique_ptr<FilmFile>> createAnimatedPng(const std::filesystem::path& path,
                                                      std::uint32_t pictures, std::uint16_t perSecond);

/// A new folder with film-0001.png, film-0002.png ... for programs that make videos. Errors: there is
/// something of that name already.
Expected<std::unique_ptr<FilmFile>> createNumberedPngs(const std::filesystem::path& folder);

}  // namespace lexarium
