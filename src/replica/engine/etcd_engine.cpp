// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/engine/etcd_engine.h"

#include "replica/engine/gateway_json.h"
#include "replica/engine/line_splitter.h"

#include <array>

namespace pilothouse::engine {
namespace {

constexpr Milliseconds watchHeadDeadline{5000};
// etcd sends progress every 10 minutes; silence says nothing, so a watch never times out: the monitor's own
// look at the member tells whether it hangs, and cancels.
constexpr Milliseconds watchReadDeadline{60'000};
constexpr std::size_t largestMessage = 64 * 1024 * 1024;

http::ClientOptions poolOf(std::size_t connections) {
    http::ClientOptions options;
    options.answerBytes = largestMessage;
    options.idleConnections = connections;
    options.connect = Milliseconds(2000);
    return options;
}

} // namespace

EtcdEngine::EtcdEngine(http::Executor executor, http::Origin origin)
    : m_client(executor, origin, poolOf(16)), m_statusClient(executor, origin, poolOf(1)) {}

EtcdEngine::~EtcdEngine() = default;

Awaitable<Result<std::string>> EtcdEngine::post(const char* path, std::string body, Milliseconds deadline,
                                                bool safe) {
    http::ClientRequest request;
    request.method = "POST";
    request.target = path;
    request.headers.set("Content-Type", "application/json");
    request.body = std::move(body);
    request.safe = safe;
    const std::string_view target = request.target;
    auto& client = target == "/v3/maintenance/status" ? m_statusClient : m_client;
    auto response = co_await client.request(std::move(request), http::within(deadline));
    if (!response) {
        co_return failIn("the engine does not answer", response.error());
    }
    if (response->status != 200) {
        co_return fail(gateway::errorAnswer(response->status, response->body));
    }
    co_return std::move(response->body);
}

Awaitable<Status> EtcdEngine::order(const char* path, std::string body, Milliseconds deadline) {
    const auto answer = co_await post(path, std::move(body), deadline, false);
    co_return answer ? Status() : fail(answer.error());
}

Awaitable<Result<TransactionResult>> EtcdEngine::transact(Transaction transaction, Milliseconds deadline) {
    const auto answer = co_await post("/v3/kv/txn", gateway::txnRequest(transaction), deadline, false);
    co_return answer ? gateway::txnAnswer(*answer) : fail(answer.error());
}

Awaitable<Result<std::vector<TransactionResult>>>
EtcdEngine::transactAll(std::vector<Transaction> independent, Milliseconds deadline) {
    const auto answer = co_await post("/v3/kv/txn", gateway::nestedTxnRequest(independent), deadline, false);
    co_return answer ? gateway::nestedTxnAnswer(*answer, independent.size()) : fail(answer.error());
}

Awaitable<Result<RangeResult>> EtcdEngine::range(Range range, Milliseconds deadline) {
    const auto answer = co_await post("/v3/kv/range", gateway::rangeRequest(range), deadline, true);
    co_return answer ? gateway::rangeAnswer(*answer) : fail(answer.error());
}

Awaitable<Result<Revision>> EtcdEngine::barrier(Milliseconds deadline) {
    const auto answer = co_await post("/v3/kv/range", gateway::barrierRequest(), deadline, true);
    if (!answer) {
        co_return fail(answer.error());
    }
    const auto read = gateway::rangeAnswer(*answer);
    co_return read ? Result<Revision>(read->revision) : fail(read.error());
}

Awaitable<WatchEnd> EtcdEngine::watch(Revision from, std::function<Awaitable<void>(WatchBatch)> onBatch) {
    http::ClientRequest request;
    request.method = "POST";
    request.target = "/v3/watch";
    request.headers.set("Content-Type", "application/json");
    request.body = gateway::watchRequest(from);
    auto stream = co_await m_client.stream(std::move(request), http::within(watchHeadDeadline));
    if (!stream) {
        co_return WatchEnd{stream.error(), {}};
    }
    LineSplitter lines(largestMessage);
    WatchBatch batch;
    std::array<char, 32 * 1024> buffer{};
    for (;;) {
        const auto size = co_await stream->read(buffer, http::within(watchReadDeadline));
        if (!size && size.error().code == ErrorCode::timeout) {
            continue;
        }
        if (!size || *size == 0) {
            co_return WatchEnd{size ? Error{ErrorCode::unavailable, "the engine ended the watch", {}}
                                    : Error(size.error()),
                               {}};
        }
        if (!lines.add({buffer.data(), *size})) {
            co_return WatchEnd{{ErrorCode::corrupt, "the engine's watch sends more than 64 MiB at once", {}},
                               {}};
        }
        while (const auto line = lines.next()) {
            auto message = gateway::watchMessage(*line);
            if (!message) {
                co_return WatchEnd{message.error(), {}};
            }
            if (message->cancelled) {
                const bool compacted = message->compactedTo.value() > 0;
                co_return WatchEnd{
                    {ErrorCode::unavailable, "the engine ended the watch: " + message->reason, {}},
                    compacted ? std::optional(message->compactedTo) : std::nullopt};
            }
            if (message->created) {
                continue; // says nothing of what follows from `from` on
            }
            batch.changes.insert(batch.changes.end(), std::make_move_iterator(message->changes.begin()),
                                 std::make_move_iterator(message->changes.end()));
            if (message->fragment) {
                continue;
            }
            // The header's revision may be behind the changes of this very message's last event, never the
            // reverse.
            batch.revision = batch.changes.empty() ? message->revision : batch.changes.back().entry.modified;
            WatchBatch whole = std::exchange(batch, {});
            co_await onBatch(std::move(whole));
        }
    }
}

Awaitable<Result<std::int64_t>> EtcdEngine::grantLease(std::chrono::seconds timeToLive,
                                                       Milliseconds deadline) {
    const auto answer =
        co_await post("/v3/lease/grant", gateway::leaseGrantRequest(timeToLive), deadline, false);
    co_return answer ? gateway::leaseAnswer(*answer) : fail(answer.error());
}

Awaitable<Status> EtcdEngine::keepLease(std::int64_t lease, Milliseconds deadline) {
    const auto answer = co_await post("/v3/lease/keepalive", gateway::leaseRequest(lease), deadline, true);
    co_return answer ? gateway::keepAliveAnswer(*answer) : fail(answer.error());
}

Awaitable<Status> EtcdEngine::revokeLease(std::int64_t lease, Milliseconds deadline) {
    return order("/v3/lease/revoke", gateway::leaseRequest(lease), deadline);
}

Awaitable<Result<std::vector<EngineMember>>> EtcdEngine::members(Milliseconds deadline) {
    const auto answer = co_await post("/v3/cluster/member/list", "{}", deadline, true);
    co_return answer ? gateway::membersAnswer(*answer) : fail(answer.error());
}

Awaitable<Result<EngineMember>> EtcdEngine::addLearner(std::string peerUrl, Milliseconds deadline) {
    const auto answer =
        co_await post("/v3/cluster/member/add", gateway::memberAddRequest(peerUrl), deadline, false);
    co_return answer ? gateway::memberAddAnswer(*answer) : fail(answer.error());
}

Awaitable<Status> EtcdEngine::promote(std::uint64_t member, Milliseconds deadline) {
    return order("/v3/cluster/member/promote", gateway::memberRequest(member), deadline);
}

Awaitable<Status> EtcdEngine::removeMember(std::uint64_t member, Milliseconds deadline) {
    return order("/v3/cluster/member/remove", gateway::memberRequest(member), deadline);
}

Awaitable<Status> EtcdEngine::transferLeadership(std::uint64_t toMember, Milliseconds deadline) {
    return order("/v3/maintenance/transfer-leadership", gateway::transferRequest(toMember), deadline);
}

Awaitable<Result<EngineStatus>> EtcdEngine::status(Milliseconds deadline) {
    const auto answer = co_await post("/v3/maintenance/status", "{}", deadline, true);
    co_return answer ? gateway::statusAnswer(*answer) : fail(answer.error());
}

Awaitable<Result<std::vector<EngineAlarm>>> EtcdEngine::alarms(Milliseconds deadline) {
    const auto answer = co_await post("/v3/maintenance/alarm", gateway::alarmsRequest(), deadline, true);
    co_return answer ? gateway::alarmsAnswer(*answer) : fail(answer.error());
}

Awaitable<Status> EtcdEngine::disarm(EngineAlarm alarm, Milliseconds deadline) {
    return order("/v3/maintenance/alarm", gateway::disarmRequest(alarm), deadline);
}

Awaitable<Status> EtcdEngine::compact(Revision upTo, Milliseconds deadline) {
    return order("/v3/kv/compaction", gateway::compactRequest(upTo), deadline);
}

Awaitable<Status> EtcdEngine::defragment(Milliseconds deadline) {
    return order("/v3/maintenance/defragment", "{}", deadline);
}

} // namespace pilothouse::engine
