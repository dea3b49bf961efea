// SPDX-License-Identifier: GPL-3.0-or-later
// Calls of gRPC for coroutines of Asio: what ends on gRPC's own threads resumes on the caller's executor.
#pragma once

#include "base/clock.h"

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <condition_variable>
#include <functional>
#include <grpcpp/client_context.h>
#include <grpcpp/support/status.h>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace pilothouse::engine {

// A coroutine that waits for `Outcome` from another thread.
template <typename Outcome>
class Resumption {
public:
    using Handler =
        typename boost::asio::async_result<boost::asio::use_awaitable_t<>, void(Outcome)>::handler_type;

    // `cancel` is called when the waiting coroutine is cancelled, on any thread, perhaps when it is over.
    Resumption(Handler handler, std::function<void()> cancel)
        : m_work(std::in_place, boost::asio::get_associated_executor(handler)),
          m_handler(std::move(handler)) {
        if (auto slot = boost::asio::get_associated_cancellation_slot(m_handler); slot.is_connected()) {
            slot.assign([cancel = std::move(cancel)](boost::asio::cancellation_type) { cancel(); });
        }
    }
    // Once. The executor may be gone soon after.
    void resume(Outcome outcome) {
        boost::asio::post(m_work->get_executor(),
                          [handler = std::move(m_handler), outcome = std::move(outcome)]() mutable {
                              std::move(handler)(std::move(outcome));
                          });
        m_work.reset(); // and the executor with it
    }

private:
    // Keeps the caller's context running while only gRPC works for it.
    std::optional<boost::asio::executor_work_guard<boost::asio::any_io_executor>> m_work;
    Handler m_handler;
};

// Waits for what `begin` starts.
template <typename Outcome>
[[nodiscard]] boost::asio::awaitable<Outcome>
resumed(std::function<void(std::shared_ptr<Resumption<Outcome>>)> begin, std::function<void()> cancel) {
    auto initiate = [begin = std::move(begin),
                     cancel = std::move(cancel)](typename Resumption<Outcome>::Handler handler) mutable {
        begin(std::make_shared<Resumption<Outcome>>(std::move(handler), std::move(cancel)));
    };
    return boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void(Outcome)>(
        std::move(initiate), boost::asio::use_awaitable);
}

// The calls that have not ended. Thread-safe; goes only when all have.
class GrpcCalls {
public:
    GrpcCalls() = default;
    GrpcCalls(const GrpcCalls&) = delete;
    GrpcCalls& operator=(const GrpcCalls&) = delete;
    ~GrpcCalls();

    // A call begins, and `end` makes it end soon: called on any thread, perhaps when the call is over.
    void enter(const void* call, std::function<void()> end);
    // The last that a call does.
    void leave(const void* call);

private:
    std::mutex m_mutex; // guards what follows
    std::condition_variable m_left;
    bool m_ending = false;
    std::map<const void*, std::function<void()>> m_running;
};

// One request, one answer. `Method` is one of a stub's async_interface.
template <typename Interface, typename Request, typename Answer>
struct UnaryCall {
    using Method = void (Interface::*)(grpc::ClientContext*, const Request*, Answer*,
                                       std::function<void(grpc::Status)>);
    grpc::ClientContext context;
    Request request;
    Answer answer;
};

template <typename Interface, typename Request, typename Answer>
[[nodiscard]] boost::asio::awaitable<grpc::Status>
callUnary(GrpcCalls& calls, Interface* stub, typename UnaryCall<Interface, Request, Answer>::Method method,
          std::shared_ptr<UnaryCall<Interface, Request, Answer>> call, Milliseconds deadline) {
    call->context.set_deadline(std::chrono::system_clock::now() + deadline);
    std::function<void()> cancel = [weak = std::weak_ptr(call)] {
        if (const auto running = weak.lock()) {
            running->context.TryCancel();
        }
    };
    auto begin = [&calls, stub, method, call, cancel](std::shared_ptr<Resumption<grpc::Status>> resumption) {
        calls.enter(call.get(), cancel);
        auto done = [&calls, call, resumption = std::move(resumption)](grpc::Status status) {
            resumption->resume(std::move(status));
            calls.leave(call.get());
        };
        (stub->*method)(&call->context, &call->request, &call->answer, std::move(done));
    };
    return resumed<grpc::Status>(std::move(begin), cancel);
}

} // namespace pilothouse::engine
