// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/engine/engine_run.h"

#include "replica/engine/etcd_process.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

namespace pilothouse::engine {
namespace {

constexpr Milliseconds toStop{10'000}; // it writes its database's last changes

} // namespace

void EngineEnd::set(const Error& why) {
    const std::lock_guard lock(m_mutex);
    m_why = why;
}

std::optional<Error> EngineEnd::why() const {
    const std::lock_guard lock(m_mutex);
    return m_why;
}

Status runEngineFor(const std::function<Awaitable<Status>(Engine&, const EngineEnd&)>& work,
                    const EtcdOptions& options, const EngineAddress& address, const Logger& log) {
    EngineEnd ended; // told on the supervisor's thread
    const EtcdProcess::Listener listener{[](int) {}, [](const Error&) {},
                                         [&ended](const Error& why) { ended.set(why); }};
    const auto process = EtcdProcess::start(options, listener, log);
    if (!process) {
        return fail(process.error());
    }
    Status done = fail(ErrorCode::internal, "the work with the engine was not done");
    {
        boost::asio::io_context context;
        EtcdEngine engine(address); // goes before what it resumes its callers on
        boost::asio::co_spawn(context, work(engine, ended),
                              [&done](const std::exception_ptr& failure, Status status) {
                                  if (!failure) {
                                      done = std::move(status);
                                  }
                              });
        context.run();
    }
    (*process)->stop(toStop);
    return done;
}

} // namespace pilothouse::engine
