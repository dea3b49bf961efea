// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/read_model.h"
#include "support.h"

#include <gmock/gmock.h>

#include <fstream>
#include <future>

namespace pilothouse::state {
namespace {

using test::put;
using test::run;
using test::why;

class ReadModelTest : public testing::Test {
protected:
    std::unique_ptr<ReadModel> open() {
        auto model =
            std::make_unique<ReadModel>(file, ProjectionKey{ClusterId("cluster"), Epoch(1)}, Logger());
        const Status opened = run(context, model->open());
        EXPECT_TRUE(opened) << why(opened);
        return model;
    }
    void rebuild(ReadModel& model, std::vector<engine::Entry> entries, Revision revision) {
        EXPECT_TRUE(run(context, model.beginRebuild()));
        EXPECT_TRUE(run(context, model.addToRebuild(std::move(entries))));
        const Status finished = run(context, model.finishRebuild(revision));
        EXPECT_TRUE(finished) << why(finished);
    }
    Status apply(ReadModel& model, engine::WatchBatch batch) {
        return run(context, model.apply(std::make_shared<const engine::WatchBatch>(std::move(batch))));
    }
    Result<std::string> valueOf(ReadModel& model, const std::string& key) {
        return run(context, model.read<std::string>([key](Projection& projection) -> Result<std::string> {
            const auto found = projection.record(key);
            return found && *found ? Result<std::string>((*found)->value) : fail(ErrorCode::notFound, "none");
        }));
    }

