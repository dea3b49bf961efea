// SPDX-License-Identifier: GPL-3.0-or-later
#include "tag_clients.h"

#include <QJsonObject>

namespace pilothouse::test {

namespace {

using Kind = RegisterOperation::Kind;

constexpr int clients = 6;
constexpr int tags = 3;
constexpr auto deadline = std::chrono::seconds(1);
constexpr auto indexType = "application/vnd.oci.image.index.v1+json";

std::int64_t now() {
    return std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1);
}

// An index that names nothing needs no blobs. Its annotation tells it from all others.
QByteArray manifestOf(const std::string& value) {
    return QByteArray(R"({"schemaVersion":2,"mediaType":")") + indexType +
           R"(","manifests":[],"annotations":{"value":")" + QByteArray::fromStdString(value) + "\"}}";
}

std::string valueIn(const HttpAnswer& answer) {
    return answer.json()[QLatin1String("annotations")][QLatin1String("value")].toString().toStdString();
}

} // namespace

TagClients::TagClients(Access access, QStringList urls, unsigned seed)
    : m_access(std::move(access)), m_urls(std::move(urls)) {
    for (int i = 0; i < clients; ++i) {
        m_threads.emplace_back([this, i, seed] { work(i, seed + static_cast<unsigned>(i)); });
    }
}

void TagClients::stop() {
    m_stopping = true;
    for (auto& thread : m_threads) {
        thread.join();
    }
    m_threads.clear();
}

std::map<std::string, RegisterHistory> TagClients::histories() const {
    const std::lock_guard lock(m_mutex);
    return m_histories;
}

std::set<int> TagClients::unexpected() const {
    const std::lock_guard lock(m_mutex);
    return m_unexpected;
}

void TagClients::work(int client, unsigned seed) {
    std::mt19937 random(seed);
    const auto below = [&](int end) { return std::uniform_int_distribution<int>(0, end - 1)(random); };
    for (int i = 0; !m_stopping; ++i) {
        const auto tag = "t" + std::to_string(below(tags));
        const int replica = below(static_cast<int>(m_urls.size()));
        RegisterOperation operation;
        operation.through = std::to_string(replica + 1);
        const int choice = below(10);
        if (choice < 3) {
            operation.value = std::to_string(client) + "-" + std::to_string(i);
            put(tag, std::move(operation), m_urls[replica]);
        } else if (choice < 4) {
            remove(tag, std::move(operation), m_urls[replica]);
        } else {
            get(tag, std::move(operation), m_urls[replica]);
        }
    }
}

void TagClients::put(const std::string& tag, RegisterOperation operation, const QString& url) {
    operation.kind = Kind::write;
    operation.invoked = now();
    const auto answer = ask(QStringLiteral("PUT"), url, tag, manifestOf(operation.value));
    note(tag, std::move(operation), answer.status, answer.status == 201);
}

void TagClients::remove(const std::string& tag, RegisterOperation operation, const QString& url) {
    operation.kind = Kind::write;
    operation.invoked = now();
    const auto answer = ask(QStringLiteral("DELETE"), url, tag);
    if (answer.status == 404) {
        operation.kind = Kind::read; // there was nothing to delete
    }
    note(tag, std::move(operation), answer.status, answer.status == 202 || answer.status == 404);
}

void TagClients::get(const std::string& tag, RegisterOperation operation, const QString& url) {
    operation.kind = Kind::read;
    operation.invoked = now();
    const auto answer = ask(QStringLiteral("GET"), url, tag);
    operation.value = valueIn(answer);
    const bool isWhole = answer.status == 200 && !operation.value.empty(); // not cut short by the deadline
    if (answer.status != 200 || isWhole) {
        if (answer.status == 404) {
            operation.value.clear();
        }
        note(tag, std::move(operation), answer.status, isWhole || answer.status == 404);
    }
}

HttpAnswer TagClients::ask(const QString& method, const QString& url, const std::string& tag,
                           const QByteArray& body) const {
    return httpRequest(m_access, method,
                       url + QStringLiteral("/v2/team/tags/manifests/") + QString::fromStdString(tag), body,
                       deadline, indexType);
}

void TagClients::note(const std::string& tag, RegisterOperation operation, int status, bool isKnown) {
    operation.answered = isKnown ? now() : RegisterOperation::never;
    m_answered += isKnown ? 1 : 0;
    const std::lock_guard lock(m_mutex);
    if (!isKnown && status != 0 && status < 500) {
        m_unexpected.insert(status);
    }
    if (isKnown || operation.kind == Kind::write) {
        m_histories[tag].push_back(std::move(operation));
    }
}

} // namespace pilothouse::test
