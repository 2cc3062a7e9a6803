// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/step_pages.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "ui/models/corpus_text.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("StepPages", text); }

constexpr Eigen::Index kShownNumbers = 6;
constexpr TokenIndex kAround = 6;        // words before and after the window
constexpr TokenIndex kMostBetween = 40;  // of a window that is stretched by words left out

QString number(double value) {
  if (value != 0 && std::abs(value) < 1e-4) return QString::number(value, 'e', 1);
  return formatValue(value, 3);
}

QString vectorText(const Numbers& values, Eigen::Index shown) {
  QStringList parts;
  for (Eigen::Index i = 0; i < std::min(values.size(), shown); ++i) parts << number(values[i]);
  if (values.size() > shown) parts << QStringLiteral("…");
  return QStringLiteral("(%1)").arg(parts.join(QStringLiteral(", ")));
}

QString colored(const QString& text, const QColor& color) {
  return QStringLiteral("<b style='color:%1'>%2</b>").arg(color.name(), text.toHtmlEscaped());
}

QString formula(const QString& html) {
  return QStringLiteral("<p style='margin-left:12px'><i>%1</i></p>").arg(html);
}

QString paragraph(const QString& html) { return QStringLiteral("<p>%1</p>").arg(html); }

/// A table; numbers to the right.
class Table {
 public:
  explicit Table(const QStringList& heads) {
    html_ = QStringLiteral("<table cellspacing='0' cellpadding='3'><tr>");
    for (int i = 0; i < heads.size(); ++i) cell(heads[i], i > 0, true);
    html_ += QStringLiteral("</tr>");
  }
  void row(const QStringList& cells) {
    html_ += QStringLiteral("<tr>");
    for (int i = 0; i < cells.size(); ++i) cell(cells[i], i > 0, false);
    html_ += QStringLiteral("</tr>");
  }
  QString html() const { return html_ + QStringLiteral("</table>"); }

 private:
  void cell(const QString& text, bool right, bool head) {
    html_ += QStringLiteral("<%1 align='%2'>%3&nbsp;&nbsp;</%1>")
                 .arg(head ? QStringLiteral("th") : QStringLiteral("td"),
                      right ? QStringLiteral("right") : QStringLiteral("left"), text);
  }
  QString html_;
};

/// Pages of skip-gram and CBOW.
class PredictionPages {
 public:
  PredictionPages(const Corpus& corpus, const TeachingPair& pair, const PredictionTrace& trace,
                  const Theme& theme)
      : corpus_(corpus), pair_(pair), trace_(trace), theme_(theme) {}

  std::vector<StepPage> all() const {
    return {pairPage(), rowsPage(),     scoresPage(), probabilitiesPage(),
            lossPage(), gradientPage(), updatePage()};
  }

 private:
  bool cbow() const { return pair_.kind == TeachingPair::Kind::Cbow; }
  QString name(TokenId id) const { return wordText(corpus_, id); }
  QString target(std::size_t k) const {
    const Target& target = pair_.targets[k];
    return colored(outputName(corpus_, pair_, target.row),
                   target.sign > 0 ? rightColor(theme_) : noiseColor(theme_));
  }
  QString role(std::size_t k) const {
    if (pair_.tree) return pair_.targets[k].sign > 0 ? tr("go left: y = 1") : tr("go right: y = 0");
    return pair_.targets[k].sign > 0 ? tr("the right word: y = 1") : tr("noise: y = 0");
  }
  QString centreNames() const {
    QStringList names;
    for (const TokenId id : cbow() ? pair_.context : std::vector<TokenId>{pair_.centre})
      names << colored(name(id), centreColor(theme_));
    return names.join(QStringLiteral(", "));
  }
  /// Rows of the targets with as many columns as are known by then.
  QString targetTable(int columns) const {
    QStringList heads{
        tr("word"), QString(), tr("score x"), QStringLiteral("σ(x)"), tr("loss"), QStringLiteral("σ(x) - y")};
    if (pair_.tree) heads[0] = tr("node");
    Table table(heads.mid(0, columns + 2));
    for (std::size_t k = 0; k < trace_.targets.size(); ++k) {
      const TracedTarget& t = trace_.targets[k];
      const QStringList cells{target(k),      role(k),        number(t.score), number(t.probability),
                              number(t.loss), number(t.error)};
      table.row(cells.mid(0, columns + 2));
    }
    return table.html();
  }

