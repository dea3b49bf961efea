// SPDX-License-Identifier: GPL-3.0-or-later
#include "questions.h"

#include <random>
#include <utility>

namespace pilothouse::bench {

namespace {

constexpr const char* accepted = "Accept: application/vnd.oci.image.manifest.v1+json\r\n";

std::string pathOf(const std::string& rest) {
    return std::string("/v2/") + repository + rest;
}

// One of `count` targets, drawn evenly.
class Read : public Asker {
public:
    using Target = std::function<std::string(std::size_t)>;
    Read(std::string method, std::size_t count, Target target, std::string token, std::string headers)
        : m_method(std::move(method)), m_draw(0, count - 1), m_target(std::move(target)),
          m_token(std::move(token)), m_headers(std::move(headers)) {}

    [[nodiscard]] Question next(const Answer* /*before*/) override {
        return {.bytes = requestText(m_method, m_target(m_draw(m_random)), m_token, m_headers),
                .isHead = m_method == "HEAD"};
    }

private:
    std::string m_method;
    std::mt19937 m_random{std::random_device()()};
    std::uniform_int_distribution<std::size_t> m_draw;
    Target m_target;
    std::string m_token;
    std::string m_headers;
};

class PushBlob : public Asker {
public:
    PushBlob(Numbers next, std::string token) : m_numbers(std::move(next)), m_token(std::move(token)) {}

    [[nodiscard]] Question next(const Answer* before) override {
        m_isOpen = !m_isOpen;
        if (m_isOpen) {
            m_number = m_numbers();
            return m_number ? Question{.bytes = requestText("POST", pathOf("/blobs/uploads/"), m_token),
                                       .status = 202,
                                       .isLast = false}
                            : Question();
        }
        const std::string bytes = smallBlob(*m_number);
        const std::string target = withDigest(targetOf(before->field("Location")), digestOf(bytes));
        return {.bytes =
                    requestText("PUT", target, m_token, "Content-Type: application/octet-stream\r\n", bytes),
                .status = 201};
    }

private:
    Numbers m_numbers;
    std::string m_token;
    std::optional<std::uint64_t> m_number;
    bool m_isOpen = false;
};

class PutManifest : public Asker {
public:
    PutManifest(const Content& content, Numbers next, std::string token)
        : m_content(content), m_numbers(std::move(next)), m_token(std::move(token)) {}

    [[nodiscard]] Question next(const Answer* /*before*/) override {
        const auto number = m_numbers();
        if (!number) {
            return {};
        }
        return {.bytes = requestText("PUT", pathOf("/manifests/v" + std::to_string(*number)), m_token,
                                     "Content-Type: application/vnd.oci.image.manifest.v1+json\r\n",
                                     m_content.manifest(*number)),
                .status = 201};
    }

private:
    const Content& m_content;
    Numbers m_numbers;
    std::string m_token;
};

AskerMaker reads(std::string method, std::size_t count, Read::Target target, std::string token,
                 std::string headers = {}) {
    return [=] { return std::make_unique<Read>(method, count, target, token, headers); };
}

} // namespace

std::string requestText(const std::string& method, const std::string& target, const std::string& token,
                        const std::string& headers, const std::string& body) {
    const bool hasBody = method == "PUT" || method == "POST" || method == "PATCH";
    return method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token + "\r\n" +
           headers + (hasBody ? "Content-Length: " + std::to_string(body.size()) + "\r\n" : "") + "\r\n" +
           body;
}

std::string targetOf(std::string_view location) {
    const auto scheme = location.find("://");
    if (scheme != std::string_view::npos) {
        location.remove_prefix(location.find('/', scheme + 3));
    }
    return std::string(location);
}

std::string withDigest(const std::string& target, const std::string& digest) {
    return target + (target.find('?') == std::string::npos ? "?" : "&") + "digest=" + digest;
}

AskerMaker manifestsByDigest(const Content& content, const std::string& token) {
    return reads(
        "GET", content.manifests.size(),
        [&](std::size_t i) { return pathOf("/manifests/" + content.manifests[i]); }, token, accepted);
}

AskerMaker manifestsByTag(const Content& content, const std::string& token) {
    return reads(
        "GET", content.manifests.size(),
        [](std::size_t i) { return pathOf("/manifests/v" + std::to_string(i)); }, token, accepted);
}

AskerMaker blobHeads(const Content& content, const std::string& token) {
    return reads(
        "HEAD", content.blobs.size(), [&](std::size_t i) { return pathOf("/blobs/" + content.blobs[i]); },
        token);
}

AskerMaker blobs(const Content& content, const std::string& token) {
    return reads(
        "GET", content.blobs.size(), [&](std::size_t i) { return pathOf("/blobs/" + content.blobs[i]); },
        token);
}

AskerMaker blobPushes(Numbers next, const std::string& token) {
    return [=] { return std::make_unique<PushBlob>(next, token); };
}

AskerMaker manifestPuts(const Content& content, Numbers next, const std::string& token) {
    return [&content, next = std::move(next), token] {
        return std::make_unique<PutManifest>(content, next, token);
    };
}

} // namespace pilothouse::bench
