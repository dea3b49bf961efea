// SPDX-License-Identifier: GPL-3.0-or-later
// A client that pushes images for as long as a test goes on, and what became of them.
#pragma once

#include "cluster_fixture.h"

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

namespace pilothouse::test {

[[nodiscard]] QString digestOf(const QByteArray& bytes);

struct Image {
    QByteArray layer;
    QByteArray manifest;
};

// Pushes an image after another, each request through any of the replicas, until it is stopped.
class Pusher {
public:
    Pusher(Access access, QStringList urls, QString repository);
    ~Pusher() { stop(); }
    Pusher(const Pusher&) = delete;
    Pusher& operator=(const Pusher&) = delete;

    void stop();
    // From now on through these.
    void setUrls(QStringList urls);
    // By tag.
    [[nodiscard]] std::map<QString, Image> acknowledged() const;
    // Of all answers; 0: none came.
    [[nodiscard]] std::set<int> statuses() const;
    [[nodiscard]] const QString& repository() const { return m_repository; }

private:
    bool send(const QString& method, const QString& rest, const QByteArray& body, const QByteArray& type);
    bool pushBlob(const QByteArray& bytes);
    void push();
    [[nodiscard]] QString anyUrl() const;

    const Access m_access;
    const QString m_repository;
    mutable std::mutex m_mutex; // guards what follows
    QStringList m_urls;
    std::map<QString, Image> m_acknowledged;
    std::set<int> m_statuses;
    std::atomic<bool> m_stopping = false;
    std::thread m_thread; // last: it uses the rest
};

using Pushers = std::vector<std::unique_ptr<Pusher>>;
// How many pushes were acknowledged.
[[nodiscard]] std::size_t acknowledgedBy(const Pushers& pushers);

} // namespace pilothouse::test
