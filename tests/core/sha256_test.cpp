// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCryptographicHash>
#include <QTest>

#include "core/base/rng.h"
#include "core/base/sha256.h"
#include "core/base/sha256_blocks.h"

using namespace lexarium;

class Sha256Test : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void publishedExamples();
  void agreesWithQtAtEveryLength();
  void piecesMakeNoDifference();
  void processorAndPlainCodeAgree();
};

namespace {

std::string hexOf(std::string_view text) {
  const auto digest = sha256(std::as_bytes(std::span(text)));
  return toHex(digest);
}

std::string randomText(std::size_t size) {
  Rng rng(size + 1);
  std::string text(size, '\0');
  for (char& c : text) c = static_cast<char>(rng.next());
  return text;
}

}  // namespace

void Sha256Test::publishedExamples() {
  // NIST's examples for FIPS 180-4.
  QCOMPARE(hexOf(""), std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
  QCOMPARE(hexOf("abc"), std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
  QCOMPARE(hexOf("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
           std::string("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"));
  QCOMPARE(hexOf(std::string(1'000'000, 'a')),
           std::string("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"));
}

void Sha256Test::agreesWithQtAtEveryLength() {
  for (std::size_t size = 0; size < 200; ++size) {
    const std::string text = randomText(size);
    const QByteArray expected =
        QCryptographicHash::hash(QByteArray::fromStdString(text), QCryptographicHash::Sha256).toHex();
    QCOMPARE(hexOf(text), expected.toStdString());
  }
}

void Sha256Test::piecesMakeNoDifference() {
  const std::string text = randomText(1000);
  Rng rng(5);
  for (int round = 0; round < 50; ++round) {
    Sha256 hash;
    std::string_view left = text;
    while (!left.empty()) {
      const std::size_t size = std::min<std::size_t>(rng.below(150), left.size());
      hash.add(left.substr(0, size));
      left.remove_prefix(size);
    }
    QCOMPARE(toHex(hash.finish()), hexOf(text));
  }
}

void Sha256Test::processorAndPlainCodeAgree() {
  const Sha256Blocks fast = sha256BlocksOfProcessor();
  if (!fast) QSKIP("This processor has no instructions for it.");
  for (std::size_t blocks = 0; blocks < 20; ++blocks) {
    const std::string text = randomText(64 * blocks);
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    std::array<std::uint32_t, 8> one{1, 2, 3, 4, 5, 6, 7, 0xffffffff}, other = one;
    fast(one, bytes, blocks);
    sha256BlocksPlain(other, bytes, blocks);
    QCOMPARE(one, other);
  }
}

QTEST_GUILESS_MAIN(Sha256Test)
#include "sha256_test.moc"
