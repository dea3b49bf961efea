// SPDX-License-Identifier: GPL-3.0-or-later
// The engine's values as etcd's messages, and back.
#pragma once

#include "etcd.pb.h"
#include "replica/engine/engine.h"

#include <vector>

namespace pilothouse::engine::etcd {

namespace wire = ::etcdserverpb;

[[nodiscard]] wire::TxnRequest txnRequest(const Transaction& transaction);
[[nodiscard]] Result<TransactionResult> txnAnswer(const wire::TxnResponse& answer);
// Transactions as the operations of one that always succeeds. The engine evaluates all compares before the
// first of them writes.
[[nodiscard]] wire::TxnRequest nestedTxnRequest(const std::vector<Transaction>& transactions);
// ErrorCode::corrupt unless it answers `count` transactions.
[[nodiscard]] Result<std::vector<TransactionResult>> nestedTxnAnswer(const wire::TxnResponse& answer,
                                                                     std::size_t count);

[[nodiscard]] wire::RangeRequest rangeRequest(const Range& range);
[[nodiscard]] Result<RangeResult> rangeAnswer(const wire::RangeResponse& answer);
// A linearizable read of nothing; answered by rangeAnswer().
[[nodiscard]] wire::RangeRequest barrierRequest();

// A watch of the whole key space from `from` on, with progress marks.
[[nodiscard]] wire::WatchRequest watchRequest(Revision from);
// Moves the message's changes to the end of `changes`.
void takeChanges(wire::WatchResponse& message, std::vector<Change>& changes);

[[nodiscard]] Result<std::vector<EngineMember>> membersAnswer(const wire::MemberListResponse& answer);
// ErrorCode::corrupt without an id.
[[nodiscard]] Result<EngineMember> memberAddAnswer(const wire::MemberAddResponse& answer);
[[nodiscard]] Result<EngineStatus> statusAnswer(const wire::StatusResponse& answer);
[[nodiscard]] std::vector<EngineAlarm> alarmsAnswer(const wire::AlarmResponse& answer);
// ErrorCode::invalid when the engine knows no such alarm.
[[nodiscard]] Result<wire::AlarmRequest> disarmRequest(const EngineAlarm& alarm);

} // namespace pilothouse::engine::etcd
