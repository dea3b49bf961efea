// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/http/listen.h"

#include "replica/http/url.h"

#include <boost/asio/ip/v6_only.hpp>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace pilothouse::http {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

namespace fs = std::filesystem;

// The inodes of sockets that listen at `port`, from a table as proc(5) describes /proc/net/tcp.
void addListeners(const char* table, std::uint16_t port, std::set<std::string>& inodes) {
    constexpr std::string_view listening = "0A";
    std::ifstream file(table);
    std::string line;
    std::getline(file, line); // headings
    while (std::getline(file, line)) {
        std::istringstream words(line);
        std::string slot, local, remote, state, queues, timer, retransmits, uid, timeout, inode;
        words >> slot >> local >> remote >> state >> queues >> timer >> retransmits >> uid >> timeout >>
            inode;
        const auto colon = local.find(':');
        if (colon == std::string::npos || state != listening) {
            continue;
        }
        unsigned found = 0;
        std::from_chars(local.data() + colon + 1, local.data() + local.size(), found, 16);
        if (found == port) {
            inodes.insert("socket:[" + inode + "]");
        }
    }
}

bool holdsOne(const fs::path& process, const std::set<std::string>& inodes) {
    std::error_code error;
    for (fs::directory_iterator it(process / "fd", error), end; !error && it != end; it.increment(error)) {
        std::error_code unreadable;
        const auto target = fs::read_symlink(it->path(), unreadable);
        if (!unreadable && inodes.count(target.string()) > 0) {
            return true;
        }
    }
    return false;
}

Result<tcp::acceptor> failure(const ListenAddress& address, const boost::system::error_code& error) {
    const auto where = hostAndPort(address.host.empty() ? "*" : address.host, address.port);
    if (error == asio::error::address_in_use) {
        const auto holder = describePortHolder(address.port);
        return fail(ErrorCode::conflict,
                    "port " + std::to_string(address.port) + " is in use" + (holder ? " by " + *holder : "") +
                        ", so nothing can listen at " + where,
                    "Stop that program or choose another port");
    }
    if (error == asio::error::access_denied) {
        return fail(ErrorCode::forbidden, "listening at " + where + " is not permitted",
                    "Ports below 1024 need root or the capability CAP_NET_BIND_SERVICE");
    }
    return fail(ErrorCode::unavailable, "cannot listen at " + where + ": " + error.message(),
                "Is this an address of this computer?");
}

Result<tcp::acceptor> open(const Executor& executor, const ListenAddress& address,
                           const tcp::endpoint& endpoint, bool dualStack) {
    tcp::acceptor acceptor(executor);
    boost::system::error_code error;
    acceptor.open(endpoint.protocol(), error);
    if (!error) {
        acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    }
    if (!error && endpoint.protocol() == tcp::v6()) {
        acceptor.set_option(asio::ip::v6_only(!dualStack), error);
    }
    if (!error) {
        acceptor.bind(endpoint, error);
    }
    if (!error) {
        acceptor.listen(asio::socket_base::max_listen_connections, error);
    }
    if (error == asio::error::address_family_not_supported && dualStack) { // a kernel without IPv6
        return open(executor, address, tcp::endpoint(tcp::v4(), endpoint.port()), false);
    }
    if (error) {
        return failure(address, error);
    }
    return acceptor;
}

} // namespace

Result<tcp::acceptor> listenAt(const Executor& executor, const ListenAddress& address) {
    if (address.host.empty() || address.host == "::") {
        return open(executor, address, tcp::endpoint(tcp::v6(), address.port), true);
    }
    boost::system::error_code error;
    const auto ip = asio::ip::make_address(address.host, error);
    if (error) {
        return fail(ErrorCode::invalid, "\"" + address.host + "\" is no IP address to listen at",
                    "Give an address such as 0.0.0.0, 127.0.0.1 or ::");
    }
    return open(executor, address, tcp::endpoint(ip, address.port), false);
}

std::optional<std::string> describePortHolder(std::uint16_t port) {
    std::set<std::string> inodes;
    addListeners("/proc/net/tcp", port, inodes);
    addListeners("/proc/net/tcp6", port, inodes);
    std::error_code error;
    for (fs::directory_iterator it("/proc", error), end; !inodes.empty() && !error && it != end;
         it.increment(error)) {
        const auto id = it->path().filename().string();
        if (id.find_first_not_of("0123456789") == std::string::npos && holdsOne(it->path(), inodes)) {
            std::ifstream file(it->path() / "comm");
            std::string name;
            std::getline(file, name);
            return name.append(" (process ").append(id).append(")");
        }
    }
    return std::nullopt;
}

} // namespace pilothouse::http
