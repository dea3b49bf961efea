// SPDX-License-Identifier: GPL-3.0-or-later
// What every test of a real cluster needs: a folder of its own, the command line, requests, waiting with a
// deadline.
#pragma once

#include "ctl.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <optional>

namespace pilothouse::test {

struct HttpAnswer {
    int status = 0; // 0: no answer
    QByteArray body;
    QString location; // the field of that name
    [[nodiscard]] QJsonObject json() const;
};

// How to reach a cluster: what an operator would hold in hand.
struct Access {
    QString caFile;
    QString user = QStringLiteral("admin");
    QString passwordFile;
};

// Over HTTPS with the cluster's CA and the administrator's password, or over plain HTTP. From any thread.
[[nodiscard]] HttpAnswer httpRequest(const Access& access, const QString& method, const QString& url,
                                     const QByteArray& body, std::chrono::milliseconds deadline,
                                     const QByteArray& contentType = "application/json");
// With a client certificate (PEM), or none, instead of a login; whom `authority` (PEM) signed is believed.
struct ClientCertificate {
    QByteArray certificate;
    QByteArray key;
};
[[nodiscard]] HttpAnswer certificateRequest(const std::optional<ClientCertificate>& who,
                                            const QByteArray& authority, const QString& url,
                                            const QString& method = QStringLiteral("GET"),
                                            const QByteArray& body = {});
// POST /api/v0/users; the name is the operation's id too, so that a repeated request changes nothing.
[[nodiscard]] HttpAnswer createUser(const Access& access, const QString& replicaUrl, const QString& user,
                                    std::chrono::milliseconds deadline = std::chrono::seconds(8));

[[nodiscard]] std::optional<qint64> firstNumberIn(const QString& path);
// A process that exists and is no zombie.
[[nodiscard]] bool runs(qint64 pid);
[[nodiscard]] QByteArray contentOf(const QString& path);
// One replica's object in the JSON of `status`, by name; empty when there is none.
[[nodiscard]] QJsonObject replicaIn(const QJsonObject& status, const QString& name);
[[nodiscard]] QString printed(const QJsonObject& json);

class ClusterFixture : public ::testing::Test {
protected:
    void SetUp() override;

    [[nodiscard]] CtlResult ctl(const QStringList& arguments, int deadlineMs = 90'000);
    // `pilothousectl status --json` by the contract for scripts: --url, --ca-file, --username,
    // --password-file.
    [[nodiscard]] QJsonObject statusFrom(const QString& seedUrl);
    // The same for people.
    [[nodiscard]] CtlResult statusText(const QString& seedUrl);

    // Of the cluster under test, however it is found.
    [[nodiscard]] virtual QJsonObject status() = 0;
    // Waits until `holds` is true of the status and gives that one: another, asked for later, may differ
    // again. Fails the test with the last status otherwise.
    QJsonObject waitForStatus(const char* what, const std::function<bool(const QJsonObject&)>& holds,
                              std::chrono::milliseconds deadline = std::chrono::seconds(20));
    QJsonObject waitForVerdict(const QString& verdict,
                               std::chrono::milliseconds deadline = std::chrono::seconds(20));
    void waitFor(const char* what, const std::function<bool()>& holds,
                 std::chrono::milliseconds deadline = std::chrono::seconds(20));

    // Its users, as JSON, once it lists them: it may take traffic up to 5 s before its read model has caught
    // up, and refuses reads until then.
    [[nodiscard]] QByteArray usersFrom(const QString& replicaUrl);
    [[nodiscard]] HttpAnswer request(const QString& method, const QString& url, const QByteArray& body = {},
                                     std::chrono::milliseconds deadline = std::chrono::seconds(8));
    // All recorded events that this replica tells, newest first.
    [[nodiscard]] QJsonArray events(const QString& replicaUrl);
    [[nodiscard]] QStringList eventKinds(const QString& replicaUrl);

    [[nodiscard]] QString path(const QString& name) const { return m_folder.path() + u'/' + name; }

    Access m_access;
    QProcessEnvironment m_environment; // with data and configuration folders of the test's own

private:
    [[nodiscard]] QStringList statusArguments(const QString& seedUrl) const;
    QTemporaryDir m_folder;
};

} // namespace pilothouse::test
