// SPDX-License-Identifier: GPL-3.0-or-later
// Debian's own clients push, pull, copy and delete: through HAProxy, and through each replica. Nobody is told
// to trust anything but the cluster's CA.
#include "registry_clients.h"

#include <QDir>
#include <QFile>

#include <cstdio>
#include <unistd.h>

namespace pilothouse::test {
namespace {

std::string firstLine(const std::string& text) {
    return text.substr(0, text.find('\n'));
}

// What `docker push` and others print after this word, up to the next blank.
std::string wordAfter(const std::string& text, const std::string& mark) {
    const auto found = text.find(mark);
    if (found == std::string::npos) {
        return {};
    }
    const auto begin = found + mark.size();
    return text.substr(begin, text.find_first_of(" \n", begin) - begin);
}

TEST_F(RegistryClients, Skopeo) {
    if (const auto why = missing({"skopeo", "haproxy"}); !why.empty()) {
        GTEST_SKIP() << why;
    }
    ASSERT_NO_FATAL_FAILURE(startRegistry());
    const std::string from = " --src-cert-dir " + certificates();
    const std::string to = " --dest-cert-dir " + certificates();
    for (std::size_t i = 0; i < addresses().size(); ++i) {
        const std::string name = "skopeo/app" + std::to_string(i);
        const std::string pushed = addresses()[i] + "/" + name + ":v1";
        must("skopeo copy" + to + " oci:layout:v1 docker://" + pushed);
        for (const std::string& address : addresses()) {
            EXPECT_EQ(digestAt(address, name + ":v1"), imageDigest()) << address;
        }
        const int before = mounts();
        must("skopeo copy" + from + to + " docker://" + pushed + " docker://" + addresses()[i] + "/" + name +
             "/copy:v1");
        // One that cannot be done in time is an upload, which is no fault.
        EXPECT_GE(mounts() - before, 1) << "the layers were not mounted";
        must("skopeo copy" + from + " docker://" + after(i) + "/" + name +
             "/copy:v1 oci:" + folder("back" + std::to_string(i)) + ":v1");
        const auto index = contentOf(path(QStringLiteral("back%1/index.json").arg(i)));
        EXPECT_NE(index.toStdString().find(imageDigest()), std::string::npos) << index.toStdString();
        must("skopeo delete --cert-dir " + certificates() + " docker://" + pushed);
        for (const std::string& address : addresses()) {
            mustFail("skopeo inspect --cert-dir " + certificates() + " docker://" + address + "/" + name +
                         ":v1",
                     "manifest unknown");
        }
        const std::string tags = must("skopeo list-tags --cert-dir " + certificates() + " docker://" +
                                      after(i) + "/" + name + "/copy");
        EXPECT_NE(tags.find("\"v1\""), std::string::npos) << tags;
    }
}

TEST_F(RegistryClients, SkopeoTrustsNobodyElse) {
    if (const auto why = missing({"skopeo", "haproxy"}); !why.empty()) {
        GTEST_SKIP() << why;
    }
    ASSERT_NO_FATAL_FAILURE(startRegistry());
    mustFail("skopeo copy oci:layout:v1 docker://" + addresses()[0] + "/app:v1", "certificate");
}

// podman and buildah: what they keep images in.
std::string storageIn(const std::string& folder) {
    return " --root " + folder + "/storage --runroot " + folder + "/run --storage-driver vfs";
}

TEST_F(RegistryClients, Podman) {
    if (const auto why = missing({"skopeo", "haproxy", "podman"}); !why.empty()) {
        GTEST_SKIP() << why;
    }
    const std::string podman = "podman" + storageIn(folder("podman")) + " --tmpdir " + folder("podman/tmp");
    if (const Ran info = run(podman + " info"); info.exitCode != 0 && isRefusal(info.err)) {
        GTEST_SKIP() << "podman cannot work here: " << info.err;
    }
    ASSERT_NO_FATAL_FAILURE(startRegistry());
    const std::string trust = " --cert-dir " + certificates();
    const std::string id = firstLine(must(podman + " pull -q oci:layout:v1"));
    for (std::size_t i = 0; i < addresses().size(); ++i) {
        must(podman + " login" + trust + " -u admin --password-stdin " + addresses()[i], password());
        const std::string name = "podman/app" + std::to_string(i);
        const std::string pushed = addresses()[i] + "/" + name + ":v1";
        must(podman + " tag " + id + " " + pushed);
        must(podman + " push" + trust + " --digestfile " + folder("digest") + " " + pushed);
        const std::string digest = contentOf(path(QStringLiteral("digest"))).toStdString();
        const int before = mounts();
        must(podman + " push" + trust + " " + pushed + " docker://" + addresses()[i] + "/" + name +
             "/copy:v1");
        EXPECT_GE(mounts() - before, 1) << "the layers were not mounted";
        for (const std::string& address : addresses()) {
            EXPECT_EQ(digestAt(address, name + ":v1"), digest);
        }
        must(podman + " rmi -a -f");
        EXPECT_EQ(firstLine(must(podman + " pull -q" + trust + " " + after(i) + "/" + name + "/copy:v1")), id)
            << "another image came back";
    }
}

TEST_F(RegistryClients, Buildah) {
    if (const auto why = missing({"skopeo", "haproxy", "buildah"}); !why.empty()) {
        GTEST_SKIP() << why;
    }
    const std::string buildah = "buildah" + storageIn(folder("buildah"));
    if (const Ran info = run(buildah + " info"); info.exitCode != 0 && isRefusal(info.err)) {
        GTEST_SKIP() << "buildah cannot work here: " << info.err;
    }
    ASSERT_NO_FATAL_FAILURE(startRegistry());
    const std::string trust = " --cert-dir " + certificates();
    const std::string id = firstLine(must(buildah + " pull -q oci:layout:v1"));
    for (std::size_t i = 0; i < addresses().size(); ++i) {
        must(buildah + " login" + trust + " -u admin --password-stdin " + addresses()[i], password());
        const std::string name = "buildah/app" + std::to_string(i) + ":v1";
        must(buildah + " push" + trust + " --digestfile " + folder("digest") + " " + id + " docker://" +
             addresses()[i] + "/" + name);
        const std::string digest = contentOf(path(QStringLiteral("digest"))).toStdString();
        for (const std::string& address : addresses()) {
            EXPECT_EQ(digestAt(address, name), digest);
        }
        must(buildah + " rmi -a -f");
        EXPECT_EQ(firstLine(must(buildah + " pull -q" + trust + " docker://" + after(i) + "/" + name)), id);
    }
}

class Containerd : public RegistryClients {
protected:
    // Folders and sockets of its own; no part that runs containers.
    void writeConfiguration() {
        const std::string home = folder("containerd");
        write("containerd.toml", "version = 2\nroot = \"" + home + "/root\"\nstate = \"" + home +
                                     "/state\"\ndisabled_plugins = [\"io.containerd.grpc.v1.cri\"]\n"
                                     "[grpc]\naddress = \"" +
                                     home + "/sock\"\n[ttrpc]\naddress = \"" + home + "/ttrpc\"\n");
        for (const std::string& address : addresses()) {
            ASSERT_TRUE(QDir().mkpath(QString::fromStdString(folder("hosts/" + address))));
            write("hosts/" + address + "/hosts.toml",
                  "server = \"https://" + address + "\"\n[host.\"https://" + address +
                      "\"]\ncapabilities = [\"pull\", \"resolve\", \"push\"]\nca = \"" + certificates() +
                      "/ca.crt\"\n");
        }
    }
    // ctr now and then loses a read of a layer from its own containerd over their socket and gives the push
    // up, while all that it asked of the registry is being answered (containerd's issue 5734). This message
    // is never about the registry; then again, as a person would.
    void pushWithCtr(const std::string& line) {
        constexpr const char* ownFault =
            "ctr: failed to copy: rpc error: code = Internal desc = unexpected EOF";
        Ran ran = run(line);
        for (int again = 0; again < 3 && ran.err.find(ownFault) != std::string::npos; ++again) {
            std::printf("ctr lost a read from its containerd; again\n");
            ran = run(line);
        }
        EXPECT_EQ(ran.exitCode, 0) << line << "\n" << ran.out << ran.err;
    }
    void write(const std::string& name, const std::string& text) {
        QFile file(path(QString::fromStdString(name)));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly) && file.write(QByteArray::fromStdString(text)) > 0)
            << name;
    }
};

