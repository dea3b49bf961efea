// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine_access.h"

#include "replica/engine/etcd_engine.h"
#include "replica/http/tls.h"
#include "replica/provision/identity.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

namespace pilothouse::test {

Status onEngine(const std::filesystem::path& dataDir, const EngineWork& work) {
    const provision::Layout layout(dataDir);
    const auto identity = provision::loadIdentity(layout);
    const auto files =
        http::readTlsFiles({layout.engineClientCertificate().string(), layout.engineClientKey().string(),
                            layout.engineClientCa().string()});
    if (!identity || !files) {
        return fail(identity ? files.error() : identity.error());
    }
    boost::asio::io_context io;
    engine::EtcdEngine engine({.port = static_cast<std::uint16_t>(identity->listen.engine_client_port),
                               .certificates = files->certificates,
                               .privateKey = files->privateKey,
                               .authorities = files->authorities});
    auto done = boost::asio::co_spawn(io, work(engine), boost::asio::use_future);
    io.run();
    return done.get();
}

} // namespace pilothouse::test
