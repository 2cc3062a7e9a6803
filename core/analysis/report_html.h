// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace lexarium {

/// A picture of a report: SVG as text, or the bytes of a PNG.
struct ReportFigure {
  std::string caption;
  std::string svg, png;
};

struct ReportSection {
  std::string title;
  std::string note{};                                       ///< a paragraph below the title; may be empty
  std::vector<std::pair<std::string, std::string>> rows{};  ///< name and value
  std::vector<ReportFigure> figures{};
  std::vector<std::pair<std::string, std::string>> texts{};  ///< caption, and a text kept as it stands
};

struct Report {
  std::string language = "en";  ///< of its words, as HTML names it
  std::string title;
  std::string subtitle{};
  std::vector<ReportSection> sections{};
  std::string foot{};
};

/// One file of HTML that needs nothing else: no script, no font, no picture from elsewhere. Light and dark,
/// and fit to be printed.
std::string toHtml(const Report& report);

/// Text for HTML: what would be markup is escaped, what is not UTF-8 replaced.
std::string htmlText(std::string_view text);
std::string base64(std::string_view bytes);

}  // namespace lexarium
