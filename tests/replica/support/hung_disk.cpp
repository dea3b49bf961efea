// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/support/hung_disk.h"

#include <condition_variable>
#include <mutex>
#include <sys/syscall.h>
#include <unistd.h>

namespace pilothouse::test {
namespace {

std::mutex mutex; // guards what follows
std::condition_variable changed;
bool hangs = false;
int waiting = 0;

void waitForTheDisk() {
    std::unique_lock lock(mutex);
    ++waiting;
    changed.notify_all();
    changed.wait(lock, [] { return !hangs; });
    --waiting;
}

} // namespace

HungDisk::HungDisk() {
    const std::lock_guard lock(mutex);
    hangs = true;
}

HungDisk::~HungDisk() {
    const std::lock_guard lock(mutex);
    hangs = false;
    changed.notify_all();
}

void HungDisk::untilSomethingWaits() {
    std::unique_lock lock(mutex);
    changed.wait(lock, [] { return waiting > 0; });
}

} // namespace pilothouse::test

// In the C library's place: the program's own come first.
extern "C" int fsync(int file) {
    pilothouse::test::waitForTheDisk();
    return static_cast<int>(syscall(SYS_fsync, file));
}

extern "C" int fdatasync(int file) {
    pilothouse::test::waitForTheDisk();
    return static_cast<int>(syscall(SYS_fdatasync, file));
}
