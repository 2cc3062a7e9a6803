// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/report_html.h"

#include <cstdint>

#include "core/text/utf8.h"

namespace lexarium {
namespace {

constexpr const char* kStyle = R"(
:root{color-scheme:light dark;--ground:#fff;--text:#1b1f24;--quiet:#57606a;--line:#d0d7de}
@media(prefers-color-scheme:dark){:root{--ground:#16191d;--text:#e6e8eb;--quiet:#9aa4ae;--line:#343a41}}
body{margin:0 auto;max-width:56rem;padding:2rem 1rem 4rem;background:var(--ground);color:var(--text);
font:16px/1.5 system-ui,"Noto Sans","Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif}
h1{font-size:1.7rem;margin:0}h2{font-size:1.25rem;margin:2.5rem 0 .5rem}
.quiet,figcaption,footer{color:var(--quiet)}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.25rem .5rem .25rem 0;border-bottom:1px solid var(--line)}
th{font-weight:normal;color:var(--quiet);width:34%}
td{font-variant-numeric:tabular-nums;overflow-wrap:anywhere;white-space:pre-wrap}
figure{margin:1rem 0}img{max-width:100%;height:auto;border:1px solid var(--line);background:#fff}
pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid var(--line);padding:.75rem;margin:.25rem 0 1rem;
font:14px/1.5 ui-monospace,monospace}
footer{margin-top:3rem;font-size:.9rem}
@media print{body{max-width:none}figure,table,pre{break-inside:avoid}}
)";

std::string element(const char* tag, std::string_view text, const char* attributes = "") {
  if (text.empty()) return {};
  return std::string("<") + tag + attributes + '>' + htmlText(text) + "</" + tag + ">\n";
}

/// As an image of its own: names inside an SVG cannot meet those of another.
std::string figureHtml(const ReportFigure& figure) {
  const bool isSvg = !figure.svg.empty();
  return std::string("<figure><img alt=\"") + htmlText(figure.caption) + "\" src=\"data:image/" +
         (isSvg ? "svg+xml" : "png") + ";base64," + base64(isSvg ? figure.svg : figure.png) + "\">\n" +
         element("figcaption", figure.caption) + "</figure>\n";
}

std::string sectionHtml(const ReportSection& section) {
  std::string html = "<section>\n" + element("h2", section.title) + element("p", section.note);
  if (!section.rows.empty()) {
    html += "<table>\n";
    for (const auto& [name, value] : section.rows)
      html += "<tr><th scope=\"row\">" + htmlText(name) + "</th><td>" + htmlText(value) + "</td></tr>\n";
    html += "</table>\n";
  }
  for (const ReportFigure& figure : section.figures) html += figureHtml(figure);
  for (const auto& [caption, text] : section.texts)
    html += element("div", caption, " class=\"quiet\"") + "<pre dir=\"auto\">" + htmlText(text) + "</pre>\n";
  return html + "</section>\n";
}

}  // namespace

std::string htmlText(std::string_view text) {
  std::string html;
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Unit unit = utf8UnitAt(text, at);
    const char c = text[at];
    const auto code = static_cast<unsigned char>(c);
    if (!unit.valid || (code < 0x20 && c != '\n' && c != '\t') || code == 0x7F)
      html += kReplacementUtf8;
    else if (c == '&')
      html += "&amp;";
    else if (c == '<')
      html += "&lt;";
    else if (c == '>')
      html += "&gt;";
    else if (c == '"')
      html += "&quot;";
    else
      html += text.substr(at, unit.length);
    at += unit.length;
  }
  return html;
}

std::string base64(std::string_view bytes) {
  static constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::uint32_t three = 0;
    for (std::size_t i = 0; i < 3; ++i)
      three = three << 8 | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0u);
    for (std::size_t i = 0; i < 4; ++i)
      text += at + i <= bytes.size() ? kDigits[three >> (18 - 6 * i) & 63] : '=';
  }
  return text;
}

std::string toHtml(const Report& report) {
  std::string html = "<!DOCTYPE html>\n<html lang=\"" + htmlText(report.language) +
                     "\">\n<head>\n<meta charset=\"utf-8\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
                     "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                     "img-src data:; style-src 'unsafe-inline'\">\n" +
                     element("title", report.title) + "<style>" + kStyle +
                     "</style>\n</head>\n<body>\n<header>\n" + element("h1", report.title) +
                     element("p", report.subtitle, " class=\"quiet\"") + "</header>\n<main>\n";
  for (const ReportSection& section : report.sections) html += sectionHtml(section);
  return html + "</main>\n" + element("footer", report.foot) + "</body>\n</html>\n";
}

}  // namespace lexarium