  QString sharedText() const {
    return tr("The %1 other words around \"%2\" learn it in the same step, against the same columns of W', "
              "and each "
              "adds its own errors to them.")
        .arg(pair_.others.size())
        .arg(name(pair_.predicted()).toHtmlEscaped());
  }

  StepPage pairPage() const {
    StepPage page{tr("The pair"), {}, {}};
    QStringList noise;
    for (std::size_t k = 1; k < pair_.targets.size(); ++k)
      noise << outputName(corpus_, pair_, pair_.targets[k].row);
    page.sentence = cbow()
                        ? tr("From the words around it the model is to find \"%1\".").arg(name(pair_.centre))
                        : tr("From \"%1\" the model is to find \"%2\", a word beside it.")
                              .arg(name(pair_.centre), name(pair_.predicted()));
    page.html = paragraph(page.sentence.toHtmlEscaped());
    if (pair_.tree) {
      page.html +=
          paragraph(tr("Hierarchical softmax: the way to the word in a tree takes %1 turns; each is a "
                       "yes or no question.")
                        .arg(pair_.targets.size()));
    } else {
      page.html +=
          paragraph(tr("To be told apart from %1 words drawn by chance, by their count to the power of "
                       "0.75: %2")
                        .arg(noise.size())
                        .arg(colored(noise.join(QStringLiteral(", ")), noiseColor(theme_))));
    }
    if (!pair_.others.empty()) page.html += paragraph(sharedText());
    return page;
  }

  StepPage rowsPage() const {
    StepPage page{tr("Look up the rows"), {}, {}};
    page.sentence = cbow()
                        ? tr("h is the mean of the context words' columns of W.")
                        : tr("h is the word's column of W; picking it is W times a vector with a single 1.");
    page.html =
        formula(cbow() ? QStringLiteral(
                             "h = (1/%1) Σ<sub>j</sub> v<sub>j</sub>, &nbsp; v<sub>j</sub> = W w<sub>j</sub>")
                             .arg(pair_.context.size())
                       : QStringLiteral("h = v<sub>i</sub> = W w<sub>i</sub>")) +
        paragraph(page.sentence.toHtmlEscaped());
    page.html +=
        paragraph(QStringLiteral("h (%1) = %2").arg(centreNames(), vectorText(trace_.hidden, kShownNumbers)));
    Table table({pair_.tree ? tr("node") : tr("word"), tr("its column v' of W'")});
    for (std::size_t k = 0; k < trace_.targets.size(); ++k)
      table.row({target(k), vectorText(trace_.targets[k].row, kShownNumbers)});
    page.html += table.html();
    return page;
  }

  StepPage scoresPage() const {
    StepPage page{tr("Scores"), {}, {}};
    page.sentence = tr("The dot product of h with each column: the larger, the better the two fit.");
    const TracedTarget& first = trace_.targets.front();
    QStringList terms;
    for (Eigen::Index i = 0; i < std::min<Eigen::Index>(3, trace_.hidden.size()); ++i)
      terms << QStringLiteral("%1 × %2").arg(number(first.row[i]), number(trace_.hidden[i]));
    if (trace_.hidden.size() > 3) terms << QStringLiteral("…");
    page.html = formula(QStringLiteral("x<sub>k</sub> = v'<sub>k</sub> · h")) +
                paragraph(page.sentence.toHtmlEscaped()) +
                paragraph(QStringLiteral("x<sub>1</sub> = %1 = <b>%2</b>")
                              .arg(terms.join(QStringLiteral(" + ")), number(first.score))) +
                targetTable(1);
    return page;
  }

  StepPage probabilitiesPage() const {
    StepPage page{tr("Probabilities"), {}, {}};
    page.sentence = tr("The sigmoid turns each score into how sure the model is of a yes: 0.5 is no idea.");
    const TracedTarget& first = trace_.targets.front();
    page.html =
        formula(QStringLiteral("σ(x) = 1 / (1 + e<sup>-x</sup>)")) +
        paragraph(page.sentence.toHtmlEscaped()) +
        paragraph(QStringLiteral("σ(%1) = <b>%2</b>").arg(number(first.score), number(first.probability))) +
        targetTable(2);
    return page;
  }

