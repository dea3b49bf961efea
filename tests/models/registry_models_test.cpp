// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/layer_model.h"
#include "models/repository_list_model.h"
#include "models/tag_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

#include <gtest/gtest.h>

namespace pilothouse::models {
namespace {

api::Tag tagOf(const std::string& name, std::vector<std::string> copyingTo = {}) {
    api::Tag tag;
    tag.name = name;
    tag.digest = "sha256:" + std::string(64, 'a');
    tag.push = {"2026-03-02T10:00:00.000Z", "ada", "id-2", std::nullopt};
    tag.copies = {{"id-1", "id-2"}, std::move(copyingTo), {}};
    return tag;
}

api::TagPage pageOf(const std::vector<std::string>& names, std::optional<std::string> next = {}) {
    api::TagPage page;
    for (const std::string& name : names) {
        page.tags.push_back(tagOf(name));
    }
    page.next = std::move(next);
    return page;
}

std::string namesIn(const TagModel& model) {
    std::string names;
    for (int row = 0; row < model.rowCount(); ++row) {
        names += (names.empty() ? "" : " ") + model.index(row, 0).data().toString().toStdString();
    }
    return names;
}

TEST(TagModel, TakesPageAfterPage) {
    TagModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    const QSignalSpy wanted(&model, &TagModel::moreWanted);
    EXPECT_FALSE(model.canFetchMore({}));
    model.replace(pageOf({"c", "b"}, "2/b"));
    model.stopWaiting(); // the tester asks, too
    ASSERT_TRUE(model.canFetchMore({}));
    model.fetchMore({});
    EXPECT_GE(wanted.count(), 1);
    EXPECT_FALSE(model.canFetchMore({})) << "it is on its way";
    model.append(pageOf({"b", "a"}));
    EXPECT_EQ(namesIn(model), "c b a") << "b was pushed anew meanwhile, and is there once";
    EXPECT_FALSE(model.canFetchMore({}));
    model.replace(pageOf({"d", "a"}));
    EXPECT_EQ(namesIn(model), "d a");
    EXPECT_EQ(model.rowOf(QStringLiteral("a")), 1);
    model.clear();
    EXPECT_EQ(model.rowCount(), 0);
}

TEST(TagModel, AsksAgainForAPageThatWasOvertaken) {
    TagModel model;
    model.replace(pageOf({"c", "b"}, "2/b"));
    model.fetchMore({});
    model.replace(pageOf({"d", "c"}, "3/c")); // read anew; nobody waits for the page behind b
    EXPECT_TRUE(model.canFetchMore({}));
}

TEST(TagModel, SaysWhereCopiesAreAndWhoPushed) {
    TagModel model;
    model.setReplicas({{QStringLiteral("id-1"), QStringLiteral("reg-1")},
                       {QStringLiteral("id-2"), QStringLiteral("reg-2")},
                       {QStringLiteral("id-3"), QStringLiteral("reg-3")}});
    model.setNow(*parseRfc3339("2026-03-02T10:06:00.000Z"));
    api::TagPage page;
    page.tags = {tagOf("v1", {"id-3"}), tagOf("v2")};
    model.replace(page);
    EXPECT_EQ(model.index(0, TagModel::Copies).data().toString(),
              QStringLiteral("2 of 3 · copying to reg-3"));
    EXPECT_TRUE(model.index(0, TagModel::Copies).data(TagModel::FewCopiesRole).toBool());
    EXPECT_EQ(model.index(1, TagModel::Copies).data().toString(), QStringLiteral("2 of 2"));
    EXPECT_FALSE(model.index(1, TagModel::Copies).data(TagModel::FewCopiesRole).toBool());
    EXPECT_TRUE(model.index(0, TagModel::Pushed)
                    .data(Qt::ToolTipRole)
                    .toString()
                    .endsWith(QStringLiteral("by ada through reg-2")));
    EXPECT_EQ(model.index(0, TagModel::Digest).data(Qt::AccessibleTextRole).toString().size(), 71);
}

TEST(RepositoryListModel, KeepsRowsThatStay) {
    RepositoryListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    api::RepositoryPage page;
    page.repositories.resize(2);
    page.repositories[0].name = "a";
    page.repositories[1].name = "b";
    model.replace(page);
    const QPersistentModelIndex second = model.index(1);
    page.repositories.erase(page.repositories.begin());
    page.repositories[0].tags = 3;
    model.replace(page);
    EXPECT_EQ(second.row(), 0);
    EXPECT_TRUE(
        model.index(0).data(RepositoryListModel::DetailRole).toString().startsWith(QStringLiteral("3 ")));
    EXPECT_EQ(model.at(1), nullptr);
}

TEST(LayerModel, HasImagesOfAnIndexOrLayersOfAnImage) {
    LayerModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    api::ManifestDetails details;
    details.repository = "app";
    details.platforms = {"linux/amd64"};
    details.layers.resize(1);
    details.layers[0].also_used = {{"app", 2}, {"other", 1}};
    model.setDetails(details, {});
    EXPECT_EQ(model.columnCount(), 4);
    EXPECT_EQ(model.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(),
              QStringLiteral("Layer (amd64)"));
    details.manifests.resize(2);
    details.manifests[1].platform = "linux/arm64";
    details.layers.clear();
    model.setDetails(details, {});
    EXPECT_EQ(model.columnCount(), 3);
    EXPECT_EQ(model.index(1, LayerModel::On).data().toString(), QStringLiteral("arm64"));
}

} // namespace
} // namespace pilothouse::models
