// SPDX-License-Identifier: GPL-3.0-or-later
#include "serving.h"

#include "support/fixtures.h"

#include <algorithm>
#include <arpa/inet.h>
#include <csignal>
#include <fcntl.h>
#include <netinet/in.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace pilothouse::test {

using namespace std::chrono_literals;

Serving::Serving(const std::filesystem::path& dataDir, std::vector<std::string> arguments,
                 std::filesystem::path log)
    : m_log(std::move(log)) {
    std::vector<std::string> words{REPLICA_PROGRAM, "serve", "--data-dir", dataDir.string()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    for (auto& word : words) {
        pointers.push_back(word.data());
    }
    pointers.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 2, m_log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    posix_spawn_file_actions_adddup2(&actions, 2, 1);
    if (posix_spawn(&m_pid, REPLICA_PROGRAM, &actions, nullptr, pointers.data(), environ) != 0) {
        m_pid = -1;
    }
    posix_spawn_file_actions_destroy(&actions);
}

Serving::~Serving() {
    if (m_pid > 0) {
        kill(m_pid, SIGKILL);
        waitpid(m_pid, nullptr, 0);
    }
}

void Serving::signal(int number) const {
    kill(m_pid, number);
}

std::optional<int> Serving::wait(std::chrono::milliseconds within) {
    const auto end = std::chrono::steady_clock::now() + within;
    int status = 0;
    while (m_pid > 0 && waitpid(m_pid, &status, WNOHANG) == 0) {
        if (std::chrono::steady_clock::now() > end) {
            return std::nullopt;
        }
        std::this_thread::sleep_for(10ms);
    }
    m_pid = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::string Serving::log() const {
    return readWhole(m_log);
}

ServiceManagerDouble::ServiceManagerDouble(const std::filesystem::path& path)
    : m_socket(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string text = path.string();
    EXPECT_LT(text.size(), sizeof address.sun_path);
    std::copy_n(text.begin(), std::min(text.size(), sizeof address.sun_path - 1), address.sun_path);
    EXPECT_EQ(bind(m_socket, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    const timeval patience{.tv_sec = 20, .tv_usec = 0};
    setsockopt(m_socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setenv("NOTIFY_SOCKET", text.c_str(), 1);
}

ServiceManagerDouble::~ServiceManagerDouble() {
    unsetenv("NOTIFY_SOCKET");
    close(m_socket);
}

std::string ServiceManagerDouble::received() const {
    std::string message(200, '\0');
    const auto size = recv(m_socket, message.data(), message.size(), 0);
    return message.substr(0, size > 0 ? static_cast<std::size_t>(size) : 0);
}

int httpStatus(int port, const std::string& path) {
    const int file = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval patience{.tv_sec = 5, .tv_usec = 0};
    setsockopt(file, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    const std::string request = "GET " + path + " HTTP/1.0\r\n\r\n";
    std::string answer(12, '\0'); // "HTTP/1.1 200"
    const bool answered = connect(file, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
                          send(file, request.data(), request.size(), MSG_NOSIGNAL) > 0 &&
                          recv(file, answer.data(), answer.size(), MSG_WAITALL) == 12;
    close(file);
    return answered ? std::atoi(answer.c_str() + 9) : 0;
}

} // namespace pilothouse::test
