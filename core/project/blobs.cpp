// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/blobs.h"

#include <zstd.h>

#include <algorithm>
#include <memory>

#include "core/base/memory.h"
#include "core/project/record_tables.h"
#include "core/project/tables.h"

namespace lexarium {
namespace {

constexpr std::size_t kChunkBytes = std::size_t{1} << 20;
constexpr int kNumberBits = 20;  // of a chunk's id; the rest is the blob's
constexpr std::int64_t kMostChunks = std::int64_t{1} << kNumberBits;
constexpr int kCompressionLevel = 1;  // 165 MB/s to 2.9 times less on English text; level 3 halves the speed

std::int64_t chunkId(RecordId blob, std::int64_t number) { return (blob << kNumberBits) + number; }

Error damaged(const std::string& name) {
  return {"This part of the project is damaged: it is not what was stored", name,
          "Use another one, or a copy of the project from before"};
}

// Reads chunk after chunk. Kept alive by the ByteInput that uses it.
class BlobReader {
 public:
  BlobReader(Statement chunk, const BlobRecord& record, std::string name)
      : chunk_(std::move(chunk)), record_(record), name_(std::move(name)) {}

  Expected<void> read(std::span<std::byte> buffer) {
    while (!buffer.empty()) {
      if (at_ == ready_.size()) {
        if (auto next = nextChunk(); !next) return next;
      }
      const std::size_t count = std::min(buffer.size(), ready_.size() - at_);
      std::copy_n(ready_.begin() + static_cast<std::ptrdiff_t>(at_), count, buffer.begin());
      at_ += count;
      buffer = buffer.subspan(count);
    }
    return {};
  }

 private:
  Expected<void> nextChunk() {
    const std::uint64_t left = record_.bytes - done_;
    if (left == 0) return makeError("The data ends too early", name_);
    chunk_.bindInt(1, chunkId(record_.id, number_++));
    const auto found = chunk_.step();
    if (!found) return tl::unexpected<Error>(found.error());
    if (!*found) return tl::unexpected<Error>(damaged(name_));
    const auto stored = chunk_.bytes(0);
    hash_.add(stored);
    ready_.resize(static_cast<std::size_t>(std::min<std::uint64_t>(left, kChunkBytes)));
    at_ = 0;
    done_ += ready_.size();
    const bool whole = unpack(stored) && (done_ < record_.bytes || hash_.finish() == record_.hash);
    if (auto reset = chunk_.run(); !reset) return reset;
    if (!whole) return tl::unexpected<Error>(damaged(name_));
    return {};
  }

  bool unpack(std::span<const std::byte> stored) {
    if (!record_.packed) {
      if (stored.size() != ready_.size()) return false;
      std::copy(stored.begin(), stored.end(), ready_.begin());
      return true;
    }
    return ZSTD_decompress(ready_.data(), ready_.size(), stored.data(), stored.size()) == ready_.size();
  }

