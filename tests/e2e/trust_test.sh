#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Real clients trust a sandbox's CA by `pilothousectl trust` alone: no other option tells them about certificates.
#
#   trust_test.sh user PROGRAM_FOLDER   an ordinary user installs, runs each of the four lines as printed, takes it away again
#   trust_test.sh root PROGRAM_FOLDER   root installs; skopeo, ctr and docker, at an address that docker verifies
#
# As root "user" is done by an ordinary user, and "root" in mounts and a network of its own, so that this computer's /etc
# stays as it is. Ends with 77 where that cannot be.
set -euo pipefail
readonly part=$1 programs=$2
readonly ordinary=65534
readonly official=localhost:5443 official_ip=192.0.2.1
readonly sandbox=trust$$

skip() { echo "skipped: $*" && exit 77; }
fail() { echo "$*" >&2 && exit 1; }

for program in skopeo podman setpriv unshare; do
    command -v "$program" >/dev/null || skip "$program is not installed"
done

# --- in other shoes

if [[ $part == user && $(id -u) == 0 ]]; then
    setpriv --reuid=$ordinary --regid=$ordinary --clear-groups test -x "$programs/pilothousectl" ||
        skip "an ordinary user cannot reach $programs"
    exec setpriv --reuid=$ordinary --regid=$ordinary --clear-groups env -u XDG_RUNTIME_DIR "$0" user "$programs"
fi
if [[ $part == root && ${PILOTHOUSE_APART:-} != yes ]]; then
    [[ $(id -u) == 0 ]] || skip "this part is root's"
    PATH=$PATH:/usr/sbin:/sbin
    unshare -mn ip link set lo up 2>/dev/null || skip "this computer allows no mounts and network of one's own"
    PILOTHOUSE_APART=yes exec unshare -mn --propagation private "$0" root "$programs"
fi

folder=$(mktemp -d)
daemons=()
clean_up() {
    local pid
    ctl sandbox remove "$sandbox" --yes >/dev/null 2>&1 || true
    for pid in "${daemons[@]}"; do
        kill "$pid" 2>/dev/null || true
        wait "$pid" || true
    done
    chmod -R u+rwX "$folder" 2>/dev/null || true
    rm -rf "$folder"
}
trap clean_up EXIT
export HOME=$folder XDG_DATA_HOME=$folder/data XDG_CONFIG_HOME=$folder/.config LC_ALL=C.UTF-8
export REGISTRY_AUTH_FILE=$folder/auth.json DOCKER_CONFIG=$folder/docker
cd "$folder"

ctl() { "$programs/pilothousectl" "$@"; }

# What `trust --json` has under a key, one a line.
told() { grep -o "\"$1\":\"[^\"]*\"" | sed 's/^[^:]*:"//; s/"$//' || true; }

# Waits until a command succeeds: 30 s at most.
until_done() {
    local end=$((SECONDS + 30))
    until "$@" >/dev/null 2>&1; do
        ((SECONDS < end)) || return 1
        sleep 0.1
    done
}

must_not_trust() { # ADDRESS
    local said
    said=$(skopeo inspect "docker://$1/team/app:1" 2>&1) && fail "skopeo trusts $1 without being told"
    [[ $said == *certificate* ]] || fail "skopeo fails at $1 for another reason: $said"
}

# --- an ordinary user

