// SPDX-License-Identifier: GPL-3.0-or-later
// The views, in menu order. To add one: ui/views/x_view.{h,cpp}, an include and a line here. The explicit
// list is on purpose: objects that register themselves vanish from static libraries.
#include <QCoreApplication>
#include <vector>

#include "ui/views/analogy_view.h"
#include "ui/views/ask_view.h"
#include "ui/views/attention_time_view.h"
#include "ui/views/attention_view.h"
#include "ui/views/axes_view.h"
#include "ui/views/beam_view.h"
#include "ui/views/compare_view.h"
#include "ui/views/concordance_view.h"
#include "ui/views/cooccurrence_view.h"
#include "ui/views/counterfactual_view.h"
#include "ui/views/evaluate_view.h"
#include "ui/views/explorer_view.h"
#include "ui/views/guess_view.h"
#include "ui/views/hood_view.h"
#include "ui/views/ladder_view.h"
#include "ui/views/loss_view.h"
#include "ui/views/map_pair_view.h"
#include "ui/views/map_view.h"
#include "ui/views/neighbours_view.h"
#include "ui/views/next_token_view.h"
#include "ui/views/notebook_view.h"
#include "ui/views/parameters_view.h"
#include "ui/views/runs_view.h"
#include "ui/views/saliency_view.h"
#include "ui/views/samples_view.h"
#include "ui/views/share_view.h"
#include "ui/views/states_view.h"
#include "ui/views/text_view.h"
#include "ui/views/tokens_view.h"
#include "ui/views/training_steps_view.h"
#include "ui/views/view.h"
#include "ui/views/vocabulary_view.h"
#include "ui/views/why_close_view.h"
#include "ui/views/word_scores_view.h"

