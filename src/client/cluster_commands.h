// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs that change a cluster or ask it for more than its status.
//
// Each gives a future that ends within the deadline and is cancelled if the commands are destroyed first.
// What any replica can do is asked of the ones that answer, one after another: the next is tried when one
// cannot be reached, has no quorum (503) or does not answer in its share of the time. Retries carry the same
// operation id, so that nothing happens twice.
#pragma once

#include "api/admin.h"
#include "api/checks.h"
#include "api/operations.h"
#include "api/repositories.h"
#include "client/cluster_network.h"

#include <QFuture>
#include <QObject>
#include <QPromise>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace pilothouse::client {

class ClusterCommands : public QObject {
    Q_OBJECT
public:
    // `candidates` gives the replicas to ask, best first; `network` outlives the commands.
    ClusterCommands(ClusterNetwork& network, std::function<std::vector<Endpoint>()> candidates,
                    QObject* parent = nullptr);

    // How long a verb may take in all. 8 s at first.
    void setDeadline(std::chrono::milliseconds deadline) { m_deadline = deadline; }

    [[nodiscard]] QFuture<Status> makeLeader(const ReplicaId& replica);
    // Asks that replica alone: draining is local and works without quorum.
    [[nodiscard]] QFuture<Status> setDraining(const ReplicaId& replica, bool draining);

    [[nodiscard]] QFuture<Result<api::UserList>> users();
    // The operation id is filled in when it is empty; so for all that follow.
    [[nodiscard]] QFuture<Result<api::User>> createUser(api::CreateUser user);
    [[nodiscard]] QFuture<Result<api::User>> changeUser(const QString& name, api::ChangeUser change);
    // `repository`: a name, "team/*" for all below "team/", or "*" for all.
    [[nodiscard]] QFuture<Result<api::User>> grant(const QString& name, const QString& repository,
                                                   api::PutGrant grant);
    [[nodiscard]] QFuture<Result<api::User>> revokeGrant(const QString& name, const QString& repository);
    [[nodiscard]] QFuture<Status> removeUser(const QString& name);

    [[nodiscard]] QFuture<Result<api::SettingList>> settings();
    [[nodiscard]] QFuture<Result<api::Setting>> putSetting(const QString& name, api::PutSetting setting);

    // What the registry holds. `after`: `next` of the page before; pages of at most `limit` (1 to 1000).
    [[nodiscard]] QFuture<Result<api::RepositoryPage>> repositories(const QString& search,
                                                                    const QString& after, int limit);
    [[nodiscard]] QFuture<Result<api::Repository>> repository(const QString& name);
    enum class TagOrder { newest, name };
    [[nodiscard]] QFuture<Result<api::TagPage>> tags(const QString& repository, TagOrder order,
                                                     const QString& search, const QString& after, int limit);
    // `reference`: a tag or a digest.
    [[nodiscard]] QFuture<Result<api::ManifestDetails>> manifest(const QString& repository,
                                                                 const QString& reference);
    // What is deleted, and how.
    struct DeletionWish {
        QString repository;
        QString reference;    // tag or digest; empty: the whole repository
        bool tagOnly = false; // the tag goes, its manifest stays
        bool dryRun = false;  // nothing goes
    };
    [[nodiscard]] QFuture<Result<api::Deletion>> deleteFromRegistry(const DeletionWish& wish);
    [[nodiscard]] QFuture<Result<api::CollectReport>> collect(bool dryRun);

    [[nodiscard]] QFuture<Result<api::AccessTokenList>> accessTokens();
    [[nodiscard]] QFuture<Result<api::CreatedAccessToken>> createAccessToken(api::CreateAccessToken token);
    [[nodiscard]] QFuture<Status> revokeAccessToken(const QString& id);

    // Changes to the cluster. A plan changes nothing and works without quorum.
    [[nodiscard]] QFuture<Result<api::OperationPlan>> planOperation(const api::AskPlan& wanted);
    [[nodiscard]] QFuture<Result<api::Operation>> startOperation(api::StartOperation wanted);
    [[nodiscard]] QFuture<Result<api::Operation>> decideOperation(const QString& operation,
                                                                  api::DecideOperation decision);
    [[nodiscard]] QFuture<Result<api::OperationList>> operations();
    [[nodiscard]] QFuture<Result<api::Operation>> operation(const QString& operation);
    [[nodiscard]] QFuture<Result<api::CreatedJoinToken>> createJoinToken(api::CreateJoinToken token);

    // Asks those one after another, the next when one fails. Within 8.4 s: they ask all members themselves.
    [[nodiscard]] QFuture<Result<api::ClusterCheck>> check(const api::AskCheck& wanted,
                                                           std::vector<Endpoint> checkers);

    // Events after `after`, oldest first, at most `limit` (1 to 1000).
    [[nodiscard]] QFuture<Result<api::EventPage>> eventsAfter(Revision after, int limit);
    // Events before `before`, newest first.
    [[nodiscard]] QFuture<Result<api::EventPage>> eventsBefore(Revision before, int limit);

private:
    template <typename T>
    QFuture<Result<T>> ask(Request request, std::optional<std::chrono::milliseconds> deadline = {});
    QFuture<Status> order(std::vector<Endpoint> to, Request request);

    ClusterNetwork& m_network;
    std::function<std::vector<Endpoint>()> m_candidates;
    std::chrono::milliseconds m_deadline{8000};
};

} // namespace pilothouse::client
