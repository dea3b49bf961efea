// SPDX-License-Identifier: GPL-3.0-or-later
// A client of the registry whose requests go to another replica each time, as a load balancer may send them.
#pragma once

#include "replica/http/raw_client.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pilothouse::registry::test {

using http::test::Answer;
using http::test::RawClient;

struct Ask {
    std::string method = "GET";
    std::string target = "/v2/";
    std::string body = {};
    std::vector<std::pair<std::string, std::string>> fields = {};
    bool chunked = false;   // the body goes without its length
    bool anonymous = false; // without credentials
};

// The request as it goes over the wire.
[[nodiscard]] std::string wireForm(const Ask& ask, const std::string& login);
// The specification's code of the first error in the body; empty when there is none.
[[nodiscard]] std::string codeOf(const Answer& answer);
// What no answer of the registry may be, whatever was asked; empty when all is well.
[[nodiscard]] std::string faultIn(const Ask& ask, const Answer& answer);

class Balancer {
public:
    // `ports` of the replicas on this computer, `authority` (PEM) that their certificates come from, `login`
    // as the Authorization field has it.
    Balancer(std::vector<std::uint16_t> ports, std::string authority, std::string login);

    // The next replica's answer, over the connection that was kept to it or, every third time, a new one.
    // Fails the test when faultIn() finds something.
    [[nodiscard]] Answer ask(const Ask& ask);
    // The same of a certain replica.
    [[nodiscard]] Answer askAt(std::size_t replica, const Ask& ask);
    // Whatever the answer is, and no second time.
    [[nodiscard]] Answer askOnce(std::size_t replica, const Ask& ask);
    // The same replicas, for another thread: each has connections of its own.
    [[nodiscard]] Balancer another() const;
    // A new connection to the next replica, for requests that are made by hand.
    [[nodiscard]] std::unique_ptr<RawClient> connect();
    // One to a certain replica, from another address of this computer.
    [[nodiscard]] std::unique_ptr<RawClient> connectFrom(std::size_t replica, const std::string& from) {
        return connectTo(replica, from);
    }

    [[nodiscard]] std::size_t size() const { return m_replicas.size(); }
    [[nodiscard]] const std::string& login() const { return m_login; }

private:
    struct Backend {
        std::uint16_t port = 0;
        std::unique_ptr<RawClient> kept = {};
    };
    [[nodiscard]] std::size_t next() { return m_turn++ % m_replicas.size(); }
    [[nodiscard]] std::unique_ptr<RawClient> connectTo(std::size_t replica,
                                                       const std::string& from = {}) const;

    std::vector<Backend> m_replicas;
    std::string m_authority;
    std::string m_login;
    std::size_t m_turn = 0;
    std::size_t m_asked = 0;
};

} // namespace pilothouse::registry::test
