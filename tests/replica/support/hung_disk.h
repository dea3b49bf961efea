// SPDX-License-Identifier: GPL-3.0-or-later
// A disk that hangs, for the test program that links this: every call that waits for the disk waits.
#pragma once

namespace pilothouse::test {

// While it lives, fsync(2) and fdatasync(2) of this process do not return.
class HungDisk {
public:
    HungDisk();
    ~HungDisk();
    HungDisk(const HungDisk&) = delete;
    HungDisk& operator=(const HungDisk&) = delete;

    // Blocks until something waits for the disk.
    static void untilSomethingWaits();
};

} // namespace pilothouse::test
