// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "core/base/byte_stream.h"
#include "core/base/sha256.h"
#include "core/project/rows.h"

namespace lexarium {

/// Large data of a project: written once, in chunks of a megabyte, read lazily and in order.
struct BlobRecord {
  RecordId id = 0;
  std::uint64_t bytes = 0;  ///< as given
  bool packed = false;      ///< each chunk is a frame of Zstandard
  Sha256::Digest hash{};    ///< of all chunks as they are stored
};

/// The blob that a chunk of this id belongs to.
RecordId blobOfChunk(std::int64_t chunk);

enum class Packing { None, Zstandard };

/// Writes a blob: all bytes in any pieces, then finish(). Within a transaction of the caller.
class BlobWriter {
 public:
  BlobWriter(Database& database, RecordId id, Packing packing);
  Expected<void> write(std::span<const std::byte> bytes);
  Expected<void> finish();
  ByteOutput output();

 private:
  Expected<void> storeChunk(std::span<const std::byte> bytes);

  Database& database_;
  BlobRecord record_;
  Bytes pending_;
  Bytes packed_;
  std::int64_t chunks_ = 0;
  Sha256 hash_;
};

Expected<void> writeBlob(Database& database, RecordId id, Packing packing, std::span<const std::byte> bytes);

/// What is known of a blob without its chunks. Errors: there is none, its row is damaged.
Expected<BlobRecord> findBlob(const Database& database, RecordId id);

/// Reads it in order. The SHA-256 is compared before the last chunk is given away: who has got all bytes has
/// got what was stored. Errors, `where` is `name`: damaged, more bytes than memory. The database must outlive
/// it.
Expected<ByteInput> openBlob(const Database& database, RecordId id, const std::string& name);
Expected<Bytes> readBlob(const Database& database, RecordId id, const std::string& name);

/// Within a transaction of the caller.
Expected<void> deleteBlob(Database& database, RecordId id);

}  // namespace lexarium
