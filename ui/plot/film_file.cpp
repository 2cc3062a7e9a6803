// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/film_file.h"

#include <QBuffer>
#include <QRect>
#include <array>
#include <cstring>
#include <string>
#include <string_view>
#include <system_error>

#include "core/base/file.h"

namespace lexarium {

namespace {

constexpr std::string_view kSignature("\x89PNG\r\n\x1a\n", 8);

std::string png(const QImage& picture) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  picture.save(&buffer, "PNG");
  return bytes.toStdString();
}

void appendNumber(std::string& bytes, std::uint32_t number) {
  for (const int shift : {24, 16, 8, 0}) bytes += static_cast<char>((number >> shift) & 0xff);
}

std::uint32_t numberAt(std::string_view bytes, std::size_t place) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8 | static_cast<unsigned char>(bytes[place + i]);
  return number;
}

/// CRC-32 as PNG has it (ISO 3309).
std::uint32_t checksum(std::string_view bytes) {
  static const auto table = [] {
    std::array<std::uint32_t, 256> values{};
    for (std::uint32_t i = 0; i < values.size(); ++i) {
      values[i] = i;
      for (int bit = 0; bit < 8; ++bit) values[i] = (values[i] >> 1) ^ (values[i] & 1 ? 0xedb88320u : 0u);
    }
    return values;
  }();
  std::uint32_t sum = 0xffffffffu;
  for (const char byte : bytes) sum = table[(sum ^ static_cast<unsigned char>(byte)) & 0xff] ^ (sum >> 8);
  return ~sum;
}

std::string chunk(std::string_view type, std::string_view content) {
  std::string typed(type);
  typed += content;
  std::string bytes;
  appendNumber(bytes, static_cast<std::uint32_t>(content.size()));
  bytes += typed;
  appendNumber(bytes, checksum(typed));
  return bytes;
}

/// What a PNG of Qt's has of this type: the one header, or the data put together.
std::string contentOf(std::string_view file, std::string_view type) {
  std::string content;
  for (std::size_t place = kSignature.size(); place + 12 <= file.size();) {
    const std::size_t size = numberAt(file, place);
    if (file.substr(place + 4, 4) == type) content += file.substr(place + 8, size);
    place += size + 12;
  }
  return content;
}

/// The smallest rectangle outside which both are the same; one pixel if they are the same everywhere, because
/// an empty one cannot be stored.
QRect difference(const QImage& a, const QImage& b) {
  int left = a.width(), right = -1, top = a.height(), bottom = -1;
  for (int y = 0; y < a.height(); ++y) {
    const auto* rowA = reinterpret_cast<const QRgb*>(a.constScanLine(y));
    const auto* rowB = reinterpret_cast<const QRgb*>(b.constScanLine(y));
    int first = 0, last = a.width() - 1;
    while (first < a.width() && rowA[first] == rowB[first]) ++first;
    if (first == a.width()) continue;
    while (rowA[last] == rowB[last]) --last;
    left = std::min(left, first);
    right = std::max(right, last);
    top = std::min(top, y);
    bottom = y;
  }
  return right < 0 ? QRect(0, 0, 1, 1) : QRect(QPoint(left, top), QPoint(right, bottom));
}

class AnimatedPng final : public FilmFile {
 public:
  AnimatedPng(AtomicFile file, std::uint32_t pictures, std::uint16_t perSecond)
      : file_(std::move(file)), pictures_(pictures), perSecond_(perSecond) {}

  Expected<void> add(const QImage& picture) override {
    // Without transparency, so that all pictures are stored in the same way.
    const QImage plain = picture.convertToFormat(QImage::Format_RGB32);
    const bool first = before_.isNull();
    if (!first && plain.size() != before_.size()) return makeError("The pictures of a film differ in size");
    const QRect part = first ? plain.rect() : difference(before_, plain);
    const std::string packed = png(plain.copy(part));
    if (packed.empty())
      return makeError("A picture of the film could not be packed", {}, "Choose a smaller size");
    std::string bytes;
    if (first) bytes += header(packed);
    bytes += chunk("fcTL", control(part));
    if (first) {
      bytes += chunk("IDAT", contentOf(packed, "IDAT"));
    } else {
      std::string data;
      appendNumber(data, sequence_++);
      bytes += chunk("fdAT", data + contentOf(packed, "IDAT"));
    }
    before_ = plain;
    ++added_;
    return file_.write(bytes);
  }

  Expected<void> finish() override {
    if (added_ != pictures_) return makeError("The film is not complete");
    if (auto written = file_.write(chunk("IEND", {})); !written) return written;
    return file_.commit();
  }

 private:
  std::string header(std::string_view packed) const {
    std::string animation;
    appendNumber(animation, pictures_);
    appendNumber(animation, 0);  // for ever
    return std::string(kSignature) + chunk("IHDR", contentOf(packed, "IHDR")) + chunk("acTL", animation);
  }

  /// Where a picture goes and how long it stays.
  std::string control(const QRect& part) {
    std::string content;
    appendNumber(content, sequence_++);
    for (const int number : {part.width(), part.height(), part.x(), part.y()})
      appendNumber(content, static_cast<std::uint32_t>(number));
    content += {'\0', '\1'};  // 1 / perSecond_
    content += {static_cast<char>(perSecond_ >> 8), static_cast<char>(perSecond_ & 0xff)};
    content += {'\0', '\0'};  // it stays, and takes the place of what was there
    return content;
  }

  AtomicFile file_;
  const std::uint32_t pictures_;
  const std::uint16_t perSecond_;
  std::uint32_t sequence_ = 0, added_ = 0;
  QImage before_;
};

class NumberedPngs final : public FilmFile {
 public:
  NumberedPngs(std::filesystem::path target, std::filesystem::path folder)
      : target_(std::move(target)), folder_(std::move(folder)) {}
  ~NumberedPngs() override {
    std::error_code ignored;
    if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
  }

  Expected<void> add(const QImage& picture) override {
    const QString name = QStringLiteral("film-%1.png").arg(++added_, 4, 10, QLatin1Char('0'));
    return writeFileAtomically(folder_ / pathFromUtf8(name.toStdString()), png(picture));
  }

  Expected<void> finish() override {
    std::error_code failed;
    std::filesystem::rename(folder_, target_, failed);
    if (failed)
      return makeError("The folder of the film could not be given its name: " + failed.message(),
                       pathToUtf8(target_), "Choose another name");
    folder_.clear();
    return {};
  }

 private:
  const std::filesystem::path target_;
  std::filesystem::path folder_;  // beside the target until all pictures are there
  int added_ = 0;
};

}  // namespace

Expected<std::unique_ptr<FilmFile>> createAnimatedPng(const std::filesystem::path& path,
                                                      std::uint32_t pictures, std::uint16_t perSecond) {
  auto file = AtomicFile::create(path);
  if (!file) return tl::unexpected<Error>(file.error());
  return std::make_unique<AnimatedPng>(std::move(*file), pictures, perSecond);
}

Expected<std::unique_ptr<FilmFile>> createNumberedPngs(const std::filesystem::path& folder) {
  std::error_code failed;
  if (std::filesystem::exists(folder, failed))
    return makeError("There is something of that name already", pathToUtf8(folder),
                     "Choose the name of a folder that does not exist");
  std::filesystem::path beside = folder;
  beside += ".part";
  std::filesystem::create_directory(beside, failed);
  if (failed)
    return makeError("The folder of the film cannot be made: " + failed.message(), pathToUtf8(folder),
                     "Choose a place that can be written to");
  return std::make_unique<NumberedPngs>(folder, std::move(beside));
}

}  // namespace lexarium
