// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer's way into the reader of an engine's log (-DPILOTHOUSE_FUZZ=ON, clang): it is read or refused
// with a sentence, and what was committed in it can be read.
#include "replica/engine/log_segment.h"
#include "replica/engine/write_ahead_log.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>

using namespace pilothouse;

namespace {

// Goes when the fuzzer ends.
class Folder {
public:
    Folder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "pilothouse-fuzz-XXXXXX").string();
        m_path = ::mkdtemp(pattern.data());
        std::filesystem::create_directories(m_path / "member" / "wal");
    }
    ~Folder() { std::filesystem::remove_all(m_path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

// Records of a type, a length and so many bytes, with right checksums: else nothing gets beyond these.
std::string recordsOf(std::string_view input) {
    std::string log;
    std::uint32_t crc = 0;
    while (input.size() >= 2) {
        const auto type = static_cast<engine::wal::RecordType>(input[0]);
        const std::size_t size =
            std::min<std::size_t>(static_cast<unsigned char>(input[1]), input.size() - 2);
        log += engine::wal::encodeRecord({type, std::string(input.substr(2, size))}, crc);
        input.remove_prefix(2 + size);
    }
    return log;
}

void check(bool holds, const char* fault) {
    if (!holds) {
        std::fprintf(stderr, "%s\n", fault);
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    static const Folder folder;
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const bool raw = !input.empty() && input.front() == 'r';
    std::ofstream(folder.path() / "member" / "wal" / "0000000000000000-0000000000000000.wal",
                  std::ios::binary)
        << (raw ? std::string(input.substr(1)) : recordsOf(input));
    const auto committed = engine::commitAll(folder.path());
    if (!committed) {
        check(committed.error().code == ErrorCode::corrupt && !committed.error().message.empty(),
              "a damaged log is not refused as one");
        return 0;
    }
    const auto facts = engine::readLog(folder.path());
    check(facts.has_value(), "a log cannot be read any more after all was committed");
    check(facts->commit >= facts->last, "not all was committed");
    return 0;
}
