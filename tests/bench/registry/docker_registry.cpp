// SPDX-License-Identifier: GPL-3.0-or-later
#include "docker_registry.h"

#include "base/encoding.h"
#include "bench_ports.h"
#include "peer_certificate.h"
#include "replica/security/digest.h"
#include "replica/security/signing_key.h"

#include <QStandardPaths>

#include <openssl/x509.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace pilothouse::bench {

namespace {

namespace fs = std::filesystem;

void write(const fs::path& path, const std::string& bytes) {
    fs::create_directories(path.parent_path());
    if (!(std::ofstream(path, std::ios::binary) << bytes)) {
        throw std::runtime_error("cannot write " + path.string());
    }
}

// RFC 4648 §6, without padding.
std::string base32(const std::string& bytes) {
    constexpr const char* digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string text;
    unsigned held = 0;
    unsigned bits = 0;
    for (const unsigned char byte : bytes) {
        held = held << 8U | byte;
        for (bits += 8; bits >= 5; bits -= 5) {
            text += digits[held >> (bits - 5) & 31U];
        }
    }
    return text;
}

// libtrust's name of a public key: 240 bits of its SHA-256 in twelve groups.
std::string keyName(const security::PrivateKey& key) {
    unsigned char* der = nullptr;
    const int size = i2d_PUBKEY(key.native(), &der);
    const std::string hash =
        security::sha256(std::string_view(reinterpret_cast<char*>(der), static_cast<std::size_t>(size)));
    OPENSSL_free(der);
    const std::string text = base32(hash.substr(0, 30));
    std::string name;
    for (std::size_t i = 0; i < text.size(); i += 4) {
        name += (i == 0 ? "" : ":") + text.substr(i, 4);
    }
    return name;
}

std::string makeToken(const security::PrivateKey& key) {
    const auto now =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    const std::string claims = R"({"iss":"bench","aud":"bench","sub":"bench","jti":"1","iat":)" +
                               std::to_string(now) + R"(,"nbf":)" + std::to_string(now - 60) + R"(,"exp":)" +
                               std::to_string(now + 86'400) + R"(,"access":[{"type":"repository","name":")" +
                               repository + R"(","actions":["pull","push"]}]})";
    const std::string head = R"({"typ":"JWT","alg":"ES256","kid":")" + keyName(key) + R"("})";
    const std::string text = toBase64Url(head) + "." + toBase64Url(claims);
    const auto signing = security::SigningKey::fromPem(key.pem()).value();
    return text + "." + toBase64Url(signing.sign(text));
}

std::string hexOf(const std::string& digest) {
    return digest.substr(digest.find(':') + 1);
}

} // namespace

std::unique_ptr<DockerRegistry> DockerRegistry::start(const Content& content) {
    return QStandardPaths::findExecutable(QStringLiteral("docker-registry")).isEmpty()
               ? nullptr
               : std::unique_ptr<DockerRegistry>(new DockerRegistry(content));
}

DockerRegistry::DockerRegistry(const Content& content) : m_port(freePort()) {
    writeConfiguration();
    fill(content);
    m_server = std::make_unique<Child>(
        QStringLiteral("docker-registry"),
        QStringList{QStringLiteral("serve"), m_folder.filePath(QStringLiteral("config.yml"))},
        QProcessEnvironment::systemEnvironment());
    if (!waitUntil([this] { return listens(m_port) || !m_server->runs(); }, Seconds(20)) ||
        !m_server->runs()) {
        throw std::runtime_error("docker-registry does not start: " +
                                 m_server->process().readAllStandardOutput().right(500).toStdString());
    }
}

void DockerRegistry::writeConfiguration() {
    const fs::path folder = m_folder.path().toStdString();
    const PeerCertificate certificate = writePeerCertificate(folder);
    m_authority = certificate.authority;
    m_token = makeToken(certificate.key); // the server's own key signs, which its certificate names
    write(folder / "config.yml",
          "version: 0.1\nlog: {level: error, accesslog: {disabled: true}}\n"
          "storage: {filesystem: {rootdirectory: " +
              (folder / "data").string() + "}}\nhttp: {addr: \"127.0.0.1:" + std::to_string(m_port) +
              "\", relativeurls: true, secret: bench, tls: {certificate: " + (folder / "cert.pem").string() +
              ", key: " + (folder / "key.pem").string() +
              "}}\nauth: {token: {realm: \"https://127.0.0.1/token\", service: bench, "
              "issuer: bench, rootcertbundle: " +
              (folder / "cert.pem").string() + "}}\n");
}

void DockerRegistry::fill(const Content& content) const {
    const fs::path root = fs::path(m_folder.path().toStdString()) / "data/docker/registry/v2";
    const fs::path own = root / "repositories" / repository;
    const auto putBlob = [&](const std::string& digest, const std::string& bytes) {
        const std::string hex = hexOf(digest);
        write(root / "blobs/sha256" / hex.substr(0, 2) / hex / "data", bytes);
    };
    const auto link = [&](const fs::path& at, const std::string& digest) {
        write(own / at / "link", digest);
    };
    const auto putLayer = [&](const std::string& digest, const std::string& bytes) {
        putBlob(digest, bytes);
        link("_layers/sha256/" + hexOf(digest), digest);
    };
    putLayer(sharedConfiguration().digest, sharedConfiguration().bytes);
    for (std::size_t i = 0; i < content.blobs.size(); ++i) {
        putLayer(content.blobs[i], smallBlob(i));
    }
    for (std::size_t i = 0; i < content.manifests.size(); ++i) {
        const std::string& digest = content.manifests[i];
        putBlob(digest, content.manifest(i));
        link("_manifests/revisions/sha256/" + hexOf(digest), digest);
        link("_manifests/tags/v" + std::to_string(i) + "/current", digest);
        link("_manifests/tags/v" + std::to_string(i) + "/index/sha256/" + hexOf(digest), digest);
    }
}

} // namespace pilothouse::bench
