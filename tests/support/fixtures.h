// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of security and provisioning share: folders that go away, foreseeable randomness, commands.
#pragma once

#include "base/encoding.h"
#include "replica/security/random.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <sys/stat.h>

namespace pilothouse::test {

// A new folder that is removed with everything in it.
class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "pilothouse-test-XXXXXX").string();
        const char* const made = ::mkdtemp(pattern.data());
        EXPECT_NE(made, nullptr);
        m_path = pattern;
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return m_path / name; }

private:
    std::filesystem::path m_path;
};

// Gives the bytes that it was made with, then counts up.
class FixedRandom final : public security::Random {
public:
    explicit FixedRandom(std::string bytes = {}) : m_bytes(std::move(bytes)) {}
    [[nodiscard]] std::string bytes(std::size_t count) const override {
        std::string out;
        while (out.size() < count) {
            const std::size_t at = m_next++;
            out += at < m_bytes.size() ? m_bytes[at] : static_cast<char>(at & 0xFFU);
        }
        return out;
    }

private:
    std::string m_bytes;
    mutable std::atomic<std::size_t> m_next = 0;
};

inline unsigned modeOf(const std::filesystem::path& path) {
    struct stat facts {};
    return ::stat(path.c_str(), &facts) == 0 ? facts.st_mode & 07777U : 0;
}

inline void writeFile(const std::filesystem::path& path, const std::string& content) {
    std::ofstream(path, std::ios::binary) << content;
}

inline std::string readWhole(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline std::string unhex(const std::string& text) {
    return fromHex(text).value();
}

// What a shell command printed on both streams, and its exit code.
struct Ran {
    std::string output;
    int code = -1;
};
inline Ran run(const std::string& command) {
    Ran ran;
    FILE* const pipe = ::popen((command + " 2>&1").c_str(), "r");
    if (pipe == nullptr) {
        return ran;
    }
    std::array<char, 4096> buffer{};
    while (const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
        ran.output.append(buffer.data(), got);
    }
    const int status = ::pclose(pipe);
    ran.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return ran;
}

} // namespace pilothouse::test
