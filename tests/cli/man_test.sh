#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Holds the man pages against the programs: every command, option and environment variable that one of them names is in
# the other; and the pages are free of what mandoc and groff complain about.
#
#   man_test.sh PROGRAM_FOLDER MAN_FOLDER
set -euo pipefail
readonly programs=$1 pages=$2
# shellcheck source=tests/cli/help.sh
source "$(dirname "${BASH_SOURCE[0]}")/help.sh"
result=0

finding() {
    echo "$*"
    result=1
}

# Two lists of lines that should be one: what only one of them has.
compare() { # WHAT PAGE HELP
    local only
    only=$(comm -23 <(sort -u <<<"$2") <(sort -u <<<"$3") | grep . | paste -sd ' ') || true
    [[ -z $only ]] || finding "$1: only in the man page: $only"
    only=$(comm -13 <(sort -u <<<"$2") <(sort -u <<<"$3") | grep . | paste -sd ' ') || true
    [[ -z $only ]] || finding "$1: only in --help: $only"
}

# The commands that have a heading of their own in a page.
commands_in_page() { awk -v name="$2" '$1 == ".Ss" && $2 == name { sub(/^.Ss /, ""); print }' "$1"; }

# The options that a page lists under a heading, one a line, and those of the section that it refers to.
options_in_page() { # PAGE HEADING
    awk -v wanted="$2" '
        /^\.S[sh] / { heading = $0; sub(/^\.S[sh] /, "", heading) }
        heading == wanted && /^\.It Fl/ {
            for (i = 2; i <= NF; i++) if ($i ~ /^-[a-z]/ && $i != "-help") print substr($i, 2)
        }
        heading == wanted && /^\.Sx WHICH CLUSTER/ { shared = 1 }
        { lines[NR] = $0 }
        END {
            if (!shared) exit
            heading = ""
            for (n = 1; n <= NR; n++) {
                if (lines[n] ~ /^\.S[sh] /) heading = lines[n]
                if (heading ~ /^\.Sh WHICH CLUSTER/ && split(lines[n], word, " ") > 2 && word[1] == ".It" && word[2] == "Fl")
                    print substr(word[3], 2)
            }
        }' "$1"
}

variables_in_page() { awk '/^\.Sh / { env = /ENVIRONMENT/ } env && /^\.It Ev/ { print $3 }' "$1" | grep '^PILOTHOUSE_' || true; }

check_program() { # NAME SECTION
    local name=$1 page=$pages/$1.$2 program=$programs/$1 command words commands variables=""
    [[ -f $page ]] || {
        finding "there is no page $page"
        return
    }
    commands=$(commands_of "$program" "$name")
    compare "$name: commands" "$(commands_in_page "$page" "$name")" "$(tail -n +2 <<<"$commands")"
    while read -r command; do
        read -ra words <<<"$command"
        variables+=$(variables_of "$program" "${words[@]:1}")$'\n'
        if [[ $command == "$name" ]]; then
            continue # its own options, in prose or checked below
        fi
        compare "$command: options" "$(options_in_page "$page" "$command")" "$(options_of "$program" "${words[@]:1}")"
    done <<<"$commands"
    compare "$name: environment" "$(variables_in_page "$page")" "$variables"
}

# The console has no commands: its options stand in the description.
check_console() {
    compare "pilothouse: options" "$(options_in_page "$pages/pilothouse.1" DESCRIPTION)" \
        "$(options_of "$programs/pilothouse")"
}

check_form() {
    local page said
    for page in "$pages"/*.[18]; do
        said=$(mandoc -Tlint -Wwarning "$page" 2>&1) || true
        [[ -z $said ]] || finding "mandoc: $said"
        said=$(LC_ALL=C.UTF-8 groff -mandoc -Tutf8 -ww -rF0 "$page" 2>&1 >/dev/null) || true
        [[ -z $said ]] || finding "groff: $said"
        for heading in NAME SYNOPSIS DESCRIPTION ENVIRONMENT FILES 'EXIT STATUS' EXAMPLES; do
            grep -qx "\.Sh $heading" "$page" || finding "$page has no $heading"
        done
    done
}

check_program pilothousectl 1
check_program pilothouse-replica 8
check_console
check_form
exit $result
