// SPDX-License-Identifier: GPL-3.0-or-later
// Counts what was answered since the start by what it was about, for the metrics. Thread-safe, without locks
// and without memory of its own for each request: it is in the way of every one.
#pragma once

#include "replica/http/server.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace pilothouse::admin {

// What a request is about. A fixed set, whatever clients ask for, since each is a label of the metrics.
enum class Route {
    base,      // /v2/
    catalog,   // the registry's, and so on as the OCI distribution specification has them
    tags,      //
    referrers, //
    manifest,  //
    blob,      //
    uploads,   // where one begins
    upload,    // one that has begun
    unknown,   // below /v2/, and nothing of that
    token,     // /auth/token
    copy,      // of a blob, from or to another replica
    earlyCopy, // from another replica that a blob is being pushed to
    admin,     // everything else
};
[[nodiscard]] std::string_view nameOf(Route route); // "base", …

class RouteMeter {
public:
    // Upper bounds of the histograms, in seconds; one more bucket takes what is slower.
    static constexpr std::array<double, 8> bounds{0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10, 60};
    // Classes of statuses as `code` names them; "none": the client went before the answer.
    static constexpr std::array<std::string_view, 6> classes{"none", "1xx", "2xx", "3xx", "4xx", "5xx"};

    // `timed`: whether its duration says something, as that of a stream does not.
    void finished(Route route, const http::ExchangeReport& report, bool timed);

    struct Figures {
        Route route = Route::admin;
        std::string_view method; // one of HTTP's that are served here, or "other"
        std::array<std::uint64_t, classes.size()> answers{};
        std::array<std::uint64_t, bounds.size() + 1> buckets{}; // each for itself, not cumulative
        double seconds = 0;                                     // of all that are in the buckets
        std::uint64_t received = 0;                             // bytes of requests' bodies
        std::uint64_t sent = 0;                                 // bytes of answers' bodies
    };
    // Of each route and method that occurred, in their order.
    [[nodiscard]] std::vector<Figures> figures() const;

private:
    using Counter = std::atomic<std::uint64_t>;
    // What belongs to one route and method; apart from the others in the processors' caches, too.
    struct alignas(64) Cell {
        std::array<Counter, classes.size()> answers{};
        std::array<Counter, bounds.size() + 1> buckets{};
        Counter nanoseconds{0};
        Counter received{0};
        Counter sent{0};
    };
    static constexpr std::size_t routes = static_cast<std::size_t>(Route::admin) + 1;
    static constexpr std::array<std::string_view, 7> methods{"GET",   "HEAD",   "POST", "PUT",
                                                             "PATCH", "DELETE", "other"};
    std::array<std::array<Cell, methods.size()>, routes> m_cells{};
};

} // namespace pilothouse::admin
