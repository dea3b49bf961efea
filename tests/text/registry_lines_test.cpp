// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/registry_lines.h"

#include <gtest/gtest.h>

#include <set>

namespace pilothouse::text {
namespace {

TEST(RegistryLines, EachIsExplainedInWordsOfItsOwn) {
    std::set<QString> words;
    for (const auto step :
         {domain::RegistryStep::login, domain::RegistryStep::tag, domain::RegistryStep::push,
          domain::RegistryStep::pull, domain::RegistryStep::pullAgain}) {
        const QString said = explanation(step);
        EXPECT_FALSE(said.isEmpty());
        EXPECT_FALSE(said.endsWith(u'.')) << said.toStdString();
        EXPECT_TRUE(words.insert(said).second) << said.toStdString();
    }
}

} // namespace
} // namespace pilothouse::text
