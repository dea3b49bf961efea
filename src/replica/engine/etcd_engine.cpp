// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/engine/etcd_engine.h"

#include "etcd.grpc.pb.h"
#include "replica/engine/etcd_errors.h"
#include "replica/engine/etcd_messages.h"
#include "replica/engine/grpc_calls.h"
#include "replica/engine/grpc_stream.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

namespace pilothouse::engine {

namespace wire = ::etcdserverpb;

namespace {

// For the watch's first answer. Afterwards silence alone says nothing: the follower knows whether there is
// something to tell.
constexpr Milliseconds watchBegins{5000};
constexpr int largestMessage = 64 * 1024 * 1024;
constexpr int shortestBackoff = 50; // ms
constexpr int longestBackoff = 500; // ms
constexpr int connecting = 2000;    // ms

std::shared_ptr<grpc::Channel> channelTo(const EngineAddress& address) {
    grpc::SslCredentialsOptions tls;
    tls.pem_root_certs = address.authorities;
    tls.pem_private_key = address.privateKey;
    tls.pem_cert_chain = address.certificates;
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(largestMessage);
    arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, shortestBackoff);
    arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, longestBackoff);
    arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, connecting); // how long one attempt may take
    // Whether to ask again is for the caller to say; and gRPC 1.51 aborts the process in what does it when an
    // engine that is killed leaves an answer without its status.
    arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
    arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);         // whatever http_proxy says
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1); // a connection of its own
    return grpc::CreateCustomChannel("ipv4:127.0.0.1:" + std::to_string(address.port),
                                     grpc::SslCredentials(tls), arguments);
}

// gRPC 1.51 now and then frees its queue for callbacks twice when the last channel that used it goes (the
// address sanitizer tells): a channel to nowhere, which has used it once, stays for the life of the process.
void keepCallbackQueue() {
    struct Kept {
        std::shared_ptr<grpc::Channel> channel =
            grpc::CreateChannel("ipv4:127.0.0.1:0", grpc::InsecureChannelCredentials());
        wire::Maintenance::Stub stub{channel};
        grpc::ClientContext context;
        wire::Empty request;
        wire::StatusResponse answer;
    };
    [[maybe_unused]] static const Kept* const forever = [] {
        auto* kept = new Kept; // NOLINT: nobody deletes it, that is the point
        kept->context.set_deadline(std::chrono::system_clock::now());
        kept->stub.async()->Status(&kept->context, &kept->request, &kept->answer, [](const grpc::Status&) {});
        return kept;
    }();
}

} // namespace

struct EtcdEngine::Stubs {
    explicit Stubs(const EngineAddress& address)
        : channel(channelTo(address)), statusChannel(channelTo(address)) {}

    template <typename Interface, typename Request, typename Answer>
    using Method = typename UnaryCall<Interface, Request, Answer>::Method;

    template <typename Interface, typename Request, typename Answer>
    Awaitable<Result<Answer>> ask(Interface* stub, Method<Interface, Request, Answer> method, Request request,
                                  Milliseconds deadline) {
        const auto made = std::make_shared<UnaryCall<Interface, Request, Answer>>();
        made->request = std::move(request);
        const grpc::Status status = co_await callUnary(calls, stub, method, made, deadline);
        co_return status.ok() ? Result<Answer>(std::move(made->answer)) : fail(etcd::errorOf(status));
    }
    // A call whose answer is made a value by `read`, which is called for success only.
    template <typename Value, typename Interface, typename Request, typename Answer>
    Awaitable<Result<Value>> call(Interface* stub, Method<Interface, Request, Answer> method, Request request,
                                  std::function<Result<Value>(const Answer&)> read, Milliseconds deadline) {
        const auto answer =
            co_await ask<Interface, Request, Answer>(stub, method, std::move(request), deadline);
        co_return answer ? read(*answer) : fail(answer.error());
    }
    // One whose answer says nothing.
    template <typename Interface, typename Request, typename Answer>
    Awaitable<Status> order(Interface* stub, Method<Interface, Request, Answer> method, Request request,
                            Milliseconds deadline) {
        const auto answer =
            co_await ask<Interface, Request, Answer>(stub, method, std::move(request), deadline);
        co_return answer ? Status() : fail(answer.error());
    }

    std::shared_ptr<grpc::Channel> channel;
    std::shared_ptr<grpc::Channel> statusChannel; // looks at the member must not queue behind its work
    wire::KV::Stub kv{channel};
    wire::Watch::Stub watch{channel};
    wire::Lease::Stub lease{channel};
    wire::Cluster::Stub cluster{channel};
    wire::Maintenance::Stub maintenance{channel};
    wire::Maintenance::Stub look{statusChannel};
    GrpcCalls calls; // last: it goes first, when all calls have ended
};

using Kv = wire::KV::StubInterface::async_interface;
using LeaseCalls = wire::Lease::StubInterface::async_interface;
using ClusterCalls = wire::Cluster::StubInterface::async_interface;
using MaintenanceCalls = wire::Maintenance::StubInterface::async_interface;

