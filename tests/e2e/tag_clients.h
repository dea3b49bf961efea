// SPDX-License-Identifier: GPL-3.0-or-later
// Clients that put, get and delete a few tags of a cluster through all its replicas, and note what they saw.
#pragma once

#include "cluster_fixture.h"
#include "support/linearizability.h"

#include <atomic>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <thread>
#include <vector>

namespace pilothouse::test {

class TagClients {
public:
    // `urls`: of the replicas. They begin at once, in a repository that must not exist yet.
    TagClients(Access access, QStringList urls, unsigned seed);
    ~TagClients() { stop(); }
    TagClients(const TagClients&) = delete;
    TagClients& operator=(const TagClients&) = delete;

    // Waits for the answers to what was asked.
    void stop();
    // How many operations have a known outcome so far.
    [[nodiscard]] std::size_t answered() const { return m_answered; }
    // By tag.
    [[nodiscard]] std::map<std::string, RegisterHistory> histories() const;
    // Of answers that say neither what happened nor that the replica could not do it now.
    [[nodiscard]] std::set<int> unexpected() const;

private:
    void work(int client, unsigned seed);
    void put(const std::string& tag, RegisterOperation operation, const QString& url);
    void remove(const std::string& tag, RegisterOperation operation, const QString& url);
    void get(const std::string& tag, RegisterOperation operation, const QString& url);
    [[nodiscard]] HttpAnswer ask(const QString& method, const QString& url, const std::string& tag,
                                 const QByteArray& body = {}) const;
    // 0 and 5xx say nothing about the outcome; any other status that is not understood is noted.
    void note(const std::string& tag, RegisterOperation operation, int status, bool isKnown);

    const Access m_access;
    const QStringList m_urls;
    std::atomic<std::size_t> m_answered = 0;
    std::atomic<bool> m_stopping = false;
    mutable std::mutex m_mutex; // guards the two that follow
    std::map<std::string, RegisterHistory> m_histories;
    std::set<int> m_unexpected;
    std::vector<std::thread> m_threads; // last: they use the rest
};

} // namespace pilothouse::test
