// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/live_registry.h"

#include <QStandardPaths>

#include <optional>
#include <utility>

namespace pilothouse::ui {

namespace {

// podman, or docker where that alone is installed.
std::string clientHere() {
    const auto isHere = [](const char* program) {
        return !QStandardPaths::findExecutable(QString::fromLatin1(program)).isEmpty();
    };
    return !isHere("podman") && isHere("docker") ? "docker" : "podman";
}

} // namespace

LiveRegistry::LiveRegistry(client::ClusterWatcher& watcher, QString user, QString passwordFile)
    : m_watcher(watcher), m_user(std::move(user)), m_passwordFile(std::move(passwordFile)) {}

QFuture<Result<api::RepositoryPage>> LiveRegistry::repositories(const QString& search, const QString& after,
                                                                int limit) {
    return m_watcher.commands().repositories(search, after, limit);
}

QFuture<Result<api::TagPage>> LiveRegistry::tags(const QString& repository, const QString& search,
                                                 const QString& after, int limit) {
    return m_watcher.commands().tags(repository, client::ClusterCommands::TagOrder::newest, search, after,
                                     limit);
}

QFuture<Result<api::ManifestDetails>> LiveRegistry::manifest(const QString& repository,
                                                             const QString& reference) {
    return m_watcher.commands().manifest(repository, reference);
}

QFuture<Result<api::Deletion>> LiveRegistry::remove(const Deletion& wish) {
    return m_watcher.commands().deleteFromRegistry(wish);
}

std::vector<std::string> LiveRegistry::addresses() const {
    std::vector<std::string> urls;
    std::vector<std::string> replicas;
    for (const auto& replica : m_watcher.observation().replicas) {
        const api::ClusterStatus* status = m_watcher.status(replica.id);
        if (status != nullptr && status->cluster.external_url && urls.empty()) {
            urls.push_back(*status->cluster.external_url);
        }
        if (replica.reach == domain::Reach::ok) {
            replicas.push_back(replica.url);
        }
    }
    urls.insert(urls.end(), replicas.begin(), replicas.end());
    return domain::registryAddresses(urls);
}

QString LiveRegistry::address() const {
    const auto all = addresses();
    return all.empty() ? QString() : QString::fromStdString(all.front());
}

std::vector<domain::RegistryLine> LiveRegistry::firstLines() const {
    const auto all = addresses();
    if (all.empty()) {
        return {};
    }
    return domain::registryLines({.pushAt = all.front(),
                                  .pullAt = all.size() > 1 ? all[1] : std::string(),
                                  .user = m_user.isEmpty() ? "USER" : m_user.toStdString(),
                                  .passwordFile = m_passwordFile.isEmpty()
                                                      ? std::nullopt
                                                      : std::optional(m_passwordFile.toStdString()),
                                  .client = clientHere()});
}

} // namespace pilothouse::ui
