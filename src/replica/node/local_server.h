// SPDX-License-Identifier: GPL-3.0-or-later
// The unix socket in the data folder, through which root and the replica's own user give orders, also without
// quorum, without a read model and without a password.
#pragma once

#include "base/clock.h"
#include "base/log.h"
#include "replica/node/local_wire.h"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/local/stream_protocol.hpp>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace pilothouse::node {

// Whether a process of user `peer` may give orders to one of user `own`.
[[nodiscard]] constexpr bool mayOrder(unsigned peer, unsigned own) {
    return peer == 0 || peer == own;
}

// The address of the socket at `path`, which may be longer than the 107 bytes that an address holds: then it
// names the folder by a descriptor of this process, which must stay open while the address is used.
class LocalAddress {
public:
    [[nodiscard]] static Result<LocalAddress> of(const std::filesystem::path& path);
    LocalAddress(LocalAddress&& other) noexcept;
    LocalAddress& operator=(LocalAddress&&) = delete;
    ~LocalAddress();
    [[nodiscard]] const std::string& text() const { return m_text; }

private:
    LocalAddress(int folder, std::string text) : m_folder(folder), m_text(std::move(text)) {}
    int m_folder; // -1: none
    std::string m_text;
};

// Everything runs on `executor`, a strand. What is answered while run() is cancelled is cut off.
class LocalServer {
public:
    using Handler = std::function<boost::asio::awaitable<LocalAnswer>(LocalRequest)>;

    LocalServer(boost::asio::any_io_executor executor, std::filesystem::path path, Handler handler,
                Logger log);
    ~LocalServer();

    // Binds, with mode 0600 before anybody can connect. What a process that is gone left at the path is
    // removed: whoever starts this holds the folder's lock.
    [[nodiscard]] Status start();
    // Serves until it is cancelled, then removes the socket.
    [[nodiscard]] boost::asio::awaitable<void> run();

private:
    using Socket = boost::asio::local::stream_protocol::socket;
    [[nodiscard]] boost::asio::awaitable<void> serve(std::shared_ptr<Socket> socket);
    [[nodiscard]] boost::asio::awaitable<LocalAnswer> answer(std::string line);
    void close();

    boost::asio::any_io_executor m_executor;
    const std::filesystem::path m_path;
    Handler m_handler;
    Logger m_log;
    std::optional<boost::asio::local::stream_protocol::acceptor> m_acceptor;
    int m_serving = 0;
};

} // namespace pilothouse::node
