// SPDX-License-Identifier: GPL-3.0-or-later
// The JSON of etcd's gateway (etcd API v3: etcdserverpb/rpc.proto): keys and values are base64, 64-bit
// numbers are strings, and fields with their default value are left out.
#pragma once

#include "replica/engine/engine.h"

#include <string>
#include <string_view>

namespace pilothouse::engine::gateway {

[[nodiscard]] std::string txnRequest(const Transaction& transaction);
[[nodiscard]] Result<TransactionResult> txnAnswer(std::string_view json);
// Transactions as the operations of one that always succeeds. The engine evaluates all compares before the
// first of them writes.
[[nodiscard]] std::string nestedTxnRequest(const std::vector<Transaction>& transactions);
// ErrorCode::corrupt unless it answers `count` transactions.
[[nodiscard]] Result<std::vector<TransactionResult>> nestedTxnAnswer(std::string_view json,
                                                                     std::size_t count);

[[nodiscard]] std::string rangeRequest(const Range& range);
[[nodiscard]] Result<RangeResult> rangeAnswer(std::string_view json);
// A linearizable read of nothing; answered by rangeAnswer().
[[nodiscard]] std::string barrierRequest();

// A watch of the whole key space from `from` on, with progress marks.
[[nodiscard]] std::string watchRequest(Revision from);
// One message of a watch's stream.
struct WatchMessage {
    Revision revision; // of the store when it was sent
    std::vector<Change> changes;
    bool created = false;
    bool cancelled = false;
    Revision compactedTo; // with `cancelled`: what was asked for is compacted up to here; 0 else
    std::string reason;
    bool fragment = false; // more of the same revision follows
};
[[nodiscard]] Result<WatchMessage> watchMessage(std::string_view json);

[[nodiscard]] std::string leaseGrantRequest(std::chrono::seconds timeToLive);
[[nodiscard]] std::string leaseRequest(std::int64_t lease);
// The id of a granted or kept lease; a kept lease without time to live is gone (ErrorCode::notFound).
[[nodiscard]] Result<std::int64_t> leaseAnswer(std::string_view json);
[[nodiscard]] Status keepAliveAnswer(std::string_view json);

[[nodiscard]] Result<std::vector<EngineMember>> membersAnswer(std::string_view json);
[[nodiscard]] std::string memberAddRequest(const std::string& peerUrl);
[[nodiscard]] Result<EngineMember> memberAddAnswer(std::string_view json);
[[nodiscard]] std::string memberRequest(std::uint64_t member); // promote, remove
[[nodiscard]] std::string transferRequest(std::uint64_t toMember);

[[nodiscard]] Result<EngineStatus> statusAnswer(std::string_view json);
[[nodiscard]] std::string alarmsRequest();
[[nodiscard]] std::string disarmRequest(const EngineAlarm& alarm);
[[nodiscard]] Result<std::vector<EngineAlarm>> alarmsAnswer(std::string_view json);
[[nodiscard]] std::string compactRequest(Revision upTo);

// What an answer of 400 and above means. `code` is gRPC's.
[[nodiscard]] Error errorAnswer(int httpStatus, std::string_view json);

} // namespace pilothouse::engine::gateway
