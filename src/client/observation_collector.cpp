// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/observation_collector.h"

#include "api/json.h"
#include "client/cluster_network.h"
#include "client/text.h"
#include "client/wire_mapping.h"
#include "domain/assessment.h"

#include <QPromise>
#include <QTimer>

#include <algorithm>
#include <memory>

namespace pilothouse::client {

namespace {

const QString statusPath = QStringLiteral("/api/v0/cluster");
// Later than this the peers of a lost replica have noticed (domain::Limits::peerNotices).
constexpr std::chrono::milliseconds secondLook{1300};

// Lives until the promise is kept, then deletes itself.
class Collector : public QObject {
public:
    Collector(const WatchTarget& target, const Clock& clock, std::chrono::milliseconds timeout,
              QObject* parent)
        : QObject(parent), m_clock(clock), m_network(target.trust), m_timeout(timeout) {
        m_network.setCredentials(target.credentials);
        m_result.observation.clusterName = target.name.toStdString();
        m_promise.start();
        m_begun = clock.monotonic();
        for (const auto& member : target.members) {
            add(member.id, member.name.toStdString(), member.url);
        }
        for (const auto& seed : target.seeds) {
            add(ReplicaId(), {}, seed);
        }
        QTimer::singleShot(timeout + secondLook * 2, this, &Collector::finish);
        finishIfDone();
    }

    [[nodiscard]] QFuture<CollectedObservation> future() { return m_promise.future(); }

private:
    struct Asked {
        domain::ReplicaObservation observation;
        QUrl url;
        bool done = false;
    };

    // An address is asked once, and a replica under one address.
    void add(const ReplicaId& id, const std::string& name, const QUrl& url) {
        const auto known =
            std::find_if(m_asked.begin(), m_asked.end(), [&](const std::unique_ptr<Asked>& asked) {
                return asked->url == url || (!id.empty() && asked->observation.id == id);
            });
        if (known != m_asked.end()) {
            auto& seen = (*known)->observation;
            seen.id = seen.id.empty() ? id : seen.id;
            seen.name = name.empty() ? seen.name : name;
            return;
        }
        auto asked = std::make_unique<Asked>();
        asked->observation.id = id;
        asked->observation.name = name;
        asked->observation.url = url.toString().toStdString();
        asked->url = url;
        ask(*m_asked.emplace_back(std::move(asked)), m_timeout);
    }

    void ask(Asked& asked, std::chrono::milliseconds deadline) {
        asked.done = false;
        Request request;
        request.path = statusPath;
        request.deadline = deadline;
        const auto& id = asked.observation.id;
        m_network.send({asked.url, id.empty() ? std::nullopt : std::optional(id)}, request, this,
                       [this, &asked](const AnswerOrFailure& outcome) { take(asked, outcome); });
    }

    void take(Asked& asked, const AnswerOrFailure& outcome) {
        asked.done = true;
        if (outcome) {
            takeAnswer(asked, *outcome);
        } else {
            takeFailure(asked, outcome.error());
        }
        finishIfDone();
    }

    void takeAnswer(Asked& asked, const Answer& answer) {
        auto status = api::fromJson<api::ClusterStatus>(
            {answer.body.constData(), static_cast<std::size_t>(answer.body.size())});
        auto report =
            status ? toReport(*status) : Result<domain::ReplicaReport>(pilothouse::fail(status.error()));
        if (!report || report->id != answer.replica) {
            takeFailure(asked, protocolFailure(asked.url, report ? anotherName(report->id).toStdString()
                                                                 : report.error().message));
            return;
        }
        auto& seen = asked.observation;
        seen.id = report->id;
        seen.name = report->name;
        seen.reach = domain::Reach::ok;
        seen.lastByteAt = seen.reportAt = m_clock.monotonic();
        seen.roundTripMs = answer.roundTripMs;
        for (const auto& member : status->members) {
            add(ReplicaId(member.id), member.name, QUrl(QString::fromStdString(member.url)));
        }
        if (!status->cluster.name.empty()) {
            m_result.observation.clusterName = status->cluster.name;
        }
        seen.report = *std::move(report);
        m_result.statuses[seen.id] = *std::move(status);
    }

    static QString anotherName(const ReplicaId& id) {
        return Text::tr("it calls itself %1, which its certificate does not")
            .arg(QString::fromStdString(id.str()));
    }

