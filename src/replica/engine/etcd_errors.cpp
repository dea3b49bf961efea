// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/engine/etcd_errors.h"

#include <array>
#include <grpcpp/support/status.h>
#include <string_view>

namespace pilothouse::engine::etcd {
namespace {

struct Known {
    std::string_view part; // of the engine's message
    ErrorCode code;
    std::string_view hint;
};

// The engine's own words (etcdserver/api/v3rpc/rpctypes/error.go), where gRPC's code alone says too little.
constexpr std::array<Known, 22> knownErrors{{
    {"request timed out", ErrorCode::timeout, "The outcome is not known: ask again"},
    {"leader changed", ErrorCode::timeout, "The outcome is not known: ask again"},
    {"context deadline exceeded", ErrorCode::timeout, "The outcome is not known: ask again"},
    {"server stopped", ErrorCode::timeout, "The outcome is not known: ask again"},
    {"transport is closing", ErrorCode::timeout, "The outcome is not known: ask again"},
    {"error reading from server", ErrorCode::timeout, "The outcome is not known: ask again"},
    {"raft proposal dropped", ErrorCode::unavailable, ""},
    {"too many requests", ErrorCode::unavailable, "It is catching up: try again in a moment"},
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

ErrorCode codeOf(grpc::StatusCode code) {
    switch (code) {
    case grpc::StatusCode::INVALID_ARGUMENT:
    case grpc::StatusCode::OUT_OF_RANGE:
    case grpc::StatusCode::UNIMPLEMENTED:
    case grpc::StatusCode::PERMISSION_DENIED:
    case grpc::StatusCode::UNAUTHENTICATED:
        return ErrorCode::invalid;
    case grpc::StatusCode::NOT_FOUND:
        return ErrorCode::notFound;
    case grpc::StatusCode::ALREADY_EXISTS:
    case grpc::StatusCode::FAILED_PRECONDITION:
    case grpc::StatusCode::ABORTED:
        return ErrorCode::conflict;
    case grpc::StatusCode::RESOURCE_EXHAUSTED:
        return ErrorCode::exhausted;
    default: // a failure inside the engine, or on the way, says nothing about what became of the call
        return ErrorCode::timeout;
    }
}

// Words of gRPC's own, when there was no connection to send the call on. A connection that breaks while a
// call is on its way has the same code.
bool neverLeft(const grpc::Status& status) {
    return status.error_code() == grpc::StatusCode::UNAVAILABLE &&
           status.error_message().starts_with("failed to connect");
}

} // namespace

Error errorOf(const grpc::Status& status) {
    const std::string& message = status.error_message();
    for (const auto& known : knownErrors) {
        if (message.find(known.part) != std::string::npos) {
            return {known.code, "the engine says: " + message, std::string(known.hint)};
        }
    }
    if (neverLeft(status)) {
        return {ErrorCode::unavailable, "the engine does not answer: " + message, {}};
    }
    switch (status.error_code()) {
    case grpc::StatusCode::DEADLINE_EXCEEDED:
    case grpc::StatusCode::UNAVAILABLE:
    case grpc::StatusCode::CANCELLED:
        return {ErrorCode::timeout, "the engine does not answer: " + message, {}};
    default:
        return {codeOf(status.error_code()), "the engine says: " + message, {}};
    }
}

} // namespace pilothouse::engine::etcd