EtcdEngine::EtcdEngine(const EngineAddress& address) : m_stubs(std::make_unique<Stubs>(address)) {
    keepCallbackQueue();
}

EtcdEngine::~EtcdEngine() = default;

Awaitable<Result<TransactionResult>> EtcdEngine::transact(Transaction transaction, Milliseconds deadline) {
    return m_stubs->call<TransactionResult, Kv, wire::TxnRequest, wire::TxnResponse>(
        m_stubs->kv.async(), &Kv::Txn, etcd::txnRequest(transaction), &etcd::txnAnswer, deadline);
}

Awaitable<Result<std::vector<TransactionResult>>>
EtcdEngine::transactAll(std::vector<Transaction> independent, Milliseconds deadline) {
    auto read = [count = independent.size()](const wire::TxnResponse& answer) {
        return etcd::nestedTxnAnswer(answer, count);
    };
    return m_stubs->call<std::vector<TransactionResult>, Kv, wire::TxnRequest, wire::TxnResponse>(
        m_stubs->kv.async(), &Kv::Txn, etcd::nestedTxnRequest(independent), std::move(read), deadline);
}

Awaitable<Result<RangeResult>> EtcdEngine::range(Range range, Milliseconds deadline) {
    return m_stubs->call<RangeResult, Kv, wire::RangeRequest, wire::RangeResponse>(
        m_stubs->kv.async(), &Kv::Range, etcd::rangeRequest(range), &etcd::rangeAnswer, deadline);
}

Awaitable<Result<Revision>> EtcdEngine::barrier(Milliseconds deadline) {
    const auto read = co_await m_stubs->call<RangeResult, Kv, wire::RangeRequest, wire::RangeResponse>(
        m_stubs->kv.async(), &Kv::Range, etcd::barrierRequest(), &etcd::rangeAnswer, deadline);
    co_return read ? Result<Revision>(read->revision) : fail(read.error());
}

Awaitable<WatchEnd> EtcdEngine::watch(Revision from, std::function<Awaitable<void>(WatchBatch)> onBatch) {
    const auto stream = std::make_shared<GrpcStream<wire::WatchRequest, wire::WatchResponse>>(m_stubs->calls);
    const EndOfStream ending(stream);
    boost::asio::steady_timer patience(co_await boost::asio::this_coro::executor, watchBegins);
    patience.async_wait([weak = std::weak_ptr(stream)](const boost::system::error_code& cancelled) {
        if (const auto silent = weak.lock(); silent && !cancelled) {
            silent->abandon();
        }
    });
    stream->start([this](grpc::ClientContext* context, auto* reactor) {
        m_stubs->watch.async()->Watch(context, reactor);
    });
    const bool sent = co_await stream->write(etcd::watchRequest(from));
    WatchBatch batch;
    wire::WatchResponse message;
    while (sent) {
        const bool came = co_await stream->read(message);
        if (!came) {
            break;
        }
        patience.cancel();
        if (message.canceled()) {
            const Revision compacted(message.compact_revision());
            Error error{ErrorCode::unavailable, "the engine ended the watch: " + message.cancel_reason(), {}};
            co_return WatchEnd{std::move(error),
                               compacted.value() > 0 ? std::optional(compacted) : std::nullopt};
        }
        if (message.created()) {
            continue; // says nothing of what follows from `from` on
        }
        etcd::takeChanges(message, batch.changes);
        if (message.fragment()) {
            continue;
        }
        // The header's revision may be behind the changes of this very message's last event, never the
        // reverse.
        batch.revision = batch.changes.empty() ? Revision(message.header().revision())
                                               : batch.changes.back().entry.modified;
        WatchBatch whole = std::exchange(batch, {});
        co_await onBatch(std::move(whole));
    }
    const grpc::Status status = co_await stream->finish();
    Error error =
        status.ok() ? Error{ErrorCode::unavailable, "the engine ended the watch", {}} : etcd::errorOf(status);
    co_return WatchEnd{std::move(error), {}};
}

Awaitable<Result<std::int64_t>> EtcdEngine::grantLease(std::chrono::seconds timeToLive,
                                                       Milliseconds deadline) {
    wire::LeaseGrantRequest request;
    request.set_ttl(timeToLive.count());
    auto read = [](const wire::LeaseAnswer& answer) {
        return answer.id() != 0 ? Result<std::int64_t>(answer.id())
                                : fail(ErrorCode::corrupt, "the engine granted a lease without an id");
    };
    return m_stubs->call<std::int64_t, LeaseCalls, wire::LeaseGrantRequest, wire::LeaseAnswer>(
        m_stubs->lease.async(), &LeaseCalls::LeaseGrant, std::move(request), read, deadline);
}

