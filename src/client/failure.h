// SPDX-License-Identifier: GPL-3.0-or-later
// Why a replica gave no good answer, in the terms that are judged and shown.
#pragma once

#include "client/trust.h"
#include "domain/observation.h"

#include <QByteArray>
#include <QNetworkReply>

#include <optional>

namespace pilothouse::client {

struct Failure {
    domain::Reach reach = domain::Reach::error;
    Error error;
    int status = 0; // HTTP's, 0 without an answer
    std::optional<double> roundTripMs;
    std::optional<TrustProblem> trust;
};

// The peer was refused for its certificate.
[[nodiscard]] Failure trustFailure(const QUrl& url, TrustProblem problem);
// Nothing came in time.
[[nodiscard]] Failure timeoutFailure(const QUrl& url);
// It answered with 400 or above: the problem's own sentence if `body` is one (RFC 9457).
[[nodiscard]] Failure statusFailure(const QUrl& url, int status, const QByteArray& body);
// It never answered; `code` and `text` are the network's words.
[[nodiscard]] Failure networkFailure(const QUrl& url, QNetworkReply::NetworkError code, const QString& text);
// It answered, but not as a replica does: `what` says how.
[[nodiscard]] Failure protocolFailure(const QUrl& url, const std::string& what);

} // namespace pilothouse::client
