// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/waiting/host_plan.h"

#include "replica/http/url.h"
#include "replica/provision/names.h"

#include <array>
#include <set>
#include <unistd.h>

namespace pilothouse::waiting {
namespace {

std::string address(const char* scheme, const std::string& host, std::int64_t port) {
    return scheme + http::hostAndPort(host, static_cast<std::uint16_t>(port));
}

} // namespace

std::string HostPlan::url() const {
    return address("https://", host, listen.https_port);
}
std::string HostPlan::httpUrl() const {
    return address("http://", host, listen.http_port);
}
std::string HostPlan::peerUrl() const {
    return address("https://", host, listen.engine_peer_port);
}

Status checkHostPlan(const HostPlan& plan) {
    if (const Status status = provision::checkHost(plan.host); !status) {
        return failIn("join-host", status.error());
    }
    if (plan.host == "0.0.0.0" || plan.host == "::") {
        return fail(ErrorCode::invalid, "join-host: " + plan.host + " is every address, and nobody's",
                    "Give the name or address under which clients and the other replicas reach this host");
    }
    if (const Status status = provision::checkName(plan.name, "replica"); !status) {
        return failIn("join-name", status.error());
    }
    if (!provision::isIpAddress(plan.listen.host)) {
        return fail(ErrorCode::invalid,
                    "listen-host: \"" + plan.listen.host + "\" is not an IP address to listen on");
    }
    const auto& listen = plan.listen;
    const std::set<std::int64_t> ports{listen.https_port, listen.http_port, listen.engine_peer_port,
                                       listen.engine_client_port};
    if (ports.size() < 4) {
        return fail(ErrorCode::invalid,
                    "two of https-port, http-port, peer-port and engine-port are the same port",
                    "Give each its own");
    }
    return {};
}

std::string ownHostLabel() {
    std::array<char, 256> name{};
    if (::gethostname(name.data(), name.size() - 1) != 0) {
        return {};
    }
    const std::string whole(name.data());
    return whole.substr(0, whole.find('.'));
}

} // namespace pilothouse::waiting
