// SPDX-License-Identifier: GPL-3.0-or-later
// A client that sends whatever a test tells it to, byte for byte, over a blocking socket, plain or TLS. Every
// wait ends after 10 s.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace pilothouse::http::test {

struct Answer {
    int status = 0; // 0: none came
    std::string head;
    std::map<std::string, std::string> fields; // names in lower case
    std::string body;

    [[nodiscard]] std::string field(const std::string& name) const {
        const auto found = fields.find(name);
        return found == fields.end() ? std::string() : found->second;
    }
};

struct RawTlsOptions {
    std::string authorities;  // PEM; empty: takes any server
    std::string certificates; // PEM; empty: shows none
    std::string privateKey;
    int highestVersion = 0; // as SSL_CTX_set_max_proto_version; 0: any
    std::string from = {};  // an address of this computer, such as 127.0.0.2; empty: any
};

class RawClient {
public:
    explicit RawClient(std::uint16_t port, int receiveBuffer = 0);
    RawClient(std::uint16_t port, const char* from);         // an address of this computer, such as 127.0.0.2
    RawClient(std::uint16_t port, const RawTlsOptions& tls); // shakes hands; see tlsError()
    ~RawClient();
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    // Empty when the handshake succeeded.
    [[nodiscard]] const std::string& tlsError() const { return m_tlsError; }

    // False when the other side is gone.
    bool send(std::string_view bytes);
    // Some bytes; empty at the end, or after 10 s (then timedOut()).
    [[nodiscard]] std::string receive();
    // Everything until the end.
    [[nodiscard]] std::string receiveAll();
    // Everything up to and with `mark`, or what came before the end.
    [[nodiscard]] std::string receiveUntil(std::string_view mark);
    // One whole answer to `method`. Interim answers are skipped.
    [[nodiscard]] Answer answer(std::string_view method = "GET");
    // Sends and takes the answer.
    [[nodiscard]] Answer ask(std::string_view request, std::string_view method = "GET") {
        send(request);
        return answer(method);
    }
    // Whether nothing but the end follows.
    [[nodiscard]] bool atEnd() { return m_pending.empty() && receive().empty() && !m_timedOut; }
    [[nodiscard]] bool timedOut() const { return m_timedOut; }
    // Whether the last receive() met a reset instead of an end.
    [[nodiscard]] bool sawReset() const { return m_sawReset; }
    void halfClose();
    void close();
    // Closes so that the other side sees a reset.
    void reset();

private:
    struct Tls;
    void connect(std::uint16_t port, int receiveBuffer, const char* from = nullptr);
    [[nodiscard]] std::string takeBody(const Answer& answer, std::string_view method);
    [[nodiscard]] std::string take(std::size_t count);
    [[nodiscard]] std::string takeChunked();

    int m_socket = -1;
    std::unique_ptr<Tls> m_tls;
    std::string m_tlsError;
    std::string m_pending;
    bool m_timedOut = false;
    bool m_sawReset = false;
};

} // namespace pilothouse::http::test