  StepPage lossPage() const {
    StepPage page{tr("Loss"), {}, {}};
    page.sentence = tr("Being sure and right costs nothing; being sure and wrong costs much. The loss of "
                       "this pair is %1.")
                        .arg(number(trace_.loss));
    QStringList terms;
    for (const TracedTarget& t : trace_.targets) terms << number(t.loss);
    page.html =
        formula(
            pair_.tree
                ? QStringLiteral("L = - Σ<sub>k</sub> log σ(t<sub>k</sub> x<sub>k</sub>), &nbsp; t = +1, -1")
                : QStringLiteral("L = - log σ(x<sub>1</sub>) - Σ<sub>k&gt;1</sub> log σ(-x<sub>k</sub>)")) +
        paragraph(page.sentence.toHtmlEscaped()) +
        paragraph(QStringLiteral("L = %1 = <b>%2</b>")
                      .arg(terms.join(QStringLiteral(" + ")), number(trace_.loss))) +
        targetTable(3);
    return page;
  }

  StepPage gradientPage() const {
    StepPage page{tr("Gradients"), {}, {}};
    page.sentence =
        tr("The error σ(x) - y says how far each answer is off; it is passed on to h and to each column.");
    page.html = formula(QStringLiteral(
                    "∂L/∂h = Σ<sub>k</sub> (σ(x<sub>k</sub>) - y<sub>k</sub>) v'<sub>k</sub> &nbsp;&nbsp; "
                    "∂L/∂v'<sub>k</sub> = (σ(x<sub>k</sub>) - y<sub>k</sub>) h")) +
                paragraph(page.sentence.toHtmlEscaped()) +
                paragraph(QStringLiteral("∂L/∂h = %1, &nbsp; |∂L/∂h| = %2")
                              .arg(vectorText(trace_.hiddenGradient, kShownNumbers),
                                   number(trace_.hiddenGradient.norm())));
    if (!pair_.others.empty()) page.html += paragraph(sharedText());
    if (cbow())
      page.html += paragraph(tr("Each of the %1 context words gets 1/%1 of it.").arg(pair_.context.size()));
    page.html += targetTable(4);
    return page;
  }

  StepPage updatePage() const {
    StepPage page{tr("New columns"), {}, {}};
    page.sentence = tr("Each column takes a small step against its gradient; the learning rate is %1.")
                        .arg(number(trace_.rate));
    page.html = formula(QStringLiteral("v ← v - η ∂L/∂v, &nbsp; η = %1").arg(number(trace_.rate))) +
                paragraph(page.sentence.toHtmlEscaped());
    Table table({tr("column"), tr("before"), tr("after"), tr("moved by")});
    const auto add = [&](const QString& label, const TracedRow& row) {
      table.row({label, vectorText(row.before, 3), vectorText(row.after, 3),
                 number((row.after - row.before).norm())});
    };
    for (const TracedRow& row : trace_.inputs)
      add(QStringLiteral("v ") + colored(name(row.row), centreColor(theme_)), row);
    for (const TracedRow& row : trace_.outputs) {
      const bool right = row.row == pair_.targets.front().row && pair_.targets.front().sign > 0;
      add(QStringLiteral("v' ") +
              colored(outputName(corpus_, pair_, row.row), right ? rightColor(theme_) : noiseColor(theme_)),
          row);
    }
    page.html += table.html();
    return page;
  }

  const Corpus& corpus_;
  const TeachingPair& pair_;
  const PredictionTrace& trace_;
  const Theme& theme_;
};

/// Pages of GloVe.
class CellPages {
 public:
  CellPages(const Corpus& corpus, const TeachingPair& pair, const CellTrace& trace, const Theme& theme)
      : pair_(pair),
        trace_(trace),
        word_(colored(wordText(corpus, pair.centre), centreColor(theme))),
        context_(colored(wordText(corpus, pair.context.front()), rightColor(theme))),
        plainWord_(wordText(corpus, pair.centre)),
        plainContext_(wordText(corpus, pair.context.front())) {}

  std::vector<StepPage> all() const {
    return {cellPage(), rowsPage(), scorePage(), targetPage(), lossPage(), gradientPage(), updatePage()};
  }

