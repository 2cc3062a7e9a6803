// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace lexarium {

/// One clear sentence for a person: what happened, where (file, line, byte, parameter), what to do about it.
struct Error {
  enum class Kind { Failed, Cancelled };

  std::string what;    ///< "The file is empty"
  std::string where;   ///< "notes.txt, byte 812"; may be empty
  std::string advice;  ///< "Choose a file with text in it"; may be empty
  Kind kind = Kind::Failed;

  /// "notes.txt, byte 812: The file is empty. Choose a file with text in it."
  std::string message() const {
    std::string text = endSentence(where.empty() ? what : where + ": " + what);
    if (!advice.empty()) text += ' ' + endSentence(advice);
    return text;
  }

 private:
  static std::string endSentence(std::string text) {
    if (!text.empty() && std::string_view(".!?").find(text.back()) == std::string_view::npos) text += '.';
    return text;
  }
};

/// The value, or why there is none. For what may fail; assertions are for bugs.
template <class T>
using Expected = tl::expected<T, Error>;

inline tl::unexpected<Error> makeError(std::string what, std::string where = {}, std::string advice = {}) {
  return tl::unexpected<Error>(Error{std::move(what), std::move(where), std::move(advice)});
}

inline tl::unexpected<Error> cancelled() {
  return tl::unexpected<Error>(Error{"Cancelled", {}, {}, Error::Kind::Cancelled});
}

}  // namespace lexarium
