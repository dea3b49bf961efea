#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs everything into a folder of its own, checks what is there, and runs the installed replica.
#
#   install_test.sh CMAKE BUILD_FOLDER PREFIX
set -euo pipefail
cmake=$1 build=$2 prefix=$3
work=$(mktemp -d)
served=""
finish() {
    [[ -z $served ]] || kill -KILL "$served" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT

fail() {
    printf 'FAILED: %s\n' "$*" >&2
    [[ ! -f $work/log ]] || cat "$work/log" >&2
    exit 1
}

DESTDIR=$work "$cmake" --install "$build" >"$work/install.log" || { cat "$work/install.log"; fail "cmake --install"; }
root=$work$prefix
# /usr/local and the like keep their settings in PREFIX/etc, /usr in /etc (GNUInstallDirs).
etc=$work$prefix/etc
[[ $prefix != /usr ]] || etc=$work/etc

check_files() {
    local file
    for file in bin/pilothouse bin/pilothousectl bin/pilothouse-replica lib/systemd/system/pilothouse-replica.service \
        lib/sysusers.d/pilothouse.conf lib/tmpfiles.d/pilothouse.conf share/applications/pilothouse.desktop \
        share/metainfo/pilothouse.metainfo.xml share/icons/hicolor/scalable/apps/pilothouse.svg; do
        [[ -s $root/$file ]] || fail "$file is not installed: $(find "$work" -name "$(basename "$file")")"
    done
    [[ -s $etc/pilothouse/pilothouse-replica.conf ]] || fail "the example of settings is not installed"
    ! find "$work" -name '*.a' -o -name '*.h' | grep . || fail "libraries or headers are installed"
}

check_unit() {
    local unit=$root/lib/systemd/system/pilothouse-replica.service
    ! grep -q '@' <(grep -v '^SystemCallFilter' "$unit") || fail "something is not filled in: $(grep '@' "$unit")"
    grep -q "^ExecStart=$prefix/bin/pilothouse-replica serve --config " "$unit" || fail "$(grep ExecStart "$unit")"
    local config
    config=$(sed -n 's/^ExecStart=.*--config //p' "$unit")
    [[ -s $work$config ]] || fail "the unit's settings $config are not installed"
    if command -v systemd-analyze >/dev/null; then
        # It looks for the programs where the unit says they are: a copy that names the installed ones.
        sed "s|^ExecStart=$prefix|ExecStart=$root|" "$unit" >"$work/pilothouse-replica.service"
        local said
        said=$(SYSTEMD_LOG_LEVEL=warning systemd-analyze verify --man=no "$work/pilothouse-replica.service" 2>&1) || true
        ! grep -i "pilothouse" <<<"$said" || fail "systemd-analyze: $said"
        systemd-analyze security --offline=yes --no-pager "$work/pilothouse-replica.service" 2>/dev/null | tail -n 1
        ! command -v systemd-sysusers >/dev/null || systemd-sysusers --dry-run "$root/lib/sysusers.d/pilothouse.conf" ||
            fail "systemd-sysusers does not take its file"
    fi
}

check_desktop() {
    desktop-file-validate "$root/share/applications/pilothouse.desktop" || fail "the desktop entry"
    local said # newer versions want a home page, which there is none of
    said=$(appstreamcli validate --no-net "$root/share/metainfo/pilothouse.metainfo.xml") || true
    ! grep -E "^[EW]:" <<<"$said" | grep -v "url-homepage-missing" || fail "the metainfo"
    [[ $said == *alidation* ]] || fail "appstreamcli: $said"
}

# A free block of ports below the ephemeral range; tried again when another process was quicker.
free_port() {
    local port=$((25000 + RANDOM % 190 * 10)) offset
    for offset in 0 1 2 3; do
        if (exec 3<>"/dev/tcp/127.0.0.1/$((port + offset))") 2>/dev/null; then
            free_port
            return
        fi
    done
    echo "$port"
}

health() { # the status line of /health
    { exec 3<>"/dev/tcp/127.0.0.1/$1" && printf 'GET /health HTTP/1.0\r\n\r\n' >&3 && head -n 1 <&3; } 2>/dev/null || true
}

# init, serve, healthy, SIGTERM.
check_replica() {
    local port program=$root/bin/pilothouse-replica started code=0
    port=$(free_port)
    "$program" init --name Installed --host 127.0.0.1 --data-dir "$work/data" --https-port "$port" \
        --http-port $((port + 1)) --peer-port $((port + 2)) --engine-port $((port + 3)) >"$work/init.log" ||
        fail "init: $(cat "$work/init.log")"
    "$program" serve --config "$etc/pilothouse/pilothouse-replica.conf" --data-dir "$work/data" --disk-floor 0 \
        >"$work/log" 2>&1 &
    served=$!
    started=$SECONDS
    until [[ $(health $((port + 1))) == *" 200 "* ]]; do
        kill -0 "$served" 2>/dev/null || fail "the replica ended"
        ((SECONDS - started < 60)) || fail "the replica is not healthy after a minute: $(health $((port + 1)))"
        sleep 0.1
    done
    "$program" local status --data-dir "$work/data" | grep -q '^Health *healthy$' || fail "local status"
    started=$(date +%s%N)
    kill -TERM "$served"
    wait "$served" || code=$?
    served=""
    [[ $code == 0 ]] || fail "exit code $code after SIGTERM"
    local took=$((($(date +%s%N) - started) / 1000000))
    echo "stopped in $took ms"
    ((took < 5000)) || fail "SIGTERM took $took ms"
}

check_files
check_unit
check_desktop
check_replica
