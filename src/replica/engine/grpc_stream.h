// SPDX-License-Identifier: GPL-3.0-or-later
// A call of gRPC with a stream in each direction, for one coroutine.
#pragma once

#include "replica/engine/grpc_calls.h"

#include <grpcpp/support/client_callback.h>
#include <optional>

namespace pilothouse::engine {

// Held by shared_ptr; lives until gRPC is done with it. One operation at a time.
template <typename Request, typename Answer>
class GrpcStream : public grpc::ClientBidiReactor<Request, Answer>,
                   public std::enable_shared_from_this<GrpcStream<Request, Answer>> {
public:
    explicit GrpcStream(GrpcCalls& calls) : m_calls(calls) {}

    // Before start().
    [[nodiscard]] grpc::ClientContext& context() { return m_context; }
    // `begin` gives the context and this reactor to a stub.
    void start(const std::function<void(grpc::ClientContext*, GrpcStream*)>& begin) {
        m_self = this->shared_from_this();
        begin(&m_context, this);
        this->AddHold(); // operations begin outside of gRPC's own calls
        m_calls.enter(this, ending());
        this->StartCall();
    }
    // False: the stream has ended; finish() tells why.
    [[nodiscard]] boost::asio::awaitable<bool> write(Request request) {
        m_request = std::move(request);
        return operate([this] { this->StartWrite(&m_request); });
    }
    [[nodiscard]] boost::asio::awaitable<bool> read(Answer& answer) {
        return operate([this, &answer] { this->StartRead(&answer); });
    }
    // Ends it unless it has; why it ended.
    [[nodiscard]] boost::asio::awaitable<grpc::Status> finish() {
        abandon();
        auto begin = [self = this->shared_from_this()](std::shared_ptr<Resumption<grpc::Status>> waiting) {
            const std::lock_guard lock(self->m_mutex);
            if (self->m_status) {
                waiting->resume(*self->m_status);
            } else {
                self->m_finishing = std::move(waiting);
            }
        };
        return resumed<grpc::Status>(std::move(begin), [] {});
    }
    // Makes it end soon. Any thread, any number of times.
    void abandon() {
        m_context.TryCancel();
        {
            const std::lock_guard lock(m_mutex);
            if (std::exchange(m_abandoned, true)) {
                return;
            }
        }
        this->RemoveHold();
    }

    void OnReadDone(bool ok) override { operated(ok); }
    void OnWriteDone(bool ok) override { operated(ok); }
    void OnDone(const grpc::Status& status) override {
        const auto self = std::move(m_self);
        {
            const std::lock_guard lock(m_mutex);
            m_status = status;
            if (m_finishing) {
                std::exchange(m_finishing, nullptr)->resume(status);
            }
        }
        m_calls.leave(this);
    }

private:
    [[nodiscard]] boost::asio::awaitable<bool> operate(std::function<void()> operation) {
        auto begin = [self = this->shared_from_this(),
                      operation = std::move(operation)](std::shared_ptr<Resumption<bool>> waiting) {
            const std::lock_guard lock(self->m_mutex);
            if (self->m_abandoned) {
                waiting->resume(false);
                return;
            }
            self->m_operating = std::move(waiting);
            operation(); // under the lock: the hold may not go in between
        };
        return resumed<bool>(std::move(begin), ending());
    }
    [[nodiscard]] std::function<void()> ending() {
        return [weak = this->weak_from_this()] {
            if (const auto self = weak.lock()) {
                self->abandon();
            }
        };
    }
    void operated(bool ok) {
        const std::lock_guard lock(m_mutex);
        if (m_operating) {
            std::exchange(m_operating, nullptr)->resume(ok);
        }
    }

    GrpcCalls& m_calls;
    grpc::ClientContext m_context;
    Request m_request;
    std::shared_ptr<GrpcStream> m_self; // until OnDone()
    std::mutex m_mutex;                 // guards what follows
    std::shared_ptr<Resumption<bool>> m_operating;
    std::shared_ptr<Resumption<grpc::Status>> m_finishing;
    std::optional<grpc::Status> m_status;
    bool m_abandoned = false;
};

// Ends a stream when the coroutine leaves, however it does.
template <typename Stream>
class EndOfStream {
public:
    explicit EndOfStream(std::shared_ptr<Stream> stream) : m_stream(std::move(stream)) {}
    EndOfStream(const EndOfStream&) = delete;
    EndOfStream& operator=(const EndOfStream&) = delete;
    ~EndOfStream() { m_stream->abandon(); }

private:
    std::shared_ptr<Stream> m_stream;
};

} // namespace pilothouse::engine
