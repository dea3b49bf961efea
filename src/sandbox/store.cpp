// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/store.h"

#include "api/json.h"
#include "client/sandbox_folder.h"
#include "sandbox/process.h"
#include "sandbox/text.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>

namespace pilothouse::sandbox {
namespace {

namespace fs = std::filesystem;

fs::path recordPath(const std::string& name) {
    return recordsFolder() / name / "sandbox.json";
}

Result<api::Sandbox> readRecord(const fs::path& path) {
    QFile file(QString::fromStdString(path.string()));
    if (!file.open(QIODevice::ReadOnly)) {
        return failWith(ErrorCode::notFound,
                        Text::tr("cannot read %1: %2").arg(file.fileName(), file.errorString()));
    }
    auto record = api::fromJson<api::Sandbox>(file.readAll().toStdString());
    if (!record) {
        return failWith(ErrorCode::corrupt,
                        Text::tr("%1 is damaged: %2").arg(file.fileName(), shown(record.error().message)),
                        Text::tr("Mend it, or end what still runs of the sandbox and delete that folder"));
    }
    for (auto& replica : record->replicas) {
        const auto pid = runningReplica(replica.data_dir);
        replica.pid = pid ? std::optional<std::int64_t>(*pid) : std::nullopt;
    }
    return record;
}

// The replica itself left the mark, when its engine was told.
bool wasRemoved(const api::SandboxReplica& replica) {
    std::error_code error;
    return fs::exists(fs::path(replica.data_dir) / "removed", error);
}

// Every folder there that has a record, by name.
std::vector<Result<api::Sandbox>> loadAll() {
    std::vector<Result<api::Sandbox>> records;
    const QDir folder(QString::fromStdString(recordsFolder().string()));
    for (const QString& name : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        if (fs::exists(recordPath(name.toStdString()))) {
            records.push_back(load(name.toStdString()));
        }
    }
    return records;
}

} // namespace

fs::path recordsFolder() {
    return client::SandboxFolder::defaultFolder().toStdString();
}

Status checkName(const std::string& name) {
    const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    if (name.empty() || name.size() > 40 || name[0] < 'a' || name[0] > 'z' ||
        !std::all_of(name.begin(), name.end(), allowed)) {
        return failWith(ErrorCode::invalid, Text::tr("\"%1\" cannot be a sandbox's name").arg(shown(name)),
                        Text::tr("Use up to 40 of a-z, 0-9 and -, beginning with a letter"));
    }
    return {};
}

Result<api::Sandbox> load(const std::string& name) {
    if (auto valid = checkName(name); !valid) {
        return fail(valid.error());
    }
    if (!fs::exists(recordPath(name))) {
        return failWith(ErrorCode::notFound, Text::tr("there is no sandbox \"%1\"").arg(shown(name)),
                        Text::tr("See those there are: pilothousectl sandbox list"));
    }
    auto record = readRecord(recordPath(name));
    if (record) {
        std::erase_if(record->replicas, wasRemoved);
    }
    return record;
}

std::vector<api::Sandbox> list() {
    std::vector<api::Sandbox> found;
    for (auto& record : loadAll()) {
        if (record) {
            found.push_back(std::move(*record));
        }
    }
    return found;
}

std::vector<Error> damagedRecords() {
    std::vector<Error> found;
    for (const auto& record : loadAll()) {
        if (!record) {
            found.push_back(record.error());
        }
    }
    return found;
}

Status save(const api::Sandbox& sandbox) {
    const auto path = recordPath(sandbox.name);
    QDir().mkpath(QString::fromStdString(path.parent_path().string()));
    QSaveFile file(QString::fromStdString(path.string()));
    const std::string json = api::toJson(sandbox) + "\n";
    const bool written =
        file.open(QIODevice::WriteOnly) &&
        file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) &&
        file.write(json.data(), static_cast<qint64>(json.size())) == static_cast<qint64>(json.size()) &&
        file.commit();
    if (!written) {
        return failWith(ErrorCode::internal,
                        Text::tr("cannot write %1: %2").arg(file.fileName(), file.errorString()),
                        Text::tr("Check that the disk has room and the folder is yours"));
    }
    return {};
}

Status erase(const api::Sandbox& sandbox) {
    const fs::path data = sandbox.dir;
    std::error_code error;
    const auto whole = readRecord(recordPath(sandbox.name)); // removed replicas left their data
    for (const auto& replica : whole ? whole->replicas : sandbox.replicas) {
        // Only what this program made: a replica's folder lies in the sandbox's and holds an identity or
        // nothing.
        const fs::path folder = replica.data_dir;
        if (folder.parent_path() != data) {
            return failWith(ErrorCode::corrupt, Text::tr("%1 does not lie in %2; nothing was deleted")
                                                    .arg(shown(folder.string()), shown(data.string())));
        }
        fs::remove_all(folder, error);
        fs::remove(data / (replica.name + ".log"), error);
        fs::remove(data / (replica.name + ".conf"), error);
    }
    for (const auto* file : {"ca.crt", "password", "members.yaml"}) {
        fs::remove(data / file, error);
    }
    fs::remove(recordPath(sandbox.name), error);
    fs::remove(recordPath(sandbox.name).parent_path(), error);
    fs::remove(data, error); // goes only if nothing else is in it
    if (fs::exists(recordPath(sandbox.name))) {
        return failWith(ErrorCode::internal,
                        Text::tr("cannot delete %1").arg(shown(recordPath(sandbox.name).string())));
    }
    return {};
}

Result<api::SandboxReplica> findReplica(const api::Sandbox& sandbox, const std::string& nameOrId) {
    std::string names;
    for (const auto& replica : sandbox.replicas) {
        if (replica.name == nameOrId || replica.id == nameOrId) {
            return replica;
        }
        names += (names.empty() ? "" : ", ") + replica.name;
    }
    return failWith(
        ErrorCode::notFound,
        Text::tr("sandbox \"%1\" has no replica \"%2\"").arg(shown(sandbox.name), shown(nameOrId)),
        Text::tr("It has %1").arg(shown(names)));
}

} // namespace pilothouse::sandbox
