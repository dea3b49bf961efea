// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/host_facts.h"

#include "base/encoding.h"
#include "replica/provision/layout.h"

#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <limits>
#include <sstream>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <sys/utsname.h>
#include <thread>
#include <unistd.h>

namespace pilothouse::node {
namespace {

constexpr int diskProbes = 5;

std::string readFirstLine(const std::filesystem::path& path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

// "MemTotal:  123 kB" of /proc/meminfo, in bytes; 0 when missing.
std::int64_t memInfo(const std::string& key) {
    std::ifstream file("/proc/meminfo");
    std::string name;
    std::int64_t kib = 0;
    std::string unit;
    while (file >> name >> kib) {
        std::getline(file, unit);
        if (name == key + ":") {
            return kib * 1024;
        }
    }
    return 0;
}

struct ProcessUse {
    double cpuSeconds = 0;
    std::int64_t residentBytes = 0;
};

ProcessUse processUse(int pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string text;
    std::getline(file, text);
    const auto nameEnd = text.rfind(')'); // the name may hold blanks and brackets
    if (nameEnd == std::string::npos) {
        return {};
    }
    std::istringstream fields(text.substr(nameEnd + 2));
    std::string skipped;
    std::int64_t userTicks = 0;
    std::int64_t systemTicks = 0;
    std::int64_t pages = 0;
    for (int field = 3; field < 14; ++field) { // proc(5): 14 utime, 15 stime, 24 rss
        fields >> skipped;
    }
    fields >> userTicks >> systemTicks;
    for (int field = 16; field < 24; ++field) {
        fields >> skipped;
    }
    fields >> pages;
    return {static_cast<double>(userTicks + systemTicks) / static_cast<double>(sysconf(_SC_CLK_TCK)),
            pages * sysconf(_SC_PAGESIZE)};
}

// The machine id must not leave the host in the clear (machine-id(5)): hashed with the cluster, it names it
// there.
std::string hashedMachineId(const ClusterId& cluster) {
    const std::string id = readFirstLine("/etc/machine-id");
    if (id.empty()) {
        return {};
    }
    const std::string text = cluster.str() + ":" + id;
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
    return toHex({reinterpret_cast<const char*>(digest.data()), 16});
}

std::string deviceOf(const std::filesystem::path& folder) {
    struct stat info {};
    if (stat(folder.c_str(), &info) != 0) {
        return {};
    }
    const auto numbers = std::to_string(major(info.st_dev)) + ":" + std::to_string(minor(info.st_dev));
    std::error_code error;
    const auto link = std::filesystem::read_symlink("/sys/dev/block/" + numbers, error);
    return error ? numbers : link.filename().string();
}

// Writes one small file durably; gives the reason when that fails.
std::string writeProbe(const std::filesystem::path& path) {
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) {
        return std::strerror(errno);
    }
    const char text[] = "probe\n";
    const bool written = write(file, text, sizeof(text) - 1) == sizeof(text) - 1 && fsync(file) == 0;
    const int failure = errno;
    close(file);
    unlink(path.c_str());
    return written ? std::string() : std::string(std::strerror(failure));
}

} // namespace

DiskProbe probeDisk(const std::filesystem::path& folder) {
    DiskProbe probe;
    probe.device = deviceOf(folder);
    struct statvfs space {};
    if (statvfs(folder.c_str(), &space) == 0) {
        probe.bytes = static_cast<std::int64_t>(space.f_blocks * space.f_frsize);
        probe.freeBytes = static_cast<std::int64_t>(space.f_bavail * space.f_frsize);
    }
    const auto start = std::chrono::steady_clock::now();
    probe.error = writeProbe(provision::Layout(folder).diskProbe());
    probe.writable = probe.error.empty();
    if (probe.writable) {
        probe.syncMs =
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    }
    return probe;
}

DiskProbe probeDiskTypically(const std::filesystem::path& folder) {
    DiskProbe probe;
    std::vector<double> times;
    for (int i = 0; i < diskProbes; ++i) {
        probe = probeDisk(folder);
        if (!probe.syncMs) {
            return probe;
        }
        times.push_back(*probe.syncMs);
    }
    probe.syncMs = medianOf(std::move(times));
    return probe;
}

std::optional<double> medianOf(std::vector<double> values) {
    if (values.empty()) {
        return std::nullopt;
    }
    std::sort(values.begin(), values.end());
    return values[(values.size() - 1) / 2];
}

OpenFileLimits openFileLimits() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return {};
    }
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    const auto bounded = [](rlim_t value) {
        return value > static_cast<rlim_t>(most) ? most : static_cast<std::int64_t>(value);
    };
    return {bounded(limit.rlim_cur), bounded(limit.rlim_max)};
}

api::HostFacts HostFactsReader::read(const DiskProbe& disk, const std::vector<int>& processes) {
    api::HostFacts facts;
    utsname system{};
    if (uname(&system) == 0) {
        facts.hostname = system.nodename;
        facts.kernel = std::string(system.sysname) + " " + system.release;
    }
    facts.machine_id = hashedMachineId(m_cluster);
    facts.cores = std::thread::hardware_concurrency();
    facts.memory_bytes = memInfo("MemTotal");
    facts.memory_available_bytes = memInfo("MemAvailable");
    facts.disk_device = disk.device;
    facts.disk_bytes = disk.bytes;
    facts.disk_free_bytes = disk.freeBytes;
    facts.disk_sync_ms = disk.syncMs;

    double cpuSeconds = 0;
    for (const int pid : processes) {
        const auto use = processUse(pid);
        cpuSeconds += use.cpuSeconds;
        facts.process_resident_bytes += use.residentBytes;
    }
    const auto now = m_clock.monotonic();
    if (m_lastAt && now > *m_lastAt && cpuSeconds >= m_lastCpuSeconds) { // less: the engine was restarted
        facts.process_cpu_percent =
            100 * (cpuSeconds - m_lastCpuSeconds) / std::chrono::duration<double>(now - *m_lastAt).count();
    }
    m_lastAt = now;
    m_lastCpuSeconds = cpuSeconds;
    return facts;
}

} // namespace pilothouse::node
