// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cluster_commands.h"

#include "api/json.h"
#include "client/text.h"

#include <QElapsedTimer>
#include <QPromise>
#include <QUuid>

#include <algorithm>
#include <memory>

namespace pilothouse::client {

namespace {

QByteArray bytes(const std::string& json) {
    return QByteArray::fromStdString(json);
}

void fillOperationId(std::string& id) {
    if (id.empty()) {
        id = QUuid::createUuid().toString(QUuid::Id128).toStdString();
    }
}

QString escaped(const QString& name) {
    return QString::fromLatin1(QUrl::toPercentEncoding(name));
}

QString repositoryPath(const QString& name) {
    return QStringLiteral("/api/v0/repositories/") + escaped(name);
}

// For what goes through much of the registry.
constexpr std::chrono::seconds longWork{90};
// For what asks a new host, and every member whether it reaches that.
constexpr std::chrono::seconds inquiry{25};
// For a check, in all and by one replica, which waits for those that are silent: time for two.
constexpr std::chrono::milliseconds checking{8400};
constexpr std::chrono::milliseconds oneCheck{4600};

// Whether another replica may do better: not reached, without quorum, or silent.
bool worthAnother(const Failure& failure) {
    return failure.status == 0 || failure.status == 503 || failure.status >= 500;
}

// How an errand goes from one to the next.
struct Way {
    std::chrono::milliseconds share{1000}; // of the deadline, that each has at least
    bool afterMissing = false;             // also when one has no such address: it may be too old
};

// One verb on its way from replica to replica; deletes itself.
class Errand : public QObject {
public:
    using Done = std::function<void(AnswerOrFailure)>;

    Errand(ClusterNetwork& network, std::vector<Endpoint> candidates, Request request,
           std::chrono::milliseconds deadline, QObject* parent, Done done, Way way = {})
        : QObject(parent), m_network(network), m_candidates(std::move(candidates)),
          m_request(std::move(request)), m_deadline(deadline), m_way(way), m_done(std::move(done)) {
        m_clock.start();
        next();
    }

private:
    void next() {
        const auto left = m_deadline - std::chrono::milliseconds(m_clock.elapsed());
        if (m_at == m_candidates.size() || left.count() <= 0) {
            end(tl::unexpected(m_at == 0 ? noReplica() : lastOf()));
            return;
        }
        const auto tries = static_cast<std::int64_t>(m_candidates.size() - m_at);
        m_request.deadline = std::max(left / tries, std::min(left, m_way.share));
        m_network.send(m_candidates[m_at++], m_request, this, [this](const AnswerOrFailure& outcome) {
            const bool missing = m_way.afterMissing && !outcome && outcome.error().status == 404;
            if (outcome || !(missing || worthAnother(outcome.error()))) {
                end(outcome);
                return;
            }
            m_last = outcome.error();
            next();
        });
    }

    static Failure noReplica() {
        Failure failure;
        failure.reach = domain::Reach::unreachable;
        failure.error = {ErrorCode::unavailable,
                         Text::tr("no replica of the cluster is known to answer").toStdString(),
                         {}};
        return failure;
    }

    // What the last one said, or that it was one of several of which none could be asked.
    [[nodiscard]] Failure lastOf() const {
        Failure failure = *m_last;
        if (failure.status == 0 && m_at > 1) {
            failure.error.message =
                Text::tr("none of %1 replicas could be asked; the last: %2")
                    .arg(QString::number(m_at), QString::fromStdString(failure.error.message))
                    .toStdString();
            failure.error.hint = Text::tr("Look at the cluster's status first").toStdString();
        }
        return failure;
    }

    void end(const AnswerOrFailure& outcome) {
        m_done(outcome);
        deleteLater();
    }