    test::TempFolder folder;
    std::filesystem::path file = folder / "projection.sqlite";
    boost::asio::io_context context; // outlives the models
};

TEST_F(ReadModelTest, IsEmptyUntilItWasListed) {
    auto model = open();
    EXPECT_EQ(model->snapshot()->revision, Revision(0));
    const auto page = run(context, model->eventsBefore(Revision(0), 10));
    ASSERT_FALSE(page) << "nothing is known, which is not the same as no events";
    EXPECT_EQ(page.error().code, ErrorCode::unavailable);
    EXPECT_FALSE(apply(*model, {Revision(5), {put("k", "v", 5)}}));
}

TEST_F(ReadModelTest, SnapshotAndFileAgreeAndSurviveARestart) {
    auto model = open();
    rebuild(*model, {test::entry("users/ada", encode(test::user("ada")), 4)}, Revision(7));
    ASSERT_TRUE(apply(*model, {Revision(8), {put("users/bob", encode(test::user("bob")), 8)}}));
    const Snapshot before = *model->snapshot();
    EXPECT_EQ(before.revision, Revision(8));
    EXPECT_NE(before.users.find("ada"), nullptr);
    EXPECT_NE(before.users.find("bob"), nullptr);
    EXPECT_EQ(valueOf(*model, "users/bob"), encode(test::user("bob")));
    model.reset();
    EXPECT_EQ(*open()->snapshot(), before) << "a replica without quorum knows what it knew";
}

// One record of each kind that a snapshot has: what it learns as it goes on, it must also find in the file.
TEST_F(ReadModelTest, EverythingThatASnapshotHasSurvivesARestart) {
    auto model = open();
    rebuild(*model, {}, Revision(1));
    ASSERT_TRUE(apply(
        *model,
        {Revision(2),
         {put("cluster", encode(ClusterRecord()), 2), put("membership", encode(MembershipRecord()), 2),
          put("running-operation", encode(OperationRecord()), 2),
          put("operations/op-1", encode(OperationRecord()), 2), put("members/a", encode(MemberRecord()), 2),
          put("users/ada", encode(test::user("ada")), 2),
          put("tokens/access/1", encode(AccessTokenRecord()), 2),
          put("settings/s", encode(SettingRecord()), 2), put("secrets/s", encode(SealedSecretRecord()), 2),
          put("ca/cluster", encode(CertificateRecord()), 2)}}));
    const Snapshot before = *model->snapshot();
    EXPECT_TRUE(before.cluster && before.membership && before.operation);
    for (const std::size_t size :
         {before.members.all().size(), before.users.all().size(), before.accessTokens.all().size(),
          before.settings.all().size(), before.secrets.all().size(), before.certificates.all().size()}) {
        EXPECT_EQ(size, 1U);
    }
    model.reset();
    EXPECT_EQ(*open()->snapshot(), before);
}

TEST_F(ReadModelTest, AnswersFromTheOldContentWhileItIsBuiltAnew) {
    auto model = open();
    rebuild(*model, {test::entry("k", "old", 4)}, Revision(7));
    ASSERT_TRUE(run(context, model->beginRebuild()));
    ASSERT_TRUE(run(context, model->addToRebuild({test::entry("k", "new", 9)})));
    EXPECT_EQ(valueOf(*model, "k"), "old");
    ASSERT_TRUE(run(context, model->finishRebuild(Revision(9))));
    EXPECT_EQ(valueOf(*model, "k"), "new");
    EXPECT_EQ(model->snapshot()->revision, Revision(9));
}

TEST_F(ReadModelTest, TooManyQuestionsAreTurnedAwayAndNoChange) {
    auto model = open();
    rebuild(*model, {}, Revision(7));
    std::promise<void> gate;
    const std::function<Result<int>(Projection&)> waits =
        [ended = gate.get_future().share()](Projection&) -> Result<int> {
        ended.wait_for(std::chrono::seconds(20));
        return 1;
    };
    int answered = 0;
    for (int i = 0; i < ReadModel::maxWaiting; ++i) {
        boost::asio::co_spawn(context, model->read<int>(waits, std::chrono::seconds(20)),
                              [&answered](const std::exception_ptr&, const Result<int>& answer) {
                                  answered += answer ? 1 : 0;
                              });
    }
    const auto refused = valueOf(*model, "k");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::unavailable) << "it passes: " << why(refused);
    Status applied = fail(ErrorCode::timeout, "not yet");
    auto batch =
        std::make_shared<const engine::WatchBatch>(engine::WatchBatch{Revision(8), {put("k", "v", 8)}});
    boost::asio::co_spawn(context, model->apply(std::move(batch)),
                          [&applied](const std::exception_ptr&, Status done) { applied = std::move(done); });
    gate.set_value();
    EXPECT_TRUE(test::runUntil(context, [&] { return applied && answered == ReadModel::maxWaiting; }))
        << answered << why(applied);
    EXPECT_EQ(valueOf(*model, "k").value(), "v") << "and questions are answered again";
}

TEST_F(ReadModelTest, DeletedFileIsNoErrorAtTheNextStart) {
    rebuild(*open(), {test::entry("k", "v", 4)}, Revision(7));
    std::filesystem::remove(file);
    EXPECT_EQ(open()->snapshot()->revision, Revision(0));
}

TEST_F(ReadModelTest, DamageMetWhileRunningIsReported) {
    auto model = open();
    // More than the page cache holds, so that the damage is met.
    std::vector<engine::Entry> entries;
    entries.reserve(4000);
    for (int i = 0; i < 4000; ++i) {
        entries.push_back(test::entry("k" + std::to_string(i), std::string(2000, 'x'), 4));
    }
    rebuild(*model, std::move(entries), Revision(7));
    {
        std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
        stream.seekp(4096);
        stream << std::string(std::filesystem::file_size(file) - 4096, '\x5a');
    }
    bool damaged = false;
    boost::asio::co_spawn(context, model->damaged(), [&](const std::exception_ptr&) { damaged = true; });
    const auto all = run(context, model->read<std::size_t>([](Projection& projection) -> Result<std::size_t> {
        const auto records = projection.records("", "", 10'000);
        return records ? Result<std::size_t>(records->size()) : fail(records.error());
    }));
    ASSERT_FALSE(all);
    EXPECT_EQ(all.error().code, ErrorCode::corrupt) << why(all);
    EXPECT_TRUE(test::runUntil(context, [&] { return damaged; }));
    EXPECT_EQ(valueOf(*model, "k1").error().code, ErrorCode::unavailable) << "it has nothing to answer from";
    rebuild(*model, {test::entry("k1", "v", 4)}, Revision(8));
    EXPECT_EQ(valueOf(*model, "k1"), "v");
}

// Else each question about a record that a newer version wrote, say, would build the read model anew.
TEST_F(ReadModelTest, ARecordThatMakesNoSenseIsNoDamageOfTheFile) {
    const auto nonsense = [](Projection& projection) -> Result<std::string> {
        const auto record = projection.record("k");
        EXPECT_TRUE(record && *record) << why(record);
        return fail(ErrorCode::corrupt, "not JSON");
    };
    auto model = open();
    rebuild(*model, {test::entry("k", "nonsense", 4)}, Revision(7));
    for (int i = 0; i < 3; ++i) {
        const auto asked = run(context, model->read<std::string>(nonsense));
        ASSERT_FALSE(asked);
        EXPECT_EQ(asked.error().code, ErrorCode::corrupt) << why(asked);
    }
    EXPECT_EQ(valueOf(*model, "k"), "nonsense") << "it goes on answering";
    model = nullptr;
    model = open();
    EXPECT_EQ(run(context, model->read<std::string>(nonsense)).error().code, ErrorCode::corrupt);
    EXPECT_EQ(valueOf(*model, "k").error().code, ErrorCode::unavailable)
        << "a file of an earlier run may have rotted: it is made anew, once";
    rebuild(*model, {test::entry("k", "nonsense", 4)}, Revision(7));
    EXPECT_EQ(run(context, model->read<std::string>(nonsense)).error().code, ErrorCode::corrupt);
    EXPECT_EQ(valueOf(*model, "k"), "nonsense");
}

} // namespace
} // namespace pilothouse::state
