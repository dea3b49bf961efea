// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/failure.h"

#include <QMetaEnum>

#include <gtest/gtest.h>

#include <array>
#include <utility>

namespace pilothouse::client {
namespace {

using domain::Reach;

const QUrl url(QStringLiteral("https://reg-1:4443/api/v0/cluster?x=1"));

TEST(NetworkFailure, ClassifiesWhatMattersToAJudgement) {
    constexpr std::array expected{
        std::pair(QNetworkReply::ConnectionRefusedError, Reach::refused),
        std::pair(QNetworkReply::RemoteHostClosedError, Reach::refused),
        std::pair(QNetworkReply::HostNotFoundError, Reach::unreachable),
        std::pair(QNetworkReply::TimeoutError, Reach::timeout),
        std::pair(QNetworkReply::OperationCanceledError, Reach::timeout),
        std::pair(QNetworkReply::SslHandshakeFailedError, Reach::tls),
        std::pair(QNetworkReply::TemporaryNetworkFailureError, Reach::unreachable),
        std::pair(QNetworkReply::NetworkSessionFailedError, Reach::unreachable),
        std::pair(QNetworkReply::UnknownNetworkError, Reach::unreachable),
        std::pair(QNetworkReply::ProtocolFailure, Reach::error),
        std::pair(QNetworkReply::ProtocolUnknownError, Reach::error),
        std::pair(QNetworkReply::UnknownContentError, Reach::error),
    };
    for (const auto& [code, reach] : expected) {
        EXPECT_EQ(networkFailure(url, code, QStringLiteral("words")).reach, reach) << code;
    }
}

TEST(NetworkFailure, HasASentenceWithTheAddressForEachOfQtsErrors) {
    const auto errors = QMetaEnum::fromType<QNetworkReply::NetworkError>();
    ASSERT_GT(errors.keyCount(), 20);
    for (int i = 0; i < errors.keyCount(); ++i) {
        const auto code = static_cast<QNetworkReply::NetworkError>(errors.value(i));
        if (code == QNetworkReply::NoError) {
            continue;
        }
        const auto failure = networkFailure(url, code, QStringLiteral("the network's words"));
        EXPECT_NE(failure.reach, Reach::ok) << errors.key(i);
        EXPECT_NE(failure.reach, Reach::unknown) << errors.key(i);
        EXPECT_TRUE(failure.error.message.starts_with("https://reg-1:4443 ")) << failure.error.message;
        EXPECT_FALSE(failure.error.message.ends_with(".")) << failure.error.message;
        EXPECT_EQ(failure.status, 0);
    }
}

TEST(StatusFailure, PassesTheReplicasOwnSentenceOn) {
    const QByteArray problem = R"({"type":"about:blank","title":"Conflict","status":409,)"
                               R"("detail":"User ci exists","code":"conflict","hint":"Choose another name"})";
    const auto failure = statusFailure(url, 409, problem);
    EXPECT_EQ(failure.error, (Error{ErrorCode::conflict, "User ci exists", "Choose another name"}));
    EXPECT_EQ(failure.reach, Reach::error);
    EXPECT_EQ(failure.status, 409);
}

TEST(StatusFailure, TellsAReplicaThatIsNotReadyFromABrokenOne) {
    const QByteArray problem = R"({"type":"about:blank","title":"Service Unavailable","status":503,)"
                               R"("detail":"This replica is starting","code":"unavailable"})";
    EXPECT_EQ(statusFailure(url, 503, problem).reach, Reach::notReady);
    EXPECT_EQ(statusFailure(url, 503, "<html>").reach, Reach::error) << "that is no replica";
}

TEST(StatusFailure, BelievesACodeThatItKnowsAndElseTheStatus) {
    const auto codeFor = [](int status, const QByteArray& code) {
        return statusFailure(url, status,
                             R"({"type":"about:blank","title":"","status":500,"detail":"x","code":")" + code +
                                 "\"}")
            .error.code;
    };
    EXPECT_EQ(codeFor(400, "exhausted"), ErrorCode::exhausted);
    EXPECT_EQ(codeFor(404, "of-a-newer-replica"), ErrorCode::notFound);
}

TEST(StatusFailure, MakesASentenceOfAnAnswerThatIsNoProblem) {
    for (const auto& [status, code] :
         {std::pair(400, ErrorCode::invalid), std::pair(401, ErrorCode::unauthorized),
          std::pair(403, ErrorCode::forbidden), std::pair(404, ErrorCode::notFound),
          std::pair(405, ErrorCode::notFound), std::pair(408, ErrorCode::timeout),
          std::pair(409, ErrorCode::conflict), std::pair(412, ErrorCode::conflict),
          std::pair(413, ErrorCode::exhausted), std::pair(429, ErrorCode::exhausted),
          std::pair(500, ErrorCode::internal), std::pair(502, ErrorCode::unavailable),
          std::pair(503, ErrorCode::unavailable), std::pair(504, ErrorCode::timeout),
          std::pair(507, ErrorCode::exhausted)}) {
        for (const QByteArray& body : {QByteArray(), QByteArray("<html>502 Bad Gateway"), QByteArray("{}")}) {
            const auto failure = statusFailure(url, status, body);
            EXPECT_EQ(failure.error.code, code) << status;
            EXPECT_EQ(failure.error.message,
                      "https://reg-1:4443 answered with status " + std::to_string(status));
            EXPECT_EQ(failure.reach, status == 401 || status == 403 ? Reach::rejected : Reach::error)
                << status;
        }
    }
}

TEST(TrustFailure, TellsAWrongIdFromAWrongCertificateAndWhatToCompare) {
    TrustProblem problem;
    problem.fault = TrustFault::identity;
    problem.message = QStringLiteral("Replica a answers where b is expected");
    EXPECT_EQ(trustFailure(url, problem).reach, Reach::wrongId);
    problem.fault = TrustFault::authority;
    const auto failure = trustFailure(url, problem);
    EXPECT_EQ(failure.reach, Reach::tls);
    EXPECT_NE(failure.error.text().find("pilothouse-replica fingerprint"), std::string::npos);
    EXPECT_EQ(failure.trust, problem);
}

} // namespace
} // namespace pilothouse::client
