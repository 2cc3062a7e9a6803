// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/token_ways.h"

#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/widgets/elided_label.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

constexpr float kOpacity = 0.32F;
constexpr double kLines = 5;  // of pieces at the most; more can be scrolled
constexpr std::size_t kListedIds = 200;

}  // namespace

std::vector<QColor> pieceColors(const Theme& theme, const std::vector<TokenId>& ids) {
  std::vector<QColor> colors;
  std::size_t last = theme.categories.size();
  for (const TokenId id : ids) {
    // Numbers that follow one another are tokens that were learned together: spread them.
    std::size_t color = (std::uint64_t{id} * 0x9E3779B97F4A7C15u >> 40) % (theme.categories.size() - 1);
    if (color == last) color = (color + 1) % (theme.categories.size() - 1);
    last = color;
    colors.push_back(theme.categories[color]);
    colors.back().setAlphaF(kOpacity);
  }
  return colors;
}

TokenWays::TokenWays(QWidget* parent) : QWidget(parent) { tightLayout<QVBoxLayout>(this); }

void TokenWays::addRow() {
  auto* box = static_cast<QVBoxLayout*>(layout());
  const auto number = rows_.size();
  Row row{new QLabel, new QLabel, new TokenText, new ElidedLabel};
  row.pieces->setObjectName(QStringLiteral("wayPieces%1").arg(number));
  row.count->setObjectName(QStringLiteral("wayCount%1").arg(number));
  row.count->setProperty("role", "secondary");
  row.ids->setObjectName(QStringLiteral("wayIds%1").arg(number));
  row.ids->setForegroundRole(QPalette::PlaceholderText);
  row.pieces->setTooltip([this, number](int token) {
    const auto& ids = cuts_[number].ids;
    const auto at = static_cast<std::size_t>(token);
    if (at >= ids.size()) return QString();
    return tr("%1: token number %2").arg(toQString(ways_[number].tokenizer->label(ids[at]))).arg(ids[at]);
  });
  auto* line = tightLayout<QHBoxLayout>();
  line->setSpacing(2 * Theme::kSpace);
  line->addWidget(row.name);
  line->addWidget(row.count);
  line->addStretch(1);
  box->addLayout(line);
  box->addWidget(row.pieces, 4);
  box->addWidget(row.ids);
  rows_.push_back(row);
}

void TokenWays::setTheme(const Theme& theme) {
  theme_ = theme;
  for (const Row& row : rows_) {
    row.pieces->setTheme(theme);
    row.pieces->setMaximumHeight(static_cast<int>(kLines * QFontMetrics(theme.body).height()));
    row.ids->setFont(theme.small);
    row.count->setFont(theme.small);
  }
  showCuts();
}

void TokenWays::setText(const QString& text) {
  if (text == text_) return;
  text_ = text;
  showCuts();
}

void TokenWays::setWays(const std::vector<Way>& ways) {
  ways_ = ways;
  const bool grows = rows_.size() < ways.size();
  while (rows_.size() < ways.size()) addRow();
  if (!grows) return showCuts();
  static_cast<QVBoxLayout*>(layout())->addStretch(1);
  setTheme(theme_);
}

void TokenWays::showCuts() {
  cuts_.assign(ways_.size(), {});
  const std::string text = text_.toStdString();
  for (std::size_t i = 0; i < ways_.size(); ++i) {
    const Way& way = ways_[i];
    const Row& row = rows_[i];
    row.name->setText(way.name);
    row.pieces->setAccessibleName(tr("The text as %1").arg(way.name));
    if (!way.tokenizer) {
      row.count->setText(way.note);
      row.pieces->setTokens({});
      row.ids->setText({});
      continue;
    }
    Cut& cut = cuts_[i];
    TokenizedText tokens = way.tokenizer->encode(text);
    cut.ids = std::move(tokens.ids);
    cut.tokens = cut.ids.size();
    const TokenId unknown = way.tokenizer->unknown();
    cut.unknown = static_cast<std::size_t>(std::count(cut.ids.begin(), cut.ids.end(), unknown));
    row.count->setText(
        tr("%1 tokens, %2 of them unknown; %3 in the vocabulary")
            .arg(formatCount(cut.tokens), formatCount(cut.unknown), formatCount(way.tokenizer->size())));
    const auto colors = pieceColors(theme_, cut.ids);
    std::vector<TokenMark> marks;
    QStringList numbers;
    const bool parted = way.tokenizer->kind() == Tokenizer::Kind::Words;
    for (std::size_t t = 0; t < cut.ids.size(); ++t) {
      const bool known = cut.ids[t] != unknown;
      const ByteRange place = tokens.ranges[t];  // of an unknown one the text itself, on no colour
      const QString piece = toQString(known ? way.tokenizer->label(cut.ids[t])
                                            : text.substr(place.begin, place.end - place.begin));
      marks.push_back({piece + QString(parted ? 1 : 0, u' '), known ? colors[t] : QColor(), !known});
      if (t < kListedIds) numbers << QString::number(cut.ids[t]);
    }
    row.pieces->setTokens(std::move(marks));
    row.ids->setText(numbers.join(u' '));
  }
}

QString TokenWays::summary() const {
  QStringList lines;
  for (std::size_t i = 0; i < ways_.size(); ++i) {
    if (ways_[i].tokenizer) lines << tr("%1: %2").arg(ways_[i].name, rows_[i].count->text());
  }
  return lines.join(u'\n');
}

}  // namespace lexarium