part_of_user() {
    local lines line ran=0 installed address
    podman info >/dev/null 2>"$folder/why" || skip "podman cannot work here: $(tail -n 1 "$folder/why")"
    mkdir -p .config/containers
    printf '[storage]\ndriver = "vfs"\n' >.config/containers/storage.conf
    ctl sandbox start "$sandbox" >/dev/null
    mapfile -t addresses < <(ctl trust "$sandbox" --json | told address | sort -u)
    [[ ${#addresses[@]} == 3 ]] || fail "not three addresses: ${addresses[*]}"
    must_not_trust "${addresses[0]}"

    installed=$(ctl trust "$sandbox" --install)
    grep -q 'sudo install -D -m 644 .* /etc/docker/certs.d/' <<<"$installed" || fail "what is left for root is missing"
    [[ ! -e /etc/docker/certs.d/${addresses[0]} ]] || fail "something was written as root"
    for address in "${addresses[@]}"; do
        [[ $(stat -c %a ".config/containers/certs.d/$address/ca.crt") == 644 ]] || fail "$address: not for everybody"
    done
    [[ $(ctl trust "$sandbox" --install) == *"already trusted"* ]] || fail "an identical file is not left alone"

    echo hello >hello
    tar -c --owner=0 --group=0 hello | podman import --quiet - localhost/hello:1 >said 2>&1 || fail "podman import: $(cat said)"
    # As they stand for people: the four lines after the last heading, comments between them.
    mapfile -t lines < <(sed -n 's/^  //p' <<<"$installed" | grep -A 20 '^# ' | grep -v '^#')
    for line in "${lines[@]}"; do
        sh -c "${line/IMAGE/localhost/hello:1}" </dev/null >"$folder/said" 2>&1 || fail "$line: $(cat "$folder/said")"
        ran=$((ran + 1))
    done
    [[ $ran == 4 ]] || fail "not four lines: ${lines[*]}"

    other_authority "${addresses[0]}"
    ctl trust "$sandbox" --remove >/dev/null
    for address in "${addresses[@]}"; do
        [[ ! -e .config/containers/certs.d/$address ]] || fail "$address is still trusted"
        must_not_trust "$address"
    done

    ctl trust "$sandbox" --install >/dev/null
    ctl sandbox remove "$sandbox" --yes >/dev/null 2>said
    for address in "${addresses[@]}"; do
        [[ ! -e .config/containers/certs.d/$address ]] || fail "$address is trusted though its sandbox has gone"
        grep -q "Removed .*/certs.d/$address/ca.crt" said || fail "nothing is said of $address: $(cat said)"
    done
}

# Another CA in the same place: shown old beside new, and replaced only when that is said.
other_authority() { # ADDRESS
    local file=.config/containers/certs.d/$1/ca.crt said print
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout other.key -out "$file" -days 2 \
        -subj /CN=other 2>/dev/null
    print=$(openssl x509 -in "$file" -noout -fingerprint -sha256)
    said=$(ctl trust "$sandbox" --install 2>/dev/null) && fail "another CA is no failure"
    [[ $said == *"${print#*=}"* ]] || fail "the CA that is there is not shown: $said"
    [[ $(ctl trust "$sandbox" --json | told instead) == "${print#*=}" ]] || fail "it is not in the JSON"
    ctl trust "$sandbox" --remove >/dev/null
    [[ $(openssl x509 -in "$file" -noout -fingerprint -sha256) == "$print" ]] || fail "another's CA was taken away"
    ctl trust "$sandbox" --install --replace >/dev/null
    cmp -s "$file" <(ctl trust "$sandbox" --json | told ca_file | xargs cat) || fail "--replace did not replace"
}

# --- root

# "localhost" is a name in the replicas' certificates; here it is an address that docker takes for a real one, where a
# balancer stands before the replicas.
stand_apart() {
    local path
    ip link set lo up
    ip addr add $official_ip/32 dev lo
    printf '%s localhost\n' $official_ip >"$folder/hosts"
    mount --bind "$folder/hosts" /etc/hosts
    for path in containers docker containerd; do
        mkdir -p "$folder/etc/$path" "/etc/$path"
        cp -r "/etc/$path/." "$folder/etc/$path/"
        rm -rf "$folder/etc/$path/certs.d"
        mount --bind "$folder/etc/$path" "/etc/$path"
    done
}

balance() { # ADDRESS...
    local address
    {
        printf 'defaults\n mode tcp\n timeout connect 5s\n timeout client 60s\n timeout server 60s\n'
        printf 'listen registry\n bind %s:%s\n' $official_ip "${official#*:}"
        for address in "$@"; do printf ' server r%s %s\n' "${address#*:}" "$address"; done
    } >haproxy.cfg
    start haproxy -db -f haproxy.cfg
}

start() { # PROGRAM ARGUMENT...
    "$@" >"$folder/$1.log" 2>&1 &
    daemons+=($!)
}

part_of_root() {
    local json password
    command -v haproxy >/dev/null || skip "haproxy is not installed"
    stand_apart
    PILOTHOUSE_EXTERNAL_URL=https://$official ctl sandbox start "$sandbox" >/dev/null
    password=$(cat "data/pilothouse/sandboxes/$sandbox/password")
    json=$(ctl trust "$sandbox" --json)
    mapfile -t addresses < <(told address <<<"$json" | awk '!seen[$0]++')
    [[ ${addresses[0]} == "$official" && ${#addresses[@]} == 4 ]] || fail "not the official address and three: ${addresses[*]}"
    balance "${addresses[@]:1}"
    until_done bash -c "exec 3<>/dev/tcp/$official_ip/${official#*:}" || fail "haproxy: $(cat haproxy.log)"
    must_not_trust $official

    # The printed commands do the same as --install.
    told command <<<"$json" | head -n 1 | grep -q sudo && fail "root is told to use sudo"
    ctl trust "$sandbox" --install >/dev/null
    sha256sum /etc/{containers,docker,containerd}/certs.d/*/* >installed
    ctl trust "$sandbox" --remove >/dev/null
    [[ -z $(find /etc/{containers,docker,containerd}/certs.d -mindepth 1) ]] || fail "something was left behind"
    ctl trust "$sandbox" | sed -n 's/^  \(install\|printf\) /\1 /p' | bash
    sha256sum -c --quiet installed || fail "the printed commands write something else"

    skopeo login --username admin --password-stdin $official <<<"$password" >/dev/null
    tar -c -C / etc/hosts >layer.tar
    with_docker
    with_ctr "$password"
}

on_docker() { docker --host "unix://$folder/docker.sock" "$@"; }

with_docker() {
    command -v dockerd >/dev/null || { echo "without docker: it is not installed" && return; }
    start dockerd --iptables=false --ip6tables=false --bridge=none --storage-driver=vfs --data-root "$folder/docker-data" \
        --exec-root "$folder/docker-exec" --pidfile "$folder/docker.pid" --host "unix://$folder/docker.sock"
    until_done on_docker version || { echo "without docker: $(tail -n 1 dockerd.log)" && return; }
    on_docker import - local/app:1 <layer.tar >/dev/null
    ctl trust "$sandbox" --remove >/dev/null
    on_docker login --username admin --password-stdin $official <"data/pilothouse/sandboxes/$sandbox/password" >said 2>&1 &&
        fail "docker trusts $official without being told: this test shows nothing"
    grep -q certificate said || fail "docker fails for another reason: $(cat said)"
    ctl trust "$sandbox" --install >/dev/null
    on_docker login --username admin --password-stdin $official <"data/pilothouse/sandboxes/$sandbox/password" >said 2>&1 ||
        fail "docker login: $(cat said)"
    on_docker tag local/app:1 $official/team/app:1
    on_docker push $official/team/app:1 >said 2>&1 || fail "docker push: $(cat said)"
    on_docker rmi $official/team/app:1 local/app:1 >/dev/null
    on_docker pull $official/team/app:1 >said 2>&1 || fail "docker pull: $(cat said)"
    echo "docker trusts $official"
    skopeo inspect docker://$official/team/app:1 >/dev/null
}

on_ctr() { ctr --address "$folder/containerd.sock" "$@"; }

with_ctr() { # PASSWORD
    command -v containerd >/dev/null || { echo "without containerd: it is not installed" && return; }
    printf 'version = 2\nroot = "%s/c/root"\nstate = "%s/c/state"\ndisabled_plugins = ["io.containerd.grpc.v1.cri"]\n[grpc]\naddress = "%s"\n[ttrpc]\naddress = "%s.ttrpc"\n' \
        "$folder" "$folder" "$folder/containerd.sock" "$folder/containerd.sock" >containerd.toml
    start containerd --config containerd.toml
    until_done on_ctr version || { echo "without containerd: $(tail -n 1 containerd.log)" && return; }
    on_ctr content fetch --user "admin:$1" $official/team/app:1 >said 2>&1 && fail "ctr trusts without being told"
    # It speaks plain HTTP to what is called localhost, until hosts.toml says otherwise.
    grep -Eq 'certificate|400 Bad Request' said || fail "ctr fails for another reason: $(cat said)"
    on_ctr content fetch --hosts-dir /etc/containerd/certs.d --user "admin:$1" $official/team/app:1 >said 2>&1 ||
        fail "ctr: $(cat said)"
    on_ctr content fetch --hosts-dir /etc/containerd/certs.d --user "admin:$1" $official/team/none:1 >said 2>&1 &&
        fail "ctr finds what is not there"
    grep -q 'not found' said || fail "ctr's last word is not about what is missing: $(cat said)"
    echo "containerd trusts $official"
}

"part_of_$part"
