// SPDX-License-Identifier: GPL-3.0-or-later
// A sandbox of three replicas with HAProxy before them, and what it takes to run other people's registry
// clients against it: folders of their own, the cluster's CA to trust, a daemon where they need one.
#pragma once

#include "sandbox_fixture.h"

#include <QProcess>

#include <memory>
#include <string>
#include <vector>

namespace pilothouse::test {

struct Ran {
    int exitCode = -1;
    std::string out;
    std::string err;
};

class RegistryClients : public SandboxFixture {
protected:
    // Folders, and an image as an OCI layout: "layout", with the tag v1.
    void SetUp() override;
    // Ends what was started.
    void TearDown() override;

    // The sandbox and the balancer. Each client is logged in by skopeo, at each address.
    void startRegistry();

    // A command line of ours, words with single blanks between them, in the test's folder.
    [[nodiscard]] Ran run(const std::string& line, const std::string& input = {});
    // The same; fails the test when the command fails. Gives what it printed.
    std::string must(const std::string& line, const std::string& input = {});
    // Fails the test when the command succeeds, or does not say `word`.
    void mustFail(const std::string& line, const std::string& word);
    // Why the test cannot be run here: a program is missing.
    [[nodiscard]] static std::string missing(const std::vector<const char*>& programs);

    // Starts a program that stays and waits until `ready` succeeds. Gives why it did not, from its log.
    [[nodiscard]] std::string startDaemon(const std::string& line, const std::function<bool()>& ready);
    // Whether a daemon's failure is that this computer does not let it, not a fault.
    [[nodiscard]] static bool isRefusal(const std::string& why);

    // "127.0.0.1:port" of the balancer and of each replica.
    [[nodiscard]] const std::vector<std::string>& addresses() const { return m_addresses; }
    // The one after that: where something that was pushed is pulled from.
    [[nodiscard]] const std::string& after(std::size_t index) const {
        return m_addresses[(index + 1) % m_addresses.size()];
    }
    [[nodiscard]] std::string folder(const std::string& name) const;
    [[nodiscard]] const std::string& imageDigest() const { return m_imageDigest; }
    // A folder whose ca.crt is the cluster's.
    [[nodiscard]] std::string certificates() const { return folder("certificates"); }
    [[nodiscard]] std::string password() const;
    // The digest of a manifest, as that address tells it.
    [[nodiscard]] std::string digestAt(const std::string& address, const std::string& name);
    // How many blobs have been mounted from one repository into another.
    [[nodiscard]] int mounts();

private:
    void startBalancer();
    void logIn();

    QProcessEnvironment m_clients; // what the clients run with
    std::vector<std::string> m_addresses;
    std::string m_imageDigest;
    std::vector<std::unique_ptr<QProcess>> m_daemons;
};

} // namespace pilothouse::test
