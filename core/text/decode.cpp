// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/decode.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucnv_err.h>

#include <algorithm>
#include <array>
#include <utility>

#include "core/text/utf8.h"

namespace lexarium {
namespace {

// Source bytes between two checkpoints.
constexpr std::uint64_t kCheckpointBytes = 1 << 16;

// Called by ICU for what it cannot convert; once for each ill-formed or unassigned sequence.
void U_CALLCONV replaceSequence(const void* context, UConverterToUnicodeArgs* arguments, const char*,
                                std::int32_t, UConverterCallbackReason reason, UErrorCode* status) {
  if (reason > UCNV_IRREGULAR) return;  // reset, close, clone
  *status = U_ZERO_ERROR;
  const UChar replacement = static_cast<UChar>(kReplacementCharacter);
  ucnv_cbToUWriteUChars(arguments, &replacement, 1, 0, status);
  ++*static_cast<std::uint64_t*>(const_cast<void*>(context));
}

// Those whose meaning of a byte depends on more than the bytes just before it: decoding can only start at the
// front.
bool isStateful(UConverter* converter) {
  switch (ucnv_getType(converter)) {
    case UCNV_SBCS:
    case UCNV_DBCS:
    case UCNV_MBCS:
    case UCNV_LATIN_1:
    case UCNV_UTF8:
    case UCNV_UTF16_BigEndian:
    case UCNV_UTF16_LittleEndian:
    case UCNV_UTF32_BigEndian:
    case UCNV_UTF32_LittleEndian:
    case UCNV_US_ASCII:
    case UCNV_CESU8:
      return false;
    default:
      return true;
  }
}

}  // namespace

struct Decoder::State {
  struct CloseConverter {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
  };

  std::unique_ptr<UConverter, CloseConverter> converter;  // none: UTF-8, done by own code
  std::size_t bomLeft = 0;
  std::uint64_t sourceOffset = 0;  // of the bytes given so far
  std::uint64_t utf8Offset = 0;    // of the text made so far
  std::uint64_t sequences = 0;
  std::uint64_t nuls = 0;
  bool checkpointing = true;
  std::vector<Checkpoint> checkpoints;
  std::string pending;  // UTF-8: start of a sequence that the next piece may complete
  char16_t lead = 0;    // UTF-16 from ICU: a surrogate whose partner has not come yet

