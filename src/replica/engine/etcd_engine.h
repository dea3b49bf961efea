// SPDX-License-Identifier: GPL-3.0-or-later
// The engine over etcd's own API, gRPC: this replica's member, on loopback with mutual TLS.
//
// Not over etcd's JSON gateway: there two thirds of what a transaction costs the engine is reading JSON.
#pragma once

#include "replica/engine/engine.h"

#include <memory>

namespace pilothouse::engine {

// How this replica reaches its own member, at 127.0.0.1.
struct EngineAddress {
    std::uint16_t port = 0;
    std::string certificates; // PEM, this client's; see provision/engine_client.h
    std::string privateKey;   // PEM, of the first certificate
    std::string authorities;  // PEM: what the member's certificate must chain to
};

// Thread-safe. A learner's member refuses all but status() and serializable ranges (ErrorCode::unavailable).
// The executors of coroutines that wait in it must outlive it.
class EtcdEngine : public Engine {
public:
    explicit EtcdEngine(const EngineAddress& address);
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
    struct Stubs;
    std::unique_ptr<Stubs> m_stubs;
};

} // namespace pilothouse::engine
