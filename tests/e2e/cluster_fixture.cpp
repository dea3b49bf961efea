// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster_fixture.h"

#include <QEventLoop>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSslConfiguration>
#include <QSslKey>
#include <QThread>
#include <QTimer>

namespace pilothouse::test {

namespace {

HttpAnswer send(QNetworkRequest request, const QString& method, const QByteArray& body,
                std::chrono::milliseconds deadline) {
    QNetworkAccessManager manager;
    manager.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    if (!request.header(QNetworkRequest::ContentTypeHeader).isValid()) {
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    }
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    auto* reply = manager.sendCustomRequest(request, method.toLatin1(), body);
    QEventLoop loop;
    QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    QTimer::singleShot(deadline, reply, &QNetworkReply::abort);
    if (!reply->isFinished()) {
        loop.exec();
    }
    return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll(),
            QString::fromLatin1(reply->rawHeader("Location"))};
}

} // namespace

QJsonObject HttpAnswer::json() const {
    return QJsonDocument::fromJson(body).object();
}

HttpAnswer httpRequest(const Access& access, const QString& method, const QString& address,
                       const QByteArray& body, std::chrono::milliseconds deadline,
                       const QByteArray& contentType) {
    QNetworkRequest request{QUrl(address)};
    request.setHeader(QNetworkRequest::ContentTypeHeader, contentType);
    if (address.startsWith(QStringLiteral("https"))) {
        auto tls = QSslConfiguration::defaultConfiguration();
        tls.setCaCertificates(QSslCertificate::fromPath(access.caFile));
        request.setSslConfiguration(tls);
        const auto login = access.user.toUtf8() + ':' + contentOf(access.passwordFile).trimmed();
        request.setRawHeader("Authorization", "Basic " + login.toBase64());
    }
    return send(std::move(request), method, body, deadline);
}

HttpAnswer certificateRequest(const std::optional<ClientCertificate>& who, const QByteArray& authority,
                              const QString& url, const QString& method, const QByteArray& body) {
    QNetworkRequest request{QUrl(url)};
    auto tls = QSslConfiguration::defaultConfiguration();
    tls.setCaCertificates(QSslCertificate::fromData(authority));
    if (who) {
        tls.setLocalCertificate(QSslCertificate(who->certificate));
        tls.setPrivateKey(QSslKey(who->key, QSsl::Ec));
    }
    request.setSslConfiguration(tls);
    return send(std::move(request), method, body, std::chrono::seconds(5));
}

HttpAnswer createUser(const Access& access, const QString& replicaUrl, const QString& user,
                      std::chrono::milliseconds deadline) {
    const auto body =
        QStringLiteral(R"({"name":"%1","password":"a-long-password","role":"reader","operation_id":"%1"})")
            .arg(user);
    return httpRequest(access, QStringLiteral("POST"), replicaUrl + QStringLiteral("/api/v0/users"),
                       body.toUtf8(), deadline);
}

std::optional<qint64> firstNumberIn(const QString& path) {
    bool ok = false;
    const auto number = contentOf(path).split(' ').first().trimmed().toLongLong(&ok);
    return ok ? std::optional(number) : std::nullopt;
}

bool runs(qint64 pid) {
    const auto text = contentOf(QStringLiteral("/proc/%1/stat").arg(pid));
    return !text.isEmpty() && text.mid(text.lastIndexOf(')') + 2, 1) != "Z";
}

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QJsonObject replicaIn(const QJsonObject& status, const QString& name) {
    for (const auto& value : status[QLatin1String("replicas")].toArray()) {
        if (value.toObject()[QLatin1String("name")] == name) {
            return value.toObject();
        }
    }
    return {};
}

QString printed(const QJsonObject& json) {
    return QString::fromUtf8(QJsonDocument(json).toJson());
}

void ClusterFixture::SetUp() {
    ASSERT_TRUE(m_folder.isValid()) << m_folder.errorString().toStdString();
    m_environment = QProcessEnvironment::systemEnvironment();
    m_environment.insert(QStringLiteral("XDG_DATA_HOME"), path(QStringLiteral("data")));
    m_environment.insert(QStringLiteral("XDG_CONFIG_HOME"), path(QStringLiteral("config")));
}

CtlResult ClusterFixture::ctl(const QStringList& arguments, int deadlineMs) {
    return runCtl(arguments, m_environment, deadlineMs);
}

QStringList ClusterFixture::statusArguments(const QString& seedUrl) const {
    return {QStringLiteral("status"),
            QStringLiteral("--url"),
            seedUrl,
            QStringLiteral("--ca-file"),
            m_access.caFile,
            QStringLiteral("--username"),
            m_access.user,
            QStringLiteral("--password-file"),
            m_access.passwordFile};
}

QJsonObject ClusterFixture::statusFrom(const QString& seedUrl) {
    return ctl(statusArguments(seedUrl) + QStringList{QStringLiteral("--json")}).json();
}

CtlResult ClusterFixture::statusText(const QString& seedUrl) {
    return ctl(statusArguments(seedUrl));
}

void ClusterFixture::waitFor(const char* what, const std::function<bool()>& holds,
                             std::chrono::milliseconds deadline) {
    const auto end = std::chrono::steady_clock::now() + deadline;
    while (!holds()) {
        if (std::chrono::steady_clock::now() > end) {
            FAIL() << "not within " << deadline.count() << " ms: " << what;
        }
        QThread::msleep(30);
    }
}

QJsonObject ClusterFixture::waitForStatus(const char* what,
                                          const std::function<bool(const QJsonObject&)>& holds,
                                          std::chrono::milliseconds deadline) {
    const auto end = std::chrono::steady_clock::now() + deadline;
    auto last = status();
    while (!holds(last)) {
        if (std::chrono::steady_clock::now() > end) {
            ADD_FAILURE() << "not within " << deadline.count() << " ms: " << what
                          << "\nthe last status: " << printed(last).toStdString();
            break;
        }
        last = status();
    }
    return last;
}

QJsonObject ClusterFixture::waitForVerdict(const QString& verdict, std::chrono::milliseconds deadline) {
    return waitForStatus(
        qPrintable(QStringLiteral("the verdict is ") + verdict),
        [&](const QJsonObject& status) { return status[QLatin1String("verdict")] == verdict; }, deadline);
}

QByteArray ClusterFixture::usersFrom(const QString& replicaUrl) {
    HttpAnswer answer;
    waitFor("the users are listed", [&] {
        answer = request(QStringLiteral("GET"), replicaUrl + QStringLiteral("/api/v0/users"));
        return answer.status == 200;
    });
    return answer.body;
}

HttpAnswer ClusterFixture::request(const QString& method, const QString& url, const QByteArray& body,
                                   std::chrono::milliseconds deadline) {
    return httpRequest(m_access, method, url, body, deadline);
}

QJsonArray ClusterFixture::events(const QString& replicaUrl) {
    const auto answer =
        request(QStringLiteral("GET"), replicaUrl + QStringLiteral("/api/v0/events?limit=200"));
    return answer.json()[QLatin1String("events")].toArray();
}

QStringList ClusterFixture::eventKinds(const QString& replicaUrl) {
    QStringList kinds;
    for (const auto& event : events(replicaUrl)) {
        kinds += event.toObject()[QLatin1String("kind")].toString();
    }
    return kinds;
}

} // namespace pilothouse::test