namespace lexarium {
namespace {

template <class T>
[[maybe_unused]] View* make(Session& session, QWidget* parent) {
  return new T(session, parent);
}

}  // namespace

std::span<const ViewInfo> viewRegistry() {
  // id, title, icon, help, area, workspaces, shortcut, factory, stays in projector mode
  static const std::vector<ViewInfo> views{
      {"explorer", QT_TRANSLATE_NOOP("View", "Explorer"), "explorer",
       QT_TRANSLATE_NOOP("View", "The open text with its documents, and the runs made on it."),
       Qt::LeftDockWidgetArea, "corpus,embeddings", "Ctrl+8", &make<ExplorerView>},
      {"parameters", QT_TRANSLATE_NOOP("View", "Parameters"), "parameters",
       QT_TRANSLATE_NOOP("View", "Which model the next run trains, and with what settings."),
       Qt::LeftDockWidgetArea, "embeddings,sequence,attention", "Ctrl+7", &make<ParametersView>},
      {"text", QT_TRANSLATE_NOOP("View", "Text"), "text",
       QT_TRANSLATE_NOOP("View", "The text itself; a click on a word selects it everywhere."),
       Qt::TopDockWidgetArea, "corpus", "Ctrl+5", &make<TextView>, true},
      {"vocabulary", QT_TRANSLATE_NOOP("View", "Vocabulary"), "vocabulary",
       QT_TRANSLATE_NOOP("View", "All words of the text with how often they occur."), Qt::TopDockWidgetArea,
       "corpus", "Ctrl+6", &make<VocabularyView>, true},
      {"map", QT_TRANSLATE_NOOP("View", "Map"), "map",
       QT_TRANSLATE_NOOP("View",
                         "Every word a point: words that are used alike come to lie near one another."),
       Qt::TopDockWidgetArea, "embeddings,explore,share", "Ctrl+1", &make<MapView>, true},
      {"loss", QT_TRANSLATE_NOOP("View", "Loss"), "loss",
       QT_TRANSLATE_NOOP("View", "How well the model predicts words while it trains: the lower, the better."),
       Qt::BottomDockWidgetArea, "embeddings,sequence,attention,compare,evaluate", "Ctrl+2", &make<LossView>,
       true},
      {"neighbours", QT_TRANSLATE_NOOP("View", "Neighbours"), "neighbours",
       QT_TRANSLATE_NOOP("View", "The selected word and the words nearest to it, while it trains."),
       Qt::RightDockWidgetArea, "embeddings,explore,compare", "Ctrl+3", &make<NeighboursView>},
      {"concordance", QT_TRANSLATE_NOOP("View", "Concordance"), "concordance",
       QT_TRANSLATE_NOOP("View", "All places of a word in the text, with the words around it."),
       Qt::BottomDockWidgetArea, "corpus,embeddings", "Ctrl+4", &make<ConcordanceView>},
      {"analogy", QT_TRANSLATE_NOOP("View", "Analogies"), "add",
       QT_TRANSLATE_NOOP("View", "Sums of words, king - man + woman, and the words that fit them best."),
       Qt::RightDockWidgetArea, "explore", "Ctrl+9", &make<AnalogyView>, true},
      {"axes", QT_TRANSLATE_NOOP("View", "Axes"), "axes",
       QT_TRANSLATE_NOOP("View", "Words between the ends of two lines of meaning that you choose."),
       Qt::TopDockWidgetArea, "explore", "Ctrl+Shift+X", &make<AxesView>, true},
      {"why", QT_TRANSLATE_NOOP("View", "Why close?"), "why",
       QT_TRANSLATE_NOOP("View",
                         "Why two words are close: shared contexts, and the sentences with most of them."),
       Qt::BottomDockWidgetArea, "explore", "Ctrl+Shift+Y", &make<WhyCloseView>},
      {"ask", QT_TRANSLATE_NOOP("View", "Ask the text"), "concordance",
       QT_TRANSLATE_NOOP("View", "Your question, and the sentences of the text that may answer it."),
       Qt::BottomDockWidgetArea, "explore", "Ctrl+Shift+Q", &make<AskView>},
      {"training_steps", QT_TRANSLATE_NOOP("View", "Training step"), "inside",
       QT_TRANSLATE_NOOP("View",
                         "One training step taken apart: both tables, the formulas and every number."),
       Qt::TopDockWidgetArea, "inside", "Ctrl+Shift+I", &make<TrainingStepsView>, true},
      {"cooccurrence", QT_TRANSLATE_NOOP("View", "Co-occurrence"), "heatmap",
       QT_TRANSLATE_NOOP("View", "How often words stand near each other, and what GloVe makes of it."),
       Qt::TopDockWidgetArea, "inside", "Ctrl+Shift+M", &make<CooccurrenceView>, true},
      {"samples", QT_TRANSLATE_NOOP("View", "Samples"), "samples",
       QT_TRANSLATE_NOOP("View", "What a language model says while it learns, and what it said earlier."),
       Qt::TopDockWidgetArea, "sequence", "Ctrl+Shift+W", &make<SamplesView>, true},
      {"states", QT_TRANSLATE_NOOP("View", "States"), "heatmap",
       QT_TRANSLATE_NOOP("View", "What each unit of a language model does while it reads a text."),
       Qt::TopDockWidgetArea, "states", "Ctrl+Shift+D", &make<StatesView>, true},
      {"hood", QT_TRANSLATE_NOOP("View", "Under the hood"), "hood",
       QT_TRANSLATE_NOOP("View", "One step of a language model: its formulas with the actual numbers."),
       Qt::TopDockWidgetArea, "states", "Ctrl+Shift+F", &make<HoodView>, true},
      {"attention", QT_TRANSLATE_NOOP("View", "Attention"), "attention",
       QT_TRANSLATE_NOOP("View", "Where a model looks while it reads: each of its heads as a heat map."),
       Qt::TopDockWidgetArea, "attention", "Ctrl+Alt+A", &make<AttentionView>, true},
      {"attention_time", QT_TRANSLATE_NOOP("View", "Attention over time"), "recent",
       QT_TRANSLATE_NOOP("View",
                         "The same text read in each moment of a run: when it learned where to look."),
       Qt::TopDockWidgetArea, "attention", "Ctrl+Alt+T", &make<AttentionTimeView>, true},
      {"counterfactual", QT_TRANSLATE_NOOP("View", "Counterfactual"), "copy",
       QT_TRANSLATE_NOOP("View",
                         "Two texts beside each other: what another word changes in what a model does."),
       Qt::TopDockWidgetArea, "attention", "Ctrl+Alt+C", &make<CounterfactualView>, true},
      {"saliency", QT_TRANSLATE_NOOP("View", "What counted"), "eye",
       QT_TRANSLATE_NOOP("View", "How much each token counted for what a model says, beside attention."),
       Qt::TopDockWidgetArea, "attention", "Ctrl+Alt+S", &make<SaliencyView>, true},
      {"evaluate", QT_TRANSLATE_NOOP("View", "Evaluate"), "table",
       QT_TRANSLATE_NOOP("View", "Scores of all runs of a task on its test examples, and where they err."),
       Qt::TopDockWidgetArea, "evaluate", "Ctrl+Alt+E", &make<EvaluateView>, true},
      {"word_scores", QT_TRANSLATE_NOOP("View", "Word scores"), "loss",
       QT_TRANSLATE_NOOP("View",
                         "How good word vectors become while they are learned: analogies, similarity."),
       Qt::BottomDockWidgetArea, "evaluate", "Ctrl+Alt+W", &make<WordScoresView>, true},
      {"beams", QT_TRANSLATE_NOOP("View", "Beams"), "why",
       QT_TRANSLATE_NOOP("View", "What a model weighs, keeps and gives up while it says a text."),
       Qt::TopDockWidgetArea, "attention", "Ctrl+Alt+B", &make<BeamView>, true},
      {"next_token", QT_TRANSLATE_NOOP("View", "Next token"), "next_token",
       QT_TRANSLATE_NOOP("View", "What a language model expects next, and what each cut leaves of it."),
       Qt::RightDockWidgetArea, "sequence", "Ctrl+Shift+K", &make<NextTokenView>},
      {"guess", QT_TRANSLATE_NOOP("View", "Guess"), "guess",
       QT_TRANSLATE_NOOP("View", "Guess what comes next in the text before the model tells."),
       Qt::TopDockWidgetArea, "sequence", "Ctrl+Shift+U", &make<GuessView>, true},
      {"tokens", QT_TRANSLATE_NOOP("View", "Tokens"), "tokens",
       QT_TRANSLATE_NOOP("View", "How the text is cut into tokens, merge by merge, and in other ways."),
       Qt::TopDockWidgetArea, "corpus,inside", "Ctrl+Shift+N", &make<TokensView>, true},
      {"ladder", QT_TRANSLATE_NOOP("View", "Ladder"), "ladder",
       QT_TRANSLATE_NOOP("View",
                         "Language models on the same text side by side, from counting to attention."),
       Qt::BottomDockWidgetArea, "sequence", "Ctrl+Shift+L", &make<LadderView>, true},
      {"notebook", QT_TRANSLATE_NOOP("View", "Notebook"), "pin",
       QT_TRANSLATE_NOOP("View",
                         "Bookmarks of the map, words under a name, and notes, kept with the project."),
       Qt::LeftDockWidgetArea, "embeddings", "Ctrl+Shift+B", &make<NotebookView>},
      {"map_pair", QT_TRANSLATE_NOOP("View", "Two maps"), "map",
       QT_TRANSLATE_NOOP("View",
                         "The maps of two runs beside each other, turned alike, with what has changed."),
       Qt::TopDockWidgetArea, "compare", "Ctrl+Shift+A", &make<MapPairView>, true},
      {"runs", QT_TRANSLATE_NOOP("View", "Runs"), "table",
       QT_TRANSLATE_NOOP("View", "All runs on the text as a table: what differs between them stands first."),
       Qt::TopDockWidgetArea, "compare", "Ctrl+Shift+R", &make<RunsView>, true},
      {"compare", QT_TRANSLATE_NOOP("View", "Agreement"), "copy",
       QT_TRANSLATE_NOOP("View", "How far two runs agree on what is near, word by word."),
       Qt::TopDockWidgetArea, "compare", "Ctrl+Shift+G", &make<CompareView>, true},
      {"share", QT_TRANSLATE_NOOP("View", "Share"), "share",
       QT_TRANSLATE_NOOP("View", "What a model is, and the files in which it leaves the program."),
       Qt::LeftDockWidgetArea, "share", "Ctrl+Shift+C", &make<ShareView>, true},
  };
  return views;
}

}  // namespace lexarium
