// SPDX-License-Identifier: GPL-3.0-or-later
#include "print.h"
#include "text/registry_words.h"

#include <gtest/gtest.h>

namespace pilothouse::text {
namespace {

using namespace std::chrono_literals;
using domain::ManifestKind;

QString plain(QString text) {
    return text.replace(QChar(0x2009), QLatin1Char(' ')).replace(QChar(0x202f), QLatin1Char(' '));
}

TEST(RegistryWords, ShortenDigestsInTheMiddle) {
    EXPECT_EQ(shortDigest(QStringLiteral("sha256:") + QString(60, u'a') + QStringLiteral("b1e7")),
              QStringLiteral("sha256:aaaa…b1e7"));
    EXPECT_EQ(shortDigest(QStringLiteral("latest")), QStringLiteral("latest"));
    EXPECT_EQ(shortDigest(QStringLiteral("sha256:12345678")), QStringLiteral("sha256:12345678"));
}

TEST(RegistryWords, SayHowLongAgoInOneUnit) {
    EXPECT_EQ(plain(ago(59s)), QStringLiteral("just now"));
    EXPECT_EQ(plain(ago(-5min)), QStringLiteral("just now"));
    EXPECT_EQ(plain(ago(6min + 50s)), QStringLiteral("6 min ago"));
    EXPECT_EQ(plain(ago(3h + 59min)), QStringLiteral("3 h ago"));
    EXPECT_EQ(plain(ago(50h)), QStringLiteral("2 d ago"));
}

TEST(RegistryWords, CountKindsTogether) {
    EXPECT_EQ(
        counted({ManifestKind::sbom, ManifestKind::signature, ManifestKind::sbom, ManifestKind::signature}),
        QStringLiteral("2 signatures and 2 SBOMs"));
    EXPECT_EQ(counted(std::vector<ManifestKind>()), QString());
}

TEST(RegistryWords, SayWhatGoes) {
    api::Deletion going;
    going.repository = "team/app";
    going.tags = {"v1"};
    going.tag_count = 1;
    EXPECT_EQ(whatGoes(going), QStringLiteral("The tag v1 of team/app goes. What it names stays."));
    going.tag_count = 2;
    going.manifest_count = 4;
    going.freed_bytes = 61'400'000;
    EXPECT_EQ(plain(whatGoes(going)),
              QStringLiteral("Of team/app go 2 tags and 4 manifests. 61.4 MB become free "
                             "when the collector has been."));
    going.whole_repository = true;
    going.freed_bytes = 0;
    EXPECT_EQ(plain(whatGoes(going)),
              QStringLiteral("The repository team/app goes, with 2 tags and 4 manifests. "
                             "Nothing becomes free: all of it is needed elsewhere."));
}

} // namespace
} // namespace pilothouse::text
