// SPDX-License-Identifier: GPL-3.0-or-later
// Parts of a blob: what a pull asks for, and where a chunk of a push belongs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace pilothouse::registry {

// Bytes `first` to `last`, both included.
struct ByteRange {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    [[nodiscard]] std::uint64_t size() const { return last - first + 1; }
    friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

struct WholeBlob {
    friend bool operator==(const WholeBlob&, const WholeBlob&) = default;
};
struct Unsatisfiable {
    friend bool operator==(const Unsatisfiable&, const Unsatisfiable&) = default;
};
using RangeAnswer = std::variant<WholeBlob, ByteRange, Unsatisfiable>;

// What to answer to a Range field (RFC 9110 §14.2) for a blob of `size` bytes. Other units, malformed fields
// and several ranges at once get the whole blob, which is always allowed; a range that begins beyond the end
// is unsatisfiable.
[[nodiscard]] RangeAnswer answerRange(std::string_view field, std::uint64_t size);

// "bytes 0-9/100" and "bytes */100", for the answers 206 and 416.
[[nodiscard]] std::string contentRange(const ByteRange& range, std::uint64_t size);
[[nodiscard]] std::string unsatisfiedContentRange(std::uint64_t size);

// Content-Range of a chunk that is pushed: "FIRST-LAST" (OCI distribution specification 1.1, "Pushing a blob
// in chunks"), or as RFC 9110 §14.4 writes it, "bytes FIRST-LAST/SIZE". Nothing when it is malformed.
[[nodiscard]] std::optional<ByteRange> parseChunkRange(std::string_view field);

// The Range field of an upload that has `size` bytes: "0-<last>", "0-0" for none, as clients expect it.
[[nodiscard]] std::string uploadRange(std::uint64_t size);

} // namespace pilothouse::registry