Awaitable<Status> EtcdEngine::keepLease(std::int64_t lease, Milliseconds deadline) {
    const auto stream = std::make_shared<GrpcStream<wire::LeaseRequest, wire::LeaseAnswer>>(m_stubs->calls);
    const EndOfStream ending(stream);
    stream->context().set_deadline(std::chrono::system_clock::now() + deadline);
    stream->start([this](grpc::ClientContext* context, auto* reactor) {
        m_stubs->lease.async()->LeaseKeepAlive(context, reactor);
    });
    wire::LeaseRequest request;
    request.set_id(lease);
    wire::LeaseAnswer answer;
    const bool sent = co_await stream->write(std::move(request));
    bool answered = false;
    if (sent) {
        answered = co_await stream->read(answer);
    }
    if (!answered) {
        const grpc::Status status = co_await stream->finish();
        co_return fail(etcd::errorOf(status));
    }
    co_return answer.ttl() > 0 ? Status() : fail(ErrorCode::notFound, "the lease has expired");
}

Awaitable<Status> EtcdEngine::revokeLease(std::int64_t lease, Milliseconds deadline) {
    wire::LeaseRequest request;
    request.set_id(lease);
    return m_stubs->order<LeaseCalls, wire::LeaseRequest, wire::HeaderOnly>(
        m_stubs->lease.async(), &LeaseCalls::LeaseRevoke, std::move(request), deadline);
}

Awaitable<Result<std::vector<EngineMember>>> EtcdEngine::members(Milliseconds deadline) {
    return m_stubs->call<std::vector<EngineMember>, ClusterCalls, wire::Empty, wire::MemberListResponse>(
        m_stubs->cluster.async(), &ClusterCalls::MemberList, {}, &etcd::membersAnswer, deadline);
}

Awaitable<Result<EngineMember>> EtcdEngine::addLearner(std::string peerUrl, Milliseconds deadline) {
    wire::MemberAddRequest request;
    request.add_peer_urls(std::move(peerUrl));
    request.set_is_learner(true);
    return m_stubs->call<EngineMember, ClusterCalls, wire::MemberAddRequest, wire::MemberAddResponse>(
        m_stubs->cluster.async(), &ClusterCalls::MemberAdd, std::move(request), &etcd::memberAddAnswer,
        deadline);
}

Awaitable<Status> EtcdEngine::promote(std::uint64_t member, Milliseconds deadline) {
    wire::MemberRequest request;
    request.set_id(member);
    return m_stubs->order<ClusterCalls, wire::MemberRequest, wire::HeaderOnly>(
        m_stubs->cluster.async(), &ClusterCalls::MemberPromote, std::move(request), deadline);
}

Awaitable<Status> EtcdEngine::removeMember(std::uint64_t member, Milliseconds deadline) {
    wire::MemberRequest request;
    request.set_id(member);
    return m_stubs->order<ClusterCalls, wire::MemberRequest, wire::HeaderOnly>(
        m_stubs->cluster.async(), &ClusterCalls::MemberRemove, std::move(request), deadline);
}

Awaitable<Status> EtcdEngine::transferLeadership(std::uint64_t toMember, Milliseconds deadline) {
    wire::MoveLeaderRequest request;
    request.set_target_id(toMember);
    return m_stubs->order<MaintenanceCalls, wire::MoveLeaderRequest, wire::HeaderOnly>(
        m_stubs->maintenance.async(), &MaintenanceCalls::MoveLeader, std::move(request), deadline);
}

Awaitable<Result<EngineStatus>> EtcdEngine::status(Milliseconds deadline) {
    return m_stubs->call<EngineStatus, MaintenanceCalls, wire::Empty, wire::StatusResponse>(
        m_stubs->look.async(), &MaintenanceCalls::Status, {}, &etcd::statusAnswer, deadline);
}

Awaitable<Result<std::vector<EngineAlarm>>> EtcdEngine::alarms(Milliseconds deadline) {
    auto read = [](const wire::AlarmResponse& answer) {
        return Result<std::vector<EngineAlarm>>(etcd::alarmsAnswer(answer));
    };
    return m_stubs->call<std::vector<EngineAlarm>, MaintenanceCalls, wire::AlarmRequest, wire::AlarmResponse>(
        m_stubs->maintenance.async(), &MaintenanceCalls::Alarm, {}, read, deadline);
}

Awaitable<Status> EtcdEngine::disarm(EngineAlarm alarm, Milliseconds deadline) {
    auto request = etcd::disarmRequest(alarm);
    if (!request) {
        co_return fail(request.error());
    }
    co_return co_await m_stubs->order<MaintenanceCalls, wire::AlarmRequest, wire::AlarmResponse>(
        m_stubs->maintenance.async(), &MaintenanceCalls::Alarm, std::move(*request), deadline);
}

Awaitable<Status> EtcdEngine::compact(Revision upTo, Milliseconds deadline) {
    wire::CompactionRequest request;
    request.set_revision(upTo.value());
    return m_stubs->order<Kv, wire::CompactionRequest, wire::HeaderOnly>(m_stubs->kv.async(), &Kv::Compact,
                                                                         std::move(request), deadline);
}

Awaitable<Status> EtcdEngine::defragment(Milliseconds deadline) {
    return m_stubs->order<MaintenanceCalls, wire::Empty, wire::HeaderOnly>(
        m_stubs->maintenance.async(), &MaintenanceCalls::Defragment, {}, deadline);
}

} // namespace pilothouse::engine
