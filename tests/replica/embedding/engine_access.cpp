// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine_access.h"

#include "replica/engine/etcd_engine.h"
#include "replica/node/engine_setup.h"
#include "replica/provision/identity.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

namespace pilothouse::test {

Status onEngine(const std::filesystem::path& dataDir, const EngineWork& work) {
    const provision::Layout layout(dataDir);
    const auto identity = provision::loadIdentity(layout);
    if (!identity) {
        return fail(identity.error());
    }
    const auto address = node::engineAddressOf(layout, *identity);
    if (!address) {
        return fail(address.error());
    }
    boost::asio::io_context io;
    engine::EtcdEngine engine(*address);
    auto done = boost::asio::co_spawn(io, work(engine), boost::asio::use_future);
    io.run();
    return done.get();
}

} // namespace pilothouse::test
