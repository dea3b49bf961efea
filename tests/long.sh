#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What happens rarely is looked for during an hour: `./run test --long`. Each round begins with another seed, which is
# printed; with PILOTHOUSE_TEST_SEED set to it, a test does the same again as far as the timing of replicas allows.
#
#   long.sh PROGRAMS [SECONDS]      the folder of the test programs; 3600 by default
set -uo pipefail
readonly programs=$1 whole=${2:-3600}
result=0

# The share of the hour in percent, a program, its tests. Again and again until the share is over, or once at least.
repeat() {
    local end=$((SECONDS + whole * $1 / 100))
    while :; do
        export PILOTHOUSE_TEST_SEED=$((RANDOM * 32768 + RANDOM))
        echo "==> $2 $3, PILOTHOUSE_TEST_SEED=$PILOTHOUSE_TEST_SEED"
        if ! "$programs/$2" --gtest_filter="$3" --gtest_brief=1; then
            result=1
            return
        fi
        ((SECONDS < end)) || return
    done
}

# Each of the two of tags goes on for a quarter of the time; the collector's has 10,000 rounds whatever they take.
export PILOTHOUSE_TEST_SECONDS=$((whole / 4))
repeat 0 test_e2e 'RegistryLinearizability*'
repeat 0 test_replica_scenarios '*CollectorRace*'
repeat 20 test_e2e 'RegistryDurability*:Durability*'
repeat 10 test_untrusted '*'
exit $result
