#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Drives the completion in a real bash: types the beginning of a command line, presses Tab where a person would, and
# reads what bash itself has to offer.
#
#   completion_test.sh PROGRAM_FOLDER COMPLETION_FILE
set -euo pipefail
readonly programs=$1 completion=$2
# shellcheck source=tests/cli/help.sh
source "$(dirname "${BASH_SOURCE[0]}")/help.sh"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export XDG_DATA_HOME=$folder/data XDG_CONFIG_HOME=$folder/config
result=0

# Two sandboxes and a saved cluster, as their files say; nothing runs.
write_files() {
    local name
    for name in demo five; do
        mkdir -p "$XDG_DATA_HOME/pilothouse/sandboxes/$name"
        cat >"$XDG_DATA_HOME/pilothouse/sandboxes/$name/sandbox.json" <<JSON
{"name": "$name", "dir": "$folder/$name", "ca_file": "", "username": "admin", "password_file": "", "replicas": [
 {"id": "a41f09c2d7e3", "name": "reg-1-of-$name", "url": "https://127.0.0.1:1", "http_url": "", "pid": null, "data_dir": "/x"},
 {"id": "b41f09c2d7e3", "name": "reg-2-of-$name", "url": "https://127.0.0.1:2", "http_url": "", "pid": null, "data_dir": "/y"}]}
JSON
    done
    mkdir -p "$XDG_CONFIG_HOME/pilothouse"
    cat >"$XDG_CONFIG_HOME/pilothouse/clusters.json" <<JSON
{"schema": 1, "clusters": [{"name": "prod", "seeds": ["https://prod-1"], "ca": "", "cluster_id": "", "user": "admin",
 "password_file": "", "members": [{"id": "c41f09c2d7e3", "name": "prod-1", "url": "https://prod-1"}]}]}
JSON
}

# What an interactive bash offers for a line, one a line: Alt-* inserts all completions into the line, Enter runs it, and
# the program, a function here, prints its last arguments.
offers() { # LINE, its last word to be completed
    local line=$1 before
    before=$(wc -w <<<"$line")
    [[ $line == *' ' ]] || before=$((before - 1))
    {
        cat <<SETUP
PATH=$programs:\$PATH
source $completion
PS1=
show() { printf 'OFFER %s\n' "\${@:$((before + 1))}"; }
SETUP
        # The line is typed with the real program's name, so that its completion is found, and run as "show".
        printf '%s\033*\001show \n' "$line"
        echo exit
    } | TERM=dumb bash --norc --noprofile -i 2>/dev/null | sed -n 's/^OFFER //p' | sort -u
}

expect() { # LINE WORD...
    local line=$1 got wanted
    shift
    wanted=$(printf '%s\n' "$@" | sort -u)
    got=$(offers "$line")
    if [[ $got != "$wanted" ]]; then
        echo "After \"$line\" it offers: $(paste -sd ' ' <<<"$got")"
        echo "  expected: $(paste -sd ' ' <<<"$wanted")"
        result=1
    fi
}

# Every option of a command, as its --help has it.
expect_options() { # WORDS OF THE COMMAND
    local -a words=("$@")
    local -a all
    mapfile -t all < <(options_of "$programs/${words[0]}" "${words[@]:1}" | sed 's/^/--/')
    expect "${words[*]} --" "${all[@]}" --help
}

write_files
expect 'pilothousectl s' sandbox setting status
expect 'pilothousectl sandbox st' start status stop
expect 'pilothousectl repo ' delete gc inspect list tags
expect 'pilothousectl repo tags team/app --order ' name newest
expect 'pilothousectl sandbox stop ' demo five
expect 'pilothousectl sandbox kill demo ' reg-1-of-demo reg-2-of-demo
expect 'pilothousectl sandbox kill five reg-1' reg-1-of-five
expect 'pilothousectl status --cluster ' demo five prod
expect 'pilothousectl status --cluster=p' --cluster=prod
expect 'pilothousectl drain --cluster demo ' reg-1-of-demo reg-2-of-demo
expect 'pilothousectl make-leader prod' prod-1
expect 'pilothousectl rolling-restart --cluster demo ' reg-1-of-demo reg-2-of-demo
expect 'pilothousectl rename --cluster demo ' reg-1-of-demo reg-2-of-demo
expect 'pilothousectl cluster remove ' prod
expect 'pilothousectl remove --cluster demo ' reg-1-of-demo reg-2-of-demo
expect 'pilothousectl forget prod' prod-1
expect 'pilothousectl diagnose --cluster demo ' reg-1-of-demo reg-2-of-demo
expect 'pilothousectl check --cluster demo --replica ' reg-1-of-demo reg-2-of-demo
expect 'pilothousectl operations ' cancel export follow list show skip
expect 'pilothousectl operations export x --format ' json markdown
expect 'pilothousectl trust ' demo five prod
expect 'pilothousectl trust demo --r' --remove --replace
expect 'pilothousectl user create ci --role ' admin guest reader writer
expect 'pilothouse --cluster ' demo five prod
expect 'pilothouse --cluster five --replica ' reg-1-of-five reg-2-of-five
expect 'pilothouse --theme ' dark light system
expect 'pilothouse-replica serve --log-level ' debug error info warning
expect_options pilothousectl status
expect_options pilothousectl sandbox start
expect_options pilothousectl sandbox kill
expect_options pilothousectl cluster remove
expect_options pilothousectl repo delete
expect_options pilothousectl forget
expect_options pilothousectl check
expect_options pilothousectl diagnose
expect_options pilothousectl join
expect_options pilothousectl replace
expect_options pilothousectl repair
expect 'pilothousectl repair ' put-back status
expect_options pilothousectl repair put-back
expect 'pilothousectl repair --cluster demo --from ' reg-1-of-demo reg-2-of-demo
expect 'pilothousectl repair --cluster demo --destroyed ' reg-1-of-demo reg-2-of-demo
expect 'pilothousectl repair --cluster demo --cut-off reg-2-of-demo,reg-1' reg-2-of-demo,reg-1-of-demo
expect 'pilothousectl replace prod' prod-1
expect_options pilothousectl remove
expect_options pilothousectl operations export
expect_options pilothousectl trust
expect_options pilothouse-replica serve
exit $result
