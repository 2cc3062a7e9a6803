// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/csv_export.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStandardPaths>
#include <atomic>

#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

constexpr std::size_t kBufferBytes = 1 << 20;
constexpr int kTickMs = 100;
constexpr int kQuietTicks = 5;  // shorter exports show no bar

}  // namespace

std::string csvField(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

Expected<void> CsvWriter::row(std::span<const std::string> fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) buffer_ += ',';
    buffer_ += csvField(fields[i]);
  }
  buffer_ += "\r\n";
  return buffer_.size() >= kBufferBytes ? flush() : Expected<void>{};
}

Expected<void> CsvWriter::flush() {
  auto written = file_.write(buffer_);
  buffer_.clear();
  return written;
}

/// Written by the exporting thread, read by the bar.
struct CsvExport::Progress {
  std::atomic<double> fraction{-1};
};

CsvExport::CsvExport(QWidget* parent) : QWidget(parent), label_(new QLabel), bar_(new QProgressBar) {
  auto* stop = new QPushButton(tr("Cancel"));
  stop->setObjectName("exportCancel");
  connect(stop, &QPushButton::clicked, this, &CsvExport::cancel);
  bar_->setTextVisible(false);
  bar_->setAccessibleName(tr("Progress of the export"));
  auto* layout = tightLayout<QHBoxLayout>(this);
  layout->addWidget(label_);
  layout->addWidget(bar_, 1);
  layout->addWidget(stop);
  timer_.setInterval(kTickMs);
  connect(&timer_, &QTimer::timeout, this, &CsvExport::showProgress);
  hide();
}

void CsvExport::askAndSave(const QString& suggestedName, CsvRows rows) {
  const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
  QString path = QFileDialog::getSaveFileName(this, tr("Export as CSV"), QDir(folder).filePath(suggestedName),
                                              tr("Comma-separated values (*.csv)"));
  if (path.isEmpty()) return;
  if (QFileInfo(path).suffix().isEmpty()) path += QStringLiteral(".csv");
  saveTo(path, std::move(rows));
}

void CsvExport::saveTo(const QString& path, CsvRows rows) {
  run(path,
      [path = pathFromUtf8(path.toStdString()),
       rows = std::move(rows)](const TaskContext& context) -> Expected<void> {
        auto file = AtomicFile::create(path);
        if (!file) return tl::unexpected<Error>(file.error());
        CsvWriter writer(*file);
        if (auto done = rows(writer, context); !done) return done;
        if (auto done = writer.flush(); !done) return done;
        if (context.stopRequested()) return cancelled();
        return file->commit();
      });
}

void CsvExport::run(const QString& path, ExportJob job) {
  progress_ = std::make_shared<Progress>();
  auto work = [job = std::move(job), progress = progress_](std::stop_token stop) -> Expected<void> {
    TaskContext context;
    context.stop = std::move(stop);
    context.progress = [progress](double fraction, const std::string&) { progress->fraction = fraction; };
    return job(context);
  };
  job_.run(std::move(work), [this, path](Expected<void> done) {
    timer_.stop();
    hide();
    if (done) {
      Q_EMIT finished(path);
    } else if (done.error().kind != Error::Kind::Cancelled) {
      Q_EMIT failed(done.error());
    }
  });
  label_->setText(tr("Exporting %1").arg(QFileInfo(path).fileName()));
  ticks_ = 0;
  timer_.start();
}

void CsvExport::cancel() {
  job_.cancel();
  timer_.stop();
  hide();
}

void CsvExport::showProgress() {
  const double fraction = progress_->fraction;
  bar_->setRange(0, fraction < 0 ? 0 : 1000);
  if (fraction >= 0) bar_->setValue(static_cast<int>(fraction * 1000));
  if (++ticks_ >= kQuietTicks) show();
}

}  // namespace lexarium
