// SPDX-License-Identifier: GPL-3.0-or-later
#include "stream_client.h"

#include "load_client.h"
#include "questions.h"
#include "replica/blobs/digest.h"
#include "tls_socket.h"

#include <chrono>
#include <cstring>
#include <random>
#include <stdexcept>
#include <vector>

namespace pilothouse::bench {

namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* octets = "Content-Type: application/octet-stream\r\n";

// A blocking conversation with a registry.
class Talk {
public:
    explicit Talk(const RegistryAt& registry)
        : m_token(registry.token), m_context(clientContext(registry.authority)),
          m_socket(m_context.get(), registry.port) {}

    // Sends the head of a request whose body of `length` bytes follows.
    void begin(const std::string& method, const std::string& target, std::size_t length,
               const std::string& headers = {}) {
        send(method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + m_token +
             "\r\n" + headers +
             (method == "GET" ? "" : "Content-Length: " + std::to_string(length) + "\r\n") + "\r\n");
    }
    void send(const std::string& bytes) { m_socket.writeAll(bytes); }

    // The head of the answer, which must have `status`.
    Answer head(int status) {
        while (m_bytes.find("\r\n\r\n") == std::string::npos) {
            fill();
        }
        const auto end = m_bytes.find("\r\n\r\n");
        m_head = m_bytes.substr(0, end + 2);
        m_bytes.erase(0, end + 4);
        if (m_head.find(" " + std::to_string(status) + " ") == std::string::npos) {
            throw std::runtime_error("not the status " + std::to_string(status) + ": " + m_head + m_bytes);
        }
        return {status, m_head, {}};
    }
    // Reads the body of that answer and forgets it; how long it was.
    std::size_t skipBody(const Answer& answer) {
        const std::size_t length = std::stoull(std::string(answer.field("Content-Length")));
        std::size_t got = m_bytes.size();
        m_bytes.clear();
        while (got < length) {
            got += m_socket.read(m_buffer);
        }
        return got;
    }
    // Where an upload that was begun goes on.
    std::string beginUpload() {
        begin("POST", std::string("/v2/") + repository + "/blobs/uploads/", 0);
        return location(202);
    }
    std::string location(int status) {
        const Answer answer = head(status);
        skipBody(answer);
        return targetOf(answer.field("Location"));
    }

private:
    void fill() {
        const std::size_t count = m_socket.read(m_buffer);
        m_bytes.append(m_buffer.data(), count);
    }

    std::string m_token;
    std::shared_ptr<SSL_CTX> m_context;
    TlsSocket m_socket;
    std::vector<char> m_buffer = std::vector<char>(std::size_t{256} * 1024);
    std::string m_bytes;
    std::string m_head;
};

double megabytesPerSecond(std::size_t bytes, Clock::time_point begun) {
    return static_cast<double>(bytes) / 1e6 / std::chrono::duration<double>(Clock::now() - begun).count();
}

} // namespace

LargeBlob::LargeBlob(std::uint64_t number, std::size_t bytes) : m_size(bytes), m_other(pieceBytes, '\0') {
    std::mt19937_64 random(7);
    for (std::size_t i = 0; i < pieceBytes; i += sizeof(std::uint64_t)) {
        const std::uint64_t word = random();
        std::memcpy(&m_other[i], &word, sizeof word);
    }
    m_first = m_other;
    std::memcpy(m_first.data(), &number, sizeof number);
    blobs::Hasher hasher(blobs::Algorithm::sha256);
    for (std::size_t i = 0; i < bytes / pieceBytes; ++i) {
        hasher.update(piece(i));
    }
    m_digest = hasher.digest().str();
}

double pushInOnePiece(const RegistryAt& registry, const LargeBlob& blob) {
    Talk talk(registry);
    const auto begun = Clock::now();
    const std::string target = withDigest(talk.beginUpload(), blob.digest());
    talk.begin("PUT", target, blob.size(), octets);
    for (std::size_t i = 0; i < blob.size() / LargeBlob::pieceBytes; ++i) {
        talk.send(blob.piece(i));
    }
    talk.skipBody(talk.head(201));
    return megabytesPerSecond(blob.size(), begun);
}

double pushInChunks(const RegistryAt& registry, const LargeBlob& blob) {
    Talk talk(registry);
    const auto begun = Clock::now();
    std::string target = talk.beginUpload();
    for (std::size_t i = 0; i < blob.size() / LargeBlob::pieceBytes; ++i) {
        const std::size_t from = i * LargeBlob::pieceBytes;
        talk.begin("PATCH", target, LargeBlob::pieceBytes,
                   octets + ("Content-Range: " + std::to_string(from) + "-" +
                             std::to_string(from + LargeBlob::pieceBytes - 1) + "\r\n"));
        talk.send(blob.piece(i));
        target = talk.location(202);
    }
    talk.begin("PUT", withDigest(target, blob.digest()), 0);
    talk.skipBody(talk.head(201));
    return megabytesPerSecond(blob.size(), begun);
}

double pull(const RegistryAt& registry, const LargeBlob& blob) {
    Talk talk(registry);
    const auto begun = Clock::now();
    talk.begin("GET", std::string("/v2/") + repository + "/blobs/" + blob.digest(), 0);
    if (talk.skipBody(talk.head(200)) != blob.size()) {
        throw std::runtime_error("a pulled blob has another length");
    }
    return megabytesPerSecond(blob.size(), begun);
}

} // namespace pilothouse::bench