  void addCheckpoint(std::uint64_t utf8At, std::uint64_t sourceAt) {
    if (!checkpoints.empty() && sourceAt < checkpoints.back().sourceOffset + kCheckpointBytes) return;
    checkpoints.push_back({utf8At, sourceAt});
  }
  void decodeUtf8(std::string_view bytes, bool last, std::string& utf8);
  void decodeByIcu(std::string_view bytes, bool last, std::string& utf8);
  void appendUnits(std::u16string_view units, std::string& utf8);
};

Decoder::Decoder(std::unique_ptr<State> state) : state_(std::move(state)) {}
Decoder::Decoder(Decoder&&) noexcept = default;
Decoder& Decoder::operator=(Decoder&&) noexcept = default;
Decoder::~Decoder() = default;

Expected<Decoder> Decoder::create(const Encoding& encoding) {
  const std::string& name = encoding.name;
  const auto isPlain = [](char byte) { return byte > ' ' && byte < 0x7F; };
  const bool plain = !name.empty() && name.size() < 64 && std::all_of(name.begin(), name.end(), isPlain);
  auto state = std::make_unique<State>();
  state->bomLeft = encoding.bomBytes;
  UErrorCode status = U_ZERO_ERROR;
  if (plain) state->converter.reset(ucnv_open(name.c_str(), &status));
  if (U_FAILURE(status) || !state->converter) {
    return makeError("The encoding " + (plain ? "\"" + name + "\"" : "named") + " is not known", {},
                     "Choose one of the list, for example UTF-8, windows-1252 or GB18030");
  }
  if (ucnv_getType(state->converter.get()) == UCNV_UTF8) {
    state->converter.reset();
    return Decoder(std::move(state));
  }
  ucnv_setToUCallBack(state->converter.get(), replaceSequence, &state->sequences, nullptr, nullptr, &status);
  if (U_FAILURE(status)) return makeError("The encoding \"" + encoding.name + "\" cannot be used");
  state->checkpointing = !isStateful(state->converter.get());
  return Decoder(std::move(state));
}

void Decoder::decode(std::string_view bytes, bool last, std::string& utf8) {
  State& state = *state_;
  const std::size_t skipped = std::min(state.bomLeft, bytes.size());
  state.bomLeft -= skipped;
  state.sourceOffset += skipped;
  bytes.remove_prefix(skipped);
  if (state.converter) {
    state.decodeByIcu(bytes, last, utf8);
  } else {
    state.decodeUtf8(bytes, last, utf8);
  }
}

void Decoder::State::decodeUtf8(std::string_view bytes, bool last, std::string& utf8) {
  std::string joined;
  const std::uint64_t source = sourceOffset - pending.size();
  sourceOffset += bytes.size();
  if (!pending.empty()) {
    joined = std::exchange(pending, {});
    joined += bytes;
    bytes = joined;
  }
  constexpr std::size_t kUnknown = std::string_view::npos - 1;
  std::size_t nul = kUnknown;      // the next ones at or after `at`; kept, since looking for them anew
  std::size_t invalid = kUnknown;  // after each replacement could take quadratic time
  for (std::size_t at = 0; at < bytes.size();) {
    if (nul == kUnknown || nul < at) nul = bytes.find('\0', at);
    if (invalid == kUnknown || invalid < at) {
      invalid = findInvalidUtf8(bytes.substr(at));
      if (invalid != std::string_view::npos) invalid += at;
    }
    const std::size_t end = std::min({nul, invalid, bytes.size()});
    utf8 += bytes.substr(at, end - at);
    utf8Offset += end - at;
    at = end;
    // Up to the first replacement the offsets are the same.
    if (!checkpoints.empty()) addCheckpoint(utf8Offset, source + at);
    if (at == bytes.size()) break;
    const Utf8Unit unit = utf8UnitAt(bytes, at);
    if (unit.cutOff && !last) {
      pending = bytes.substr(at);
      break;
    }
    ++(unit.valid ? nuls : sequences);
    addCheckpoint(utf8Offset, source + at);
    utf8 += kReplacementUtf8;
    utf8Offset += kReplacementUtf8.size();
    at += unit.length;
  }
}

void Decoder::State::decodeByIcu(std::string_view bytes, bool last, std::string& utf8) {
  constexpr std::size_t kPiece = 1 << 12;
  std::array<UChar, kPiece + 64> units;
  bool more = true;
  while (more) {
    const std::string_view piece = bytes.substr(0, kPiece);
    bytes.remove_prefix(piece.size());
    const bool flush = last && bytes.empty();
    // Only between characters, and always at the front.
    if (utf8Offset == 0 && checkpoints.empty()) addCheckpoint(0, sourceOffset);
    const char* source = piece.data();
    UErrorCode status = U_BUFFER_OVERFLOW_ERROR;
    while (status == U_BUFFER_OVERFLOW_ERROR) {
      status = U_ZERO_ERROR;
      UChar* target = units.data();
      ucnv_toUnicode(converter.get(), &target, units.data() + units.size(), &source,
                     piece.data() + piece.size(), nullptr, flush, &status);
      appendUnits({units.data(), static_cast<std::size_t>(target - units.data())}, utf8);
    }
    sourceOffset += piece.size();
    UErrorCode ignored = U_ZERO_ERROR;
    if (checkpointing && lead == 0 && ucnv_toUCountPending(converter.get(), &ignored) == 0) {
      addCheckpoint(utf8Offset, sourceOffset);
    }
    more = !bytes.empty();
  }
  if (last && lead != 0) {
    lead = 0;
    ++sequences;
    utf8 += kReplacementUtf8;
    utf8Offset += kReplacementUtf8.size();
  }
}

void Decoder::State::appendUnits(std::u16string_view units, std::string& utf8) {
  const std::size_t before = utf8.size();
  for (const char16_t unit : units) {
    const bool trail = unit >= 0xDC00 && unit < 0xE000;
    if (lead != 0 && trail) {
      appendUtf8(0x10000 + ((static_cast<char32_t>(lead) - 0xD800) << 10) + (unit - 0xDC00u), utf8);
      lead = 0;
      continue;
    }
    if (lead != 0 || trail) {  // no converter should give a lone surrogate, but UTF-8 must not hold one
      ++sequences;
      utf8 += kReplacementUtf8;
      lead = 0;
      if (trail) continue;
    }
    if (unit >= 0xD800 && unit < 0xDC00) {
      lead = unit;
    } else if (unit == 0) {
      ++nuls;
      utf8 += kReplacementUtf8;
    } else {
      appendUtf8(unit, utf8);
    }
  }
  utf8Offset += utf8.size() - before;
}

std::uint64_t Decoder::replacedSequences() const { return state_->sequences; }
std::uint64_t Decoder::replacedNuls() const { return state_->nuls; }
std::vector<Decoder::Checkpoint> Decoder::takeCheckpoints() { return std::exchange(state_->checkpoints, {}); }

}  // namespace lexarium
