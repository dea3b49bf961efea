// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/engine/gateway_json.h"
#include "replica/engine/gateway_value.h"

#include <array>

namespace pilothouse::engine::gateway {
namespace {

struct Known {
    std::string_view part; // of the engine's message
    ErrorCode code;
    std::string_view hint;
};

// The engine's own words (etcdserver/api/v3rpc/rpctypes/error.go), where gRPC's code alone says too little.
constexpr std::array<Known, 21> knownErrors{{
    {"request timed out", ErrorCode::timeout, "The outcome is not known: ask again"},
    {"leader changed", ErrorCode::timeout, "The outcome is not known: ask again"},
    {"context deadline exceeded", ErrorCode::timeout, "The outcome is not known: ask again"},
    {"server stopped", ErrorCode::timeout, "The outcome is not known: ask again"},
    {"transport is closing", ErrorCode::timeout, "The outcome is not known: ask again"},
    {"error reading from server", ErrorCode::timeout, "The outcome is not known: ask again"},
    {"raft proposal dropped", ErrorCode::unavailable, ""},
    {"has been compacted", ErrorCode::conflict, "List anew at a newer revision"},
    {"no leader", ErrorCode::unavailable, "Bring back a majority of the replicas"},
    {"not leader", ErrorCode::conflict, ""},
    {"unhealthy cluster", ErrorCode::unavailable,
     "The engine refuses changes until all members have been connected for 5 s"},
    {"in sync with leader", ErrorCode::conflict, "It is still catching up"},
    {"not enough started members", ErrorCode::conflict, "Start the member that was added last first"},
    {"too many learner members", ErrorCode::conflict, "One replica joins at a time"},
    {"member ID already exist", ErrorCode::conflict, ""},
    {"Peer URLs already exists", ErrorCode::conflict, "Another member has this address"},
    {"member not found", ErrorCode::notFound, ""},
    {"database space exceeded", ErrorCode::exhausted,
     "Raise the engine's quota, or compact and defragment its database"},
    {"request is too large", ErrorCode::invalid, ""},
    {"received message larger than max", ErrorCode::invalid, ""},
    {"not supported for learner", ErrorCode::unavailable, "This replica does not vote yet"},
}};

// gRPC's codes (google.golang.org/grpc/codes).
ErrorCode codeOf(std::int64_t grpc, int httpStatus) {
    switch (grpc) {
    case 3:
    case 11:
        return ErrorCode::invalid;
    case 4:
        return ErrorCode::timeout;
    case 5:
        return ErrorCode::notFound;
    case 6:
    case 9:
    case 10:
        return ErrorCode::conflict;
    case 8:
        return ErrorCode::exhausted;
    case 14:
        return ErrorCode::unavailable;
    default: // a failure inside the engine says nothing about what became of the request
        return httpStatus >= 500 ? ErrorCode::timeout : ErrorCode::invalid;
    }
}

} // namespace

Error errorAnswer(int httpStatus, std::string_view json) {
    const auto answer = parseObject(json);
    if (!answer) {
        return {codeOf(0, httpStatus), "the engine answered with status " + std::to_string(httpStatus), {}};
    }
    const std::string message =
        text(*answer, "error").empty() ? text(*answer, "message") : text(*answer, "error");
    for (const auto& known : knownErrors) {
        if (message.find(known.part) != std::string::npos) {
            return {known.code, "the engine says: " + message, std::string(known.hint)};
        }
    }
    return {codeOf(number(*answer, "code"), httpStatus), "the engine says: " + message, {}};
}

} // namespace pilothouse::engine::gateway
