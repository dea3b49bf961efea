// SPDX-License-Identifier: GPL-3.0-or-later
#include "nginx.h"

#include "bench_ports.h"
#include "peer_certificate.h"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace pilothouse::bench {

namespace {

namespace fs = std::filesystem;

constexpr const char* program = "/usr/sbin/nginx";

} // namespace

std::unique_ptr<Nginx> Nginx::start() {
    return fs::exists(program) ? std::unique_ptr<Nginx>(new Nginx) : nullptr;
}

void Nginx::writeConfiguration() const {
    std::ofstream(m_folder / "nginx.conf")
        << "daemon off; master_process on; worker_processes 2; pid nginx.pid; error_log error.log;\n"
           "events { worker_connections 256; }\n"
           "http { access_log off; keepalive_requests 100000000;\n"
           "client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3; uwsgi_temp_path t4; "
           "scgi_temp_path t5;\n"
           "server { listen 127.0.0.1:"
        << m_port
        << " ssl; ssl_certificate cert.pem; ssl_certificate_key key.pem; ssl_protocols TLSv1.2 TLSv1.3;\n"
           "default_type application/json;\n"
           "location / { return 200 '{\"Error\":\"\",\"Healthy\":true}'; } } }\n";
}

Nginx::Nginx() : m_port(freePort()) {
    std::string pattern = (fs::temp_directory_path() / "pilothouse-nginx-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
        throw std::runtime_error("no temporary folder");
    }
    m_folder = pattern;
    m_authority = writePeerCertificate(m_folder).authority;
    writeConfiguration();
    m_pid = ::fork();
    if (m_pid == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
        ::execl(program, program, "-p", m_folder.c_str(), "-c", "nginx.conf", "-e", "error.log", nullptr);
        ::_exit(127);
    }
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!listens(m_port)) {
        if (std::chrono::steady_clock::now() > end || ::waitpid(m_pid, nullptr, WNOHANG) == m_pid) {
            throw std::runtime_error("nginx does not start");
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
}

Nginx::~Nginx() {
    ::kill(m_pid, SIGTERM);
    ::waitpid(m_pid, nullptr, 0);
    std::error_code ignored;
    fs::remove_all(m_folder, ignored);
}

} // namespace pilothouse::bench