TEST_F(Containerd, Ctr) {
    if (const auto why = missing({"skopeo", "haproxy", "containerd", "ctr"}); !why.empty()) {
        GTEST_SKIP() << why;
    }
    if (geteuid() != 0) {
        GTEST_SKIP() << "containerd works as root only";
    }
    ASSERT_NO_FATAL_FAILURE(startRegistry());
    ASSERT_NO_FATAL_FAILURE(writeConfiguration());
    const std::string ctr = "ctr --address " + folder("containerd/sock");
    const std::string why = startDaemon("containerd --config " + folder("containerd.toml"),
                                        [&] { return run(ctr + " version").exitCode == 0; });
    if (isRefusal(why)) {
        GTEST_SKIP() << "this computer does not let containerd start: " << why;
    }
    ASSERT_EQ(why, "");
    must("tar -C layout -cf " + folder("layout.tar") + " .");
    const std::string access = " --hosts-dir " + folder("hosts") + " -u admin:" + password() + " ";
    for (std::size_t i = 0; i < addresses().size(); ++i) {
        const std::string name = "/ctr/app" + std::to_string(i);
        must(ctr + " images import --no-unpack --base-name " + addresses()[i] + name + " " +
             folder("layout.tar"));
        pushWithCtr(ctr + " images push" + access + addresses()[i] + name + ":v1");
        must(ctr + " images tag " + addresses()[i] + name + ":v1 " + addresses()[i] + name + "/copy:v1");
        pushWithCtr(ctr + " images push" + access + addresses()[i] + name + "/copy:v1");
        for (const std::string& address : addresses()) {
            EXPECT_EQ(digestAt(address, name.substr(1) + "/copy:v1"), imageDigest());
        }
        must(ctr + " images remove --sync " + addresses()[i] + name + ":v1 " + addresses()[i] + name +
             "/copy:v1");
        EXPECT_EQ(must(ctr + " content ls -q"), "") << "it would not need to pull";
        must(ctr + " content fetch" + access + after(i) + name + ":v1");
        EXPECT_NE(must(ctr + " content ls -q").find(imageDigest()), std::string::npos);
        must(ctr + " images remove --sync " + after(i) + name + ":v1");
    }
}

