// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/replication/pump.h"

#include "replica/replication/local_blobs.h"

#include <boost/asio/experimental/awaitable_operators.hpp>

#include <vector>

namespace pilothouse::replication {

namespace {

// What was read of one piece; less than a whole one at the end only.
struct Piece {
    std::size_t size = 0;
    Status source;
    bool last = false;
};

// Reads until the piece is full: what comes from a connection comes in small parts, and each write costs a
// hop between threads.
http::Awaitable<Piece> readPiece(const PieceSource& source, std::span<char> into) {
    Piece piece;
    while (piece.size < into.size()) {
        const auto got = co_await source(into.subspan(piece.size));
        if (!got || *got == 0) {
            piece.last = true;
            piece.source = got ? Status() : fail(got.error());
            break;
        }
        piece.size += *got;
    }
    co_return piece;
}

} // namespace

http::Awaitable<Pumped> pump(PieceSource source, PieceSink sink) {
    using namespace boost::asio::experimental::awaitable_operators; // NOLINT: operators have no other way in
    std::vector<char> current(pieceBytes);
    std::vector<char> next; // most blobs fit into the first
    Pumped pumped;
    Piece piece = co_await readPiece(source, current);
    for (;;) {
        pumped.bytes += piece.size;
        const std::string_view bytes(current.data(), piece.size);
        if (piece.last) {
            pumped.source = piece.source;
            if (!bytes.empty()) {
                pumped.sink = co_await sink(bytes);
            }
            co_return pumped;
        }
        next.resize(pieceBytes);
        auto reading = readPiece(source, next);
        auto writing = sink(bytes);
        auto [read, written] = co_await (std::move(reading) && std::move(writing));
        if (!written) {
            pumped.sink = written;
            co_return pumped;
        }
        piece = std::move(read);
        current.swap(next);
    }
}

} // namespace pilothouse::replication
