// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/message_ids.h"
#include "every_message.h"
#include "text/sentence.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QTranslator>

#include <gtest/gtest.h>

#include <set>

namespace pilothouse::text::test {
namespace {

using domain::MessageId;
using domain::Names;

std::string trace(const Example& example, const QString& words) {
    return "message " + std::to_string(static_cast<int>(example.message.id)) + ": “" + words.toStdString() +
           "”";
}

TEST(Words, EveryMessageHasThemAndUsesEveryArgument) {
    for (const Example& example : everyMessage()) {
        const QString words = sentence(example.message);
        SCOPED_TRACE(trace(example, words));
        EXPECT_FALSE(words.isEmpty());
        EXPECT_FALSE(words.contains(QRegularExpression(QStringLiteral("%[0-9L]"))))
            << "an argument is missing";
        EXPECT_FALSE(words.contains(QStringLiteral("(s)")));
        EXPECT_FALSE(words.contains(QStringLiteral("  ")));
        EXPECT_EQ(words, words.trimmed());
        // Small numbers and counts are told with or without thin spaces.
        QString plain = words;
        plain.remove(QChar(0x202F));
        for (QString argument : example.expected) {
            EXPECT_TRUE(plain.contains(argument.remove(QChar(0x202F)))) << argument.toStdString();
        }
    }
}

TEST(Words, OfNothingAreNone) {
    EXPECT_TRUE(sentence({MessageId::none, {}}).isEmpty());
}

TEST(Words, OneIsSingular) {
    const QRegularExpression wrong(
        QStringLiteral("(^|[^0-9.])1 (entries|blobs|requests|replicas|voters)\\b"));
    // Are told of two and more only.
    const std::set<MessageId> neverOfOne{MessageId::adviceEven, MessageId::adviceTooMany,
                                         MessageId::stepMoreAreNeeded};
    for (const Example& example : everyMessage()) {
        const QString words = sentence(example.message);
        EXPECT_TRUE(neverOfOne.contains(example.message.id) || !words.contains(wrong))
            << trace(example, words);
        EXPECT_FALSE(words.contains(QRegularExpression(QStringLiteral("^solo-0 (are|have|do|answer) "))))
            << trace(example, words);
        EXPECT_FALSE(words.contains(QRegularExpression(QStringLiteral("second-0 (is|has|does|answers) "))))
            << trace(example, words);
    }
}

TEST(Words, PluralsByExample) {
    const auto words = [](MessageId id, std::vector<domain::Argument> arguments) {
        return sentence({id, std::move(arguments)}).toStdString();
    };
    using I = std::int64_t;
    EXPECT_EQ(words(MessageId::cardBehind, {I{0}, 1.2}), "0 entries behind · 1.2 ms");
    EXPECT_EQ(words(MessageId::cardBehind, {I{1}, 1.2}), "1 entry behind · 1.2 ms");
    EXPECT_EQ(words(MessageId::cardBehind, {I{1'204'883}, 1.2}),
              "1\u202F204\u202F883 entries behind · 1.2 ms");
    EXPECT_EQ(words(MessageId::cardBlobs, {I{214}}), "214 blobs still to copy");
    EXPECT_EQ(words(MessageId::cardDraining, {I{3}}), "draining · 3 requests left");
    EXPECT_EQ(words(MessageId::cardDraining, {I{-1}}), "draining");
    EXPECT_EQ(words(MessageId::cardRefused, {Milliseconds(-1)}), "refused");
    EXPECT_EQ(words(MessageId::cardNoLeader, {Milliseconds(-1)}), "answers · sees no leader");
    EXPECT_EQ(words(MessageId::cardToldBy, {std::string("reg-1"), Milliseconds(2000)}),
              "told by reg-1, 2.0 s ago");
    EXPECT_EQ(words(MessageId::canLose, {I{1}}), "It can lose 1 more and keep accepting pushes.");
    EXPECT_EQ(words(MessageId::canLose, {I{2}}), "It can lose any 2 more and keep accepting pushes.");
    EXPECT_EQ(words(MessageId::bringBack, {I{1}, I{2}}), "Bring one of them back.");
    EXPECT_EQ(words(MessageId::bringBack, {I{2}, I{4}}), "Bring two of them back.");
    EXPECT_EQ(words(MessageId::bringBack, {I{1}, I{1}}), "Bring it back.");
    EXPECT_EQ(words(MessageId::bringBack, {I{2}, I{2}}), "Bring all of them back.");
    EXPECT_EQ(words(MessageId::adviceEven, {I{4}}),
              "4 replicas survive no more losses than 3: an even number adds no safety.");
}

TEST(Words, ListsOfOneTwoThreeAndMany) {
    const auto draining = [](std::vector<std::string> names) {
        return sentence({MessageId::drainingNow, {Names{std::move(names)}}}).toStdString();
    };
    EXPECT_EQ(draining({"reg-1"}), "reg-1 is draining.");
    EXPECT_EQ(draining({"reg-1", "reg-2"}), "reg-1 and reg-2 are draining.");
    EXPECT_EQ(draining({"reg-1", "reg-2", "reg-3"}), "reg-1, reg-2 and reg-3 are draining.");
    EXPECT_EQ(draining({"a", "b", "c", "d", "e", "f", "g"}), "a, b, c, d, e, f and g are draining.");
}

TEST(Words, AMissingOrMistypedArgumentIsAGapAndNoCrash) {
    for (const Example& example : everyMessage()) {
        domain::Message message{example.message.id, {}};
        (void)sentence(message);
        message.arguments.assign(example.message.arguments.size(), domain::Argument(3.5));
        EXPECT_FALSE(sentence(message).contains(QRegularExpression(QStringLiteral("%[0-9]"))))
            << trace(example, sentence(message));
    }
}

TEST(Words, APercentSignInANameIsNoPlace) {
    const Names names{{"%2", "%1"}};
    EXPECT_EQ(
        sentence({MessageId::answersWithoutLeader, {names, std::int64_t{2}, std::int64_t{3}}}).toStdString(),
        "%2 and %1 answer and have no leader; 2 of 3 are needed.");
}

// A language that puts every sentence into marks.
class Marks : public QTranslator {
public:
    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char* /*context*/, const char* source, const char* /*hint*/,
                                    int /*number*/) const override {
        return QStringLiteral("«%1»").arg(QString::fromUtf8(source));
    }
};

bool isCommand(MessageId id) {
    return id == MessageId::commandJournal || id == MessageId::commandStart ||
           id == MessageId::commandSandboxStart || id == MessageId::commandSandboxResume;
}

// What stands outside all marks.
QString outside(const QString& words) {
    QString rest;
    int depth = 0;
    for (const QChar c : words) {
        depth += c == QChar(0xab) ? 1 : c == QChar(0xbb) ? -1 : 0;
        if (depth == 0 && c.isLetter()) {
            rest += c;
        }
    }
    return rest;
}

TEST(Words, ATranslationReachesEveryOneButCommands) {
    int argc = 0;
    QCoreApplication application(argc, nullptr);
    Marks marks;
    QCoreApplication::installTranslator(&marks);
    for (const Example& example : everyMessage()) {
        const QString words = sentence(example.message);
        if (isCommand(example.message.id)) {
            EXPECT_FALSE(words.contains(QChar(0xab))) << "what is to be typed is the same in every language";
        } else if (example.message.id != MessageId::cardUnhealthy) { // the replica's own words
            EXPECT_TRUE(outside(words).isEmpty()) << trace(example, words);
            EXPECT_TRUE(words.contains(QChar(0xab))) << trace(example, words);
        }
    }
    QCoreApplication::removeTranslator(&marks);
}

} // namespace
} // namespace pilothouse::text::test