 private:
  Eigen::Index dimensions() const { return trace_.word.before.size() - 1; }
  QString score() const {
    const Eigen::Index d = dimensions();
    return QStringLiteral("%1 + %2 + %3 = <b>%4</b>")
        .arg(number(trace_.product), number(trace_.word.before[d]), number(trace_.context.before[d]),
             number(trace_.score));
  }
  StepPage cellPage() const {
    StepPage page{tr("The cell"), {}, {}};
    page.sentence = tr("\"%1\" and \"%2\" count %3 together in the text: each place counts 1 / distance.")
                        .arg(plainWord_, plainContext_, number(pair_.count));
    page.html = paragraph(page.sentence.toHtmlEscaped()) +
                formula(QStringLiteral("X<sub>ij</sub> = %1").arg(number(pair_.count)));
    return page;
  }
  StepPage rowsPage() const {
    StepPage page{tr("Look up the rows"), {}, {}};
    page.sentence = tr("Each word has a column as word and one as context, and a bias in each table.");
    const Eigen::Index d = dimensions();
    page.html =
        formula(QStringLiteral("w<sub>i</sub> = W e<sub>i</sub>, &nbsp; w̃<sub>j</sub> = W̃ e<sub>j</sub>")) +
        paragraph(page.sentence.toHtmlEscaped());
    Table table({QString(), tr("vector"), tr("bias")});
    table.row({QStringLiteral("w ") + word_, vectorText(trace_.word.before.head(d), kShownNumbers),
               number(trace_.word.before[d])});
    table.row({QStringLiteral("w̃ ") + context_, vectorText(trace_.context.before.head(d), kShownNumbers),
               number(trace_.context.before[d])});
    page.html += table.html();
    return page;
  }
  StepPage scorePage() const {
    StepPage page{tr("Scores"), {}, {}};
    page.sentence = tr("What the model makes of the two: their dot product and both biases.");
    page.html = formula(QStringLiteral("s = w<sub>i</sub> · w̃<sub>j</sub> + b<sub>i</sub> + b̃<sub>j</sub>")) +
                paragraph(page.sentence.toHtmlEscaped()) + paragraph(QStringLiteral("s = ") + score());
    return page;
  }
  StepPage targetPage() const {
    StepPage page{tr("What it should be"), {}, {}};
    page.sentence = tr("The score should be the logarithm of the count.");
    page.html = formula(QStringLiteral("s - log X<sub>ij</sub>")) + paragraph(page.sentence.toHtmlEscaped()) +
                paragraph(QStringLiteral("log %1 = %2; &nbsp; %3 - %2 = <b>%4</b>")
                              .arg(number(pair_.count), number(trace_.logCount), number(trace_.score),
                                   number(trace_.difference)));
    return page;
  }
  StepPage lossPage() const {
    StepPage page{tr("Loss"), {}, {}};
    page.sentence = tr("The square of the difference; rare pairs weigh less. The loss of this cell is %1.")
                        .arg(number(trace_.loss));
    page.html =
        formula(QStringLiteral("L = ½ f(X) (s - log X)², &nbsp; f(X) = min(1, (X / %1)<sup>0.75</sup>)")
                    .arg(number(pair_.maximum))) +
        paragraph(page.sentence.toHtmlEscaped()) +
        paragraph(QStringLiteral("f(%1) = %2; &nbsp; L = ½ × %2 × (%3)² = <b>%4</b>")
                      .arg(number(pair_.count), number(trace_.weight), number(trace_.difference),
                           number(trace_.loss)));
    return page;
  }
  StepPage gradientPage() const {
    StepPage page{tr("Gradients"), {}, {}};
    page.sentence = tr("Each vector is pulled along the other one, each bias by the slope itself.");
    const Eigen::Index d = dimensions();
    page.html =
        formula(QStringLiteral("g = f(X) (s - log X) = %1 &nbsp;&nbsp; ∂L/∂w<sub>i</sub> = g w̃<sub>j</sub>, "
                               "&nbsp; ∂L/∂w̃<sub>j</sub> = g w<sub>i</sub>, &nbsp; ∂L/∂b = g")
                    .arg(number(trace_.slope))) +
        paragraph(page.sentence.toHtmlEscaped());
    Table table({QString(), tr("gradient"), tr("of the bias")});
    table.row({QStringLiteral("w ") + word_, vectorText(trace_.word.gradient.head(d), kShownNumbers),
               number(trace_.word.gradient[d])});
    table.row({QStringLiteral("w̃ ") + context_, vectorText(trace_.context.gradient.head(d), kShownNumbers),
               number(trace_.context.gradient[d])});
    page.html += table.html();
    return page;
  }
  StepPage updatePage() const {
    StepPage page{tr("New columns"), {}, {}};
    page.sentence = tr("AdaGrad: every number has a step of its own, smaller the more it has moved before. "
                       "The learning rate is %1.")
                        .arg(number(trace_.rate));
    page.html =
        formula(QStringLiteral("w ← w - η g<sub>w</sub> / √S, &nbsp; S ← S + g<sub>w</sub>², &nbsp; η = %1")
                    .arg(number(trace_.rate))) +
        paragraph(page.sentence.toHtmlEscaped());
    Table table({QString(), tr("before"), tr("after"), tr("moved by"), tr("mean √S")});
    const auto add = [&](const QString& label, const TracedCellSide& side) {
      table.row({label, vectorText(side.before, 3), vectorText(side.after, 3),
                 number((side.after - side.before).norm()), number(side.squaresAfter.array().sqrt().mean())});
    };
    add(QStringLiteral("w ") + word_, trace_.word);
    add(QStringLiteral("w̃ ") + context_, trace_.context);
    page.html += table.html();
    return page;
  }

