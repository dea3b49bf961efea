// SPDX-License-Identifier: GPL-3.0-or-later
#include "pusher.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

namespace pilothouse::test {

using namespace std::chrono_literals;

QString digestOf(const QByteArray& bytes) {
    return QStringLiteral("sha256:") +
           QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

namespace {

constexpr auto manifestType = "application/vnd.oci.image.manifest.v1+json";

QByteArray descriptor(const char* type, const QByteArray& bytes) {
    return QStringLiteral(R"({"mediaType":"%1","digest":"%2","size":%3})")
        .arg(QLatin1String(type), digestOf(bytes))
        .arg(bytes.size())
        .toUtf8();
}

const QByteArray config = "{}";

Image randomImage() {
    Image image;
    image.layer.resize(1000 + QRandomGenerator::global()->bounded(60'000));
    QRandomGenerator::global()->fillRange(reinterpret_cast<quint32*>(image.layer.data()),
                                          image.layer.size() / static_cast<qsizetype>(sizeof(quint32)));
    image.manifest = QByteArray(R"({"schemaVersion":2,"mediaType":")") + manifestType + R"(","config":)" +
                     descriptor("application/vnd.oci.image.config.v1+json", config) + R"(,"layers":[)" +
                     descriptor("application/vnd.oci.image.layer.v1.tar", image.layer) + "]}";
    return image;
}

} // namespace

Pusher::Pusher(Access access, QStringList urls, QString repository)
    : m_access(std::move(access)), m_repository(std::move(repository)), m_urls(std::move(urls)),
      m_thread([this] { push(); }) {}

void Pusher::stop() {
    m_stopping = true;
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

void Pusher::setUrls(QStringList urls) {
    const std::lock_guard lock(m_mutex);
    m_urls = std::move(urls);
}

std::map<QString, Image> Pusher::acknowledged() const {
    const std::lock_guard lock(m_mutex);
    return m_acknowledged;
}

std::set<int> Pusher::statuses() const {
    const std::lock_guard lock(m_mutex);
    return m_statuses;
}

QString Pusher::anyUrl() const {
    const std::lock_guard lock(m_mutex);
    return m_urls[QRandomGenerator::global()->bounded(m_urls.size())];
}

bool Pusher::send(const QString& method, const QString& rest, const QByteArray& body,
                  const QByteArray& type) {
    const QString url = anyUrl() + QStringLiteral("/v2/") + m_repository + rest;
    const auto answer = httpRequest(m_access, method, url, body, 6s, type);
    const std::lock_guard lock(m_mutex);
    m_statuses.insert(answer.status);
    return answer.status == 201;
}

bool Pusher::pushBlob(const QByteArray& bytes) {
    return send(QStringLiteral("POST"), QStringLiteral("/blobs/uploads/?digest=") + digestOf(bytes), bytes,
                "application/octet-stream");
}

void Pusher::push() {
    for (int i = 0; !m_stopping; ++i) {
        const Image image = randomImage();
        const QString tag = QStringLiteral("t%1").arg(i);
        const bool pushed =
            pushBlob(config) && pushBlob(image.layer) &&
            send(QStringLiteral("PUT"), QStringLiteral("/manifests/") + tag, image.manifest, manifestType);
        const std::lock_guard lock(m_mutex);
        if (pushed) {
            m_acknowledged[tag] = image;
        }
    }
}

std::size_t acknowledgedBy(const Pushers& pushers) {
    std::size_t sum = 0;
    for (const auto& pusher : pushers) {
        sum += pusher->acknowledged().size();
    }
    return sum;
}

} // namespace pilothouse::test
