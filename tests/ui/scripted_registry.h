// SPDX-License-Identifier: GPL-3.0-or-later
// A registry that answers what it is told, at once, for tests and pictures.
#pragma once

#include "ui/session/registry.h"

#include <QStringList>

namespace pilothouse::ui::test {

class ScriptedRegistry : public Registry {
public:
    // What the pictures show: some repositories, one of them with tags.
    ScriptedRegistry();

    [[nodiscard]] QFuture<Result<api::RepositoryPage>> repositories(const QString& search,
                                                                    const QString& after, int limit) override;
    [[nodiscard]] QFuture<Result<api::TagPage>> tags(const QString& repository, const QString& search,
                                                     const QString& after, int limit) override;
    [[nodiscard]] QFuture<Result<api::ManifestDetails>> manifest(const QString& repository,
                                                                 const QString& reference) override;
    [[nodiscard]] QFuture<Result<api::Deletion>> remove(const Deletion& wish) override;
    [[nodiscard]] QString address() const override { return QStringLiteral("registry.example.com"); }
    [[nodiscard]] std::vector<domain::RegistryLine> firstLines() const override;

    std::vector<api::Repository> all;
    std::vector<api::Tag> allTags; // of every repository
    std::optional<Error> failure;  // what everything is answered with
    QStringList asked;             // "repositories SEARCH AFTER", "tags NAME AFTER", …
    QList<Deletion> deleted;       // and not only looked at

private:
    template <typename T>
    QFuture<Result<T>> answer(const T& value) const;
};

} // namespace pilothouse::ui::test