  const TeachingPair& pair_;
  const CellTrace& trace_;
  QString word_, context_, plainWord_, plainContext_;
};

}  // namespace

QColor centreColor(const Theme& theme) { return theme.categories[0]; }
QColor rightColor(const Theme& theme) { return theme.categories[2]; }
QColor noiseColor(const Theme& theme) { return theme.categories[1]; }

StepTables tablesOf(int page) {
  return page == kStepGradients ? StepTables::Gradient
         : page == kStepUpdate  ? StepTables::After
                                : StepTables::Before;
}

QString outputName(const Corpus& corpus, const TeachingPair& pair, std::uint32_t row) {
  return pair.tree && pair.kind != TeachingPair::Kind::Cell ? tr("node %1").arg(row) : wordText(corpus, row);
}

QString pairHtml(const Corpus& corpus, const TeachingPair& pair, const Theme& theme) {
  const Document& document = corpus.document(corpus.documentOf(pair.centrePlace));
  TokenIndex first = pair.centrePlace, last = pair.centrePlace;
  for (const auto& places : {pair.contextPlaces, pair.window}) {
    for (const TokenIndex place : places) {
      if (pair.centrePlace - std::min(place, pair.centrePlace) < kMostBetween) first = std::min(first, place);
      if (place < pair.centrePlace + kMostBetween) last = std::max(last, place);
    }
  }
  first -= std::min(kAround, first - document.tokens.begin);
  last = std::min(last + kAround, document.tokens.end - 1);
  const auto isContext = [&](TokenIndex token) {
    return std::find(pair.contextPlaces.begin(), pair.contextPlaces.end(), token) != pair.contextPlaces.end();
  };
  const auto inWindow = [&](TokenIndex token) {
    return std::find(pair.window.begin(), pair.window.end(), token) != pair.window.end();
  };
  const bool cbow = pair.kind == TeachingPair::Kind::Cbow;
  QString html;
  std::uint64_t end = corpus.textRange(first).begin;
  for (TokenIndex token = first; token <= last; ++token) {
    const ByteRange range = corpus.textRange(token);
    const std::string_view text(document.text);
    html += oneLine(toQString(text.substr(end, range.begin - end)), 40).toHtmlEscaped();
    end = range.end;
    const QString word =
        oneLine(toQString(text.substr(range.begin, range.end - range.begin)), 60).toHtmlEscaped();
    // The word whose vector is used in one colour, what is to be found in the other.
    const bool centre = token == pair.centrePlace;
    const bool marked = centre || isContext(token);
    const QColor color = !marked          ? inWindow(token) ? theme.text : theme.secondary
                         : centre != cbow ? centreColor(theme)
                                          : rightColor(theme);
    html += QStringLiteral("<a href='token:%1' style='text-decoration:%2;color:%3'>%4</a>")
                .arg(token)
                .arg(marked ? QStringLiteral("underline") : QStringLiteral("none"), color.name(),
                     marked ? QStringLiteral("<b>%1</b>").arg(word) : word);
  }
  return QStringLiteral("<p>… %1 …</p>").arg(html);
}

std::vector<StepPage> stepPages(const Corpus& corpus, const TeachingPair& pair, const StepTrace& trace,
                                const Theme& theme) {
  if (const auto* prediction = std::get_if<PredictionTrace>(&trace))
    return PredictionPages(corpus, pair, *prediction, theme).all();
  return CellPages(corpus, pair, std::get<CellTrace>(trace), theme).all();
}

}  // namespace lexarium
