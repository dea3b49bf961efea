// SPDX-License-Identifier: GPL-3.0-or-later
// The engine over etcd's JSON gateway: this replica's own member, on loopback with mutual TLS.
#pragma once

#include "replica/engine/engine.h"
#include "replica/http/client.h"

namespace pilothouse::engine {

// Thread-safe. A learner's member refuses all but status() and serializable ranges (ErrorCode::unavailable).
class EtcdEngine : public Engine {
public:
    // `origin`: https://127.0.0.1:<client port>, with the client certificate in its TLS context.
    EtcdEngine(http::Executor executor, http::Origin origin);
    ~EtcdEngine() override;

    Awaitable<Result<TransactionResult>> transact(Transaction transaction, Milliseconds deadline) override;
    Awaitable<Result<std::vector<TransactionResult>>> transactAll(std::vector<Transaction> independent,
                                                                  Milliseconds deadline) override;
    Awaitable<Result<RangeResult>> range(Range range, Milliseconds deadline) override;
    Awaitable<Result<Revision>> barrier(Milliseconds deadline) override;
    Awaitable<WatchEnd> watch(Revision from, std::function<Awaitable<void>(WatchBatch)> onBatch) override;
    Awaitable<Result<std::int64_t>> grantLease(std::chrono::seconds timeToLive,
                                               Milliseconds deadline) override;
    Awaitable<Status> keepLease(std::int64_t lease, Milliseconds deadline) override;
    Awaitable<Status> revokeLease(std::int64_t lease, Milliseconds deadline) override;
    Awaitable<Result<std::vector<EngineMember>>> members(Milliseconds deadline) override;
    Awaitable<Result<EngineMember>> addLearner(std::string peerUrl, Milliseconds deadline) override;
    Awaitable<Status> promote(std::uint64_t member, Milliseconds deadline) override;
    Awaitable<Status> removeMember(std::uint64_t member, Milliseconds deadline) override;
    Awaitable<Status> transferLeadership(std::uint64_t toMember, Milliseconds deadline) override;
    Awaitable<Result<EngineStatus>> status(Milliseconds deadline) override;
    Awaitable<Result<std::vector<EngineAlarm>>> alarms(Milliseconds deadline) override;
    Awaitable<Status> disarm(EngineAlarm alarm, Milliseconds deadline) override;
    Awaitable<Status> compact(Revision upTo, Milliseconds deadline) override;
    Awaitable<Status> defragment(Milliseconds deadline) override;

private:
    // POST; `safe`: it changes nothing, so it may be sent again on a fresh connection.
    Awaitable<Result<std::string>> post(const char* path, std::string body, Milliseconds deadline, bool safe);
    Awaitable<Status> order(const char* path, std::string body, Milliseconds deadline);

    http::Client m_client;
    http::Client m_statusClient; // looks at the member must not queue behind its work
};

} // namespace pilothouse::engine