    ClusterNetwork& m_network;
    std::vector<Endpoint> m_candidates;
    Request m_request;
    std::chrono::milliseconds m_deadline;
    Way m_way;
    Done m_done;
    QElapsedTimer m_clock;
    std::size_t m_at = 0;
    std::optional<Failure> m_last;
};

template <typename T>
Result<T> parse(const AnswerOrFailure& outcome) {
    if (!outcome) {
        return fail(outcome.error().error);
    }
    auto value =
        api::fromJson<T>({outcome->body.constData(), static_cast<std::size_t>(outcome->body.size())});
    return value ? std::move(value) : fail(protocolFailure(outcome->url, value.error().message).error);
}

} // namespace

ClusterCommands::ClusterCommands(ClusterNetwork& network, std::function<std::vector<Endpoint>()> candidates,
                                 QObject* parent)
    : QObject(parent), m_network(network), m_candidates(std::move(candidates)) {}

template <typename T>
QFuture<Result<T>> ClusterCommands::ask(Request request, std::optional<std::chrono::milliseconds> deadline) {
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    new Errand(m_network, m_candidates(), std::move(request), deadline.value_or(m_deadline), this,
               [promise](const AnswerOrFailure& outcome) {
                   promise->addResult(parse<T>(outcome));
                   promise->finish();
               });
    return promise->future();
}

QFuture<Status> ClusterCommands::order(std::vector<Endpoint> to, Request request) {
    auto promise = std::make_shared<QPromise<Status>>();
    promise->start();
    new Errand(m_network, std::move(to), std::move(request), m_deadline, this,
               [promise](const AnswerOrFailure& outcome) {
                   promise->addResult(outcome ? Status() : Status(fail(outcome.error().error)));
                   promise->finish();
               });
    return promise->future();
}

QFuture<Status> ClusterCommands::makeLeader(const ReplicaId& replica) {
    return order(m_candidates(), {.method = "POST",
                                  .path = QStringLiteral("/api/v0/cluster/leader"),
                                  .body = bytes(api::toJson(api::MakeLeader{replica.str()}))});
}

QFuture<Status> ClusterCommands::setDraining(const ReplicaId& replica, bool draining) {
    std::vector<Endpoint> to;
    for (const auto& candidate : m_candidates()) {
        if (candidate.id == replica) {
            to.push_back(candidate);
        }
    }
    return order(std::move(to), {.method = "PUT",
                                 .path = QStringLiteral("/api/v0/replica/drain"),
                                 .body = bytes(api::toJson(api::Drain{draining}))});
}

QFuture<Result<api::UserList>> ClusterCommands::users() {
    return ask<api::UserList>({.path = QStringLiteral("/api/v0/users"), .body = {}});
}

QFuture<Result<api::User>> ClusterCommands::createUser(api::CreateUser user) {
    fillOperationId(user.operation_id);
    return ask<api::User>(
        {.method = "POST", .path = QStringLiteral("/api/v0/users"), .body = bytes(api::toJson(user))});
}

QFuture<Result<api::User>> ClusterCommands::changeUser(const QString& name, api::ChangeUser change) {
    fillOperationId(change.operation_id);
    return ask<api::User>({.method = "PATCH",
                           .path = QStringLiteral("/api/v0/users/") + escaped(name),
                           .body = bytes(api::toJson(change))});
}

QFuture<Result<api::User>> ClusterCommands::grant(const QString& name, const QString& repository,
                                                  api::PutGrant grant) {
    fillOperationId(grant.operation_id);
    return ask<api::User>(
        {.method = "PUT",
         .path = QStringLiteral("/api/v0/users/%1/grants/%2").arg(escaped(name), escaped(repository)),
         .body = bytes(api::toJson(grant))});
}

QFuture<Result<api::User>> ClusterCommands::revokeGrant(const QString& name, const QString& repository) {
    std::string id;
    fillOperationId(id);
    return ask<api::User>({.method = "DELETE",
                           .path = QStringLiteral("/api/v0/users/%1/grants/%2?operation_id=%3")
                                       .arg(escaped(name), escaped(repository), QString::fromStdString(id)),
                           .body = {}});
}

QFuture<Status> ClusterCommands::removeUser(const QString& name) {
    std::string id;
    fillOperationId(id);
    return order(m_candidates(), {.method = "DELETE",
                                  .path = QStringLiteral("/api/v0/users/%1?operation_id=%2")
                                              .arg(escaped(name), QString::fromStdString(id)),
                                  .body = {}});
}

QFuture<Result<api::SettingList>> ClusterCommands::settings() {
    return ask<api::SettingList>({.path = QStringLiteral("/api/v0/settings"), .body = {}});
}

QFuture<Result<api::Setting>> ClusterCommands::putSetting(const QString& name, api::PutSetting setting) {
    fillOperationId(setting.operation_id);
    return ask<api::Setting>({.method = "PUT",
                              .path = QStringLiteral("/api/v0/settings/") + escaped(name),
                              .body = bytes(api::toJson(setting))});
}

QFuture<Result<api::RepositoryPage>> ClusterCommands::repositories(const QString& search,
                                                                   const QString& after, int limit) {
    return ask<api::RepositoryPage>(
        {.path = QStringLiteral("/api/v0/repositories?search=%1&after=%2&limit=%3")
                     .arg(escaped(search), escaped(after), QString::number(limit)),
         .body = {}});
}

QFuture<Result<api::Repository>> ClusterCommands::repository(const QString& name) {
    return ask<api::Repository>({.path = repositoryPath(name), .body = {}});
}

QFuture<Result<api::TagPage>> ClusterCommands::tags(const QString& repository, TagOrder order,
                                                    const QString& search, const QString& after, int limit) {
    const QString path =
        repositoryPath(repository) + QStringLiteral("/tags?order=%1&search=%2&after=%3&limit=%4")
                                         .arg(QLatin1String(order == TagOrder::name ? "name" : "newest"),
                                              escaped(search), escaped(after), QString::number(limit));
    return ask<api::TagPage>({.path = path, .body = {}});
}

QFuture<Result<api::ManifestDetails>> ClusterCommands::manifest(const QString& repository,
                                                                const QString& reference) {
    return ask<api::ManifestDetails>(
        {.path = repositoryPath(repository) + QStringLiteral("/manifests/") + escaped(reference),
         .body = {}});
}

QFuture<Result<api::Deletion>> ClusterCommands::deleteFromRegistry(const DeletionWish& wish) {
    std::string id;
    fillOperationId(id);
    QString path = repositoryPath(wish.repository);
    if (!wish.reference.isEmpty()) {
        path += QStringLiteral("/manifests/") + escaped(wish.reference);
    }
    path += QStringLiteral("?operation_id=") + QString::fromStdString(id);
    path += QLatin1String(wish.tagOnly ? "&tag_only=true" : "");
    path += QLatin1String(wish.dryRun ? "&dry_run=true" : "");
    return ask<api::Deletion>({.method = "DELETE", .path = path, .body = {}}, longWork);
}

QFuture<Result<api::CollectReport>> ClusterCommands::collect(bool dryRun) {
    return ask<api::CollectReport>({.method = "POST",
                                    .path = QStringLiteral("/api/v0/registry/collect"),
                                    .body = bytes(api::toJson(api::Collect{dryRun}))},
                                   longWork);
}

QFuture<Result<api::AccessTokenList>> ClusterCommands::accessTokens() {
    return ask<api::AccessTokenList>({.path = QStringLiteral("/api/v0/tokens"), .body = {}});
}

QFuture<Result<api::CreatedAccessToken>> ClusterCommands::createAccessToken(api::CreateAccessToken token) {
    fillOperationId(token.operation_id);
    return ask<api::CreatedAccessToken>(
        {.method = "POST", .path = QStringLiteral("/api/v0/tokens"), .body = bytes(api::toJson(token))});
}

QFuture<Status> ClusterCommands::revokeAccessToken(const QString& tokenId) {
    std::string id;
    fillOperationId(id);
    return order(m_candidates(), {.method = "DELETE",
                                  .path = QStringLiteral("/api/v0/tokens/%1?operation_id=%2")
                                              .arg(escaped(tokenId), QString::fromStdString(id)),
                                  .body = {}});
}

QFuture<Result<api::OperationPlan>> ClusterCommands::planOperation(const api::AskPlan& wanted) {
    return ask<api::OperationPlan>({.method = "POST",
                                    .path = QStringLiteral("/api/v0/cluster/plan"),
                                    .body = bytes(api::toJson(wanted))},
                                   wanted.setup_code ? inquiry : m_deadline);
}

QFuture<Result<api::Operation>> ClusterCommands::startOperation(api::StartOperation wanted) {
    fillOperationId(wanted.operation_id);
    return ask<api::Operation>({.method = "POST",
                                .path = QStringLiteral("/api/v0/cluster/operations"),
                                .body = bytes(api::toJson(wanted))},
                               wanted.setup_code ? inquiry : m_deadline);
}

QFuture<Result<api::Operation>> ClusterCommands::decideOperation(const QString& operation,
                                                                 api::DecideOperation decision) {
    fillOperationId(decision.operation_id);
    return ask<api::Operation>(
        {.method = "POST",
         .path = QStringLiteral("/api/v0/cluster/operations/%1/decision").arg(escaped(operation)),
         .body = bytes(api::toJson(decision))});
}

QFuture<Result<api::OperationList>> ClusterCommands::operations() {
    return ask<api::OperationList>({.path = QStringLiteral("/api/v0/cluster/operations"), .body = {}});
}

QFuture<Result<api::Operation>> ClusterCommands::operation(const QString& operation) {
    return ask<api::Operation>(
        {.path = QStringLiteral("/api/v0/cluster/operations/") + escaped(operation), .body = {}});
}

QFuture<Result<api::CreatedJoinToken>> ClusterCommands::createJoinToken(api::CreateJoinToken token) {
    fillOperationId(token.operation_id);
    return ask<api::CreatedJoinToken>({.method = "POST",
                                       .path = QStringLiteral("/api/v0/cluster/join-tokens"),
                                       .body = bytes(api::toJson(token))});
}

QFuture<Result<api::ClusterCheck>> ClusterCommands::check(const api::AskCheck& wanted,
                                                          std::vector<Endpoint> checkers) {
    auto promise = std::make_shared<QPromise<Result<api::ClusterCheck>>>();
    promise->start();
    Request request{.method = "POST",
                    .path = QStringLiteral("/api/v0/cluster/check"),
                    .body = bytes(api::toJson(wanted))};
    new Errand(m_network, std::move(checkers), std::move(request), checking, this,
               [promise](const AnswerOrFailure& outcome) {
                   auto found = parse<api::ClusterCheck>(outcome);
                   if (!outcome && outcome.error().status == 404) {
                       found = failWith(ErrorCode::unavailable,
                                        Text::tr("none that answers knows checks: %1")
                                            .arg(QString::fromStdString(outcome.error().error.message)),
                                        Text::tr("Update the replicas first"));
                   }
                   promise->addResult(std::move(found));
                   promise->finish();
               },
               {.share = oneCheck, .afterMissing = true});
    return promise->future();
}

QFuture<Result<api::EventPage>> ClusterCommands::eventsAfter(Revision after, int limit) {
    return ask<api::EventPage>(
        {.path = QStringLiteral("/api/v0/events?after=%1&limit=%2").arg(after.value()).arg(limit),
         .body = {}});
}

QFuture<Result<api::EventPage>> ClusterCommands::eventsBefore(Revision before, int limit) {
    return ask<api::EventPage>(
        {.path = QStringLiteral("/api/v0/events?before=%1&limit=%2").arg(before.value()).arg(limit),
         .body = {}});
}

} // namespace pilothouse::client
