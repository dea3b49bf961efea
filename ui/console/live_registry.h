// SPDX-License-Identifier: GPL-3.0-or-later
// The registry of a watched cluster.
#pragma once

#include "client/cluster_watcher.h"
#include "ui/session/registry.h"

namespace pilothouse::ui {

// Asks whichever replica answers. The watcher outlives it.
class LiveRegistry : public Registry {
public:
    // `user`: who is logged in. `passwordFile`: where the password is, if it is a file's; else clients ask
    // for it.
    LiveRegistry(client::ClusterWatcher& watcher, QString user, QString passwordFile);

    [[nodiscard]] QFuture<Result<api::RepositoryPage>> repositories(const QString& search,
                                                                    const QString& after, int limit) override;
    [[nodiscard]] QFuture<Result<api::TagPage>> tags(const QString& repository, const QString& search,
                                                     const QString& after, int limit) override;
    [[nodiscard]] QFuture<Result<api::ManifestDetails>> manifest(const QString& repository,
                                                                 const QString& reference) override;
    [[nodiscard]] QFuture<Result<api::Deletion>> remove(const Deletion& wish) override;
    void setUser(const QString& user) { m_user = user; }
    [[nodiscard]] QString address() const override;
    [[nodiscard]] std::vector<domain::RegistryLine> firstLines() const override;

private:
    // The external address first, where there is one; else those of the replicas that answer.
    [[nodiscard]] std::vector<std::string> addresses() const;

    client::ClusterWatcher& m_watcher;
    QString m_user;
    QString m_passwordFile;
};

} // namespace pilothouse::ui
