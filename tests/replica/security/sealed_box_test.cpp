// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/security/sealed_box.h"
#include "support/fixtures.h"

namespace pilothouse::security {
namespace {

using namespace pilothouse::test;

SealedBox newBox() {
    return SealedBox::create(systemRandom().bytes(32)).value();
}

// Test cases 14 and 16 of "The Galois/Counter Mode of Operation" (McGrew, Viega).
TEST(SealedBox, IsAes256GcmAsPublished) {
    const SealedBox zeros = SealedBox::create(std::string(32, '\0')).value();
    EXPECT_EQ(zeros.seal(std::string(16, '\0'), "", FixedRandom(std::string(12, '\0'))),
              "v1." + toBase64Url(unhex("000000000000000000000000"
                                        "cea7403d4d606b6e074ec5d3baf39d18"
                                        "d0d1c8a799996bf0265b98b5d48ab919")));
    const SealedBox box =
        SealedBox::create(unhex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308")).value();
    const std::string plain = unhex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                                    "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
    const std::string context = unhex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    const std::string sealed = box.seal(plain, context, FixedRandom(unhex("cafebabefacedbaddecaf888")));
    EXPECT_EQ(sealed,
              "v1." + toBase64Url(unhex("cafebabefacedbaddecaf888"
                                        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                                        "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
                                        "76fc6ece0f4e1768cddf8853bb2d551b")));
    EXPECT_EQ(box.open(sealed, context).value_or("?"), plain);
}

TEST(SealedBox, OpensWhatItSealedAndNeverSealsTwiceTheSame) {
    const SealedBox box = newBox();
    for (const std::string& secret : {std::string(), std::string("x"), std::string(100000, 'k')}) {
        const std::string sealed = box.seal(secret, "secrets/a", systemRandom());
        EXPECT_EQ(box.open(sealed, "secrets/a").value_or("?"), secret);
        EXPECT_NE(sealed, box.seal(secret, "secrets/a", systemRandom()));
    }
}

TEST(SealedBox, EveryChangedBitIsSeen) {
    const SealedBox box = newBox();
    const std::string bytes = fromBase64Url(box.seal("key", "secrets/a", systemRandom()).substr(3)).value();
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
        std::string changed = bytes;
        changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
        const Result<std::string> opened = box.open("v1." + toBase64Url(changed), "secrets/a");
        ASSERT_FALSE(opened) << "bit " << bit;
        ASSERT_EQ(opened.error().code, ErrorCode::corrupt);
    }
}

TEST(SealedBox, AnotherRecordAnotherKeyOrAPartIsCorrupt) {
    const SealedBox box = newBox();
    const std::string sealed = box.seal("key", "secrets/a", systemRandom());
    EXPECT_EQ(box.open(sealed, "secrets/b").error().code, ErrorCode::corrupt);
    EXPECT_EQ(newBox().open(sealed, "secrets/a").error().code, ErrorCode::corrupt);
    EXPECT_EQ(box.open("v2" + sealed.substr(2), "secrets/a").error().code, ErrorCode::corrupt);
    for (std::size_t length = 0; length < sealed.size(); ++length) {
        EXPECT_FALSE(box.open(sealed.substr(0, length), "secrets/a")) << length;
    }
    EXPECT_NE(box.open("v1.AAAA", "secrets/a").error().text().find("secrets/a"), std::string::npos);
}

TEST(SealedBox, TakesOnlyAWholeKey) {
    EXPECT_EQ(SealedBox::create(std::string(31, 'k')).error().code, ErrorCode::corrupt);
    EXPECT_EQ(SealedBox::create("").error().code, ErrorCode::corrupt);
}

} // namespace
} // namespace pilothouse::security
