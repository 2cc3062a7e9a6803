// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/text_options.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include "ui/widgets/helpers.h"
#include "ui/widgets/param_form.h"

namespace lexarium {

void TextOptions::open(Session& session, QWidget* window) {
  if (!session.corpus()) return;
  auto* dialog = window->findChild<TextOptions*>();
  if (!dialog) {
    dialog = new TextOptions(session, window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
  }
  dialog->show();
  dialog->raise();
  dialog->activateWindow();
}

TextOptions::TextOptions(Session& session, QWidget* parent) : QDialog(parent), session_(session) {
  setObjectName("textOptionsDialog");
  setWindowTitle(tr("Text options"));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(16, 16, 16, 16);
  layout->setSpacing(12);
  auto* title = new QLabel(oneLine(toQString(session.corpus()->title()), 60));
  title->setProperty("role", "title");
  layout->addWidget(title);
  // Examples were read with the encoding that their dialog shows.
  if (!session.paths().isEmpty() && !session.corpus()->task()) layout->addWidget(encodingRow());
  form_ = new ParamForm;
  form_->setObjectName("segmentForm");
  const auto specs = segmentParamSpecs();
  form_->setSpecs(specs, ParamSet::defaultsOf(specs));
  form_->setValues(toParamSet(session.corpus()->options()));
  layout->addWidget(form_, 1);
  if (!session.runs().runs().empty()) {
    auto* warning = new QLabel(tr("Words get other numbers when the text is read again, so its runs end."));
    warning->setProperty("role", "secondary");
    warning->setWordWrap(true);
    layout->addWidget(warning);
  }
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
  auto* read = buttons->addButton(tr("Read again"), QDialogButtonBox::AcceptRole);
  read->setObjectName("readAgain");
  read->setProperty("primary", true);
  read->setDefault(true);
  connect(buttons, &QDialogButtonBox::accepted, this, &TextOptions::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &TextOptions::reject);
  layout->addWidget(buttons);
  resize(fontMetrics().averageCharWidth() * 60, sizeHint().height());
}

QWidget* TextOptions::encodingRow() {
  const Encoding& found = session_.corpus()->document(0).encoding;
  encoding_ = new QComboBox;
  encoding_->setObjectName("encoding");
  encoding_->addItem(tr("Find out for each file"), QString());
  for (const auto& name : selectableEncodings()) encoding_->addItem(toQString(name), toQString(name));
  encoding_->setCurrentIndex(std::max(0, encoding_->findData(session_.encoding())));
  const QString confidence =
      found.source == Encoding::Source::Detected ? tr(" (%1 % sure)").arg(found.confidence) : QString();
  auto* now = new QLabel(tr("Read as %1%2").arg(toQString(found.name), confidence));
  now->setProperty("role", "secondary");
  auto* row = new QWidget;
  auto* form = new QFormLayout(row);
  form->setContentsMargins(0, 0, 0, 0);
  form->addRow(tr("&Encoding"), encoding_);
  form->addRow(QString(), now);
  return row;
}

void TextOptions::accept() {
  const QString encoding = encoding_ ? encoding_->currentData().toString() : QString();
  const SegmentOptions options = segmentOptionsFrom(form_->values());
  const bool same = options == session_.corpus()->options() && encoding == session_.encoding();
  if (!same) session_.reload(options, encoding);
  QDialog::accept();
}

}  // namespace lexarium
