<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>advice</name>
    <message numerus="yes">
        <source>%1 replicas are needed back.</source>
        <translation>
            <numerusform>%1 replicas are needed back.</numerusform>
            <numerusform>%1 replicas are needed back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 replicas survive no more losses than %2: an even number adds no safety.</source>
        <translation>
            <numerusform>%1 replicas survive no more losses than %2: an even number adds no safety.</numerusform>
            <numerusform>%1 replicas survive no more losses than %2: an even number adds no safety.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 replicas: more than seven cost more than they give.</source>
        <translation>
            <numerusform>%1 replicas: more than seven cost more than they give.</numerusform>
            <numerusform>%1 replicas: more than seven cost more than they give.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The hosts of %1 answer and refuse: the service is down.</source>
        <translation>
            <numerusform>The hosts of %1 answer and refuse: the service is down.</numerusform>
            <numerusform>The hosts of %1 answer and refuse: the service is down.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 do not run.</source>
        <translation>
            <numerusform>%1 do not run.</numerusform>
            <numerusform>%1 do not run.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 are paused.</source>
        <translation>
            <numerusform>%1 are paused.</numerusform>
            <numerusform>%1 are paused.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 do not answer at all: hosts or network.</source>
        <translation>
            <numerusform>%1 do not answer at all: hosts or network.</numerusform>
            <numerusform>%1 do not answer at all: hosts or network.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 answer, but not to us.</source>
        <translation>
            <numerusform>%1 answer, but not to us.</numerusform>
            <numerusform>%1 answer, but not to us.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Until then: from %1 themselves, status, events and logins. Changes are refused, and nothing works through a load balancer.</source>
        <translation>
            <numerusform>Until then: from %1 themselves, status, events and logins. Changes are refused, and nothing works through a load balancer.</numerusform>
            <numerusform>Until then: from %1 themselves, status, events and logins. Changes are refused, and nothing works through a load balancer.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Only if %1 never come back</source>
        <translation>
            <numerusform>Only if %1 never comes back</numerusform>
            <numerusform>Only if %1 never come back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 blobs have no copy there.</source>
        <translation>
            <numerusform>%1 blob has no copy there.</numerusform>
            <numerusform>%1 blobs have no copy there.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>card</name>
    <message numerus="yes">
        <source>%1 entries behind</source>
        <translation>
            <numerusform>%1 entries behind</numerusform>
            <numerusform>%1 entries behind</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 entries not applied</source>
        <translation>
            <numerusform>%1 entries not applied</numerusform>
            <numerusform>%1 entries not applied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 blobs still to copy</source>
        <translation>
            <numerusform>%1 blobs still to copy</numerusform>
            <numerusform>%1 blobs still to copy</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>draining · %1 requests left</source>
        <translation>
            <numerusform>draining · %1 requests left</numerusform>
            <numerusform>draining · %1 requests left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>documents</name>
    <message numerus="yes">
        <source>%n checks block it.</source>
        <translation>
            <numerusform>%n check blocks it.</numerusform>
            <numerusform>%n checks block it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n checks needed a word, and this reason was given: %1</source>
        <translation>
            <numerusform>%n check needed a word, and this reason was given: %1</numerusform>
            <numerusform>%n checks needed a word, and this reason was given: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n checks need your word, and a reason.</source>
        <translation>
            <numerusform>%n check needs your word, and a reason.</numerusform>
            <numerusform>%n checks need your word, and a reason.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fact</name>
    <message numerus="yes">
        <source>%1 blobs still being copied to %2</source>
        <translation>
            <numerusform>%1 blobs still being copied to %2</numerusform>
            <numerusform>%1 blobs still being copied to %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 agree</source>
        <translation>
            <numerusform>%1 agree</numerusform>
            <numerusform>%1 agree</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 see none</source>
        <translation>
            <numerusform>%1 see none</numerusform>
            <numerusform>%1 see none</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 vote, %3 needed</source>
        <translation>
            <numerusform>%1 of %2 vote, %3 needed</numerusform>
            <numerusform>%1 of %2 vote, %3 needed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 vote here</source>
        <translation>
            <numerusform>%1 of %2 vote here</numerusform>
            <numerusform>%1 of %2 vote here</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headline</name>
    <message numerus="yes">
        <source>Healthy; %1 are catching up</source>
        <translation>
            <numerusform>Healthy; %1 are catching up</numerusform>
            <numerusform>Healthy; %1 are catching up</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It works, but %1 are not well</source>
        <translation>
            <numerusform>It works, but %1 are not well</numerusform>
            <numerusform>It works, but %1 are not well</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>A partition: %1 are cut off from the other %2</source>
        <translation>
            <numerusform>A partition: %1 are cut off from the other %2</numerusform>
            <numerusform>A partition: %1 are cut off from the other %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pilothouse::models::Fields</name>
    <message numerus="yes">
        <source>%n entries</source>
        <translation>
            <numerusform>%n entry</numerusform>
            <numerusform>%n entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 entries behind by now</source>
        <translation>
            <numerusform>%1 entry behind by now</numerusform>
            <numerusform>%1 entries behind by now</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>valid, %1 days left</source>
        <translation>
            <numerusform>valid, %1 day left</numerusform>
            <numerusform>valid, %1 days left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::OperationPanel</name>
    <message numerus="yes">
        <source>%n earlier lines are in the runbook.</source>
        <translation>
            <numerusform>%n earlier line is in the runbook.</numerusform>
            <numerusform>%n earlier lines are in the runbook.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::Timeline</name>
    <message numerus="yes">
        <source>Last %n minutes</source>
        <translation>
            <numerusform>Last minute</numerusform>
            <numerusform>Last %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Last %n hours</source>
        <translation>
            <numerusform>Last hour</numerusform>
            <numerusform>Last %n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>last %n minutes</source>
        <translation>
            <numerusform>last minute</numerusform>
            <numerusform>last %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>last %n hours</source>
        <translation>
            <numerusform>last hour</numerusform>
            <numerusform>last %n hours</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pilothousectl</name>
    <message numerus="yes">
        <source>%1 of %2 replicas take traffic</source>
        <translation>
            <numerusform>%1 of %2 replicas takes traffic</numerusform>
            <numerusform>%1 of %2 replicas take traffic</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n manifests</source>
        <translation>
            <numerusform>%n manifest</numerusform>
            <numerusform>%n manifests</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n repositories</source>
        <translation>
            <numerusform>%n repository</numerusform>
            <numerusform>%n repositories</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n blobs</source>
        <translation>
            <numerusform>%n blob</numerusform>
            <numerusform>%n blobs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>nothing was changed: %1 changes since the repair would be lost</source>
        <translation>
            <numerusform>nothing was changed: %1 change since the repair would be lost</numerusform>
            <numerusform>nothing was changed: %1 changes since the repair would be lost</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sandbox</name>
    <message numerus="yes">
        <source>sandbox &quot;%2&quot; has %1 replicas already</source>
        <translation>
            <numerusform>sandbox &quot;%2&quot; has %1 replica already</numerusform>
            <numerusform>sandbox &quot;%2&quot; has %1 replicas already</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sentence</name>
    <message numerus="yes">
        <source>%1 say it is fine</source>
        <translation>
            <numerusform>%1 say it is fine</numerusform>
            <numerusform>%1 say it is fine</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 say they are fine</source>
        <translation>
            <numerusform>%1 say they are fine</numerusform>
            <numerusform>%1 say they are fine</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Bring %1 of them back.</source>
        <translation>
            <numerusform>Bring %1 of them back.</numerusform>
            <numerusform>Bring %1 of them back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 do not answer, but their engines still vote.</source>
        <translation>
            <numerusform>%1 do not answer, but their engines still vote.</numerusform>
            <numerusform>%1 do not answer, but their engines still vote.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 does not answer here: heard by %2, but %3 do not hear it.</source>
        <translation>
            <numerusform>%1 does not answer here: heard by %2, but %3 do not hear it.</numerusform>
            <numerusform>%1 does not answer here: heard by %2, but %3 do not hear it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 are not known yet.</source>
        <translation>
            <numerusform>%1 are not known yet.</numerusform>
            <numerusform>%1 are not known yet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not reachable from here and not well: %1; %2 still hear from there.</source>
        <translation>
            <numerusform>Not reachable from here and not well: %1; %2 still hear from there.</numerusform>
            <numerusform>Not reachable from here and not well: %1; %2 still hear from there.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 answer and have no leader; %2 of %3 are needed.</source>
        <translation>
            <numerusform>%1 answer and have no leader; %2 of %3 are needed.</numerusform>
            <numerusform>%1 answer and have no leader; %2 of %3 are needed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 answer and find no majority; %2 of %3 are needed.</source>
        <translation>
            <numerusform>%1 answer and find no majority; %2 of %3 are needed.</numerusform>
            <numerusform>%1 answer and find no majority; %2 of %3 are needed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 do not answer here, nor to %2.</source>
        <translation>
            <numerusform>%1 do not answer here, nor to %2.</numerusform>
            <numerusform>%1 do not answer here, nor to %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 do not answer here.</source>
        <translation>
            <numerusform>%1 do not answer here.</numerusform>
            <numerusform>%1 do not answer here.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 do not answer%2.</source>
        <translation>
            <numerusform>%1 do not answer%2.</numerusform>
            <numerusform>%1 do not answer%2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 answer, but do not let us in%2.</source>
        <translation>
            <numerusform>%1 answer, but do not let us in%2.</numerusform>
            <numerusform>%1 answer, but do not let us in%2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 answer with certificates that are not trusted%2.</source>
        <translation>
            <numerusform>%1 answer with certificates that are not trusted%2.</numerusform>
            <numerusform>%1 answer with certificates that are not trusted%2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It can lose any %1 more and keep accepting pushes.</source>
        <translation>
            <numerusform>It can lose any %1 more and keep accepting pushes.</numerusform>
            <numerusform>It can lose any %1 more and keep accepting pushes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It can lose %1 more: %2 blobs have only %3 copies.</source>
        <translation>
            <numerusform>It can lose %1 more: %2 blobs have only %3 copies.</numerusform>
            <numerusform>It can lose %1 more: %2 blobs have only %3 copies.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 blobs have no copy on a replica that is well.</source>
        <translation>
            <numerusform>%1 blobs have no copy on a replica that is well.</numerusform>
            <numerusform>%1 blobs have no copy on a replica that is well.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>One more loss may lose data: %1 blobs have only 1 copy.</source>
        <translation>
            <numerusform>One more loss may lose data: %1 blobs have only 1 copy.</numerusform>
            <numerusform>One more loss may lose data: %1 blobs have only 1 copy.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 could still see each other and have a majority of their own.</source>
        <translation>
            <numerusform>%1 could still see each other and have a majority of their own.</numerusform>
            <numerusform>%1 could still see each other and have a majority of their own.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Start %1 again, one at a time.</source>
        <translation>
            <numerusform>Start %1 again, one at a time.</numerusform>
            <numerusform>Start %1 again, one at a time.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 replicas answer and wait for each other.</source>
        <translation>
            <numerusform>%1 of %2 replicas answer and wait for each other.</numerusform>
            <numerusform>%1 of %2 replicas answer and wait for each other.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 replicas vote and have the cluster’s state.</source>
        <translation>
            <numerusform>%1 of %2 replicas vote and have the cluster’s state.</numerusform>
            <numerusform>%1 of %2 replicas vote and have the cluster’s state.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 are behind.</source>
        <translation>
            <numerusform>%1 are behind.</numerusform>
            <numerusform>%1 are behind.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 are starting.</source>
        <translation>
            <numerusform>%1 are starting.</numerusform>
            <numerusform>%1 are starting.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 are draining.</source>
        <translation>
            <numerusform>%1 are draining.</numerusform>
            <numerusform>%1 are draining.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The cluster works: %1 have quorum.</source>
        <translation>
            <numerusform>The cluster works: %1 have quorum.</numerusform>
            <numerusform>The cluster works: %1 have quorum.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 answer here but see no leader.</source>
        <translation>
            <numerusform>%1 answer here but see no leader.</numerusform>
            <numerusform>%1 answer here but see no leader.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, which were joining, do not answer.</source>
        <translation>
            <numerusform>%1, which were joining, do not answer.</numerusform>
            <numerusform>%1, which were joining, do not answer.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The databases of %1 have reached their limits: no change is accepted.</source>
        <translation>
            <numerusform>The databases of %1 have reached their limits: no change is accepted.</numerusform>
            <numerusform>The databases of %1 have reached their limits: no change is accepted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The data of %1 differs from the others’.</source>
        <translation>
            <numerusform>The data of %1 differs from the others’.</numerusform>
            <numerusform>The data of %1 differs from the others’.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The engines of %1 have raised alarms: their logs say which.</source>
        <translation>
            <numerusform>The engines of %1 have raised alarms: their logs say which.</numerusform>
            <numerusform>The engines of %1 have raised alarms: their logs say which.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Run “sudo pilothouse-replica local defragment” on %1.</source>
        <translation>
            <numerusform>Run “sudo pilothouse-replica local defragment” on %1.</numerusform>
            <numerusform>Run “sudo pilothouse-replica local defragment” on %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %1, and let new replicas join in their place.</source>
        <translation>
            <numerusform>Remove %1, and let new replicas join in their place.</numerusform>
            <numerusform>Remove %1, and let new replicas join in their place.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Resume %1.</source>
        <translation>
            <numerusform>Resume %1.</numerusform>
            <numerusform>Resume %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>registry</name>
    <message numerus="yes">
        <source>%n images</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n indexes</source>
        <translation>
            <numerusform>%n index</numerusform>
            <numerusform>%n indexes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signatures</source>
        <translation>
            <numerusform>%n signature</numerusform>
            <numerusform>%n signatures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n SBOMs</source>
        <translation>
            <numerusform>%n SBOM</numerusform>
            <numerusform>%n SBOMs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n attestations</source>
        <translation>
            <numerusform>%n attestation</numerusform>
            <numerusform>%n attestations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n charts</source>
        <translation>
            <numerusform>%n chart</numerusform>
            <numerusform>%n charts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n artifacts</source>
        <translation>
            <numerusform>%n artifact</numerusform>
            <numerusform>%n artifacts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tags</source>
        <translation>
            <numerusform>%n tag</numerusform>
            <numerusform>%n tags</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n manifests</source>
        <translation>
            <numerusform>%n manifest</numerusform>
            <numerusform>%n manifests</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pilothouse::models::RepositoryListModel</name>
    <message numerus="yes">
        <source>%n matching tags</source>
        <translation>
            <numerusform>%n matching tag</numerusform>
            <numerusform>%n matching tags</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tags</source>
        <translation>
            <numerusform>%n tag</numerusform>
            <numerusform>%n tags</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pilothouse::models::LayerModel</name>
    <message numerus="yes">
        <source>%n manifests</source>
        <translation>
            <numerusform>%n manifest</numerusform>
            <numerusform>%n manifests</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::ImagePanel</name>
    <message numerus="yes">
        <source>%1 refer to it</source>
        <translation>
            <numerusform>%1 refers to it</numerusform>
            <numerusform>%1 refer to it</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tags</source>
        <translation>
            <numerusform>%n tag</numerusform>
            <numerusform>%n tags</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::DeleteDialog</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::RepositoryPanel</name>
    <message numerus="yes">
        <source>%n repositories</source>
        <translation>
            <numerusform>%n repository</numerusform>
            <numerusform>%n repositories</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::RepositoriesPage</name>
    <message numerus="yes">
        <source>%n tags</source>
        <translation>
            <numerusform>%n tag</numerusform>
            <numerusform>%n tags</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>operations</name>
    <message numerus="yes">
        <source>%1 blobs must be copied to %2 first</source>
        <translation>
            <numerusform>%1 blob must be copied to %2 first</numerusform>
            <numerusform>%1 blobs must be copied to %2 first</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 requests are still answered there</source>
        <translation>
            <numerusform>%1 request is still answered there</numerusform>
            <numerusform>%1 requests are still answered there</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 voting replicas are well</source>
        <translation>
            <numerusform>%1 of %2 voting replicas is well</numerusform>
            <numerusform>%1 of %2 voting replicas are well</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 still fetches %2 blobs, %3</source>
        <translation>
            <numerusform>%1 still fetches %2 blob, %3</numerusform>
            <numerusform>%1 still fetches %2 blobs, %3</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>lacks %1 blobs</source>
        <translation>
            <numerusform>lacks %1 blob</numerusform>
            <numerusform>lacks %1 blobs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 stay behind. When they come back they are read-only and keep their data, until you empty them and join them again.</source>
        <translation>
            <numerusform>%1 stays behind. When it comes back it is read-only and keeps its data, until you empty it and join it again.</numerusform>
            <numerusform>%1 stay behind. When they come back they are read-only and keep their data, until you empty them and join them again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 holds %2 entries more than %3.</source>
        <translation>
            <numerusform>%1 holds %2 entry more than %3.</numerusform>
            <numerusform>%1 holds %2 entries more than %3.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 holds as many entries as %3, and knows of %2 more that a majority had them.</source>
        <translation>
            <numerusform>%1 holds as many entries as %3, and knows of %2 more that a majority had it.</numerusform>
            <numerusform>%1 holds as many entries as %3, and knows of %2 more that a majority had them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>That would lose the %1 changes made since.</source>
        <translation>
            <numerusform>That would lose the %1 change made since.</numerusform>
            <numerusform>That would lose the %1 changes made since.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 may join again like new hosts, once they are emptied</source>
        <translation>
            <numerusform>%1 may join again like a new host, once it is emptied</numerusform>
            <numerusform>%1 may join again like new hosts, once they are emptied</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>checks</name>
    <message numerus="yes">
        <source>%1 voters answer, %2 are needed.</source>
        <translation>
            <numerusform>%1 voter answers, %2 are needed.</numerusform>
            <numerusform>%1 voters answer, %2 are needed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 that are well would be left, %2 are needed.</source>
        <translation>
            <numerusform>%1 that is well would be left, %2 are needed.</numerusform>
            <numerusform>%1 that are well would be left, %2 are needed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 blobs would be lost</source>
        <translation>
            <numerusform>%1 blob would be lost</numerusform>
            <numerusform>%1 blobs would be lost</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 blobs are still being copied</source>
        <translation>
            <numerusform>%1 blob is still being copied</numerusform>
            <numerusform>%1 blobs are still being copied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 replicas survive no more losses than %2.</source>
        <translation>
            <numerusform>%1 replica survives no more losses than %2.</numerusform>
            <numerusform>%1 replicas survive no more losses than %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 cores, %2 of memory, %3 open files.</source>
        <translation>
            <numerusform>%1 core, %2 of memory, %3 open files.</numerusform>
            <numerusform>%1 cores, %2 of memory, %3 open files.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %1 ways between it and the others are open</source>
        <translation>
            <numerusform>The %1 way between it and the others is open</numerusform>
            <numerusform>All %1 ways between it and the others are open</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 ways between it and the others are closed</source>
        <translation>
            <numerusform>%1 way between it and the others is closed</numerusform>
            <numerusform>%1 ways between it and the others are closed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 replicas will vote</source>
        <translation>
            <numerusform>%1 replica will vote</numerusform>
            <numerusform>%1 replicas will vote</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 have a majority</source>
        <translation>
            <numerusform>%1 has a majority</numerusform>
            <numerusform>%1 have a majority</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Too few that vote answer: %1, and %2 are needed</source>
        <translation>
            <numerusform>Too few that vote answer: %1, and %2 are needed</numerusform>
            <numerusform>Too few that vote answer: %1, and %2 are needed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 voters answer, %2 are needed</source>
        <translation>
            <numerusform>%1 voter answers, %2 are needed</numerusform>
            <numerusform>%1 voters answer, %2 are needed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Say whether they are destroyed, powered off, or cut off from their peers and from clients. While that is not known, do not repair: they may be serving.</source>
        <translation>
            <numerusform>Say whether it is destroyed, powered off, or cut off from its peers and from clients. While that is not known, do not repair: it may be serving.</numerusform>
            <numerusform>Say whether they are destroyed, powered off, or cut off from their peers and from clients. While that is not known, do not repair: they may be serving.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 are only cut off</source>
        <translation>
            <numerusform>%1 is only cut off</numerusform>
            <numerusform>%1 are only cut off</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>They may run, but are too few to take a change: %1, and %2 are needed.</source>
        <translation>
            <numerusform>It may run, but is too few to take a change: %1, and %2 are needed.</numerusform>
            <numerusform>They may run, but are too few to take a change: %1, and %2 are needed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 may be a majority among themselves</source>
        <translation>
            <numerusform>%1 may be a majority by itself</numerusform>
            <numerusform>%1 may be a majority among themselves</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 holds %2 entries more than %3</source>
        <translation>
            <numerusform>%1 holds %2 entry more than %3</numerusform>
            <numerusform>%1 holds %2 entries more than %3</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What %1 accepted after entry %2 is lost</source>
        <translation>
            <numerusform>What %1 accepted after entry %2 is lost</numerusform>
            <numerusform>What %1 accepted after entry %2 is lost</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The survivor lacks %1 blobs</source>
        <translation>
            <numerusform>The survivor lacks %1 blob</numerusform>
            <numerusform>The survivor lacks %1 blobs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>They are at %1: keep the data there until they are copied.</source>
        <translation>
            <numerusform>It is at %1: keep the data there until it is copied.</numerusform>
            <numerusform>They are at %1: keep the data there until they are copied.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 blobs are at nobody who answers</source>
        <translation>
            <numerusform>%1 blob is at nobody who answers</numerusform>
            <numerusform>%1 blobs are at nobody who answers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 replicas vote</source>
        <translation>
            <numerusform>%1 replica votes</numerusform>
            <numerusform>%1 replicas vote</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 lacks %2 blobs</source>
        <translation>
            <numerusform>%1 lacks %2 blob</numerusform>
            <numerusform>%1 lacks %2 blobs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::PutBackDialog</name>
    <message numerus="yes">
        <source>The %1 changes made since the repair.</source>
        <translation>
            <numerusform>The %1 change made since the repair.</numerusform>
            <numerusform>The %1 changes made since the repair.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::RepairEnd</name>
    <message numerus="yes">
        <source>%1 may join again like new hosts, once their data is copied aside and their folders are emptied.</source>
        <translation>
            <numerusform>%1 may join again like a new host, once its data is copied aside and its folder is emptied.</numerusform>
            <numerusform>%1 may join again like new hosts, once their data is copied aside and their folders are emptied.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::RepairReview</name>
    <message numerus="yes">
        <source>%1 of %2 voting replicas answer, %3 are needed: nothing can be changed.</source>
        <translation>
            <numerusform>%1 of %2 voting replicas answers, %3 are needed: nothing can be changed.</numerusform>
            <numerusform>%1 of %2 voting replicas answer, %3 are needed: nothing can be changed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diagnosis</name>
    <message numerus="yes">
        <source>%1 faults were found with %2.</source>
        <translation>
            <numerusform>%1 fault was found with %2.</numerusform>
            <numerusform>%1 faults were found with %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 things about %2 need attention.</source>
        <translation>
            <numerusform>%1 thing about %2 needs attention.</numerusform>
            <numerusform>%1 things about %2 need attention.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The disk of %1 is full in %2 days</source>
        <translation>
            <numerusform>The disk of %1 is full in %2 day</numerusform>
            <numerusform>The disk of %1 is full in %2 days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 cores, %2 of memory, %3 open files.</source>
        <translation>
            <numerusform>%1 core, %2 of memory, %3 open files.</numerusform>
            <numerusform>%1 cores, %2 of memory, %3 open files.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 voters answer, %2 are needed: nothing can be changed.</source>
        <translation>
            <numerusform>%1 voter answers, %2 are needed: nothing can be changed.</numerusform>
            <numerusform>%1 voters answer, %2 are needed: nothing can be changed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 lacks %2 blobs</source>
        <translation>
            <numerusform>%1 lacks %2 blob</numerusform>
            <numerusform>%1 lacks %2 blobs</numerusform>
        </translation>
    </message>
</context>
</TS>
