// SPDX-License-Identifier: GPL-3.0-or-later
// A registry replica in a program of your own; `pilothouse-replica init` makes its FOLDER. Links
// pilothouse::replica.
#include "replica/replica.h"

#include <iostream>

int main(int argc, char** argv) {
    const auto replica = pilothouse::Replica::start({.dataDir = argc > 1 ? argv[1] : "."});
    if (!replica) {
        std::cerr << replica.error().text() << '\n';
        return 1;
    }
    const auto healthy = (*replica)->waitUntilHealthy(std::chrono::seconds(15));
    std::cout << (healthy ? "serves " + (*replica)->addresses().url : healthy.error().text()) << std::endl;
    std::cin.get(); // until Enter, or the end of the input
    (*replica)->stop();
}