// A docker that reaches a registry on the loopback address never verifies it, which it decides itself (its
// list of insecure registries begins with 127.0.0.0/8); so the CA plays no part here.
TEST_F(RegistryClients, Docker) {
    if (const auto why = missing({"skopeo", "haproxy", "dockerd", "docker"}); !why.empty()) {
        GTEST_SKIP() << why;
    }
    if (geteuid() != 0) {
        GTEST_SKIP() << "dockerd works as root only";
    }
    ASSERT_NO_FATAL_FAILURE(startRegistry());
    const std::string socket = "unix://" + folder("docker.sock");
    const std::string docker = "docker --host " + socket;
    const std::string why =
        startDaemon("dockerd --iptables=false --bridge=none --storage-driver=vfs --data-root " +
                        folder("docker-data") + " --exec-root " + folder("docker-exec") + " --pidfile " +
                        folder("docker.pid") + " --host " + socket,
                    [&] { return run(docker + " version").exitCode == 0; });
    if (isRefusal(why)) {
        GTEST_SKIP() << "this computer does not let dockerd start: " << why;
    }
    ASSERT_EQ(why, "");
    must("skopeo copy oci:layout:v1 docker-archive:" + folder("image.tar") + ":local/app:v1");
    must(docker + " load -i " + folder("image.tar"));
    const std::string id = firstLine(must(docker + " images -q --no-trunc local/app:v1"));
    for (std::size_t i = 0; i < addresses().size(); ++i) {
        must(docker + " login -u admin --password-stdin " + addresses()[i], password());
        must(docker + " login -u admin --password-stdin " + after(i), password());
        const std::string name = "/docker/app" + std::to_string(i);
        const std::string pushed = addresses()[i] + name;
        must(docker + " tag " + id + " " + pushed + ":v1");
        must(docker + " tag " + id + " " + pushed + "/copy:v1");
        const std::string digest = wordAfter(must(docker + " push " + pushed + ":v1"), "digest: ");
        const int before = mounts();
        must(docker + " push " + pushed + "/copy:v1");
        EXPECT_GE(mounts() - before, 1) << "the layers were not mounted";
        for (const std::string& address : addresses()) {
            EXPECT_EQ(digestAt(address, name.substr(1) + "/copy:v1"), digest);
        }
        must(docker + " rmi -f " + id);
        const std::string pulled = after(i) + name + "/copy:v1";
        must(docker + " pull " + pulled);
        EXPECT_EQ(firstLine(must(docker + " images -q --no-trunc " + pulled)), id);
    }
}

} // namespace
} // namespace pilothouse::test