    void takeFailure(Asked& asked, const Failure& failure) {
        auto& seen = asked.observation;
        seen.reach = failure.reach;
        seen.error = failure.error.text();
        seen.failingSince = m_begun;
        if (failure.trust) {
            m_result.trustProblems.push_back(*failure.trust);
        }
    }

    void finishIfDone() {
        if (std::all_of(m_asked.begin(), m_asked.end(), [](const auto& asked) { return asked->done; })) {
            if (!m_lookedTwice && (contradicted() || outdated())) {
                m_lookedTwice = true;
                const auto passed = std::chrono::duration_cast<Milliseconds>(m_clock.monotonic() - m_begun);
                QTimer::singleShot(std::max(secondLook - passed, Milliseconds(0)), this,
                                   &Collector::lookAgain);
                return;
            }
            finish();
        }
    }

    // Whether somebody says that it hears a replica which we do not: it may just not have noticed yet.
    [[nodiscard]] bool contradicted() const {
        const auto hears = [this](const ReplicaId& id) {
            return std::any_of(m_asked.begin(), m_asked.end(), [&](const auto& asked) {
                const auto& report = asked->observation.report;
                return report && std::any_of(report->peers.begin(), report->peers.end(),
                                             [&](const domain::PeerReport& peer) {
                                                 return peer.peer == id && peer.reach == domain::Reach::ok;
                                             });
            });
        };
        return std::any_of(m_asked.begin(), m_asked.end(), [&](const auto& asked) {
            return asked->observation.reach != domain::Reach::ok && hears(asked->observation.id);
        });
    }

    // Whether answers have grown old while one that hangs was waited for: they would count as silence.
    [[nodiscard]] bool outdated() const {
        const auto oldest = m_clock.monotonic() - domain::Limits{}.lateAfter;
        return std::any_of(m_asked.begin(), m_asked.end(), [&](const auto& asked) {
            return asked->observation.reach == domain::Reach::ok && asked->observation.lastByteAt < oldest;
        });
    }

    void lookAgain() {
        for (const auto& asked : m_asked) {
            if (asked->observation.reach == domain::Reach::ok) {
                ask(*asked, secondLook);
            }
        }
        finishIfDone();
    }

    void finish() {
        if (m_finished) {
            return;
        }
        m_finished = true;
        m_result.observation.now = m_clock.monotonic();
        m_result.observation.wallNow = m_clock.wall();
        for (const auto& asked : m_asked) {
            auto& seen = asked->observation;
            if (!asked->done) {
                seen.reach = domain::Reach::timeout;
                seen.error = Text::tr("nothing came in time").toStdString();
                seen.failingSince = m_result.observation.now;
            }
            // A seed that nobody answered at is a replica only if no member is known to live there.
            const bool nameless = seen.id.empty() && !m_result.statuses.empty();
            if (!nameless && !isTwin(*asked)) {
                m_result.observation.replicas.push_back(seen);
            }
        }
        inOrder(m_result.observation.replicas);
        m_promise.addResult(m_result);
        m_promise.finish();
        deleteLater();
    }

    // Whether the replica is in the result under another address: one that answers, or an earlier one.
    [[nodiscard]] bool isTwin(const Asked& asked) const {
        const auto answers = [](const Asked& a) { return a.observation.reach == domain::Reach::ok; };
        bool before = true;
        return !asked.observation.id.empty() &&
               std::any_of(m_asked.begin(), m_asked.end(), [&](const std::unique_ptr<Asked>& other) {
                   before = before && other.get() != &asked;
                   return other.get() != &asked && other->observation.id == asked.observation.id &&
                          (answers(*other) == answers(asked) ? before : answers(*other));
               });
    }

    static void inOrder(std::vector<domain::ReplicaObservation>& replicas) {
        std::stable_sort(replicas.begin(), replicas.end(),
                         [](const auto& a, const auto& b) { return a.name < b.name; });
    }

    const Clock& m_clock;
    ClusterNetwork m_network;
    std::chrono::milliseconds m_timeout;
    QPromise<CollectedObservation> m_promise;
    CollectedObservation m_result;
    std::vector<std::unique_ptr<Asked>> m_asked;
    MonotonicTime m_begun;
    bool m_lookedTwice = false;
    bool m_finished = false;
};

} // namespace

QFuture<CollectedObservation> collectObservation(const WatchTarget& target, const Clock& clock,
                                                 std::chrono::milliseconds timeout, QObject* parent) {
    return (new Collector(target, clock, timeout, parent))->future(); // deletes itself
}

} // namespace pilothouse::client
