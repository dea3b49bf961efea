// SPDX-License-Identifier: GPL-3.0-or-later
// What the console asks of a cluster's registry.
#pragma once

#include "client/cluster_commands.h"
#include "domain/registry_lines.h"

#include <QFuture>
#include <QString>

#include <vector>

namespace pilothouse::ui {

// GUI thread. Futures end within a deadline, with an error when nobody can answer; they are cancelled when
// the session goes.
class Registry {
public:
    using Deletion = client::ClusterCommands::DeletionWish;

    virtual ~Registry() = default;
    // By name; `search` in names and tags. `after`: where the page begins; at most `limit`, up to 1000.
    [[nodiscard]] virtual QFuture<Result<api::RepositoryPage>>
    repositories(const QString& search, const QString& after, int limit) = 0;
    // Those that were pushed last first.
    [[nodiscard]] virtual QFuture<Result<api::TagPage>> tags(const QString& repository, const QString& search,
                                                             const QString& after, int limit) = 0;
    [[nodiscard]] virtual QFuture<Result<api::ManifestDetails>> manifest(const QString& repository,
                                                                         const QString& reference) = 0;
    [[nodiscard]] virtual QFuture<Result<api::Deletion>> remove(const Deletion& wish) = 0;

    // HOST[:PORT] in front of the names of images; empty while it is not known.
    [[nodiscard]] virtual QString address() const = 0;
    // How to push a first image.
    [[nodiscard]] virtual std::vector<domain::RegistryLine> firstLines() const = 0;
};

} // namespace pilothouse::ui