  Statement chunk_;
  BlobRecord record_;
  std::string name_;
  Bytes ready_;
  std::size_t at_ = 0;
  std::uint64_t done_ = 0;
  std::int64_t number_ = 0;
  Sha256 hash_;
};

}  // namespace

RecordId blobOfChunk(std::int64_t chunk) { return chunk >> kNumberBits; }

BlobWriter::BlobWriter(Database& database, RecordId id, Packing packing) : database_(database) {
  record_.id = id;
  record_.packed = packing == Packing::Zstandard;
}

Expected<void> BlobWriter::write(std::span<const std::byte> bytes) {
  record_.bytes += bytes.size();
  while (!bytes.empty()) {
    const std::size_t count = std::min(bytes.size(), kChunkBytes - pending_.size());
    if (count == kChunkBytes) {  // a whole chunk: no need to copy it
      if (auto stored = storeChunk(bytes.first(count)); !stored) return stored;
    } else {
      pending_.insert(pending_.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(count));
      if (pending_.size() == kChunkBytes) {
        if (auto stored = storeChunk(pending_); !stored) return stored;
        pending_.clear();
      }
    }
    bytes = bytes.subspan(count);
  }
  return {};
}

Expected<void> BlobWriter::storeChunk(std::span<const std::byte> bytes) {
  if (chunks_ == kMostChunks) return makeError("This is too large for a project", database_.name());
  if (record_.packed) {
    packed_.resize(ZSTD_compressBound(bytes.size()));
    const std::size_t size =
        ZSTD_compress(packed_.data(), packed_.size(), bytes.data(), bytes.size(), kCompressionLevel);
    if (ZSTD_isError(size)) return makeError("There is not enough memory to store this", database_.name());
    bytes = std::span(packed_).first(size);
  }
  hash_.add(bytes);
  auto statement = database_.prepare("INSERT INTO chunks(id,bytes) VALUES(?1,?2)");
  if (!statement) return tl::unexpected<Error>(statement.error());
  return statement->bindInt(1, chunkId(record_.id, chunks_++)).bind(2, bytes).run();
}

Expected<void> BlobWriter::finish() {
  if (!pending_.empty()) {
    if (auto stored = storeChunk(pending_); !stored) return stored;
  }
  record_.hash = hash_.finish();
  return insertRow(database_, tableOf<BlobRecord>(), toRow(record_));
}

ByteOutput BlobWriter::output() {
  return [this](std::span<const std::byte> bytes) { return write(bytes); };
}

Expected<void> writeBlob(Database& database, RecordId id, Packing packing, std::span<const std::byte> bytes) {
  BlobWriter writer(database, id, packing);
  if (auto written = writer.write(bytes); !written) return written;
  return writer.finish();
}

Expected<BlobRecord> findBlob(const Database& database, RecordId id) {
  std::optional<BlobRecord> found;
  const auto take = [&](Row&& row) -> Expected<void> {
    found = fromRow<BlobRecord>(row);
    return {};
  };
  const auto read = readRows(database, tableOf<BlobRecord>(), {"id=?1", {id}}, take);
  if (!read) return tl::unexpected<Error>(read.error());
  if (!found || id < 0 || id >= kMaximumId) return tl::unexpected<Error>(damaged(database.name()));
  return *found;
}

Expected<ByteInput> openBlob(const Database& database, RecordId id, const std::string& name) {
  const auto record = findBlob(database, id);
  if (!record) return tl::unexpected<Error>(record.error());
  // A frame of some bytes can claim a megabyte: what is declared must fit the chunks that are there, and the
  // memory.
  auto count = database.prepare("SELECT count(*) FROM chunks WHERE id BETWEEN ?1 AND ?2");
  if (!count) return tl::unexpected<Error>(count.error());
  count->bindInt(1, chunkId(id, 0)).bindInt(2, chunkId(id, kMostChunks - 1));
  if (auto counted = count->step(); !counted) return tl::unexpected<Error>(counted.error());
  const auto chunks = static_cast<std::uint64_t>(count->integer(0));
  if (record->bytes > chunks * kChunkBytes || record->bytes + kChunkBytes <= chunks * kChunkBytes) {
    return tl::unexpected<Error>(damaged(name));
  }
  if (record->bytes > availableMemoryBytes()) {
    return makeError("There is not enough memory for " + formatBytes(record->bytes), name,
                     "Close other programs");
  }
  auto chunk = database.prepare("SELECT bytes FROM chunks WHERE id=?1");
  if (!chunk) return tl::unexpected<Error>(chunk.error());
  auto reader = std::make_shared<BlobReader>(std::move(*chunk), *record, name);
  ByteInput input;
  input.size = record->bytes;
  input.name = name;
  input.read = [reader](std::span<std::byte> buffer) { return reader->read(buffer); };
  return input;
}

Expected<Bytes> readBlob(const Database& database, RecordId id, const std::string& name) {
  const auto input = openBlob(database, id, name);
  if (!input) return tl::unexpected<Error>(input.error());
  Bytes bytes(static_cast<std::size_t>(input->size));
  if (auto read = input->read(bytes); !read) return tl::unexpected<Error>(read.error());
  return bytes;
}

Expected<void> deleteBlob(Database& database, RecordId id) {
  auto chunks = database.prepare("DELETE FROM chunks WHERE id BETWEEN ?1 AND ?2");
  if (!chunks) return tl::unexpected<Error>(chunks.error());
  chunks->bindInt(1, chunkId(id, 0)).bindInt(2, chunkId(id, kMostChunks - 1));
  if (auto deleted = chunks->run(); !deleted) return deleted;
  return deleteRow(database, tableOf<BlobRecord>(), id);
}

}  // namespace lexarium
