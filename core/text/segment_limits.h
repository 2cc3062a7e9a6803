// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace lexarium {

/// What is cut between two looks at the stop button.
inline constexpr std::size_t kPieceBytes = 1 << 15;
/// The longest run given to ICU at once.
inline constexpr std::size_t kRunBytes = 1 << 14;

/// What a byte is to the ASCII segmenter: how it joins its neighbours ...
inline constexpr std::uint16_t kLetterClass = 1;        ///< as letters do (ALetter)
inline constexpr std::uint16_t kDigitClass = 2;         ///< as digits do (Numeric)
inline constexpr std::uint16_t kUnderscoreClass = 4;    ///< both, at either side (ExtendNumLet)
inline constexpr std::uint16_t kJoinsLettersClass = 8;  ///< between letters: "don't"
inline constexpr std::uint16_t kJoinsDigitsClass = 16;  ///< between digits: "3.14"
inline constexpr std::uint16_t kInWordClass = kLetterClass | kDigitClass | kUnderscoreClass;
/// ... and what it is by itself.
inline constexpr std::uint16_t kSpace = 32;
inline constexpr std::uint16_t kMark = 64;  ///< visible, but neither letter nor digit
inline constexpr std::uint16_t kNonAscii = 128;
inline constexpr std::uint16_t kLetter = 256;
inline constexpr std::uint16_t kDigit = 512;

inline bool isLineEnd(char32_t codePoint) {
  return codePoint == '\n' || codePoint == '\r' || codePoint == 0x85 || codePoint == 0x2028 ||
         codePoint == 0x2029;
}

}  // namespace lexarium
