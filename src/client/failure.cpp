// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/failure.h"

#include "api/admin.h"
#include "api/json.h"
#include "client/text.h"

#include <array>
#include <string_view>
#include <utility>

namespace pilothouse::client {

namespace {

QString at(const QUrl& url) {
    return url.toString(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveUserInfo);
}

std::optional<ErrorCode> codeNamed(std::string_view name) {
    static constexpr std::array names{
        std::pair{std::string_view("invalid"), ErrorCode::invalid},
        std::pair{std::string_view("unauthorized"), ErrorCode::unauthorized},
        std::pair{std::string_view("forbidden"), ErrorCode::forbidden},
        std::pair{std::string_view("notFound"), ErrorCode::notFound},
        std::pair{std::string_view("conflict"), ErrorCode::conflict},
        std::pair{std::string_view("exhausted"), ErrorCode::exhausted},
        std::pair{std::string_view("unavailable"), ErrorCode::unavailable},
        std::pair{std::string_view("timeout"), ErrorCode::timeout},
        std::pair{std::string_view("cancelled"), ErrorCode::cancelled},
        std::pair{std::string_view("corrupt"), ErrorCode::corrupt},
        std::pair{std::string_view("internal"), ErrorCode::internal},
    };
    for (const auto& [known, code] : names) {
        if (known == name) {
            return code;
        }
    }
    return std::nullopt;
}

ErrorCode codeOf(int status) {
    switch (status) {
    case 401:
        return ErrorCode::unauthorized;
    case 403:
        return ErrorCode::forbidden;
    case 404:
    case 405:
        return ErrorCode::notFound;
    case 409:
    case 412:
        return ErrorCode::conflict;
    case 413:
    case 429:
    case 507:
        return ErrorCode::exhausted;
    case 408:
    case 504:
        return ErrorCode::timeout;
    case 502:
    case 503:
        return ErrorCode::unavailable;
    default:
        return status < 500 ? ErrorCode::invalid : ErrorCode::internal;
    }
}

// What OpenSSL says of an answer that is not TLS at all. Its words are no interface; where they change, the
// person reads them.
bool isNoTls(const QString& text) {
    return text.contains(QLatin1String("wrong version number")) ||
           text.contains(QLatin1String("packet length too long")) ||
           text.contains(QLatin1String("record layer failure"));
}

} // namespace

Failure trustFailure(const QUrl& url, TrustProblem problem) {
    Failure failure;
    failure.reach = problem.fault == TrustFault::identity ? domain::Reach::wrongId : domain::Reach::tls;
    failure.error = errorWith(ErrorCode::unavailable, at(url) + QStringLiteral(": ") + problem.message,
                              Text::tr("Compare with `sudo pilothouse-replica fingerprint` on the host"));
    failure.trust = std::move(problem);
    return failure;
}

Failure timeoutFailure(const QUrl& url) {
    Failure failure;
    failure.reach = domain::Reach::timeout;
    failure.error = errorWith(ErrorCode::timeout, Text::tr("%1 does not answer").arg(at(url)));
    return failure;
}

Failure statusFailure(const QUrl& url, int status, const QByteArray& body) {
    Failure failure;
    failure.status = status;
    failure.reach = status == 401 || status == 403 ? domain::Reach::rejected : domain::Reach::error;
    const auto problem =
        api::fromJson<api::Problem>(std::string_view(body.constData(), std::size_t(body.size())));
    if (problem && !problem->detail.empty()) {
        failure.error = {codeNamed(problem->code).value_or(codeOf(status)), problem->detail,
                         problem->hint.value_or("")};
        if (status == 503) {
            failure.reach = domain::Reach::notReady;
        }
    } else {
        failure.error = errorWith(
            codeOf(status), Text::tr("%1 answered with status %2").arg(at(url), QString::number(status)));
    }
    return failure;
}

Failure networkFailure(const QUrl& url, QNetworkReply::NetworkError code, const QString& text) {
    using domain::Reach;
    Failure failure;
    const auto say = [&](Reach reach, const QString& sentence) {
        failure.reach = reach;
        failure.error = errorWith(ErrorCode::unavailable, sentence);
    };
    switch (code) {
    case QNetworkReply::ConnectionRefusedError:
        say(Reach::refused, Text::tr("%1 refused the connection").arg(at(url)));
        break;
    case QNetworkReply::HostNotFoundError:
        say(Reach::unreachable, Text::tr("%1 has a host name that cannot be found").arg(at(url)));
        break;
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError:
        return timeoutFailure(url);
    case QNetworkReply::SslHandshakeFailedError:
        if (isNoTls(text)) {
            say(Reach::error, Text::tr("%1 does not speak TLS: that is not an HTTPS port").arg(at(url)));
        } else {
            say(Reach::tls, Text::tr("%1 did not finish the TLS handshake (%2)").arg(at(url), text));
        }
        break;
    case QNetworkReply::RemoteHostClosedError:
        say(Reach::refused, Text::tr("%1 closed the connection without an answer").arg(at(url)));
        break;
    case QNetworkReply::TemporaryNetworkFailureError:
    case QNetworkReply::NetworkSessionFailedError:
    case QNetworkReply::UnknownNetworkError:
        say(Reach::unreachable, Text::tr("%1 cannot be reached: %2").arg(at(url), text));
        break;
    default:
        say(Reach::error, Text::tr("%1 did not answer as a replica does: %2").arg(at(url), text));
        break;
    }
    return failure;
}

Failure protocolFailure(const QUrl& url, const std::string& what) {
    Failure failure;
    failure.reach = domain::Reach::error;
    failure.error = errorWith(
        ErrorCode::corrupt,
        Text::tr("%1 does not answer as a replica does: %2").arg(at(url), QString::fromStdString(what)));
    return failure;
}

} // namespace pilothouse::client
