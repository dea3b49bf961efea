// SPDX-License-Identifier: GPL-3.0-or-later
// A certificate authority for tests, made on the spot.
#pragma once

#include <QSslCertificate>
#include <QSslKey>
#include <QString>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace pilothouse::test {

struct Leaf {
    QSslCertificate certificate;
    QSslKey key;
};

struct LeafOptions {
    std::vector<std::string> uris; // URI names
    std::string dns = "localhost";
    bool loopback = true;                                    // also 127.0.0.1
    std::chrono::seconds validFrom = -std::chrono::hours(1); // from now
    std::chrono::seconds validTo = std::chrono::hours(24);
};

class TestAuthority {
public:
    explicit TestAuthority(std::string name = "test cluster");
    ~TestAuthority();
    TestAuthority(const TestAuthority&) = delete;
    TestAuthority& operator=(const TestAuthority&) = delete;

    [[nodiscard]] QSslCertificate certificate() const;
    [[nodiscard]] QByteArray pem() const { return certificate().toPem(); }
    [[nodiscard]] Leaf issue(const LeafOptions& options) const;
    // As a replica's own: URI name "pilothouse:cluster:<cluster>:replica:<replica>".
    [[nodiscard]] Leaf issueReplica(const std::string& replica) const;

    static constexpr auto clusterId = "00112233445566778899aabbccddeeff";
    [[nodiscard]] static std::string uriOf(const std::string& replica,
                                           const std::string& cluster = clusterId);

private:
    struct Keys;
    std::unique_ptr<Keys> m_keys;
    std::string m_name;
};

} // namespace pilothouse::test
