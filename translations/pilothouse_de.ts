<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>advice</name>
    <message>
        <source>On %1 (%2): look, then start</source>
        <translation>Auf %1 (%2): nachsehen, dann starten</translation>
    </message>
    <message>
        <source>Reach %1 (%2)</source>
        <translation>%1 (%2) erreichbar machen</translation>
    </message>
    <message>
        <source>Start %1 again</source>
        <translation>%1 wieder starten</translation>
    </message>
    <message>
        <source>Its host first, then the link to it.</source>
        <translation>Zuerst den Rechner, dann die Verbindung zu ihm.</translation>
    </message>
    <message>
        <source>Two replicas are worse than one: the loss of either stops the cluster. Add a third.</source>
        <translation>Zwei Replikate sind schlechter als eines: Fällt eines aus, steht der Cluster. Ein drittes hinzufügen.</translation>
    </message>
    <message numerus="yes">
        <source>%1 replicas survive no more losses than %2: an even number adds no safety.</source>
        <translation>
            <numerusform>%1 Replikate überstehen nicht mehr Ausfälle als %2: Eine gerade Zahl bringt keine Sicherheit.</numerusform>
            <numerusform>%1 Replikate überstehen nicht mehr Ausfälle als %2: Eine gerade Zahl bringt keine Sicherheit.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 replicas: more than seven cost more than they give.</source>
        <translation>
            <numerusform>%1 Replikate: Mehr als sieben kosten mehr, als sie bringen.</numerusform>
            <numerusform>%1 Replikate: Mehr als sieben kosten mehr, als sie bringen.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 has been lost for %2 and still counts as a voter: start it, or remove it.</source>
        <translation>%1 fehlt seit %2 und zählt noch als Stimme: wieder starten oder entfernen.</translation>
    </message>
    <message>
        <source>%1 (%2) answers, but not to us</source>
        <translation>%1 (%2) antwortet, aber nicht uns</translation>
    </message>
    <message>
        <source>One replica back is enough.</source>
        <translation>Ein Replikat, das zurückkommt, genügt.</translation>
    </message>
    <message numerus="yes">
        <source>%1 replicas are needed back.</source>
        <translation>
            <numerusform>%1 Replikate müssen zurückkommen.</numerusform>
            <numerusform>%1 Replikate müssen zurückkommen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Check the login, and compare with “sudo pilothouse-replica fingerprint” there.</source>
        <translation>Die Anmeldung prüfen und dort mit „sudo pilothouse-replica fingerprint“ vergleichen.</translation>
    </message>
    <message>
        <source>%1’s clock is %2 ahead of the others: let its host keep time.</source>
        <translation>Die Uhr von %1 geht %2 vor: Sein Rechner muss die Zeit halten.</translation>
    </message>
    <message>
        <source>%1’s clock is %2 behind the others: let its host keep time.</source>
        <translation>Die Uhr von %1 geht %2 nach: Sein Rechner muss die Zeit halten.</translation>
    </message>
    <message>
        <source>Until %1’s clock is set, no replica can join.</source>
        <translation>Bis die Uhr von %1 gestellt ist, kann kein Replikat beitreten.</translation>
    </message>
    <message>
        <source>Let %1 go on</source>
        <translation>%1 fortsetzen</translation>
    </message>
    <message>
        <source>%1’s host answers and refuses: the service is down.</source>
        <translation>Der Rechner von %1 antwortet und lehnt ab: Der Dienst läuft nicht.</translation>
    </message>
    <message numerus="yes">
        <source>The hosts of %1 answer and refuse: the service is down.</source>
        <translation>
            <numerusform>Die Rechner von %1 antworten und lehnen ab: Der Dienst läuft nicht.</numerusform>
            <numerusform>Die Rechner von %1 antworten und lehnen ab: Der Dienst läuft nicht.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 does not run.</source>
        <translation>%1 läuft nicht.</translation>
    </message>
    <message numerus="yes">
        <source>%1 do not run.</source>
        <translation>
            <numerusform>%1 laufen nicht.</numerusform>
            <numerusform>%1 laufen nicht.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is paused.</source>
        <translation>%1 ist pausiert.</translation>
    </message>
    <message numerus="yes">
        <source>%1 are paused.</source>
        <translation>
            <numerusform>%1 sind pausiert.</numerusform>
            <numerusform>%1 sind pausiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 does not answer at all: host or network.</source>
        <translation>%1 antwortet gar nicht: Rechner oder Netz.</translation>
    </message>
    <message numerus="yes">
        <source>%1 do not answer at all: hosts or network.</source>
        <translation>
            <numerusform>%1 antworten gar nicht: Rechner oder Netz.</numerusform>
            <numerusform>%1 antworten gar nicht: Rechner oder Netz.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 answers, but not to us.</source>
        <translation>%1 antwortet, aber nicht uns.</translation>
    </message>
    <message numerus="yes">
        <source>%1 answer, but not to us.</source>
        <translation>
            <numerusform>%1 antworten, aber nicht uns.</numerusform>
            <numerusform>%1 antworten, aber nicht uns.</numerusform>
        </translation>
    </message>
    <message>
        <source>Before you give them up, look on their hosts whether they have a majority of their own.</source>
        <translation>Bevor Sie sie aufgeben, sehen Sie auf ihren Rechnern nach, ob sie eine eigene Mehrheit haben.</translation>
    </message>
    <message>
        <source>Until then: from %1 itself, status, events and logins. Changes are refused, and nothing works through a load balancer.</source>
        <translation>Bis dahin: von %1 selbst Zustand, Ereignisse und Anmeldungen. Änderungen werden abgelehnt, und über einen Lastverteiler geht nichts.</translation>
    </message>
    <message numerus="yes">
        <source>Until then: from %1 themselves, status, events and logins. Changes are refused, and nothing works through a load balancer.</source>
        <translation>
            <numerusform>Bis dahin: von %1 selbst Zustand, Ereignisse und Anmeldungen. Änderungen werden abgelehnt, und über einen Lastverteiler geht nichts.</numerusform>
            <numerusform>Bis dahin: von %1 selbst Zustand, Ereignisse und Anmeldungen. Änderungen werden abgelehnt, und über einen Lastverteiler geht nichts.</numerusform>
        </translation>
    </message>
    <message>
        <source>Only if %1 never comes back</source>
        <translation>Nur wenn %1 nie zurückkommt</translation>
    </message>
    <message numerus="yes">
        <source>Only if %1 never come back</source>
        <translation>
            <numerusform>Nur wenn %1 nie zurückkommt</numerusform>
            <numerusform>Nur wenn %1 nie zurückkommen</numerusform>
        </translation>
    </message>
    <message>
        <source>Repair from %1.</source>
        <translation>Von %1 aus reparieren.</translation>
    </message>
    <message>
        <source>It holds what was committed up to %1. What %2 accepted after that, if anything, is lost.</source>
        <translation>Es hat, was bis %1 bestätigt war. Was danach noch bei %2 ankam, ist verloren.</translation>
    </message>
    <message>
        <source>What only %1 accepted, if anything, is lost.</source>
        <translation>Was nur bei %1 ankam, ist verloren.</translation>
    </message>
    <message>
        <source>1 blob has no copy there.</source>
        <translation>1 Blob hat dort keine Kopie.</translation>
    </message>
    <message numerus="yes">
        <source>%1 blobs have no copy there.</source>
        <translation>
            <numerusform>%1 Blob hat dort keine Kopie.</numerusform>
            <numerusform>%1 Blobs haben dort keine Kopie.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>card</name>
    <message>
        <source>%1 · %2</source>
        <comment>what, and for how long</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>what, and a time</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgewiesen</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>no route</source>
        <translation>kein Weg dorthin</translation>
    </message>
    <message>
        <source>wrong certificate</source>
        <translation>falsches Zertifikat</translation>
    </message>
    <message>
        <source>another replica answers there</source>
        <translation>dort antwortet ein anderes Replikat</translation>
    </message>
    <message>
        <source>the login is refused</source>
        <translation>die Anmeldung wird abgelehnt</translation>
    </message>
    <message>
        <source>the answer makes no sense</source>
        <translation>die Antwort ergibt keinen Sinn</translation>
    </message>
    <message>
        <source>not answering, still voting</source>
        <translation>antwortet nicht, stimmt noch ab</translation>
    </message>
    <message>
        <source>told by %1, %2 ago</source>
        <translation>laut %1, vor %2</translation>
    </message>
    <message>
        <source>stopped on purpose</source>
        <translation>absichtlich gestoppt</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>noch nicht bekannt</translation>
    </message>
    <message>
        <source>entry %1</source>
        <translation>Eintrag %1</translation>
    </message>
    <message>
        <source>1 entry behind</source>
        <translation>1 Eintrag zurück</translation>
    </message>
    <message numerus="yes">
        <source>%1 entries behind</source>
        <translation>
            <numerusform>%1 Einträge zurück</numerusform>
            <numerusform>%1 Einträge zurück</numerusform>
        </translation>
    </message>
    <message>
        <source>1 entry not applied</source>
        <translation>1 Eintrag nicht angewendet</translation>
    </message>
    <message numerus="yes">
        <source>%1 entries not applied</source>
        <translation>
            <numerusform>%1 Einträge nicht angewendet</numerusform>
            <numerusform>%1 Einträge nicht angewendet</numerusform>
        </translation>
    </message>
    <message>
        <source>1 blob still to copy</source>
        <translation>noch 1 Blob zu kopieren</translation>
    </message>
    <message numerus="yes">
        <source>%1 blobs still to copy</source>
        <translation>
            <numerusform>noch %1 Blobs zu kopieren</numerusform>
            <numerusform>noch %1 Blobs zu kopieren</numerusform>
        </translation>
    </message>
    <message>
        <source>sees no leader</source>
        <translation>sieht keinen Leader</translation>
    </message>
    <message>
        <source>late · last seen %1 ago</source>
        <translation>verspätet · zuletzt vor %1</translation>
    </message>
    <message>
        <source>draining</source>
        <translation>läuft aus</translation>
    </message>
    <message>
        <source>draining · 1 request left</source>
        <translation>läuft aus · noch 1 Anfrage</translation>
    </message>
    <message numerus="yes">
        <source>draining · %1 requests left</source>
        <translation>
            <numerusform>läuft aus · noch %1 Anfragen</numerusform>
            <numerusform>läuft aus · noch %1 Anfragen</numerusform>
        </translation>
    </message>
    <message>
        <source>no vote yet · catching up</source>
        <translation>noch ohne Stimme · holt auf</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>startet</translation>
    </message>
    <message>
        <source>heard by %1, not by %2</source>
        <translation>von %1 gehört, von %2 nicht</translation>
    </message>
    <message>
        <source>answers · sees no leader</source>
        <translation>antwortet · ohne Leader</translation>
    </message>
    <message>
        <source>answers · has no quorum</source>
        <translation>antwortet · hat kein Quorum</translation>
    </message>
    <message>
        <source>takes no traffic</source>
        <translation>nimmt keinen Verkehr an</translation>
    </message>
    <message>
        <source>coming back</source>
        <translation>kommt zurück</translation>
    </message>
    <message>
        <source>left behind · epoch %1</source>
        <translation>zurückgelassen · Epoche %1</translation>
    </message>
</context>
<context>
    <name>client</name>
    <message>
        <source>Write it as reg-1.example.com, reg-1.example.com:4443 or https://10.0.0.5</source>
        <translation>So schreiben: reg-1.example.com, reg-1.example.com:4443 oder https://10.0.0.5</translation>
    </message>
    <message>
        <source>The address is empty</source>
        <translation>Die Adresse ist leer</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not an address</source>
        <translation>„%1“ ist keine Adresse</translation>
    </message>
    <message>
        <source>&quot;%1&quot; has port 0, where nothing can listen</source>
        <translation>„%1“ hat den Port 0, an dem nichts lauschen kann</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not an https address</source>
        <translation>„%1“ ist keine https-Adresse</translation>
    </message>
    <message>
        <source>&quot;%1&quot; has a user name in it</source>
        <translation>„%1“ enthält einen Benutzernamen</translation>
    </message>
    <message>
        <source>&quot;%1&quot; has more than a host and a port</source>
        <translation>„%1“ enthält mehr als Host und Port</translation>
    </message>
    <message>
        <source>no replica of the cluster is known to answer</source>
        <translation>kein Replikat des Clusters ist bekannt, das antworten könnte</translation>
    </message>
    <message>
        <source>none of %1 replicas could be asked; the last: %2</source>
        <translation>keines von %1 Replikaten war zu fragen; das letzte: %2</translation>
    </message>
    <message>
        <source>Look at the cluster&apos;s status first</source>
        <translation>Zuerst den Status des Clusters ansehen</translation>
    </message>
    <message>
        <source>the answer is larger than 16 MiB</source>
        <translation>die Antwort ist größer als 16 MiB</translation>
    </message>
    <message>
        <source>cannot write %1: %2</source>
        <translation>%1 lässt sich nicht schreiben: %2</translation>
    </message>
    <message>
        <source>Check that the disk has room and the folder is yours</source>
        <translation>Prüfen, ob auf der Platte Platz ist und der Ordner Ihnen gehört</translation>
    </message>
    <message>
        <source>cannot rename %1 to %2</source>
        <translation>%1 lässt sich nicht in %2 umbenennen</translation>
    </message>
    <message>
        <source>Check that the folder is yours</source>
        <translation>Prüfen, ob der Ordner Ihnen gehört</translation>
    </message>
    <message>
        <source>cannot write %1</source>
        <translation>%1 lässt sich nicht schreiben</translation>
    </message>
    <message>
        <source>another program is writing %1</source>
        <translation>ein anderes Programm schreibt gerade %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Mend it, or begin anew: saving a cluster keeps it aside as clusters.json.corrupt</source>
        <translation>Reparieren oder neu anfangen: Wird ein Cluster gespeichert, bleibt die Datei als clusters.json.corrupt erhalten</translation>
    </message>
    <message>
        <source>no saved cluster is called &quot;%1&quot;</source>
        <translation>kein gespeicherter Cluster heißt „%1“</translation>
    </message>
    <message>
        <source>cannot read %1: %2</source>
        <translation>%1 lässt sich nicht lesen: %2</translation>
    </message>
    <message>
        <source>%1 is not a list of clusters</source>
        <translation>%1 ist keine Liste von Clustern</translation>
    </message>
    <message>
        <source>%1 holds a cluster without name or address</source>
        <translation>%1 enthält einen Cluster ohne Namen oder Adresse</translation>
    </message>
    <message>
        <source>Compare with `sudo pilothouse-replica fingerprint` on the host</source>
        <translation>Dort mit „sudo pilothouse-replica fingerprint“ vergleichen</translation>
    </message>
    <message>
        <source>%1 does not answer</source>
        <translation>%1 antwortet nicht</translation>
    </message>
    <message>
        <source>%1 answered with status %2</source>
        <translation>%1 hat mit Status %2 geantwortet</translation>
    </message>
    <message>
        <source>%1 refused the connection</source>
        <translation>%1 hat die Verbindung abgelehnt</translation>
    </message>
    <message>
        <source>%1 has a host name that cannot be found</source>
        <translation>%1 hat einen Hostnamen, der nicht zu finden ist</translation>
    </message>
    <message>
        <source>%1 closed the connection without an answer</source>
        <translation>%1 hat die Verbindung ohne Antwort geschlossen</translation>
    </message>
    <message>
        <source>%1 cannot be reached: %2</source>
        <translation>%1 ist nicht zu erreichen: %2</translation>
    </message>
    <message>
        <source>%1 did not answer as a replica does: %2</source>
        <translation>%1 hat nicht wie ein Replikat geantwortet: %2</translation>
    </message>
    <message>
        <source>%1 does not answer as a replica does: %2</source>
        <translation>%1 antwortet nicht wie ein Replikat: %2</translation>
    </message>
    <message>
        <source>%1 does not answer in time</source>
        <translation>%1 antwortet nicht rechtzeitig</translation>
    </message>
    <message>
        <source>Check the address, and that the replica runs</source>
        <translation>Die Adresse prüfen und ob das Replikat läuft</translation>
    </message>
    <message>
        <source>Give a replica&apos;s own address, not the load balancer&apos;s</source>
        <translation>Die Adresse eines Replikats angeben, nicht die des Load-Balancers</translation>
    </message>
    <message>
        <source>Check the address and the port, and that the replica runs</source>
        <translation>Adresse und Port prüfen und ob das Replikat läuft</translation>
    </message>
    <message>
        <source>%1 names no certificate authority at /ca</source>
        <translation>%1 nennt unter /ca keine Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>%1 is not signed by the authority that it names</source>
        <translation>%1 ist nicht von der Zertifizierungsstelle signiert, die es nennt</translation>
    </message>
    <message>
        <source>nothing came in time</source>
        <translation>es kam nichts rechtzeitig</translation>
    </message>
    <message>
        <source>the keyring does not answer</source>
        <translation>der Schlüsselbund antwortet nicht</translation>
    </message>
    <message>
        <source>Unlock it, or give the password again</source>
        <translation>Entsperren oder das Passwort neu angeben</translation>
    </message>
    <message>
        <source>the keyring has no such password</source>
        <translation>der Schlüsselbund hat kein solches Passwort</translation>
    </message>
    <message>
        <source>the keyring cannot be used: %1</source>
        <translation>der Schlüsselbund ist nicht zu benutzen: %1</translation>
    </message>
    <message>
        <source>cannot read the password file %1: %2</source>
        <translation>die Passwortdatei %1 lässt sich nicht lesen: %2</translation>
    </message>
    <message>
        <source>others may read or write the password file %1</source>
        <translation>andere dürfen die Passwortdatei %1 lesen oder schreiben</translation>
    </message>
    <message>
        <source>chmod 600 it</source>
        <translation>Mit chmod 600 schützen</translation>
    </message>
    <message>
        <source>the password file %1 has an empty first line</source>
        <translation>die erste Zeile der Passwortdatei %1 ist leer</translation>
    </message>
    <message>
        <source>Its certificate is signed by another authority than this cluster&apos;s</source>
        <translation>Sein Zertifikat hat eine andere Zertifizierungsstelle signiert als die dieses Clusters</translation>
    </message>
    <message>
        <source>Its certificate is valid from %1 to %2, not now</source>
        <translation>Sein Zertifikat gilt von %1 bis %2, nicht jetzt</translation>
    </message>
    <message>
        <source>Its certificate is not acceptable: %1</source>
        <translation>Sein Zertifikat ist nicht annehmbar: %1</translation>
    </message>
    <message>
        <source>Expected one certificate in PEM, found %1</source>
        <translation>Ein Zertifikat in PEM wird erwartet, gefunden wurden %1</translation>
    </message>
    <message>
        <source>Use the cluster&apos;s authority, as a replica gives it at /ca</source>
        <translation>Die Zertifizierungsstelle des Clusters verwenden, wie ein Replikat sie unter /ca gibt</translation>
    </message>
    <message>
        <source>Its certificate names no replica</source>
        <translation>Sein Zertifikat nennt kein Replikat</translation>
    </message>
    <message>
        <source>Its certificate is for another cluster</source>
        <translation>Sein Zertifikat gilt für einen anderen Cluster</translation>
    </message>
    <message>
        <source>Replica %1 answers where %2 is expected</source>
        <translation>Replikat %1 antwortet, wo %2 erwartet wird</translation>
    </message>
    <message>
        <source>it calls itself %1, which its certificate does not</source>
        <translation>es nennt sich %1, sein Zertifikat nicht</translation>
    </message>
    <message>
        <source>%1 does not speak TLS: that is not an HTTPS port</source>
        <translation>%1 spricht kein TLS: Das ist kein HTTPS-Port</translation>
    </message>
    <message>
        <source>%1 did not finish the TLS handshake (%2)</source>
        <translation>%1 hat den TLS-Handshake nicht abgeschlossen (%2)</translation>
    </message>
    <message>
        <source>cannot make the folder %1: %2</source>
        <translation>der Ordner %1 lässt sich nicht anlegen: %2</translation>
    </message>
    <message>
        <source>cannot remove %1: %2</source>
        <translation>%1 lässt sich nicht entfernen: %2</translation>
    </message>
    <message>
        <source>it tells of another repair</source>
        <translation>es erzählt von einer anderen Wiederherstellung</translation>
    </message>
    <message>
        <source>nothing has happened for %1 s</source>
        <translation>seit %1 s ist nichts geschehen</translation>
    </message>
    <message>
        <source>cannot write %1: it is a folder</source>
        <translation>%1 lässt sich nicht schreiben: Es ist ein Ordner</translation>
    </message>
    <message>
        <source>Name a file</source>
        <translation>Eine Datei nennen</translation>
    </message>
    <message>
        <source>cannot write %1: there is no folder %2</source>
        <translation>%1 lässt sich nicht schreiben: Den Ordner %2 gibt es nicht</translation>
    </message>
    <message>
        <source>this computer</source>
        <translation>diesem Rechner</translation>
    </message>
    <message>
        <source>none that answers knows checks: %1</source>
        <translation>Keines, das antwortet, kennt Prüfungen: %1</translation>
    </message>
    <message>
        <source>Update the replicas first</source>
        <translation>Zuerst die Replikate aktualisieren</translation>
    </message>
</context>
<context>
    <name>documents</name>
    <message>
        <source>Nothing was checked.</source>
        <translation>Nichts wurde geprüft.</translation>
    </message>
    <message numerus="yes">
        <source>%n checks block it.</source>
        <translation>
            <numerusform>%n Prüfung verhindert es.</numerusform>
            <numerusform>%n Prüfungen verhindern es.</numerusform>
        </translation>
    </message>
    <message>
        <source>Data could be lost, and the name was typed to do it anyway.</source>
        <translation>Daten konnten verloren gehen, und der Name wurde eingetippt, um es trotzdem zu tun.</translation>
    </message>
    <message>
        <source>It would lose data: it can only be forced, by typing the name.</source>
        <translation>Es würde Daten verlieren: Es lässt sich nur erzwingen, indem man den Namen eintippt.</translation>
    </message>
    <message numerus="yes">
        <source>%n checks needed a word, and this reason was given: %1</source>
        <translation>
            <numerusform>%n Prüfung brauchte ein Wort, und dieser Grund wurde genannt: %1</numerusform>
            <numerusform>%n Prüfungen brauchten ein Wort, und dieser Grund wurde genannt: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n checks need your word, and a reason.</source>
        <translation>
            <numerusform>%n Prüfung braucht Ihr Wort und einen Grund.</numerusform>
            <numerusform>%n Prüfungen brauchen Ihr Wort und einen Grund.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing speaks against it.</source>
        <translation>Nichts spricht dagegen.</translation>
    </message>
    <message>
        <source>That is not recorded.</source>
        <translation>Das ist nicht aufgezeichnet.</translation>
    </message>
    <message>
        <source>Before: %1.</source>
        <translation>Vorher: %1.</translation>
    </message>
    <message>
        <source>At the worst moment: %1.</source>
        <translation>Im schlechtesten Augenblick: %1.</translation>
    </message>
    <message>
        <source>Afterwards: %1.</source>
        <translation>Danach: %1.</translation>
    </message>
    <message>
        <source>Checks: %1</source>
        <translation>Prüfungen: %1</translation>
    </message>
    <message>
        <source>Cluster %1, written %2</source>
        <translation>Cluster %1, geschrieben %2</translation>
    </message>
    <message>
        <source>The new host is %1.</source>
        <translation>Der neue Rechner ist %1.</translation>
    </message>
    <message>
        <source>Operation %1: %2 (%3). The checks are those that were run last.</source>
        <translation>Vorgang %1: %2 (%3). Es sind die Prüfungen, die zuletzt liefen.</translation>
    </message>
    <message>
        <source>What can be lost</source>
        <translation>Was ausfallen darf</translation>
    </message>
    <message>
        <source>What the checks found</source>
        <translation>Was die Prüfungen ergaben</translation>
    </message>
    <message>
        <source>%1, which answers, leaves the cluster: its requests finish, and what only it has is copied to the others first.</source>
        <translation>%1, das antwortet, verlässt den Cluster: Seine Anfragen werden beendet, und was nur es hat, wird zuvor zu den anderen kopiert.</translation>
    </message>
    <message>
        <source>%1 will never answer again: its vote goes, and the others make up for its copies.</source>
        <translation>%1 wird nie wieder antworten: Seine Stimme fällt weg, und die anderen ersetzen seine Kopien.</translation>
    </message>
    <message>
        <source>A new host becomes a replica: it gets its vote once it has the state and every blob.</source>
        <translation>Ein neuer Rechner wird Replikat: Es bekommt seine Stimme, sobald es den Zustand und jedes Blob hat.</translation>
    </message>
    <message>
        <source>%1 will never answer again: it is forgotten, and %2 takes its place.</source>
        <translation>%1 wird nie wieder antworten: Es wird vergessen, und %2 nimmt seinen Platz ein.</translation>
    </message>
    <message>
        <source>a new host</source>
        <translation>ein neuer Rechner</translation>
    </message>
    <message>
        <source>The majority was gone for good: the cluster went on from %1 alone, in a new epoch, with what it held.</source>
        <translation>Die Mehrheit war endgültig fort: Der Cluster ging aus %1 allein weiter, in einer neuen Epoche, mit dem, was es hatte.</translation>
    </message>
    <message>
        <source>A change to the cluster, of the kind “%1”.</source>
        <translation>Eine Änderung am Cluster, von der Art „%1“.</translation>
    </message>
    <message>
        <source>It is certain that the replicas that do not answer never come back by themselves: of each somebody has said what became of it.</source>
        <translation>Es ist sicher, dass die Replikate, die nicht antworten, nie von selbst wiederkommen: Von jedem hat jemand gesagt, was aus ihm wurde.</translation>
    </message>
    <message>
        <source>A majority of the replicas answers, and what “%1” says is understood.</source>
        <translation>Eine Mehrheit der Replikate antwortet, und was „%1“ sagt, ist verstanden.</translation>
    </message>
    <message>
        <source>Nobody else changes the cluster at the same time.</source>
        <translation>Niemand sonst ändert zur selben Zeit den Cluster.</translation>
    </message>
    <message>
        <source>The new host waits: “pilothouse-replica serve --join-host ADDRESS” runs there and shows its setup code.</source>
        <translation>Der neue Rechner wartet: „pilothouse-replica serve --join-host ADDRESS“ läuft dort und zeigt seinen Einrichtungscode.</translation>
    </message>
    <message>
        <source>The setup code is the first line of FILE, which only you can read. It is a secret, and stands in no document and no command.</source>
        <translation>Der Einrichtungscode ist die erste Zeile von FILE, die nur Sie lesen können. Er ist geheim und steht in keinem Dokument und keinem Befehl.</translation>
    </message>
    <message>
        <source>All of it as one command</source>
        <translation>Alles als ein Befehl</translation>
    </message>
    <message>
        <source>The first changes nothing; the second does it, and follows it to its end.</source>
        <translation>Der erste ändert nichts; der zweite tut es und folgt bis zum Ende.</translation>
    </message>
    <message>
        <source>Go on when: %1</source>
        <translation>Weiter, wenn: %1</translation>
    </message>
    <message>
        <source>Should it wait for longer than %1, “%2” says for what.</source>
        <translation>Wartet es länger als %1, so sagt „%2“, worauf.</translation>
    </message>
    <message>
        <source>“%1” goes on without it.</source>
        <translation>„%1“ geht ohne ihn weiter.</translation>
    </message>
    <message>
        <source>Once this is done it cannot be cancelled any more.</source>
        <translation>Ist das getan, lässt sich der Vorgang nicht mehr abbrechen.</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>The cluster takes these steps by itself. The commands show the same, or do it by hand.</source>
        <translation>Der Cluster geht diese Schritte von selbst. Die Befehle zeigen dasselbe oder tun es von Hand.</translation>
    </message>
    <message>
        <source>How to go back</source>
        <translation>Wie es zurückgeht</translation>
    </message>
    <message>
        <source>A repair can be put back until a second replica has joined. What was written since is lost by that.</source>
        <translation>Eine Wiederherstellung lässt sich zurücknehmen, bis ein zweites Replikat beigetreten ist. Was seither geschrieben wurde, geht dadurch verloren.</translation>
    </message>
    <message>
        <source>While it says that it can be cancelled:</source>
        <translation>Solange es sagt, dass es sich abbrechen lässt:</translation>
    </message>
    <message>
        <source>Until “%1” is done it can be cancelled; what was done is taken back.</source>
        <translation>Bis „%1“ getan ist, lässt es sich abbrechen; was getan war, wird zurückgenommen.</translation>
    </message>
    <message>
        <source>A host that was a member already ends its process then: empty its data folder before it waits again.</source>
        <translation>Ein Rechner, der schon Mitglied war, beendet dann seinen Prozess: seinen Datenordner leeren, bevor er wieder wartet.</translation>
    </message>
    <message>
        <source>%1 stays forgotten.</source>
        <translation>%1 bleibt vergessen.</translation>
    </message>
    <message>
        <source>Afterwards, to take %1 out again:</source>
        <translation>Danach, um %1 wieder herauszunehmen:</translation>
    </message>
    <message>
        <source>Afterwards, to have as many replicas as before: let an empty host wait, and join it.</source>
        <translation>Danach, um so viele Replikate wie zuvor zu haben: einen leeren Rechner warten lassen und aufnehmen.</translation>
    </message>
    <message>
        <source>If something dies in the middle</source>
        <translation>Wenn mittendrin etwas stirbt</translation>
    </message>
    <message>
        <source>The console, or the computer that it runs on: the survivor goes on by itself.</source>
        <translation>Die Konsole oder der Rechner, auf dem sie läuft: Das überlebende Replikat macht von selbst weiter.</translation>
    </message>
    <message>
        <source>The survivor: start it again on its host; it goes on with the repair, or takes it back.</source>
        <translation>Das überlebende Replikat: es auf seinem Rechner wieder starten; es setzt die Wiederherstellung fort oder nimmt sie zurück.</translation>
    </message>
    <message>
        <source>The console, or the computer that it runs on: nothing changes. Any console follows it, and so does “%1”.</source>
        <translation>Die Konsole oder der Rechner, auf dem sie läuft: Nichts ändert sich. Jede Konsole kann folgen, ebenso „%1“.</translation>
    </message>
    <message>
        <source>The replica that carries it out: within seconds another takes it over at the same step. Each step may be begun again without harm. Nothing is to be done.</source>
        <translation>Das Replikat, das den Vorgang ausführt: Binnen Sekunden übernimmt ein anderes beim selben Schritt. Jeder Schritt darf ohne Schaden noch einmal beginnen. Nichts ist zu tun.</translation>
    </message>
    <message>
        <source>So many replicas that no majority is left: it waits. Start them again, and it goes on.</source>
        <translation>So viele Replikate, dass keine Mehrheit bleibt: Der Vorgang wartet. Sie wieder starten, und er geht weiter.</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>Operation %1: %2 (%3). All times are local, as of this document.</source>
        <translation>Vorgang %1: %2 (%3). Alle Zeiten sind lokal, wie die dieses Dokuments.</translation>
    </message>
    <message>
        <source>It waits: %1.</source>
        <translation>Er wartet: %1.</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>Begonnen</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Runbook: %1</source>
        <translation>Runbook: %1</translation>
    </message>
    <message>
        <source>What it is for</source>
        <translation>Wozu es dient</translation>
    </message>
    <message>
        <source>The reason that was given: %1</source>
        <translation>Der genannte Grund: %1</translation>
    </message>
    <message>
        <source>Before it begins</source>
        <translation>Bevor es beginnt</translation>
    </message>
    <message>
        <source>What the checks found when this was written:</source>
        <translation>Was die Prüfungen ergaben, als dies geschrieben wurde:</translation>
    </message>
    <message>
        <source>What the checks found when they were last run:</source>
        <translation>Was die Prüfungen ergaben, als sie zuletzt liefen:</translation>
    </message>
    <message>
        <source>When more are lost at once nothing can be written until they are back; what was acknowledged stays.</source>
        <translation>Fallen mehr zugleich aus, lässt sich nichts schreiben, bis sie zurück sind; was bestätigt war, bleibt.</translation>
    </message>
    <message>
        <source>New clients are sent elsewhere; what %1 answers already goes on.</source>
        <translation>Neue Clients werden anderswohin geschickt; was %1 schon beantwortet, läuft weiter.</translation>
    </message>
    <message>
        <source>%1 is shown as draining, and the load balancer’s pool is without it.</source>
        <translation>%1 wird als „läuft aus“ gezeigt, und der Pool des Lastverteilers ist ohne es.</translation>
    </message>
    <message>
        <source>Waits for the requests that %1 still answers: pushes and pulls end as they should.</source>
        <translation>Wartet auf die Anfragen, die %1 noch beantwortet: Pushes und Pulls enden, wie sie sollen.</translation>
    </message>
    <message>
        <source>%1 answers no request any more.</source>
        <translation>%1 beantwortet keine Anfrage mehr.</translation>
    </message>
    <message>
        <source>If %1 leads, another replica gets the leadership, so that nobody waits for an election.</source>
        <translation>Führt %1, so bekommt ein anderes Replikat die Führung, damit niemand auf eine Wahl wartet.</translation>
    </message>
    <message>
        <source>Another replica leads.</source>
        <translation>Ein anderes Replikat führt.</translation>
    </message>
    <message>
        <source>What too few of the others have is copied to them, while %1 still gives it.</source>
        <translation>Was zu wenige der anderen haben, wird zu ihnen kopiert, solange %1 es noch gibt.</translation>
    </message>
    <message>
        <source>Every blob is on a majority of those that stay.</source>
        <translation>Jedes Blob liegt bei einer Mehrheit derer, die bleiben.</translation>
    </message>
    <message>
        <source>%1 loses its vote, and is no member any more.</source>
        <translation>%1 verliert seine Stimme und ist kein Mitglied mehr.</translation>
    </message>
    <message>
        <source>%1 is not listed any more, and the others vote.</source>
        <translation>%1 steht nicht mehr in der Liste, und die anderen stimmen.</translation>
    </message>
    <message>
        <source>%1 is told that it is removed, and stops serving.</source>
        <translation>%1 erfährt, dass es entfernt ist, und hört auf zu dienen.</translation>
    </message>
    <message>
        <source>%1 answers no more. Its data folder stays until you delete it.</source>
        <translation>%1 antwortet nicht mehr. Sein Datenordner bleibt, bis Sie ihn löschen.</translation>
    </message>
    <message>
        <source>The copies that %1 had are made anew, until a majority of those left has every blob.</source>
        <translation>Die Kopien, die %1 hatte, werden neu gemacht, bis eine Mehrheit der übrigen jedes Blob hat.</translation>
    </message>
    <message>
        <source>Every blob is on a majority.</source>
        <translation>Jedes Blob liegt bei einer Mehrheit.</translation>
    </message>
    <message>
        <source>%1 gets its certificate and becomes a member without a vote: it can break nothing yet.</source>
        <translation>%1 bekommt sein Zertifikat und wird Mitglied ohne Stimme: Noch kann es nichts stören.</translation>
    </message>
    <message>
        <source>%1 is listed, without a vote.</source>
        <translation>%1 steht in der Liste, ohne Stimme.</translation>
    </message>
    <message>
        <source>%1 copies the cluster’s state and every blob.</source>
        <translation>%1 kopiert den Zustand des Clusters und jedes Blob.</translation>
    </message>
    <message>
        <source>%1 lacks nothing but what is being pushed now.</source>
        <translation>%1 fehlt nichts, außer was gerade gepusht wird.</translation>
    </message>
    <message>
        <source>Once every blob is on a majority that counts it, %1 gets its vote.</source>
        <translation>Sobald jedes Blob bei einer Mehrheit liegt, die es mitzählt, bekommt %1 seine Stimme.</translation>
    </message>
    <message>
        <source>%1 votes.</source>
        <translation>%1 stimmt.</translation>
    </message>
    <message>
        <source>Until it has been heard to be well, %1 counts as one that is not.</source>
        <translation>Bis man von ihm hört, dass es wohlauf ist, gilt %1 als nicht wohlauf.</translation>
    </message>
    <message>
        <source>%1 answers healthy.</source>
        <translation>%1 antwortet gesund.</translation>
    </message>
    <message>
        <source>All checks are run once more, as things are at that moment. Nothing is changed.</source>
        <translation>Alle Prüfungen laufen noch einmal, so wie es dann steht. Nichts wird geändert.</translation>
    </message>
    <message>
        <source>Nothing blocks it, and what needs a word is what a reason was given for.</source>
        <translation>Nichts verhindert es, und was ein Wort braucht, hat einen Grund.</translation>
    </message>
    <message>
        <source>%1 serves nothing from here on, so that nothing changes while its data is copied.</source>
        <translation>%1 dient von hier an nichts mehr, damit sich nichts ändert, während seine Daten kopiert werden.</translation>
    </message>
    <message>
        <source>The repair is at its next step.</source>
        <translation>Die Wiederherstellung ist beim nächsten Schritt.</translation>
    </message>
    <message>
        <source>A copy of the engine’s data is what the repair can be put back from.</source>
        <translation>Aus einer Kopie der Daten der Engine lässt sich die Wiederherstellung zurücknehmen.</translation>
    </message>
    <message>
        <source>The copy is complete.</source>
        <translation>Die Kopie ist vollständig.</translation>
    </message>
    <message>
        <source>Replicas that come back cannot speak to the repaired one: there are never two clusters.</source>
        <translation>Replikate, die wiederkommen, können nicht mit dem wiederhergestellten sprechen: Es gibt nie zwei Cluster.</translation>
    </message>
    <message>
        <source>The engine of %1 goes on as a group of one, with what it holds.</source>
        <translation>Die Engine von %1 macht als Gruppe aus einem weiter, mit dem, was sie hat.</translation>
    </message>
    <message>
        <source>%1 leads.</source>
        <translation>%1 führt.</translation>
    </message>
    <message>
        <source>The state says that the cluster is in a new epoch, and who was left behind.</source>
        <translation>Der Zustand sagt, dass der Cluster in einer neuen Epoche ist und wer zurückblieb.</translation>
    </message>
    <message>
        <source>%1 is shown in the new epoch.</source>
        <translation>%1 wird in der neuen Epoche gezeigt.</translation>
    </message>
    <message>
        <source>Pushes and pulls work again.</source>
        <translation>Pushes und Pulls gehen wieder.</translation>
    </message>
    <message>
        <source>The cluster does this by itself.</source>
        <translation>Das tut der Cluster von selbst.</translation>
    </message>
    <message>
        <source>The operation is at its next step.</source>
        <translation>Der Vorgang ist beim nächsten Schritt.</translation>
    </message>
    <message>
        <source>All replicas are restarted, one after another, and the cluster keeps its majority.</source>
        <translation>Alle Replikate werden neu gestartet, eines nach dem anderen, und der Cluster behält seine Mehrheit.</translation>
    </message>
    <message>
        <source>%1 is restarted, and the cluster keeps its majority.</source>
        <translation>%1 wird neu gestartet, und der Cluster behält seine Mehrheit.</translation>
    </message>
    <message>
        <source>%1 becomes the leader of the group.</source>
        <translation>%1 wird der Anführer der Gruppe.</translation>
    </message>
    <message>
        <source>%1 leaves the load balancer’s pool, and its requests finish.</source>
        <translation>%1 verlässt den Pool des Lastverteilers, und seine Anfragen werden beendet.</translation>
    </message>
    <message>
        <source>%1 comes back into the load balancer’s pool.</source>
        <translation>%1 kommt in den Pool des Lastverteilers zurück.</translation>
    </message>
    <message>
        <source>%1 gets another name.</source>
        <translation>%1 bekommt einen anderen Namen.</translation>
    </message>
    <message>
        <source>Until its end it can be cancelled; what can be taken back is taken back.</source>
        <translation>Bis zum Ende lässt es sich abbrechen; was sich zurücknehmen lässt, wird zurückgenommen.</translation>
    </message>
    <message>
        <source>Afterwards, the same command with what was before takes it back.</source>
        <translation>Danach nimmt derselbe Befehl es zurück, mit dem, was vorher war.</translation>
    </message>
    <message>
        <source>The program of %1 ends and starts again; when all is well, the load balancer’s pool gets it back.</source>
        <translation>Das Programm von %1 endet und startet neu; ist alles gut, bekommt der Pool des Lastverteilers es zurück.</translation>
    </message>
    <message>
        <source>%1 answers healthy, and takes traffic.</source>
        <translation>%1 antwortet gesund und nimmt Verkehr an.</translation>
    </message>
    <message>
        <source>The leadership goes to %1 at once; nobody waits for an election.</source>
        <translation>Die Führung geht sofort an %1; niemand wartet auf eine Wahl.</translation>
    </message>
    <message>
        <source>The health addresses of %1 answer 200 again.</source>
        <translation>Die Health-Adressen von %1 antworten wieder 200.</translation>
    </message>
    <message>
        <source>%1 is not shown as draining any more.</source>
        <translation>%1 wird nicht mehr als „läuft aus“ gezeigt.</translation>
    </message>
    <message>
        <source>%1 is called %2 from then on; its id and its address stay.</source>
        <translation>%1 heißt von da an %2; Kennung und Adresse bleiben.</translation>
    </message>
    <message>
        <source>%1 is listed.</source>
        <translation>%1 ist aufgeführt.</translation>
    </message>
    <message>
        <source>All replicas are restarted, one after another.</source>
        <translation>Alle Replikate werden neu gestartet, eines nach dem anderen.</translation>
    </message>
    <message>
        <source>%1 is restarted.</source>
        <translation>%1 wird neu gestartet.</translation>
    </message>
</context>
<context>
    <name>fact</name>
    <message numerus="yes">
        <source>%1 of %2 vote, %3 needed</source>
        <translation>
            <numerusform>%1 von %2 stimmen ab, %3 nötig</numerusform>
            <numerusform>%1 von %2 stimmen ab, %3 nötig</numerusform>
        </translation>
    </message>
    <message>
        <source>leader %1, term %2</source>
        <translation>Leader %1, Term %2</translation>
    </message>
    <message>
        <source>leader %1 for %2, term %3</source>
        <translation>Leader %1 seit %2, Term %3</translation>
    </message>
    <message>
        <source>no leader, term %1</source>
        <translation>kein Leader, Term %1</translation>
    </message>
    <message>
        <source>every blob on %1 or more</source>
        <translation>jeder Blob auf %1 oder mehr</translation>
    </message>
    <message>
        <source>every blob on 1 replica</source>
        <translation>jeder Blob auf 1 Replikat</translation>
    </message>
    <message>
        <source>every blob on all %1</source>
        <comment>replicas</comment>
        <translation>jeder Blob auf allen %1</translation>
    </message>
    <message>
        <source>1 blob still being copied to %1</source>
        <translation>1 Blob wird noch nach %1 kopiert</translation>
    </message>
    <message numerus="yes">
        <source>%1 blobs still being copied to %2</source>
        <translation>
            <numerusform>%1 Blobs werden noch nach %2 kopiert</numerusform>
            <numerusform>%1 Blobs werden noch nach %2 kopiert</numerusform>
        </translation>
    </message>
    <message>
        <source>certificates %1 d</source>
        <translation>Zertifikate %1 d</translation>
    </message>
    <message>
        <source>a certificate has expired</source>
        <translation>ein Zertifikat ist abgelaufen</translation>
    </message>
    <message>
        <source>live from %1 of %2, oldest value %3</source>
        <translation>live von %1 aus %2, ältester Wert %3</translation>
    </message>
    <message>
        <source>can lose %1</source>
        <translation>verkraftet %1</translation>
    </message>
    <message>
        <source>can lose none</source>
        <translation>verkraftet keinen Ausfall</translation>
    </message>
    <message>
        <source>no quorum</source>
        <translation>kein Quorum</translation>
    </message>
    <message>
        <source>no quorum for %1</source>
        <translation>kein Quorum seit %1</translation>
    </message>
    <message>
        <source>partition, can lose none</source>
        <translation>Partition, verkraftet keinen Ausfall</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>no answer for %1</source>
        <translation>keine Antwort seit %1</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>startet</translation>
    </message>
    <message>
        <source>leader %1 since %2, term %3</source>
        <translation>Leader %1 seit %2, Term %3</translation>
    </message>
    <message>
        <source>%1 agrees</source>
        <translation>%1 einig</translation>
    </message>
    <message numerus="yes">
        <source>%1 agree</source>
        <translation>
            <numerusform>%1 einig</numerusform>
            <numerusform>%1 einig</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 sees none</source>
        <translation>%1 sieht keinen</translation>
    </message>
    <message numerus="yes">
        <source>%1 see none</source>
        <translation>
            <numerusform>%1 sehen keinen</numerusform>
            <numerusform>%1 sehen keinen</numerusform>
        </translation>
    </message>
    <message>
        <source>leader %1, term %2 (%3, %4)</source>
        <comment>(3 agree, 2 see none)</comment>
        <translation>Leader %1, Term %2 (%3, %4)</translation>
    </message>
    <message>
        <source>%1 of %2 votes, %3 needed</source>
        <translation>%1 von %2 stimmt ab, %3 nötig</translation>
    </message>
    <message>
        <source>%1 of %2 votes here</source>
        <translation>%1 von %2 stimmt hier ab</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 vote here</source>
        <translation>
            <numerusform>%1 von %2 stimmen hier ab</numerusform>
            <numerusform>%1 von %2 stimmen hier ab</numerusform>
        </translation>
    </message>
    <message>
        <source>last leader %1, term %2, until %3</source>
        <translation>letzter Leader %1, Term %2, bis %3</translation>
    </message>
    <message>
        <source>partition, can lose %1</source>
        <translation>Partition, verkraftet %1</translation>
    </message>
    <message>
        <source>login refused</source>
        <translation>Anmeldung abgelehnt</translation>
    </message>
    <message>
        <source>wrong certificate</source>
        <translation>falsches Zertifikat</translation>
    </message>
    <message>
        <source>refuses pushes</source>
        <translation>lehnt Pushes ab</translation>
    </message>
    <message>
        <source>does not run</source>
        <translation>läuft nicht</translation>
    </message>
</context>
<context>
    <name>format</name>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 d %2 h</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 d</translation>
    </message>
    <message>
        <source>%1 B</source>
        <translation>%1 B</translation>
    </message>
    <message>
        <source>%1 kB</source>
        <translation>%1 kB</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation>%1 GB</translation>
    </message>
    <message>
        <source>%1 TB</source>
        <translation>%1 TB</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <comment>end of a list of names</comment>
        <translation>%1 und %2</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between names in a list</comment>
        <translation>, </translation>
    </message>
    <message>
        <source>one</source>
        <comment>numeral</comment>
        <translation>eines</translation>
    </message>
    <message>
        <source>two</source>
        <comment>numeral</comment>
        <translation>zwei</translation>
    </message>
    <message>
        <source>three</source>
        <comment>numeral</comment>
        <translation>drei</translation>
    </message>
    <message>
        <source>four</source>
        <comment>numeral</comment>
        <translation>vier</translation>
    </message>
    <message>
        <source>five</source>
        <comment>numeral</comment>
        <translation>fünf</translation>
    </message>
    <message>
        <source>six</source>
        <comment>numeral</comment>
        <translation>sechs</translation>
    </message>
    <message>
        <source>seven</source>
        <comment>numeral</comment>
        <translation>sieben</translation>
    </message>
    <message>
        <source>eight</source>
        <comment>numeral</comment>
        <translation>acht</translation>
    </message>
    <message>
        <source>nine</source>
        <comment>numeral</comment>
        <translation>neun</translation>
    </message>
</context>
<context>
    <name>headline</name>
    <message>
        <source>Healthy</source>
        <translation>Gesund</translation>
    </message>
    <message>
        <source>Healthy; %1 is catching up</source>
        <translation>Gesund; %1 holt auf</translation>
    </message>
    <message numerus="yes">
        <source>Healthy; %1 are catching up</source>
        <translation>
            <numerusform>Gesund; %1 holen auf</numerusform>
            <numerusform>Gesund; %1 holen auf</numerusform>
        </translation>
    </message>
    <message>
        <source>It works, but %1 is not well</source>
        <translation>Der Cluster arbeitet, aber %1 geht es nicht gut</translation>
    </message>
    <message numerus="yes">
        <source>It works, but %1 are not well</source>
        <translation>
            <numerusform>Der Cluster arbeitet, aber %1 geht es nicht gut</numerusform>
            <numerusform>Der Cluster arbeitet, aber %1 geht es nicht gut</numerusform>
        </translation>
    </message>
    <message>
        <source>No failure left to lose</source>
        <translation>Kein Ausfall mehr zu verkraften</translation>
    </message>
    <message>
        <source>A single replica: no failure left to lose</source>
        <translation>Ein einziges Replikat: kein Ausfall zu verkraften</translation>
    </message>
    <message>
        <source>No quorum: pushes and pulls by tag are refused</source>
        <translation>Kein Quorum: Pushes und Pulls per Tag werden abgelehnt</translation>
    </message>
    <message>
        <source>No replica answers here</source>
        <translation>Kein Replikat antwortet hier</translation>
    </message>
    <message>
        <source>Not live since %1 (%2): last known state</source>
        <translation>Nicht live seit %1 (%2): letzter bekannter Stand</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Startet</translation>
    </message>
    <message>
        <source>A partition: %1 is cut off from the other %2</source>
        <translation>Partition: %1 ist von den anderen %2 abgeschnitten</translation>
    </message>
    <message numerus="yes">
        <source>A partition: %1 are cut off from the other %2</source>
        <translation>
            <numerusform>Partition: %1 sind von den anderen %2 abgeschnitten</numerusform>
            <numerusform>Partition: %1 sind von den anderen %2 abgeschnitten</numerusform>
        </translation>
    </message>
    <message>
        <source>The login is refused</source>
        <translation>Die Anmeldung wird abgelehnt</translation>
    </message>
    <message>
        <source>Not the replicas that were trusted</source>
        <translation>Nicht die Replikate, denen vertraut wurde</translation>
    </message>
    <message>
        <source>The state is full: pushes are refused</source>
        <translation>Der Zustandsspeicher ist voll: Pushes werden abgelehnt</translation>
    </message>
    <message>
        <source>Coming back</source>
        <translation>Kommt zurück</translation>
    </message>
    <message>
        <source>This sandbox does not run</source>
        <translation>Diese Sandbox läuft nicht</translation>
    </message>
</context>
<context>
    <name>pilothouse::history::HistoryWorker</name>
    <message>
        <source>The history cannot be kept (%1): plots begin with this start of the console.</source>
        <translation>Der Verlauf kann nicht aufgehoben werden (%1): die Kurven beginnen mit diesem Start der Konsole.</translation>
    </message>
    <message>
        <source>The history was damaged: it is now %1, and a new one has begun.</source>
        <translation>Der Verlauf war beschädigt: er heißt jetzt %1, ein neuer hat begonnen.</translation>
    </message>
    <message>
        <source>The history cannot be written (%1): the plots will have a gap.</source>
        <translation>Der Verlauf kann nicht geschrieben werden (%1): die Kurven bekommen eine Lücke.</translation>
    </message>
</context>
<context>
    <name>pilothouse::models</name>
    <message>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>rising</source>
        <translation>steigend</translation>
    </message>
    <message>
        <source>falling</source>
        <translation>fallend</translation>
    </message>
    <message>
        <source>steady</source>
        <translation>gleichbleibend</translation>
    </message>
    <message>
        <source>now %1, least %2, most %3, %4</source>
        <translation>jetzt %1, mindestens %2, höchstens %3, %4</translation>
    </message>
    <message>
        <source>Nothing measured yet.</source>
        <translation>Noch nichts gemessen.</translation>
    </message>
    <message>
        <source>Writes per second: %1. Answer time (p99) in milliseconds: %2.</source>
        <translation>Schreibvorgänge pro Sekunde: %1. Antwortzeit (p99) in Millisekunden: %2.</translation>
    </message>
    <message>
        <source>healthy</source>
        <translation>gesund</translation>
    </message>
    <message>
        <source>late</source>
        <translation>verspätet</translation>
    </message>
    <message>
        <source>not answering</source>
        <translation>antwortet nicht</translation>
    </message>
    <message>
        <source>not reachable from here</source>
        <translation>von hier nicht erreichbar</translation>
    </message>
    <message>
        <source>replicas disagree</source>
        <translation>Replikate sind sich uneinig</translation>
    </message>
    <message>
        <source>behind</source>
        <translation>im Rückstand</translation>
    </message>
    <message>
        <source>takes no traffic</source>
        <translation>nimmt keinen Verkehr an</translation>
    </message>
    <message>
        <source>draining</source>
        <translation>läuft aus</translation>
    </message>
    <message>
        <source>joining</source>
        <translation>tritt bei</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>gestoppt</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>noch nicht bekannt</translation>
    </message>
    <message>
        <source>degraded</source>
        <translation>eingeschränkt</translation>
    </message>
    <message>
        <source>at risk</source>
        <translation>gefährdet</translation>
    </message>
    <message>
        <source>no quorum</source>
        <translation>kein Quorum</translation>
    </message>
    <message>
        <source>not reachable</source>
        <translation>nicht erreichbar</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>startet</translation>
    </message>
    <message>
        <source>Leader</source>
        <translation>Leader</translation>
    </message>
    <message>
        <source>Follower</source>
        <translation>Follower</translation>
    </message>
    <message>
        <source>Learner</source>
        <translation>Learner</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Nicht bekannt</translation>
    </message>
</context>
<context>
    <name>pilothouse::models::ClusterListModel</name>
    <message>
        <source>not live</source>
        <translation>nicht live</translation>
    </message>
    <message>
        <source>%1, %2 replicas, %3</source>
        <translation>%1, %2 Replikate, %3</translation>
    </message>
</context>
<context>
    <name>pilothouse::models::Describe</name>
    <message>
        <source>itself</source>
        <translation>selbst</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>Mitglied</translation>
    </message>
    <message>
        <source>%1, voting</source>
        <translation>%1, mit Stimme</translation>
    </message>
    <message>
        <source>%1, no vote</source>
        <translation>%1, ohne Stimme</translation>
    </message>
    <message>
        <source>by its own word, %1 ago</source>
        <translation>nach eigener Aussage, vor %1</translation>
    </message>
    <message>
        <source>told by %1, %2 ago</source>
        <translation>laut %1, vor %2</translation>
    </message>
    <message>
        <source>seen %1 ago</source>
        <translation>gesehen vor %1</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemand</translation>
    </message>
    <message>
        <source>%1, term %2</source>
        <translation>%1, Term %2</translation>
    </message>
    <message>
        <source>cut since %1</source>
        <translation>getrennt seit %1</translation>
    </message>
    <message>
        <source>cut here</source>
        <translation>hier getrennt</translation>
    </message>
    <message>
        <source>%1 · this computer</source>
        <translation>%1 · dieser Rechner</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Last known: %1</source>
        <translation>Zuletzt bekannt: %1</translation>
    </message>
    <message>
        <source>last known, %1</source>
        <translation>zuletzt bekannt, %1</translation>
    </message>
    <message>
        <source>sees no leader</source>
        <translation>sieht keinen Leader</translation>
    </message>
    <message>
        <source>has no quorum</source>
        <translation>hat kein Quorum</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>startet</translation>
    </message>
    <message>
        <source>coming back</source>
        <translation>kommt zurück</translation>
    </message>
    <message>
        <source>its last word is %1 old</source>
        <translation>das letzte Wort ist %1 alt</translation>
    </message>
    <message>
        <source>%1: step %2 of %3</source>
        <translation>%1: Schritt %2 von %3</translation>
    </message>
    <message>
        <source>what was done is taken back</source>
        <translation>was getan war, wird zurückgenommen</translation>
    </message>
    <message>
        <source>cannot be cancelled any more</source>
        <translation>kann nicht mehr abgebrochen werden</translation>
    </message>
    <message>
        <source>can be cancelled</source>
        <translation>kann abgebrochen werden</translation>
    </message>
    <message>
        <source>left behind</source>
        <translation>zurückgelassen</translation>
    </message>
</context>
<context>
    <name>pilothouse::models::EventModel</name>
    <message>
        <source>Time (local)</source>
        <translation>Zeit (lokal)</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>Seen by</source>
        <translation>Gesehen von</translation>
    </message>
</context>
<context>
    <name>pilothouse::models::Events</name>
    <message>
        <source>leader: %1</source>
        <translation>Leader: %1</translation>
    </message>
    <message>
        <source>quorum lost</source>
        <translation>Quorum verloren</translation>
    </message>
    <message>
        <source>quorum back</source>
        <translation>Quorum zurück</translation>
    </message>
    <message>
        <source>%1 down</source>
        <translation>%1 ausgefallen</translation>
    </message>
    <message>
        <source>%1 back</source>
        <translation>%1 zurück</translation>
    </message>
    <message>
        <source>%1 stopped</source>
        <translation>%1 gestoppt</translation>
    </message>
    <message>
        <source>%1 started</source>
        <translation>%1 gestartet</translation>
    </message>
    <message>
        <source>%1 joining</source>
        <translation>%1 tritt bei</translation>
    </message>
    <message>
        <source>%1 joined</source>
        <translation>%1 beigetreten</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>%1 ausgetreten</translation>
    </message>
    <message>
        <source>%1 draining</source>
        <translation>%1 läuft aus</translation>
    </message>
    <message>
        <source>%1 takes traffic again</source>
        <translation>%1 nimmt wieder Verkehr an</translation>
    </message>
</context>
<context>
    <name>pilothouse::models::Fields</name>
    <message>
        <source>Member</source>
        <translation>Mitglied</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>%1, voting</source>
        <translation>%1, mit Stimme</translation>
    </message>
    <message>
        <source>%1, no vote</source>
        <translation>%1, ohne Stimme</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Last answer</source>
        <translation>Letzte Antwort</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>noch keine</translation>
    </message>
    <message>
        <source>%1, %2 ago</source>
        <translation>%1, vor %2</translation>
    </message>
    <message>
        <source>refused: host up, service down</source>
        <translation>abgewiesen: Rechner da, Dienst nicht</translation>
    </message>
    <message>
        <source>no answer: host or network</source>
        <translation>keine Antwort: Rechner oder Netz</translation>
    </message>
    <message>
        <source>no route to it from here</source>
        <translation>von hier kein Weg dorthin</translation>
    </message>
    <message>
        <source>its certificate is not accepted</source>
        <translation>sein Zertifikat wird nicht angenommen</translation>
    </message>
    <message>
        <source>another replica answers there</source>
        <translation>dort antwortet ein anderes Replikat</translation>
    </message>
    <message>
        <source>it refuses the login</source>
        <translation>es lehnt die Anmeldung ab</translation>
    </message>
    <message>
        <source>its answer makes no sense</source>
        <translation>seine Antwort ergibt keinen Sinn</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>noch nicht bekannt</translation>
    </message>
    <message>
        <source>Seen now</source>
        <translation>Jetzt gesehen</translation>
    </message>
    <message>
        <source>%1 of %2 that answer: down</source>
        <translation>%1 von %2, die antworten: ausgefallen</translation>
    </message>
    <message>
        <source>%1 of %2 that answer: up</source>
        <translation>%1 von %2, die antworten: da</translation>
    </message>
    <message>
        <source>%1 of %2 that answer: down, the others: up</source>
        <translation>%1 von %2, die antworten: ausgefallen, die anderen: da</translation>
    </message>
    <message>
        <source>Peers say</source>
        <translation>Die anderen sagen</translation>
    </message>
    <message>
        <source>Last state</source>
        <translation>Letzter Stand</translation>
    </message>
    <message numerus="yes">
        <source>%1 entries behind by now</source>
        <translation>
            <numerusform>inzwischen %1 Eintrag zurück</numerusform>
            <numerusform>inzwischen %1 Einträge zurück</numerusform>
        </translation>
    </message>
    <message>
        <source>entry %1</source>
        <translation>Eintrag %1</translation>
    </message>
    <message>
        <source>Not applied</source>
        <translation>Nicht angewendet</translation>
    </message>
    <message numerus="yes">
        <source>%n entries</source>
        <translation>
            <numerusform>%n Eintrag</numerusform>
            <numerusform>%n Einträge</numerusform>
        </translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Platte</translation>
    </message>
    <message>
        <source>Disk then</source>
        <translation>Platte damals</translation>
    </message>
    <message>
        <source>%1 % of %2</source>
        <translation>%1 % von %2</translation>
    </message>
    <message>
        <source>Sync time</source>
        <translation>Sync-Dauer</translation>
    </message>
    <message>
        <source>Memory, CPU</source>
        <translation>Speicher, CPU</translation>
    </message>
    <message>
        <source>%1 · %2 %</source>
        <translation>%1 · %2 %</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Uhr</translation>
    </message>
    <message>
        <source>with the leader</source>
        <translation>wie der Leader</translation>
    </message>
    <message>
        <source>%1 ahead of the leader</source>
        <translation>%1 vor dem Leader</translation>
    </message>
    <message>
        <source>%1 behind the leader</source>
        <translation>%1 hinter dem Leader</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>abgelaufen</translation>
    </message>
    <message numerus="yes">
        <source>valid, %1 days left</source>
        <translation>
            <numerusform>gültig, noch %1 Tag</numerusform>
            <numerusform>gültig, noch %1 Tage</numerusform>
        </translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>%1, as all</source>
        <translation>%1, wie alle</translation>
    </message>
    <message>
        <source>%1, not as all</source>
        <translation>%1, nicht wie alle</translation>
    </message>
    <message>
        <source>Takes for leader</source>
        <translation>Hält für Leader</translation>
    </message>
    <message>
        <source>%1 (all agree)</source>
        <translation>%1 (alle einig)</translation>
    </message>
    <message>
        <source>Told by</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>its event stream, %1 ago</source>
        <translation>sein Ereignisstrom, vor %1</translation>
    </message>
    <message>
        <source>polling it, %1 ago</source>
        <translation>Abfragen, vor %1</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemand</translation>
    </message>
    <message>
        <source>%1, term %2</source>
        <translation>%1, Term %2</translation>
    </message>
    <message>
        <source>it answers and is not ready yet</source>
        <translation>es antwortet und ist noch nicht bereit</translation>
    </message>
    <message>
        <source>no answer; its engine is up, so the host is</source>
        <translation>keine Antwort; die Engine läuft, also auch der Host</translation>
    </message>
    <message>
        <source>the service does not answer, the engine votes</source>
        <translation>der Dienst antwortet nicht, die Engine stimmt ab</translation>
    </message>
    <message>
        <source>Left behind</source>
        <translation>Zurückgelassen</translation>
    </message>
    <message>
        <source>epoch %1, read-only</source>
        <translation>Epoche %1, nur lesend</translation>
    </message>
    <message>
        <source>The cluster</source>
        <translation>Der Cluster</translation>
    </message>
    <message>
        <source>is in epoch %1, repaired from %2</source>
        <translation>ist in Epoche %1, repariert von %2 aus</translation>
    </message>
</context>
<context>
    <name>pilothouse::models::ReplicaModel</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Replica</source>
        <translation>Replikat</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Entries behind</source>
        <translation>Einträge zurück</translation>
    </message>
    <message>
        <source>Answer time</source>
        <translation>Antwortzeit</translation>
    </message>
    <message>
        <source>Takes for leader</source>
        <translation>Hält für Leader</translation>
    </message>
    <message>
        <source>Told by</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>Gesehen</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>vor %1</translation>
    </message>
</context>
<context>
    <name>pilothouse::models::SampleModel</name>
    <message>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>none, no quorum</source>
        <translation>keine, kein Quorum</translation>
    </message>
    <message>
        <source>Time (local)</source>
        <translation>Zeit (lokal)</translation>
    </message>
    <message>
        <source>Writes/s</source>
        <translation>Schreibvorgänge/s</translation>
    </message>
    <message>
        <source>p99 ms</source>
        <translation>p99 ms</translation>
    </message>
    <message>
        <source>Spare votes</source>
        <translation>Stimmen übrig</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::Announcements</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 is live again. %2</source>
        <translation>%1 ist wieder live. %2</translation>
    </message>
    <message>
        <source>%1: %2. %3</source>
        <translation>%1: %2. %3</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::ClusterPage</name>
    <message>
        <source>Replicas</source>
        <translation>Replikate</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Topology</source>
        <translation>Topologie</translation>
    </message>
    <message>
        <source>Nothing has been recorded yet.</source>
        <translation>Noch nichts aufgezeichnet.</translation>
    </message>
    <message>
        <source>Repositories</source>
        <translation>Repositorys</translation>
    </message>
    <message>
        <source>This console is too old to show that change. Look at it with pilothousectl operations.</source>
        <translation>Diese Konsole ist zu alt für diese Änderung. Mit pilothousectl operations ist sie zu sehen.</translation>
    </message>
    <message>
        <source>Operations</source>
        <translation>Vorgänge</translation>
    </message>
    <message>
        <source>Operations (%1)</source>
        <translation>Vorgänge (%1)</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::CommandField</name>
    <message>
        <source>Copy “%1”</source>
        <translation>„%1“ kopieren</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::ConnectDialog</name>
    <message>
        <source>Keep the password in the system’s keyring</source>
        <translation>Passwort im Schlüsselbund des Systems aufbewahren</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Look who is there</source>
        <translation>Nachsehen, wer da ist</translation>
    </message>
    <message>
        <source>Connect to a cluster</source>
        <translation>Mit einem Cluster verbinden</translation>
    </message>
    <message>
        <source>One replica’s address is enough. Not the load balancer’s: each replica is asked by itself.</source>
        <translation>Die Adresse eines Replikats genügt. Nicht die des Load-Balancers: Jedes Replikat wird einzeln gefragt.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Password or access token</source>
        <translation>Passwort oder Zugangstoken</translation>
    </message>
    <message>
        <source>Give a user and a password or access token.</source>
        <translation>Benutzer und Passwort oder Zugangstoken angeben.</translation>
    </message>
    <message>
        <source>It is the same, trust it</source>
        <translation>Es ist dieselbe, vertrauen</translation>
    </message>
    <message>
        <source>It is right, trust the new one</source>
        <translation>Es stimmt, der neuen vertrauen</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Wird gefragt …</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::Console</name>
    <message>
        <source>The system’s keyring did not answer: the password is kept until the console closes.</source>
        <translation>Der Schlüsselbund des Systems hat nicht geantwortet: Das Passwort bleibt, bis die Konsole geschlossen wird.</translation>
    </message>
    <message>
        <source>Take a cluster off the list</source>
        <translation>Einen Cluster aus der Liste nehmen</translation>
    </message>
    <message>
        <source>Take “%1” off this list?</source>
        <translation>„%1“ aus dieser Liste nehmen?</translation>
    </message>
    <message>
        <source>The cluster itself is not touched. Its password is removed from this computer.</source>
        <translation>Der Cluster selbst bleibt unberührt. Sein Passwort wird von diesem Rechner entfernt.</translation>
    </message>
    <message>
        <source>Take it off</source>
        <translation>Herausnehmen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::DocumentButtons</name>
    <message>
        <source>Save report…</source>
        <translation>Bericht speichern …</translation>
    </message>
    <message>
        <source>Save runbook…</source>
        <translation>Runbook speichern …</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::DocumentSaver</name>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>Save the report of the checks</source>
        <translation>Bericht der Prüfungen speichern</translation>
    </message>
    <message>
        <source>Save the runbook</source>
        <translation>Runbook speichern</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>Gespeichert als %1.</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::FirstRunPage</name>
    <message>
        <source>Start sandbox</source>
        <translation>Sandbox starten</translation>
    </message>
    <message>
        <source>Connect…</source>
        <translation>Verbinden …</translation>
    </message>
    <message>
        <source>Watch over your registry clusters</source>
        <translation>Registry-Cluster im Blick behalten</translation>
    </message>
    <message>
        <source>Connect to one that runs, or start a real three-replica cluster on this computer in a few seconds.</source>
        <translation>Mit einem laufenden verbinden oder in wenigen Sekunden einen echten Cluster aus drei Replikaten auf diesem Rechner starten.</translation>
    </message>
    <message>
        <source>Start a local sandbox</source>
        <translation>Lokale Sandbox starten</translation>
    </message>
    <message>
        <source>Three replicas on this computer. Kill one, watch it heal.</source>
        <translation>Drei Replikate auf diesem Rechner. Eines hart beenden und zusehen, wie der Cluster heilt.</translation>
    </message>
    <message>
        <source>Connect to a cluster</source>
        <translation>Mit einem Cluster verbinden</translation>
    </message>
    <message>
        <source>One replica’s address is enough; the rest is found.</source>
        <translation>Die Adresse eines Replikats genügt; der Rest wird gefunden.</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::Inspector</name>
    <message>
        <source>Inspector</source>
        <translation>Inspektor</translation>
    </message>
    <message>
        <source>‹ Who sees whom</source>
        <translation>‹ Wer sieht wen</translation>
    </message>
    <message>
        <source>‹ What to do</source>
        <translation>‹ Was zu tun ist</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::LiveSession</name>
    <message>
        <source>Refused</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>Erwartet</translation>
    </message>
    <message>
        <source>Presented</source>
        <translation>Vorgelegt</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>Vergleichen mit</translation>
    </message>
    <message>
        <source>sudo pilothouse-replica fingerprint, on its host</source>
        <translation>sudo pilothouse-replica fingerprint, auf seinem Rechner</translation>
    </message>
    <message>
        <source>If it is right</source>
        <translation>Wenn es stimmt</translation>
    </message>
    <message>
        <source>connect to it again and trust the new one</source>
        <translation>neu verbinden und der neuen vertrauen</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1, done.</source>
        <translation>%1, erledigt.</translation>
    </message>
    <message>
        <source>%1 failed: %2</source>
        <translation>%1 gescheitert: %2</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::LocalSandbox</name>
    <message>
        <source>Making certificates and data folders…</source>
        <translation>Zertifikate und Datenordner werden angelegt …</translation>
    </message>
    <message>
        <source>Starting replicas: %1 of %2 run</source>
        <translation>Replikate starten: %1 von %2 laufen</translation>
    </message>
    <message>
        <source>Waiting until all take traffic: %1 of %2 do</source>
        <translation>Warten, bis alle Verkehr annehmen: %1 von %2 tun es</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::MainWindow</name>
    <message>
        <source>Connect to a cluster…</source>
        <translation>Mit einem Cluster verbinden …</translation>
    </message>
    <message>
        <source>Start a local sandbox…</source>
        <translation>Lokale Sandbox starten …</translation>
    </message>
    <message>
        <source>Ctrl+Shift+N</source>
        <translation>Ctrl+Shift+N</translation>
    </message>
    <message>
        <source>Ask again now</source>
        <translation>Jetzt erneut fragen</translation>
    </message>
    <message>
        <source>Topology as a table</source>
        <translation>Topologie als Tabelle</translation>
    </message>
    <message>
        <source>Ctrl+T</source>
        <translation>Ctrl+T</translation>
    </message>
    <message>
        <source>Ctrl+%1</source>
        <translation>Ctrl+%1</translation>
    </message>
    <message>
        <source>Next panel</source>
        <translation>Nächster Bereich</translation>
    </message>
    <message>
        <source>Previous panel</source>
        <translation>Voriger Bereich</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>%1: %2 – Pilothouse</source>
        <translation>%1: %2 – Pilothouse</translation>
    </message>
    <message>
        <source>Check cluster…</source>
        <translation>Cluster prüfen …</translation>
    </message>
    <message>
        <source>Ctrl+D</source>
        <translation>Ctrl+D</translation>
    </message>
    <message>
        <source>Restart all replicas…</source>
        <translation>Alle Replikate neu starten …</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::NotLiveBand</name>
    <message>
        <source>Try again now</source>
        <translation>Jetzt erneut versuchen</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::OperationPanel</name>
    <message>
        <source>The chosen operation</source>
        <translation>Der gewählte Vorgang</translation>
    </message>
    <message>
        <source>Follow…</source>
        <translation>Folgen …</translation>
    </message>
    <message>
        <source>Save runbook…</source>
        <translation>Runbook speichern …</translation>
    </message>
    <message>
        <source>Save report…</source>
        <translation>Bericht speichern …</translation>
    </message>
    <message>
        <source>Shows how it goes on, and what can be decided</source>
        <translation>Zeigt, wie es weitergeht und was sich entscheiden lässt</translation>
    </message>
    <message>
        <source>What each step does, the commands that do the same, and what happened</source>
        <translation>Was jeder Schritt tut, die Befehle dafür, und was geschah</translation>
    </message>
    <message>
        <source>What the checks found, and what could be lost</source>
        <translation>Was die Prüfungen ergaben und was ausfallen durfte</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Checks, as they were when they were last run</source>
        <translation>Prüfungen, wie sie zuletzt ausgingen</translation>
    </message>
    <message>
        <source>Journal · all times local (%1)</source>
        <translation>Verlauf · alle Zeiten lokal (%1)</translation>
    </message>
    <message>
        <source>Steps, checks and journal</source>
        <translation>Schritte, Prüfungen und Verlauf</translation>
    </message>
    <message>
        <source>No operation chosen</source>
        <translation>Kein Vorgang gewählt</translation>
    </message>
    <message>
        <source>It waits for longer than it should: %1.</source>
        <translation>Er wartet länger, als er sollte: %1.</translation>
    </message>
    <message>
        <source>carried out by %1</source>
        <translation>ausgeführt von %1</translation>
    </message>
    <message>
        <source>Its name was typed, since data could be lost.</source>
        <translation>Sein Name wurde eingetippt, weil Daten verloren gehen konnten.</translation>
    </message>
    <message numerus="yes">
        <source>%n earlier lines are in the runbook.</source>
        <translation>
            <numerusform>%n frühere Zeile steht im Runbook.</numerusform>
            <numerusform>%n frühere Zeilen stehen im Runbook.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is written in it.</source>
        <translation>Nichts steht darin.</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::OperationsPage</name>
    <message>
        <source>Retry</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Operations</source>
        <translation>Vorgänge</translation>
    </message>
    <message>
        <source>Asks for the operations again</source>
        <translation>Fragt noch einmal nach den Vorgängen</translation>
    </message>
    <message>
        <source>This is from %1, and may be old: %2</source>
        <translation>Dies ist von %1 und vielleicht veraltet: %2</translation>
    </message>
    <message>
        <source>The operations are not known: %1</source>
        <translation>Die Vorgänge sind nicht bekannt: %1</translation>
    </message>
    <message>
        <source>Nobody can be asked for the operations of this cluster.</source>
        <translation>Niemand kann nach den Vorgängen dieses Clusters gefragt werden.</translation>
    </message>
    <message>
        <source>Asking for the operations…</source>
        <translation>Fragt nach den Vorgängen …</translation>
    </message>
    <message>
        <source>No operation has changed this cluster yet: each will be listed here, with its steps and its journal.</source>
        <translation>Noch hat kein Vorgang diesen Cluster geändert: Jeder wird hier stehen, mit seinen Schritten und seinem Verlauf.</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::PartitionInspector</name>
    <message>
        <source>Who sees whom</source>
        <translation>Wer sieht wen</translation>
    </message>
    <message>
        <source>a row says how it sees the columns</source>
        <translation>eine Zeile sagt, wie sie die Spalten sieht</translation>
    </message>
    <message>
        <source>Takes for leader</source>
        <translation>Hält für Leader</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::PasswordDialog</name>
    <message>
        <source>Keep the password in the system’s keyring</source>
        <translation>Passwort im Schlüsselbund des Systems aufbewahren</translation>
    </message>
    <message>
        <source>Log in to %1</source>
        <translation>Bei %1 anmelden</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>The cluster refused this user and password.</source>
        <translation>Der Cluster hat Benutzer und Passwort abgelehnt.</translation>
    </message>
    <message>
        <source>No password is kept for this cluster.</source>
        <translation>Für diesen Cluster ist kein Passwort aufbewahrt.</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Password or access token</source>
        <translation>Passwort oder Zugangstoken</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::Picture</name>
    <message>
        <source>cannot write %1: the name of a picture ends in .png</source>
        <translation>%1 lässt sich nicht schreiben: Der Name eines Bildes endet auf .png</translation>
    </message>
    <message>
        <source>cannot write %1: there is no folder %2</source>
        <translation>%1 lässt sich nicht schreiben: Den Ordner %2 gibt es nicht</translation>
    </message>
    <message>
        <source>cannot write %1: no permission</source>
        <translation>%1 lässt sich nicht schreiben: keine Berechtigung</translation>
    </message>
    <message>
        <source>cannot write %1: %2</source>
        <translation>%1 lässt sich nicht schreiben: %2</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::ReplicaInspector</name>
    <message>
        <source>replica %1 · %2</source>
        <translation>Replikat %1 · %2</translation>
    </message>
    <message>
        <source>Answer time of %1 in milliseconds</source>
        <translation>Antwortzeit von %1 in Millisekunden</translation>
    </message>
    <message>
        <source>Answer time, %1, ms</source>
        <translation>Antwortzeit, %1, ms</translation>
    </message>
    <message>
        <source>max %1</source>
        <translation>max. %1</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Was zu tun ist</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::SandboxBand</name>
    <message>
        <source>Sandbox: real replicas, on this computer only</source>
        <translation>Sandbox: echte Replikate, nur auf diesem Rechner</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::SandboxDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Start sandbox</source>
        <translation>Sandbox starten</translation>
    </message>
    <message>
        <source>Start a local sandbox</source>
        <translation>Lokale Sandbox starten</translation>
    </message>
    <message>
        <source>3 replicas: it can lose 1</source>
        <translation>3 Replikate: verkraftet 1 Ausfall</translation>
    </message>
    <message>
        <source>5 replicas: it can lose 2</source>
        <translation>5 Replikate: verkraftet 2 Ausfälle</translation>
    </message>
    <message>
        <source>7 replicas: it can lose 3</source>
        <translation>7 Replikate: verkraftet 3 Ausfälle</translation>
    </message>
    <message>
        <source>1 replica: it can lose none</source>
        <translation>1 Replikat: verkraftet keinen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Replicas</source>
        <translation>Replikate</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Real replicas on this computer’s own addresses. They go on when the console closes.</source>
        <translation>Echte Replikate auf eigenen Adressen dieses Rechners. Sie laufen weiter, wenn die Konsole schließt.</translation>
    </message>
    <message>
        <source>Preparing…</source>
        <translation>Wird vorbereitet …</translation>
    </message>
    <message>
        <source>Stopping what was started…</source>
        <translation>Was gestartet war, wird gestoppt …</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::Sidebar</name>
    <message>
        <source>CLUSTERS</source>
        <translation>CLUSTER</translation>
    </message>
    <message>
        <source>No clusters yet</source>
        <translation>Noch keine Cluster</translation>
    </message>
    <message>
        <source>Clusters</source>
        <translation>Cluster</translation>
    </message>
    <message>
        <source>+ Connect to a cluster…</source>
        <translation>+ Mit Cluster verbinden …</translation>
    </message>
    <message>
        <source>▷ Start a local sandbox…</source>
        <translation>▷ Sandbox starten …</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Menu (F10)</source>
        <translation>Menü (F10)</translation>
    </message>
    <message>
        <source>Take “%1” off this list</source>
        <translation>„%1“ aus dieser Liste nehmen</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::SightCell</name>
    <message>
        <source>%1 itself</source>
        <translation>%1 selbst</translation>
    </message>
    <message>
        <source>%1 hears %2, %3</source>
        <translation>%1 hört %2, %3</translation>
    </message>
    <message>
        <source>%1 does not hear %2</source>
        <translation>%1 hört %2 nicht</translation>
    </message>
    <message>
        <source>not known whether %1 hears %2</source>
        <translation>nicht bekannt, ob %1 %2 hört</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::Sparkline</name>
    <message>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>now %1, most %2</source>
        <translation>jetzt %1, höchstens %2</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::StepsInspector</name>
    <message>
        <source>What to do</source>
        <translation>Was zu tun ist</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::Timeline</name>
    <message numerus="yes">
        <source>Last %n minutes</source>
        <translation>
            <numerusform>Letzte Minute</numerusform>
            <numerusform>Letzte %n Minuten</numerusform>
        </translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation>Letzte Stunde</translation>
    </message>
    <message numerus="yes">
        <source>Last %n hours</source>
        <translation>
            <numerusform>Letzte Stunde</numerusform>
            <numerusform>Letzte %n Stunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>last %n minutes</source>
        <translation>
            <numerusform>letzte Minute</numerusform>
            <numerusform>letzte %n Minuten</numerusform>
        </translation>
    </message>
    <message>
        <source>last hour</source>
        <translation>letzte Stunde</translation>
    </message>
    <message numerus="yes">
        <source>last %n hours</source>
        <translation>
            <numerusform>letzte Stunde</numerusform>
            <numerusform>letzte %n Stunden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::TimelineOverlay</name>
    <message>
        <source>%1 (+%2)</source>
        <translation>%1 (+%2)</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::TimelinePanel</name>
    <message>
        <source>Timeline</source>
        <translation>Zeitverlauf</translation>
    </message>
    <message>
        <source>Show as table</source>
        <translation>Als Tabelle</translation>
    </message>
    <message>
        <source>all times local (%1) · now %2</source>
        <translation>alle Zeiten lokal (%1) · jetzt %2</translation>
    </message>
    <message>
        <source>Timeline as a table</source>
        <translation>Zeitverlauf als Tabelle</translation>
    </message>
    <message>
        <source>Show as lines</source>
        <translation>Als Linien</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::TimelinePlot</name>
    <message>
        <source>spare votes</source>
        <translation>Stimmen übrig</translation>
    </message>
    <message>
        <source>writes/s</source>
        <translation>Schreiben/s</translation>
    </message>
    <message>
        <source>p99 ms</source>
        <translation>p99 ms</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::TopologyPage</name>
    <message>
        <source>Topology</source>
        <translation>Topologie</translation>
    </message>
    <message>
        <source>Replicas as a table</source>
        <translation>Replikate als Tabelle</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::TopologyView</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Leader</source>
        <translation>Leader</translation>
    </message>
    <message>
        <source>learner</source>
        <translation>Learner</translation>
    </message>
    <message>
        <source>of %1 voting</source>
        <translation>von %1 Stimmen</translation>
    </message>
    <message>
        <source>quorum %1</source>
        <translation>Quorum %1</translation>
    </message>
    <message>
        <source>Topology</source>
        <translation>Topologie</translation>
    </message>
    <message>
        <source>Quorum: %1 of %2 healthy, %3 needed</source>
        <translation>Quorum: %1 von %2 gesund, %3 nötig</translation>
    </message>
    <message>
        <source>Quorum: %1 of %2 vote, %3 needed; %4 healthy</source>
        <translation>Quorum: %1 von %2 stimmen ab, %3 nötig; %4 gesund</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::TrustPanel</name>
    <message>
        <source>Trusted</source>
        <translation>Vertraut</translation>
    </message>
    <message>
        <source>This cluster’s certificate authority is new to you</source>
        <translation>Die Zertifizierungsstelle dieses Clusters ist hier neu</translation>
    </message>
    <message>
        <source>Compare it with what the replica prints on its own host before you trust it:</source>
        <translation>Vor dem Vertrauen mit dem vergleichen, was das Replikat auf seinem eigenen Rechner ausgibt:</translation>
    </message>
    <message>
        <source>This is not the certificate authority that %1 had</source>
        <translation>Das ist nicht die Zertifizierungsstelle, die %1 hatte</translation>
    </message>
    <message>
        <source>Either the cluster was made anew, or somebody else answers in its place. Trust it only if the replica prints the new one on its own host:</source>
        <translation>Entweder wurde der Cluster neu angelegt, oder jemand anderes antwortet an seiner Stelle. Nur vertrauen, wenn das Replikat auf seinem eigenen Rechner die neue ausgibt:</translation>
    </message>
    <message>
        <source>This is the certificate authority of %1, which you trust</source>
        <translation>Das ist die Zertifizierungsstelle von %1, der schon vertraut wird</translation>
    </message>
    <message>
        <source>Connecting again changes its user and password. The replica prints it with:</source>
        <translation>Erneutes Verbinden ändert Benutzer und Passwort. Das Replikat gibt sie aus mit:</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>%1, made %2, valid to %3 · replica %4 is signed by it</source>
        <translation>%1, erstellt %2, gültig bis %3 · hat Replikat %4 unterschrieben</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::Verbs</name>
    <message>
        <source>%1 does not answer.</source>
        <translation>%1 antwortet nicht.</translation>
    </message>
    <message>
        <source>There is no leader to hand over.</source>
        <translation>Es gibt keinen Leader, der übergeben könnte.</translation>
    </message>
    <message>
        <source>%1 is %2.</source>
        <translation>%1: %2.</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausieren</translation>
    </message>
    <message>
        <source>Kill</source>
        <translation>Hart beenden</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Make leader</source>
        <translation>Zum Leader machen</translation>
    </message>
    <message>
        <source>Undrain</source>
        <translation>Wieder annehmen</translation>
    </message>
    <message>
        <source>Drain</source>
        <translation>Auslaufen lassen</translation>
    </message>
    <message>
        <source>Resume %1</source>
        <translation>%1 fortsetzen</translation>
    </message>
    <message>
        <source>Start %1</source>
        <translation>%1 starten</translation>
    </message>
    <message>
        <source>This console itself is cut off.</source>
        <translation>Diese Konsole selbst ist abgeschnitten.</translation>
    </message>
    <message>
        <source>Log in…</source>
        <translation>Anmelden…</translation>
    </message>
    <message>
        <source>Start all</source>
        <translation>Alle starten</translation>
    </message>
    <message>
        <source>Resume all</source>
        <translation>Alle fortsetzen</translation>
    </message>
    <message>
        <source>Another change is under way: %1.</source>
        <translation>Eine andere Änderung ist im Gang: %1.</translation>
    </message>
    <message>
        <source>Nothing can be changed without a majority.</source>
        <translation>Ohne Mehrheit kann nichts geändert werden.</translation>
    </message>
    <message>
        <source>It is the only replica.</source>
        <translation>Es ist das einzige Replikat.</translation>
    </message>
    <message>
        <source>Forget…</source>
        <translation>Vergessen …</translation>
    </message>
    <message>
        <source>Replace…</source>
        <translation>Ersetzen …</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen …</translation>
    </message>
    <message>
        <source>%1 is joining already.</source>
        <translation>%1 tritt schon bei.</translation>
    </message>
    <message>
        <source>A cluster has seven voting replicas at most.</source>
        <translation>Ein Cluster hat höchstens sieben Replikate mit Stimme.</translation>
    </message>
    <message>
        <source>Add replica…</source>
        <translation>Replikat aufnehmen …</translation>
    </message>
    <message>
        <source>Repair…</source>
        <translation>Reparieren …</translation>
    </message>
    <message>
        <source>The login is refused.</source>
        <translation>Die Anmeldung wird abgelehnt.</translation>
    </message>
    <message>
        <source>No replica that votes answers.</source>
        <translation>Kein stimmberechtigtes Replikat antwortet.</translation>
    </message>
    <message>
        <source>Put the repair back…</source>
        <translation>Reparatur zurücknehmen …</translation>
    </message>
    <message>
        <source>Diagnose…</source>
        <translation>Diagnose …</translation>
    </message>
    <message>
        <source>Check cluster…</source>
        <translation>Cluster prüfen …</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::Wanted</name>
    <message>
        <source>There is no cluster “%1” here: none is known yet.</source>
        <translation>Hier gibt es keinen Cluster „%1“: Noch ist keiner bekannt.</translation>
    </message>
    <message>
        <source>There is no cluster “%1” here. There is: %2.</source>
        <translation>Hier gibt es keinen Cluster „%1“. Es gibt: %2.</translation>
    </message>
    <message>
        <source>%1 has no replica “%2”. It has: %3.</source>
        <translation>%1 hat kein Replikat „%2“. Es gibt: %3.</translation>
    </message>
</context>
<context>
    <name>pilothousectl</name>
    <message>
        <source>NAME</source>
        <translation>NAME</translation>
    </message>
    <message>
        <source>KIND</source>
        <translation>ART</translation>
    </message>
    <message>
        <source>REPLICAS</source>
        <translation>REPLIKATE</translation>
    </message>
    <message>
        <source>ADDRESS</source>
        <translation>ADRESSE</translation>
    </message>
    <message>
        <source>No cluster is known here. Add one: pilothousectl cluster add</source>
        <translation>Hier ist kein Cluster bekannt. Einen hinzufügen: pilothousectl cluster add</translation>
    </message>
    <message>
        <source>making keys and certificates …</source>
        <translation>Schlüssel und Zertifikate werden angelegt …</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 replicas take traffic</source>
        <translation>
            <numerusform>%1 von %2 Replikaten nimmt Verkehr an</numerusform>
            <numerusform>%1 von %2 Replikaten nehmen Verkehr an</numerusform>
        </translation>
    </message>
    <message>
        <source>REPLICA</source>
        <translation>REPLIKAT</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>PROCESS</source>
        <translation>PROZESS</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>gestoppt</translation>
    </message>
    <message>
        <source>User %1, password in %2</source>
        <translation>Benutzer %1, Passwort in %2</translation>
    </message>
    <message>
        <source>RUNNING</source>
        <translation>LAUFEN</translation>
    </message>
    <message>
        <source>MEMORY</source>
        <translation>SPEICHER</translation>
    </message>
    <message>
        <source>FOLDER</source>
        <translation>ORDNER</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 MiB</source>
        <translation>%1 MiB</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>ROLE</source>
        <translation>ROLLE</translation>
    </message>
    <message>
        <source>VOTES</source>
        <translation>STIMME</translation>
    </message>
    <message>
        <source>REACHABLE</source>
        <translation>ERREICHBAR</translation>
    </message>
    <message>
        <source>HEALTHY</source>
        <translation>GESUND</translation>
    </message>
    <message>
        <source>STATE</source>
        <translation>ZUSTAND</translation>
    </message>
    <message>
        <source>itself</source>
        <translation>selbst</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>Replica</source>
        <translation>Replikat</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Id</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Votes</source>
        <translation>Stimme</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Told by</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Alter</translation>
    </message>
    <message>
        <source>When (UTC)</source>
        <translation>Wann (UTC)</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>USER</source>
        <translation>BENUTZER</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%1 in %2</translation>
    </message>
    <message>
        <source>CREATED</source>
        <translation>ERSTELLT</translation>
    </message>
    <message>
        <source>GRANTS</source>
        <translation>FREIGABEN</translation>
    </message>
    <message>
        <source>SETTING</source>
        <translation>EINSTELLUNG</translation>
    </message>
    <message>
        <source>VALUE</source>
        <translation>WERT</translation>
    </message>
    <message>
        <source>DEFAULT</source>
        <translation>VORGABE</translation>
    </message>
    <message>
        <source>ALLOWED</source>
        <translation>ERLAUBT</translation>
    </message>
    <message>
        <source>EXPIRES</source>
        <translation>LÄUFT AB</translation>
    </message>
    <message>
        <source>FOR</source>
        <translation>FÜR</translation>
    </message>
    <message>
        <source>Access token %1 of %2; it is shown this once:</source>
        <translation>Zugangstoken %1 von %2; es wird nur dieses eine Mal gezeigt:</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1 leads.</source>
        <translation>%1 führt.</translation>
    </message>
    <message>
        <source>%1 takes traffic again.</source>
        <translation>%1 nimmt wieder Verkehr an.</translation>
    </message>
    <message>
        <source>%1 is draining: its health addresses answer 503, running requests finish.</source>
        <translation>%1 läuft aus: Seine Health-Adressen antworten 503, laufende Anfragen werden beendet.</translation>
    </message>
    <message>
        <source>Password of %1 at %2</source>
        <translation>Passwort von %1 bei %2</translation>
    </message>
    <message>
        <source>No keyring answers here, so the password is not kept: give --password-file, or it is asked for each time.</source>
        <translation>Hier antwortet kein Schlüsselbund, das Passwort wird also nicht aufbewahrt: --password-file angeben, sonst wird jedes Mal danach gefragt.</translation>
    </message>
    <message>
        <source>No keyring answers here: the password is read from %1 each time.</source>
        <translation>Hier antwortet kein Schlüsselbund: Das Passwort wird jedes Mal aus %1 gelesen.</translation>
    </message>
    <message>
        <source>Forgot %1 here; the cluster itself was not touched.</source>
        <translation>%1 ist hier vergessen; der Cluster selbst blieb unberührt.</translation>
    </message>
    <message>
        <source>A replica answers again.</source>
        <translation>Ein Replikat antwortet wieder.</translation>
    </message>
    <message>
        <source>No replica answers; waiting for one.</source>
        <translation>Kein Replikat antwortet; es wird auf eines gewartet.</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>pausiert</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>Look at it: pilothousectl status --cluster %1. Stop it: pilothousectl sandbox stop %1</source>
        <translation>Ansehen: pilothousectl status --cluster %1. Stoppen: pilothousectl sandbox stop %1</translation>
    </message>
    <message>
        <source>Stopped %1; its data stays in %2. Start it again: pilothousectl sandbox start %1</source>
        <translation>%1 gestoppt; die Daten bleiben in %2. Wieder starten: pilothousectl sandbox start %1</translation>
    </message>
    <message>
        <source>Removed %1 and its data.</source>
        <translation>%1 und die Daten wurden entfernt.</translation>
    </message>
    <message>
        <source>There is no sandbox. Start one: pilothousectl sandbox start demo</source>
        <translation>Es gibt keine Sandbox. Eine starten: pilothousectl sandbox start demo</translation>
    </message>
    <message>
        <source>%1 was killed.</source>
        <translation>%1 wurde hart beendet.</translation>
    </message>
    <message>
        <source>%1 is paused.</source>
        <translation>%1 ist pausiert.</translation>
    </message>
    <message>
        <source>%1 goes on.</source>
        <translation>%1 läuft weiter.</translation>
    </message>
    <message>
        <source>%1 was started.</source>
        <translation>%1 wurde gestartet.</translation>
    </message>
    <message>
        <source>Cluster %1: %2</source>
        <translation>Cluster %1: %2</translation>
    </message>
    <message>
        <source>Observed %1 (UTC) with pilothousectl %2.</source>
        <translation>Beobachtet %1 (UTC) mit pilothousectl %2.</translation>
    </message>
    <message>
        <source>No replica could tell the last events.</source>
        <translation>Kein Replikat konnte die letzten Ereignisse nennen.</translation>
    </message>
    <message>
        <source>There is no access token. Make one: pilothousectl token create --description TEXT</source>
        <translation>Es gibt kein Zugangstoken. Eines anlegen: pilothousectl token create --description TEXT</translation>
    </message>
    <message>
        <source>Revoked access token %1.</source>
        <translation>Zugangstoken %1 widerrufen.</translation>
    </message>
    <message>
        <source>Removed user %1 and the user&apos;s access tokens.</source>
        <translation>Benutzer %1 und seine Zugangstokens entfernt.</translation>
    </message>
    <message>
        <source>Saved %1; its replicas are %2.</source>
        <translation>%1 ist gespeichert; die Replikate sind %2.</translation>
    </message>
    <message>
        <source>starting the replicas …</source>
        <translation>Replikate werden gestartet …</translation>
    </message>
    <message>
        <source>from here</source>
        <translation>von hier</translation>
    </message>
    <message>
        <source>cannot read %1: %2</source>
        <translation>%1 lässt sich nicht lesen: %2</translation>
    </message>
    <message>
        <source>this cluster&apos;s certificate authority is new to you: SHA-256 %1</source>
        <translation>die Zertifizierungsstelle dieses Clusters ist hier neu: SHA-256 %1</translation>
    </message>
    <message>
        <source>Compare it with `sudo pilothouse-replica fingerprint` on the replica&apos;s host, then give it with --fingerprint</source>
        <translation>Auf dem Rechner des Replikats mit „sudo pilothouse-replica fingerprint“ vergleichen, dann mit --fingerprint angeben</translation>
    </message>
    <message>
        <source>the fingerprint is another: SHA-256 %1</source>
        <translation>der Fingerabdruck ist ein anderer: SHA-256 %1</translation>
    </message>
    <message>
        <source>Do not go on before you know why</source>
        <translation>Nicht weitermachen, bevor klar ist, warum</translation>
    </message>
    <message>
        <source>Give --password-file FILE</source>
        <translation>--password-file DATEI angeben</translation>
    </message>
    <message>
        <source>Give another one with --name, or remove that one first</source>
        <translation>Mit --name einen anderen angeben oder jenen zuerst entfernen</translation>
    </message>
    <message>
        <source>a cluster is saved as &quot;%1&quot; already</source>
        <translation>ein Cluster ist schon als „%1“ gespeichert</translation>
    </message>
    <message>
        <source>a sandbox is called &quot;%1&quot; already</source>
        <translation>eine Sandbox heißt schon „%1“</translation>
    </message>
    <message>
        <source>nothing was saved: %1</source>
        <translation>nichts wurde gespeichert: %1</translation>
    </message>
    <message>
        <source>no replica answers</source>
        <translation>kein Replikat antwortet</translation>
    </message>
    <message>
        <source>saved</source>
        <translation>gespeichert</translation>
    </message>
    <message>
        <source>sandbox</source>
        <translation>Sandbox</translation>
    </message>
    <message>
        <source>cancelled; what this command had started was stopped again</source>
        <translation>abgebrochen; was dieser Befehl gestartet hatte, ist wieder beendet</translation>
    </message>
    <message>
        <source>this deletes sandbox &quot;%1&quot; and all data in %2</source>
        <translation>das löscht die Sandbox „%1“ und alle Daten in %2</translation>
    </message>
    <message>
        <source>Add --yes to do it</source>
        <translation>Mit --yes geschieht es</translation>
    </message>
    <message>
        <source>no replica of sandbox &quot;%1&quot; is named</source>
        <translation>kein Replikat der Sandbox „%1“ ist genannt</translation>
    </message>
    <message>
        <source>Name them, or give --all</source>
        <translation>Replikate nennen oder --all angeben</translation>
    </message>
    <message>
        <source>cannot read the password from standard input</source>
        <translation>das Passwort lässt sich nicht von der Standardeingabe lesen</translation>
    </message>
    <message>
        <source>standard input has no password on its first line</source>
        <translation>in der ersten Zeile der Standardeingabe steht kein Passwort</translation>
    </message>
    <message>
        <source>there is no terminal to ask for the password</source>
        <translation>es gibt kein Terminal, um nach dem Passwort zu fragen</translation>
    </message>
    <message>
        <source>no password was given</source>
        <translation>kein Passwort wurde angegeben</translation>
    </message>
    <message>
        <source>there is no replica &quot;%1&quot;</source>
        <translation>es gibt kein Replikat „%1“</translation>
    </message>
    <message>
        <source>There are %1</source>
        <translation>Es gibt %1</translation>
    </message>
    <message>
        <source>%1 does not let us in: %2</source>
        <translation>%1 verweigert die Anmeldung: %2</translation>
    </message>
    <message>
        <source>Check the user and the password</source>
        <translation>Benutzer und Passwort prüfen</translation>
    </message>
    <message>
        <source>leader</source>
        <translation>Leader</translation>
    </message>
    <message>
        <source>follower</source>
        <translation>Follower</translation>
    </message>
    <message>
        <source>learner</source>
        <translation>Learner</translation>
    </message>
    <message>
        <source>healthy</source>
        <translation>gesund</translation>
    </message>
    <message>
        <source>degraded</source>
        <translation>eingeschränkt</translation>
    </message>
    <message>
        <source>at risk</source>
        <translation>gefährdet</translation>
    </message>
    <message>
        <source>no quorum</source>
        <translation>kein Quorum</translation>
    </message>
    <message>
        <source>unreachable</source>
        <translation>nicht erreichbar</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>startet</translation>
    </message>
    <message>
        <source>Give the cluster&apos;s CA certificate (PEM) with --ca-file</source>
        <translation>Das CA-Zertifikat des Clusters (PEM) mit --ca-file angeben</translation>
    </message>
    <message>
        <source>--url needs --ca-file, --username and --password-file</source>
        <translation>--url braucht --ca-file, --username und --password-file</translation>
    </message>
    <message>
        <source>Or save the cluster once: pilothousectl cluster add</source>
        <translation>Oder den Cluster einmal speichern: pilothousectl cluster add</translation>
    </message>
    <message>
        <source>--username needs --password-file with a sandbox</source>
        <translation>--username braucht bei einer Sandbox --password-file</translation>
    </message>
    <message>
        <source>Without both it is the sandbox&apos;s administrator, %1</source>
        <translation>Ohne beide ist es der Administrator der Sandbox, %1</translation>
    </message>
    <message>
        <source>no password for %1 at %2: %3</source>
        <translation>kein Passwort für %1 bei %2: %3</translation>
    </message>
    <message>
        <source>saved cluster %1</source>
        <translation>gespeicherter Cluster %1</translation>
    </message>
    <message>
        <source>no cluster or sandbox is called &quot;%1&quot;</source>
        <translation>kein Cluster und keine Sandbox heißt „%1“</translation>
    </message>
    <message>
        <source>See those there are: pilothousectl cluster list</source>
        <translation>Welche es gibt: pilothousectl cluster list</translation>
    </message>
    <message>
        <source>no cluster is known here yet</source>
        <translation>hier ist noch kein Cluster bekannt</translation>
    </message>
    <message>
        <source>Give --url, or start a sandbox: pilothousectl sandbox start demo</source>
        <translation>--url angeben oder eine Sandbox starten: pilothousectl sandbox start demo</translation>
    </message>
    <message>
        <source>more than one cluster is known here: %1</source>
        <translation>hier ist mehr als ein Cluster bekannt: %1</translation>
    </message>
    <message>
        <source>Say which with --cluster NAME</source>
        <translation>Mit --cluster NAME einen wählen</translation>
    </message>
    <message>
        <source>nothing is to be changed</source>
        <translation>es ist nichts zu ändern</translation>
    </message>
    <message>
        <source>Give --role or --new-password-file</source>
        <translation>--role oder --new-password-file angeben</translation>
    </message>
    <message>
        <source>--url needs --ca-file</source>
        <translation>--url braucht --ca-file</translation>
    </message>
    <message>
        <source>docker without root</source>
        <translation>docker ohne root</translation>
    </message>
    <message>
        <source>trusted now</source>
        <translation>vertraut jetzt</translation>
    </message>
    <message>
        <source>trusted, among others</source>
        <translation>vertraut, neben anderen</translation>
    </message>
    <message>
        <source>trusted</source>
        <translation>vertraut</translation>
    </message>
    <message>
        <source>already trusted</source>
        <translation>vertraut schon</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>entfernt</translation>
    </message>
    <message>
        <source>not trusted</source>
        <translation>vertraut nicht</translation>
    </message>
    <message>
        <source>something else</source>
        <translation>etwas anderes</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>CLIENT</source>
        <translation>CLIENT</translation>
    </message>
    <message>
        <source>FILE</source>
        <translation>DATEI</translation>
    </message>
    <message>
        <source>%1 is not this cluster&apos;s:</source>
        <translation>%1 gehört nicht zu diesem Cluster:</translation>
    </message>
    <message>
        <source>%1 was replaced:</source>
        <translation>%1 wurde ersetzt:</translation>
    </message>
    <message>
        <source>  old: SHA-256 %1</source>
        <translation>  alt: SHA-256 %1</translation>
    </message>
    <message>
        <source>no certificate</source>
        <translation>kein Zertifikat</translation>
    </message>
    <message>
        <source>  new: SHA-256 %1</source>
        <translation>  neu: SHA-256 %1</translation>
    </message>
    <message>
        <source>To take the rest away:</source>
        <translation>Um den Rest zu entfernen:</translation>
    </message>
    <message>
        <source>To trust it everywhere else:</source>
        <translation>Um ihr auch überall sonst zu vertrauen:</translation>
    </message>
    <message>
        <source>To trust it everywhere; --install does what needs no sudo:</source>
        <translation>Um ihr überall zu vertrauen; --install tut, was kein sudo braucht:</translation>
    </message>
    <message>
        <source>containerd reads its files where config_path in /etc/containerd/config.toml is &quot;/etc/containerd/certs.d&quot;; ctr takes --hosts-dir /etc/containerd/certs.d.</source>
        <translation>containerd liest seine Dateien, wenn config_path in /etc/containerd/config.toml „/etc/containerd/certs.d“ ist; ctr nimmt --hosts-dir /etc/containerd/certs.d.</translation>
    </message>
    <message>
        <source>Then, an image in and out:</source>
        <translation>Dann ein Image hinein und heraus:</translation>
    </message>
    <message>
        <source>The CA of %1: SHA-256 %2</source>
        <translation>Die Zertifizierungsstelle (CA) von %1: SHA-256 %2</translation>
    </message>
    <message>
        <source>No replica could be asked, so these are the addresses that are known here; an address of the load balancer may be missing.</source>
        <translation>Kein Replikat konnte gefragt werden, daher sind dies die hier bekannten Adressen; die des Lastverteilers kann fehlen.</translation>
    </message>
    <message>
        <source>Its CA is still trusted by %1. Take it away: %2</source>
        <translation>Seiner CA vertraut noch %1. Entfernen Sie das: %2</translation>
    </message>
    <message>
        <source>Removed %1, by which a registry client trusted its CA.</source>
        <translation>%1 wurde entfernt, wodurch ein Registry-Client seiner CA vertraute.</translation>
    </message>
    <message>
        <source>Where something else is, nothing was changed. To put this cluster&apos;s CA in its place, add --replace</source>
        <translation>Wo etwas anderes ist, wurde nichts geändert. Um die CA dieses Clusters an dessen Stelle zu setzen: --replace</translation>
    </message>
    <message>
        <source>copying to %1</source>
        <translation>wird nach %1 kopiert</translation>
    </message>
    <message>
        <source>%1 silent</source>
        <translation>%1 still</translation>
    </message>
    <message>
        <source>%1 by %2 through %3</source>
        <translation>%1 von %2 über %3</translation>
    </message>
    <message>
        <source>nobody known</source>
        <translation>niemand Bekanntem</translation>
    </message>
    <message>
        <source>%1 from %2</source>
        <translation>%1 von %2 aus</translation>
    </message>
    <message numerus="yes">
        <source>%n manifests</source>
        <translation>
            <numerusform>%n Manifest</numerusform>
            <numerusform>%n Manifeste</numerusform>
        </translation>
    </message>
    <message>
        <source>only here</source>
        <translation>nur hier</translation>
    </message>
    <message>
        <source>SIZE</source>
        <translation>GRÖSSE</translation>
    </message>
    <message>
        <source>WHAT</source>
        <translation>WAS</translation>
    </message>
    <message>
        <source>REPOSITORY</source>
        <translation>REPOSITORY</translation>
    </message>
    <message>
        <source>TAGS</source>
        <translation>TAGS</translation>
    </message>
    <message>
        <source>LAST PUSH</source>
        <translation>LETZTER PUSH</translation>
    </message>
    <message>
        <source>BY</source>
        <translation>VON</translation>
    </message>
    <message numerus="yes">
        <source>%n repositories</source>
        <translation>
            <numerusform>%n Repository</numerusform>
            <numerusform>%n Repositorys</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, shared layers counted once</source>
        <translation>%1, gemeinsame Schichten einmal gezählt</translation>
    </message>
    <message>
        <source>TAG</source>
        <translation>TAG</translation>
    </message>
    <message>
        <source>DIGEST</source>
        <translation>DIGEST</translation>
    </message>
    <message>
        <source>PLATFORMS</source>
        <translation>PLATTFORMEN</translation>
    </message>
    <message>
        <source>PUSHED</source>
        <translation>GEPUSHT</translation>
    </message>
    <message>
        <source>COPIES</source>
        <translation>KOPIEN</translation>
    </message>
    <message>
        <source>Repository</source>
        <translation>Repository</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>Manifests</source>
        <translation>Manifeste</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Last push</source>
        <translation>Letzter Push</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>Digest</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Artifact</source>
        <translation>Artefakt</translation>
    </message>
    <message>
        <source>Platforms</source>
        <translation>Plattformen</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>Gepusht</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>Kopien</translation>
    </message>
    <message>
        <source>Refers to</source>
        <translation>Verweist auf</translation>
    </message>
    <message>
        <source>Part of</source>
        <translation>Teil von</translation>
    </message>
    <message>
        <source>IMAGE</source>
        <translation>IMAGE</translation>
    </message>
    <message>
        <source>LAYER</source>
        <translation>SCHICHT</translation>
    </message>
    <message>
        <source>ON</source>
        <translation>AUF</translation>
    </message>
    <message>
        <source>ALSO USED BY</source>
        <translation>AUCH BENUTZT VON</translation>
    </message>
    <message>
        <source>REFERRED TO BY</source>
        <translation>DARAUF VERWEIST</translation>
    </message>
    <message>
        <source>tag %1</source>
        <translation>Tag %1</translation>
    </message>
    <message>
        <source>manifest %1, %2</source>
        <translation>Manifest %1, %2</translation>
    </message>
    <message>
        <source>No manifest names %1 (%2).</source>
        <translation>Kein Manifest benennt %1 (%2).</translation>
    </message>
    <message numerus="yes">
        <source>%n blobs</source>
        <translation>
            <numerusform>%n Blob</numerusform>
            <numerusform>%n Blobs</numerusform>
        </translation>
    </message>
    <message>
        <source>A run would begin to delete %1 (%2).</source>
        <translation>Ein Lauf würde %1 (%2) zu löschen beginnen.</translation>
    </message>
    <message>
        <source>Deleted %1 (%2).</source>
        <translation>Gelöscht: %1 (%2).</translation>
    </message>
    <message>
        <source>The others wait until nobody has asked for them for as long as collect_after_minutes says.</source>
        <translation>Die anderen warten, bis so lange niemand nach ihnen gefragt hat, wie collect_after_minutes sagt.</translation>
    </message>
    <message>
        <source>There is no repository yet. How to push: pilothousectl trust</source>
        <translation>Es gibt noch kein Repository. Wie man pusht: pilothousectl trust</translation>
    </message>
    <message>
        <source>No repository or tag has this in its name.</source>
        <translation>Kein Repository und kein Tag hat das im Namen.</translation>
    </message>
    <message>
        <source>There is no such tag in %1.</source>
        <translation>In %1 gibt es kein solches Tag.</translation>
    </message>
    <message>
        <source>nothing was deleted yet</source>
        <translation>noch ist nichts gelöscht</translation>
    </message>
    <message>
        <source>Add --yes to do it, or --dry-run to only look</source>
        <translation>Mit --yes geschieht es, mit --dry-run wird nur nachgesehen</translation>
    </message>
    <message>
        <source>  Passed (%1): %2</source>
        <translation>  Bestanden (%1): %2</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>übergangen</translation>
    </message>
    <message>
        <source>undone</source>
        <translation>zurück</translation>
    </message>
    <message>
        <source>to do</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>  Now: %1.</source>
        <translation>  Jetzt: %1.</translation>
    </message>
    <message>
        <source>  Afterwards: %1.</source>
        <translation>  Danach: %1.</translation>
    </message>
    <message>
        <source>Operation %1, started by %2 at %3</source>
        <translation>Vorgang %1, begonnen von %2 um %3</translation>
    </message>
    <message>
        <source>Waits: %1</source>
        <translation>Wartet: %1</translation>
    </message>
    <message>
        <source>Journal:</source>
        <translation>Verlauf:</translation>
    </message>
    <message>
        <source>%1 has left the cluster: %2.</source>
        <translation>%1 hat den Cluster verlassen: %2.</translation>
    </message>
    <message>
        <source>Cancelled: everything is as it was.</source>
        <translation>Abgebrochen: Alles ist, wie es war.</translation>
    </message>
    <message>
        <source>Nothing was changed: a check spoke against it.</source>
        <translation>Nichts wurde geändert: Eine Prüfung sprach dagegen.</translation>
    </message>
    <message>
        <source>Cancelled; what was done is taken back.</source>
        <translation>Abgebrochen; was getan war, wird zurückgenommen.</translation>
    </message>
    <message>
        <source>  waits: %1</source>
        <translation>  wartet: %1</translation>
    </message>
    <message>
        <source>(for longer than it should; see pilothousectl operations --help)</source>
        <translation>(länger, als es sollte; siehe pilothousectl operations --help)</translation>
    </message>
    <message>
        <source>The operation goes on. Follow it: pilothousectl operations follow %1</source>
        <translation>Der Vorgang läuft weiter. Ihm folgen: pilothousectl operations follow %1</translation>
    </message>
    <message>
        <source>No replica has told of the operation for a minute; it may go on. Follow it: pilothousectl operations follow %1</source>
        <translation>Seit einer Minute hat kein Replikat von dem Vorgang berichtet; er läuft vielleicht weiter. Ihm folgen: pilothousectl operations follow %1</translation>
    </message>
    <message>
        <source>nothing was changed: a check blocks it</source>
        <translation>nichts wurde geändert: eine Prüfung verhindert es</translation>
    </message>
    <message>
        <source>nothing was changed: data would be lost</source>
        <translation>nichts wurde geändert: Daten gingen verloren</translation>
    </message>
    <message>
        <source>Add --force %1 to lose it</source>
        <translation>Mit --force %1 gehen sie verloren</translation>
    </message>
    <message>
        <source>nothing was changed: a check needs your word</source>
        <translation>nichts wurde geändert: eine Prüfung braucht Ihr Wort</translation>
    </message>
    <message>
        <source>Add --reason TEXT to say why it is to be done; it is kept with the operation</source>
        <translation>Mit --reason TEXT sagen, warum es geschehen soll; das bleibt beim Vorgang</translation>
    </message>
    <message>
        <source>nothing was changed yet</source>
        <translation>noch wurde nichts geändert</translation>
    </message>
    <message>
        <source>Operation %1 has begun. It goes on by itself.</source>
        <translation>Der Vorgang %1 hat begonnen. Er läuft von selbst weiter.</translation>
    </message>
    <message>
        <source>no operation is running</source>
        <translation>kein Vorgang läuft</translation>
    </message>
    <message>
        <source>OPERATION</source>
        <translation>VORGANG</translation>
    </message>
    <message>
        <source>STARTED</source>
        <translation>BEGONNEN</translation>
    </message>
    <message>
        <source>The cluster has not been changed by an operation yet.</source>
        <translation>Der Cluster wurde noch durch keinen Vorgang geändert.</translation>
    </message>
    <message>
        <source>The new host’s setup code: </source>
        <translation>Einrichtungscode des neuen Rechners: </translation>
    </message>
    <message>
        <source>--setup-code-file</source>
        <translation>--setup-code-file</translation>
    </message>
    <message>
        <source>%1 votes now: %2.</source>
        <translation>%1 stimmt jetzt: %2.</translation>
    </message>
    <message>
        <source>Cancelled: %1 is forgotten all the same, and nobody has joined.</source>
        <translation>Abgebrochen: %1 ist trotzdem vergessen, und niemand ist beigetreten.</translation>
    </message>
    <message>
        <source>If %1 was a member already, its process has ended: empty its data folder before it waits again.</source>
        <translation>War %1 schon Mitglied, so ist sein Prozess beendet: seinen Datenordner leeren, bevor es wieder wartet.</translation>
    </message>
    <message>
        <source>Look at it: pilothousectl repair status</source>
        <translation>Nachsehen: pilothousectl repair status</translation>
    </message>
    <message>
        <source>nobody who answers is a voting member of %1: %2 says: %3</source>
        <translation>keines, das antwortet, ist ein Mitglied von %1 mit Stimme: %2 sagt: %3</translation>
    </message>
    <message>
        <source>Name one with --from to go on from it nevertheless</source>
        <translation>Eines mit --from nennen, um trotzdem aus ihm weiterzumachen</translation>
    </message>
    <message>
        <source>Say what became of those that do not answer: --destroyed, --powered-off or --cut-off NAME</source>
        <translation>Sagen, was aus denen wurde, die nicht antworten: --destroyed, --powered-off oder --cut-off NAME</translation>
    </message>
    <message>
        <source>%1 is the best to go on from. %2</source>
        <translation>%1 ist das beste, um aus ihm weiterzumachen. %2</translation>
    </message>
    <message>
        <source>The repair cannot be followed any more; it may go on. Look at it: pilothousectl repair status</source>
        <translation>Die Wiederherstellung lässt sich nicht weiter verfolgen; vielleicht geht sie weiter. Nachsehen: pilothousectl repair status</translation>
    </message>
    <message>
        <source>The repair goes on. Look at it: pilothousectl repair status</source>
        <translation>Die Wiederherstellung geht weiter. Nachsehen: pilothousectl repair status</translation>
    </message>
    <message>
        <source>the repair cannot be put back</source>
        <translation>die Wiederherstellung lässt sich nicht zurücknehmen</translation>
    </message>
    <message numerus="yes">
        <source>nothing was changed: %1 changes since the repair would be lost</source>
        <translation>
            <numerusform>nichts wurde geändert: %1 Änderung seit der Wiederherstellung ginge verloren</numerusform>
            <numerusform>nichts wurde geändert: %1 Änderungen seit der Wiederherstellung gingen verloren</numerusform>
        </translation>
    </message>
    <message>
        <source>Add --reason TEXT to say why they may be; it is kept with the repair</source>
        <translation>Mit --reason TEXT sagen, warum das sein darf; es wird bei der Wiederherstellung aufbewahrt</translation>
    </message>
    <message>
        <source>Add --yes to put %1 back to epoch %2 and to its data of before</source>
        <translation>Mit --yes kommt %1 zurück in Epoche %2 und zu seinen Daten von vorher</translation>
    </message>
    <message>
        <source>  Could be gone on from, the best first:</source>
        <translation>  Daraus ließe sich weitermachen, das beste zuerst:</translation>
    </message>
    <message>
        <source>  Said of those that do not answer: %1</source>
        <translation>  Gesagt über die, die nicht antworten: %1</translation>
    </message>
    <message>
        <source>  Copied first, so that it can be put back: the engine&apos;s data, %1, to %2</source>
        <translation>  Zuerst kopiert, damit es sich zurücknehmen lässt: die Daten der Engine, %1, nach %2</translation>
    </message>
    <message>
        <source>Repair %1, started by %2 at %3</source>
        <translation>Wiederherstellung %1, begonnen von %2 um %3</translation>
    </message>
    <message>
        <source>Because: %1</source>
        <translation>Weil: %1</translation>
    </message>
    <message>
        <source>The engine&apos;s data of before is copied to %1.</source>
        <translation>Die Daten der Engine von vorher sind nach %1 kopiert.</translation>
    </message>
    <message>
        <source>To do that: pilothousectl repair put-back</source>
        <translation>Dazu: pilothousectl repair put-back</translation>
    </message>
    <message>
        <source>Next:</source>
        <translation>Als Nächstes:</translation>
    </message>
    <message>
        <source>%1 is stated twice</source>
        <translation>über %1 ist zweierlei gesagt</translation>
    </message>
    <message>
        <source>%1 answers, so it is not %2</source>
        <translation>%1 antwortet, ist also nicht %2</translation>
    </message>
    <message>
        <source>Look at it: pilothousectl status</source>
        <translation>Nachsehen: pilothousectl status</translation>
    </message>
    <message>
        <source>the report cannot be written to %1: %2</source>
        <translation>Der Bericht kann nicht nach %1 geschrieben werden: %2</translation>
    </message>
    <message>
        <source>Choose another file</source>
        <translation>Eine andere Datei wählen</translation>
    </message>
    <message>
        <source>What explains it:</source>
        <translation>Was es erklärt:</translation>
    </message>
    <message>
        <source>What was found:</source>
        <translation>Was gefunden wurde:</translation>
    </message>
    <message>
        <source>  Worst moment: %1.</source>
        <translation>  Schlechtester Augenblick: %1.</translation>
    </message>
    <message>
        <source>This leaves no record: the cluster cannot keep one now.</source>
        <translation>Davon bleibt keine Aufzeichnung: Der Cluster kann jetzt keine führen.</translation>
    </message>
</context>
<context>
    <name>registry</name>
    <message>
        <source>Log in; the password is on no command line</source>
        <translation>Anmelden; das Passwort steht auf keiner Befehlszeile</translation>
    </message>
    <message>
        <source>Give an image of yours, IMAGE, a name in this registry</source>
        <translation>Einem eigenen Image (IMAGE) einen Namen in dieser Registry geben</translation>
    </message>
    <message>
        <source>Push it</source>
        <translation>Pushen</translation>
    </message>
    <message>
        <source>Pull it through another address: the registry is one</source>
        <translation>Über eine andere Adresse pullen: Es ist eine einzige Registry</translation>
    </message>
    <message>
        <source>Pull it</source>
        <translation>Pullen</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>vor %1</translation>
    </message>
    <message numerus="yes">
        <source>%n images</source>
        <translation>
            <numerusform>%n Image</numerusform>
            <numerusform>%n Images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n indexes</source>
        <translation>
            <numerusform>%n Index</numerusform>
            <numerusform>%n Indizes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signatures</source>
        <translation>
            <numerusform>%n Signatur</numerusform>
            <numerusform>%n Signaturen</numerusform>
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
            <numerusform>%n Attestierung</numerusform>
            <numerusform>%n Attestierungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n charts</source>
        <translation>
            <numerusform>%n Chart</numerusform>
            <numerusform>%n Charts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n artifacts</source>
        <translation>
            <numerusform>%n Artefakt</numerusform>
            <numerusform>%n Artefakte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tags</source>
        <translation>
            <numerusform>%n Tag</numerusform>
            <numerusform>%n Tags</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n manifests</source>
        <translation>
            <numerusform>%n Manifest</numerusform>
            <numerusform>%n Manifeste</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 become free when the collector has been.</source>
        <translation>%1 werden frei, wenn der Sammler da war.</translation>
    </message>
    <message>
        <source>Nothing becomes free: all of it is needed elsewhere.</source>
        <translation>Nichts wird frei: alles wird anderswo gebraucht.</translation>
    </message>
    <message>
        <source>The repository %1 goes, with %2 and %3.</source>
        <translation>Das Repository %1 geht, mit %2 und %3.</translation>
    </message>
    <message>
        <source>The tag %1 of %2 goes. What it names stays.</source>
        <translation>Das Tag %1 von %2 geht. Was es benennt, bleibt.</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 und %2</translation>
    </message>
    <message>
        <source>Of %1 go %2.</source>
        <translation>Von %1 gehen %2.</translation>
    </message>
</context>
<context>
    <name>sandbox</name>
    <message>
        <source>%1 replicas cannot make a sandbox</source>
        <translation>%1 Replikate ergeben keine Sandbox</translation>
    </message>
    <message>
        <source>Use 1, 3, 5 or 7</source>
        <translation>1, 3, 5 oder 7 verwenden</translation>
    </message>
    <message>
        <source>more than seven replicas cost more than they give</source>
        <translation>mehr als sieben Replikate kosten mehr, als sie bringen</translation>
    </message>
    <message>
        <source>an even number of replicas survives no more losses than one fewer</source>
        <translation>eine gerade Zahl von Replikaten verkraftet nicht mehr Ausfälle als eines weniger</translation>
    </message>
    <message>
        <source>Use 1, 3, 5 or 7, or --force to have %1 all the same</source>
        <translation>1, 3, 5 oder 7 verwenden, oder --force für trotzdem %1</translation>
    </message>
    <message>
        <source>cannot write %1: %2</source>
        <translation>%1 lässt sich nicht schreiben: %2</translation>
    </message>
    <message>
        <source>Check that the disk has room and the folder is yours</source>
        <translation>Prüfen, ob auf der Platte Platz ist und der Ordner Ihnen gehört</translation>
    </message>
    <message>
        <source>it did not end within %1 s</source>
        <translation>es hat nicht innerhalb von %1 s geendet</translation>
    </message>
    <message>
        <source>cannot run %1</source>
        <translation>%1 lässt sich nicht ausführen</translation>
    </message>
    <message>
        <source>%1 made no replica</source>
        <translation>%1 hat kein Replikat angelegt</translation>
    </message>
    <message>
        <source>%1 is not empty</source>
        <translation>%1 ist nicht leer</translation>
    </message>
    <message>
        <source>Choose another folder with --dir</source>
        <translation>Mit --dir einen anderen Ordner wählen</translation>
    </message>
    <message>
        <source>cannot make %1: %2</source>
        <translation>%1 lässt sich nicht anlegen: %2</translation>
    </message>
    <message>
        <source>Its log: %1</source>
        <translation>Sein Protokoll: %1</translation>
    </message>
    <message>
        <source>%1 stopped: %2</source>
        <translation>%1 hat sich beendet: %2</translation>
    </message>
    <message>
        <source>%1 of %2 replicas take traffic after %3 s</source>
        <translation>%1 von %2 Replikaten nehmen nach %3 s Verkehr an</translation>
    </message>
    <message>
        <source>Their logs are in %1</source>
        <translation>Ihre Protokolle liegen in %1</translation>
    </message>
    <message>
        <source>%1 does not answer after %2 s</source>
        <translation>%1 antwortet nach %2 s nicht</translation>
    </message>
    <message>
        <source>process %1</source>
        <translation>Prozess %1</translation>
    </message>
    <message>
        <source>another process</source>
        <translation>ein anderer Prozess</translation>
    </message>
    <message>
        <source>%1 is starting or stopping sandbox &quot;%2&quot; just now</source>
        <translation>%1 startet oder beendet gerade die Sandbox „%2“</translation>
    </message>
    <message>
        <source>Wait until it is done, or end it</source>
        <translation>Warten, bis er fertig ist, oder ihn beenden</translation>
    </message>
    <message>
        <source>port %1 on this computer is not to be had: %2</source>
        <translation>Port %1 auf diesem Rechner ist nicht zu bekommen: %2</translation>
    </message>
    <message>
        <source>port %1 on this computer is held by %2</source>
        <translation>Port %1 auf diesem Rechner ist belegt von %2</translation>
    </message>
    <message>
        <source>port %1 on this computer is held by another process</source>
        <translation>Port %1 auf diesem Rechner ist von einem anderen Prozess belegt</translation>
    </message>
    <message>
        <source>End that process, then start the sandbox again</source>
        <translation>Diesen Prozess beenden, dann die Sandbox wieder starten</translation>
    </message>
    <message>
        <source>there are not %1 free ports between %2 and %3</source>
        <translation>zwischen %2 und %3 sind keine %1 Ports frei</translation>
    </message>
    <message>
        <source>%1 does not run</source>
        <translation>%1 läuft nicht</translation>
    </message>
    <message>
        <source>cannot signal process %1: %2</source>
        <translation>Prozess %1 lässt sich kein Signal senden: %2</translation>
    </message>
    <message>
        <source>%1 did not stop within %2 s</source>
        <translation>%1 hat sich nicht innerhalb von %2 s beendet</translation>
    </message>
    <message>
        <source>cannot run %1: %2</source>
        <translation>%1 lässt sich nicht ausführen: %2</translation>
    </message>
    <message>
        <source>pilothouse-replica is neither beside this program nor in $PATH</source>
        <translation>pilothouse-replica liegt weder neben diesem Programm noch im $PATH</translation>
    </message>
    <message>
        <source>Install the package pilothouse-replica, or build it with ./run build</source>
        <translation>Das Paket pilothouse-replica installieren oder es mit ./run build bauen</translation>
    </message>
    <message numerus="yes">
        <source>sandbox &quot;%2&quot; has %1 replicas already</source>
        <translation>
            <numerusform>die Sandbox „%2“ hat schon %1 Replikat</numerusform>
            <numerusform>die Sandbox „%2“ hat schon %1 Replikate</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove it first, or choose another name</source>
        <translation>Sie zuerst entfernen oder einen anderen Namen wählen</translation>
    </message>
    <message>
        <source>cannot read %1: %2</source>
        <translation>%1 lässt sich nicht lesen: %2</translation>
    </message>
    <message>
        <source>%1 is damaged: %2</source>
        <translation>%1 ist beschädigt: %2</translation>
    </message>
    <message>
        <source>Mend it, or end what still runs of the sandbox and delete that folder</source>
        <translation>Reparieren, oder beenden, was von der Sandbox noch läuft, und den Ordner löschen</translation>
    </message>
    <message>
        <source>&quot;%1&quot; cannot be a sandbox&apos;s name</source>
        <translation>„%1“ kann keine Sandbox heißen</translation>
    </message>
    <message>
        <source>Use up to 40 of a-z, 0-9 and -, beginning with a letter</source>
        <translation>Bis zu 40 aus a-z, 0-9 und - verwenden, mit einem Buchstaben beginnend</translation>
    </message>
    <message>
        <source>there is no sandbox &quot;%1&quot;</source>
        <translation>es gibt keine Sandbox „%1“</translation>
    </message>
    <message>
        <source>See those there are: pilothousectl sandbox list</source>
        <translation>Welche es gibt: pilothousectl sandbox list</translation>
    </message>
    <message>
        <source>%1 does not lie in %2; nothing was deleted</source>
        <translation>%1 liegt nicht in %2; nichts wurde gelöscht</translation>
    </message>
    <message>
        <source>cannot delete %1</source>
        <translation>%1 lässt sich nicht löschen</translation>
    </message>
    <message>
        <source>sandbox &quot;%1&quot; has no replica &quot;%2&quot;</source>
        <translation>die Sandbox „%1“ hat kein Replikat „%2“</translation>
    </message>
    <message>
        <source>It has %1</source>
        <translation>Sie hat %1</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>it left no log</source>
        <translation>es hat kein Protokoll hinterlassen</translation>
    </message>
</context>
<context>
    <name>sentence</name>
    <message>
        <source>%1 is down</source>
        <translation>%1 ist ausgefallen</translation>
    </message>
    <message>
        <source>%1 has been down for %2</source>
        <translation>%1 ist seit %2 ausgefallen</translation>
    </message>
    <message>
        <source>, %1 too</source>
        <comment>… is down, reg-5 too</comment>
        <translation>, %1 ebenfalls</translation>
    </message>
    <message>
        <source>, %1 for %2</source>
        <comment>… for 2 h, reg-5 for 38 s</comment>
        <translation>, %1 seit %2</translation>
    </message>
    <message>
        <source>.</source>
        <comment>end of a sentence</comment>
        <translation>.</translation>
    </message>
    <message>
        <source>It can lose 1 more and keep accepting pushes.</source>
        <translation>Er verkraftet 1 weiteren Ausfall und nimmt weiter Pushes an.</translation>
    </message>
    <message numerus="yes">
        <source>It can lose any %1 more and keep accepting pushes.</source>
        <translation>
            <numerusform>Er verkraftet %1 beliebige weitere Ausfälle und nimmt weiter Pushes an.</numerusform>
            <numerusform>Er verkraftet %1 beliebige weitere Ausfälle und nimmt weiter Pushes an.</numerusform>
        </translation>
    </message>
    <message>
        <source>It can lose %1 more: 1 blob has only %2 copies.</source>
        <translation>Es kann noch %1 verlieren: 1 Blob hat nur %2 Kopien.</translation>
    </message>
    <message numerus="yes">
        <source>It can lose %1 more: %2 blobs have only %3 copies.</source>
        <translation>
            <numerusform>Es kann noch %1 verlieren: %2 Blobs haben nur %3 Kopien.</numerusform>
            <numerusform>Es kann noch %1 verlieren: %2 Blobs haben nur %3 Kopien.</numerusform>
        </translation>
    </message>
    <message>
        <source>1 blob has no copy on a replica that is well.</source>
        <translation>1 Blob hat keine Kopie auf einem Replikat, dem es gut geht.</translation>
    </message>
    <message numerus="yes">
        <source>%1 blobs have no copy on a replica that is well.</source>
        <translation>
            <numerusform>%1 Blobs haben keine Kopie auf einem Replikat, dem es gut geht.</numerusform>
            <numerusform>%1 Blobs haben keine Kopie auf einem Replikat, dem es gut geht.</numerusform>
        </translation>
    </message>
    <message>
        <source>One more loss may lose data: 1 blob has only 1 copy.</source>
        <translation>Ein weiterer Verlust kann Daten kosten: 1 Blob hat nur 1 Kopie.</translation>
    </message>
    <message numerus="yes">
        <source>One more loss may lose data: %1 blobs have only 1 copy.</source>
        <translation>
            <numerusform>Ein weiterer Verlust kann Daten kosten: %1 Blobs haben nur 1 Kopie.</numerusform>
            <numerusform>Ein weiterer Verlust kann Daten kosten: %1 Blobs haben nur 1 Kopie.</numerusform>
        </translation>
    </message>
    <message>
        <source>It can lose none of them.</source>
        <translation>Keines davon darf ausfallen.</translation>
    </message>
    <message>
        <source>One more loss stops pushes and pulls by tag.</source>
        <translation>Ein weiterer Ausfall stoppt Pushes und Pulls per Tag.</translation>
    </message>
    <message>
        <source>Its loss stops everything.</source>
        <translation>Fällt es aus, steht alles.</translation>
    </message>
    <message numerus="yes">
        <source>%1 could still see each other and have a majority of their own.</source>
        <translation>
            <numerusform>%1 könnten einander noch sehen und eine eigene Mehrheit haben.</numerusform>
            <numerusform>%1 könnten einander noch sehen und eine eigene Mehrheit haben.</numerusform>
        </translation>
    </message>
    <message>
        <source>Start %1 again.</source>
        <translation>%1 wieder starten.</translation>
    </message>
    <message numerus="yes">
        <source>Start %1 again, one at a time.</source>
        <translation>
            <numerusform>%1 wieder starten, eines nach dem anderen.</numerusform>
            <numerusform>%1 wieder starten, eines nach dem anderen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Look at the links to %1 first.</source>
        <translation>Zuerst die Verbindungen zu %1 prüfen.</translation>
    </message>
    <message>
        <source>Add two more replicas to survive the loss of one.</source>
        <translation>Zwei weitere Replikate hinzufügen, um den Ausfall von einem zu überstehen.</translation>
    </message>
    <message>
        <source>Look at this computer’s network and at the replicas’ hosts.</source>
        <translation>Das Netz dieses Rechners und die Rechner der Replikate prüfen.</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 replicas vote and have the cluster’s state.</source>
        <translation>
            <numerusform>%1 von %2 Replikaten stimmen ab und haben den Stand des Clusters.</numerusform>
            <numerusform>%1 von %2 Replikaten stimmen ab und haben den Stand des Clusters.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 takes no traffic.</source>
        <translation>%1 nimmt keinen Verkehr an.</translation>
    </message>
    <message>
        <source>%1 takes no traffic: “%2”.</source>
        <translation>%1 nimmt keinen Verkehr an: „%2“.</translation>
    </message>
    <message>
        <source>%1 is draining.</source>
        <translation>%1 läuft aus.</translation>
    </message>
    <message numerus="yes">
        <source>%1 are draining.</source>
        <translation>
            <numerusform>%1 laufen aus.</numerusform>
            <numerusform>%1 laufen aus.</numerusform>
        </translation>
    </message>
    <message>
        <source>1 of 1 replica votes and has the cluster’s state.</source>
        <translation>1 von 1 Replikat stimmt ab und hat den Stand des Clusters.</translation>
    </message>
    <message numerus="yes">
        <source>The cluster works: %1 have quorum.</source>
        <translation>
            <numerusform>Der Cluster arbeitet: %1 haben das Quorum.</numerusform>
            <numerusform>Der Cluster arbeitet: %1 haben das Quorum.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 answers here but sees no leader.</source>
        <translation>%1 antwortet hier, sieht aber keinen Leader.</translation>
    </message>
    <message numerus="yes">
        <source>%1 answer here but see no leader.</source>
        <translation>
            <numerusform>%1 antworten hier, sehen aber keinen Leader.</numerusform>
            <numerusform>%1 antworten hier, sehen aber keinen Leader.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 answers and has no leader; %2 of %3 are needed.</source>
        <translation>%1 antwortet und hat keinen Leader; %2 von %3 sind nötig.</translation>
    </message>
    <message numerus="yes">
        <source>%1 answer and have no leader; %2 of %3 are needed.</source>
        <translation>
            <numerusform>%1 antworten und haben keinen Leader; %2 von %3 sind nötig.</numerusform>
            <numerusform>%1 antworten und haben keinen Leader; %2 von %3 sind nötig.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 does not answer%2.</source>
        <translation>%1 antwortet nicht%2.</translation>
    </message>
    <message numerus="yes">
        <source>%1 do not answer%2.</source>
        <translation>
            <numerusform>%1 antworten nicht%2.</numerusform>
            <numerusform>%1 antworten nicht%2.</numerusform>
        </translation>
    </message>
    <message>
        <source> (%1)</source>
        <comment>reason</comment>
        <translation> (%1)</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 replicas answer and wait for each other.</source>
        <translation>
            <numerusform>%1 von %2 Replikaten antworten und warten aufeinander.</numerusform>
            <numerusform>%1 von %2 Replikaten antworten und warten aufeinander.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 says it is fine</source>
        <translation>%1 sagt, dass es ihm gut geht</translation>
    </message>
    <message numerus="yes">
        <source>%1 say it is fine</source>
        <translation>
            <numerusform>%1 sagen, dass es ihm gut geht</numerusform>
            <numerusform>%1 sagen, dass es ihm gut geht</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 says they are fine</source>
        <translation>%1 sagt, dass es ihnen gut geht</translation>
    </message>
    <message numerus="yes">
        <source>%1 say they are fine</source>
        <translation>
            <numerusform>%1 sagen, dass es ihnen gut geht</numerusform>
            <numerusform>%1 sagen, dass es ihnen gut geht</numerusform>
        </translation>
    </message>
    <message>
        <source>Bring it back.</source>
        <translation>Holen Sie es zurück.</translation>
    </message>
    <message>
        <source>Bring all of them back.</source>
        <translation>Holen Sie alle zurück.</translation>
    </message>
    <message numerus="yes">
        <source>Bring %1 of them back.</source>
        <translation>
            <numerusform>Holen Sie %1 davon zurück.</numerusform>
            <numerusform>Holen Sie %1 davon zurück.</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <comment>between names after a colon</comment>
        <translation>, </translation>
    </message>
    <message>
        <source>%1 does not answer, but its engine still votes.</source>
        <translation>%1 antwortet nicht, aber seine Engine stimmt noch ab.</translation>
    </message>
    <message numerus="yes">
        <source>%1 do not answer, but their engines still vote.</source>
        <translation>
            <numerusform>%1 antworten nicht, aber ihre Engines stimmen noch ab.</numerusform>
            <numerusform>%1 antworten nicht, aber ihre Engines stimmen noch ab.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 does not answer here: heard by %2, but %3 does not hear it.</source>
        <translation>%1 antwortet hier nicht: %2 hört es, aber %3 hört es nicht.</translation>
    </message>
    <message numerus="yes">
        <source>%1 does not answer here: heard by %2, but %3 do not hear it.</source>
        <translation>
            <numerusform>%1 antwortet hier nicht: %2 hört es, aber %3 hören es nicht.</numerusform>
            <numerusform>%1 antwortet hier nicht: %2 hört es, aber %3 hören es nicht.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is not known yet.</source>
        <translation>%1 ist noch nicht bekannt.</translation>
    </message>
    <message numerus="yes">
        <source>%1 are not known yet.</source>
        <translation>
            <numerusform>%1 sind noch nicht bekannt.</numerusform>
            <numerusform>%1 sind noch nicht bekannt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Not reachable from here: %1; %2.</source>
        <comment>…; reg-1 says they are fine</comment>
        <translation>Von hier nicht erreichbar: %1; %2.</translation>
    </message>
    <message>
        <source>Not reachable from here and not well: %1; %2 still hears from there.</source>
        <translation>Von hier nicht erreichbar und nicht in Ordnung: %1; %2 hört noch von dort.</translation>
    </message>
    <message numerus="yes">
        <source>Not reachable from here and not well: %1; %2 still hear from there.</source>
        <translation>
            <numerusform>Von hier nicht erreichbar und nicht in Ordnung: %1; %2 hören noch von dort.</numerusform>
            <numerusform>Von hier nicht erreichbar und nicht in Ordnung: %1; %2 hören noch von dort.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 answers and finds no majority; %2 of %3 are needed.</source>
        <translation>%1 antwortet und findet keine Mehrheit; %2 von %3 sind nötig.</translation>
    </message>
    <message numerus="yes">
        <source>%1 answer and find no majority; %2 of %3 are needed.</source>
        <translation>
            <numerusform>%1 antworten und finden keine Mehrheit; %2 von %3 sind nötig.</numerusform>
            <numerusform>%1 antworten und finden keine Mehrheit; %2 von %3 sind nötig.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 does not answer here, nor to %2.</source>
        <translation>%1 antwortet weder hier noch %2.</translation>
    </message>
    <message numerus="yes">
        <source>%1 do not answer here, nor to %2.</source>
        <translation>
            <numerusform>%1 antworten weder hier noch %2.</numerusform>
            <numerusform>%1 antworten weder hier noch %2.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 does not answer here.</source>
        <translation>%1 antwortet hier nicht.</translation>
    </message>
    <message numerus="yes">
        <source>%1 do not answer here.</source>
        <translation>
            <numerusform>%1 antworten hier nicht.</numerusform>
            <numerusform>%1 antworten hier nicht.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 answers, but does not let us in%2.</source>
        <translation>%1 antwortet, lässt uns aber nicht ein%2.</translation>
    </message>
    <message numerus="yes">
        <source>%1 answer, but do not let us in%2.</source>
        <translation>
            <numerusform>%1 antworten, lassen uns aber nicht ein%2.</numerusform>
            <numerusform>%1 antworten, lassen uns aber nicht ein%2.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 answers with a certificate that is not trusted%2.</source>
        <translation>%1 antwortet mit einem Zertifikat, dem nicht vertraut wird%2.</translation>
    </message>
    <message numerus="yes">
        <source>%1 answer with certificates that are not trusted%2.</source>
        <translation>
            <numerusform>%1 antworten mit Zertifikaten, denen nicht vertraut wird%2.</numerusform>
            <numerusform>%1 antworten mit Zertifikaten, denen nicht vertraut wird%2.</numerusform>
        </translation>
    </message>
    <message>
        <source>Look at the links between the replicas first.</source>
        <translation>Zuerst die Verbindungen zwischen den Replikaten prüfen.</translation>
    </message>
    <message>
        <source>One loss stops pushes and pulls by tag.</source>
        <translation>Ein Ausfall stoppt Pushes und Pulls per Tag.</translation>
    </message>
    <message>
        <source>Add a third replica to survive the loss of one.</source>
        <translation>Ein drittes Replikat hinzufügen, um den Ausfall von einem zu überstehen.</translation>
    </message>
    <message>
        <source>Check the user and the password, or the access token.</source>
        <translation>Benutzer und Passwort oder das Zugangstoken prüfen.</translation>
    </message>
    <message>
        <source>Compare with “sudo pilothouse-replica fingerprint” on their hosts.</source>
        <translation>Mit „sudo pilothouse-replica fingerprint“ auf ihren Rechnern vergleichen.</translation>
    </message>
    <message>
        <source>%1 is behind.</source>
        <translation>%1 ist im Rückstand.</translation>
    </message>
    <message numerus="yes">
        <source>%1 are behind.</source>
        <translation>
            <numerusform>%1 sind im Rückstand.</numerusform>
            <numerusform>%1 sind im Rückstand.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is starting.</source>
        <translation>%1 startet.</translation>
    </message>
    <message numerus="yes">
        <source>%1 are starting.</source>
        <translation>
            <numerusform>%1 starten.</numerusform>
            <numerusform>%1 starten.</numerusform>
        </translation>
    </message>
    <message>
        <source>It answers and is not ready yet.</source>
        <translation>Es antwortet und ist noch nicht bereit.</translation>
    </message>
    <message>
        <source>%1 of %2 replicas answers and waits for the others.</source>
        <translation>%1 von %2 Replikaten antwortet und wartet auf die anderen.</translation>
    </message>
    <message>
        <source>%1 of %2 replica votes and has the cluster’s state.</source>
        <translation>%1 von %2 Replikat stimmt ab und hat den Stand des Clusters.</translation>
    </message>
    <message>
        <source>%1 of %2 replicas votes and has the cluster’s state.</source>
        <translation>%1 von %2 Replikaten stimmt ab und hat den Stand des Clusters.</translation>
    </message>
    <message>
        <source>%1, which was joining, does not answer.</source>
        <translation>%1 sollte beitreten und antwortet nicht.</translation>
    </message>
    <message numerus="yes">
        <source>%1, which were joining, do not answer.</source>
        <translation>
            <numerusform>%1 sollten beitreten und antworten nicht.</numerusform>
            <numerusform>%1 sollten beitreten und antworten nicht.</numerusform>
        </translation>
    </message>
    <message>
        <source>The database of %1 has reached its limit: no change is accepted.</source>
        <translation>Die Datenbank von %1 hat ihre Grenze erreicht: Keine Änderung wird angenommen.</translation>
    </message>
    <message numerus="yes">
        <source>The databases of %1 have reached their limits: no change is accepted.</source>
        <translation>
            <numerusform>Die Datenbanken von %1 haben ihre Grenzen erreicht: Keine Änderung wird angenommen.</numerusform>
            <numerusform>Die Datenbanken von %1 haben ihre Grenzen erreicht: Keine Änderung wird angenommen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The data of %1 differs from the others’.</source>
        <translation>
            <numerusform>Die Daten von %1 weichen von denen der anderen ab.</numerusform>
            <numerusform>Die Daten von %1 weichen von denen der anderen ab.</numerusform>
        </translation>
    </message>
    <message>
        <source>The engine of %1 has raised an alarm: its log says which.</source>
        <translation>Die Engine von %1 hat einen Alarm ausgelöst: Ihr Protokoll sagt, welchen.</translation>
    </message>
    <message numerus="yes">
        <source>The engines of %1 have raised alarms: their logs say which.</source>
        <translation>
            <numerusform>Die Engines von %1 haben Alarme ausgelöst: Ihre Protokolle sagen, welche.</numerusform>
            <numerusform>Die Engines von %1 haben Alarme ausgelöst: Ihre Protokolle sagen, welche.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Run “sudo pilothouse-replica local defragment” on %1.</source>
        <translation>
            <numerusform>Auf %1 „sudo pilothouse-replica local defragment“ ausführen.</numerusform>
            <numerusform>Auf %1 „sudo pilothouse-replica local defragment“ ausführen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove %1, and let a new replica join in its place.</source>
        <translation>%1 entfernen und ein neues Replikat an seiner Stelle beitreten lassen.</translation>
    </message>
    <message numerus="yes">
        <source>Remove %1, and let new replicas join in their place.</source>
        <translation>
            <numerusform>%1 entfernen und neue Replikate an ihrer Stelle beitreten lassen.</numerusform>
            <numerusform>%1 entfernen und neue Replikate an ihrer Stelle beitreten lassen.</numerusform>
        </translation>
    </message>
    <message>
        <source>The others are choosing a new leader; no change is accepted until they have.</source>
        <translation>Die anderen wählen einen neuen Leader; bis dahin wird keine Änderung angenommen.</translation>
    </message>
    <message>
        <source>Too few are left to accept changes: %1 of %2 are needed.</source>
        <translation>Es sind zu wenige übrig, um Änderungen anzunehmen: %1 von %2 sind nötig.</translation>
    </message>
    <message>
        <source>Its data is kept: it can be started again.</source>
        <translation>Ihre Daten bleiben: Sie kann wieder gestartet werden.</translation>
    </message>
    <message numerus="yes">
        <source>Resume %1.</source>
        <translation>
            <numerusform>%1 fortsetzen.</numerusform>
            <numerusform>%1 fortsetzen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pilothouse::models::TagModel</name>
    <message>
        <source>%1 of %2</source>
        <comment>copies</comment>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>copying to %1</source>
        <translation>wird nach %1 kopiert</translation>
    </message>
    <message>
        <source>%1 silent</source>
        <translation>%1 still</translation>
    </message>
    <message>
        <source>%1 through %2</source>
        <translation>%1 über %2</translation>
    </message>
    <message>
        <source>%1 by %2 through %3</source>
        <translation>%1 von %2 über %3</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>aus %1</translation>
    </message>
    <message>
        <source>Of all platforms together; a layer that they share counts once</source>
        <translation>Von allen Plattformen zusammen; eine gemeinsame Schicht zählt einmal</translation>
    </message>
    <message>
        <source>On %1</source>
        <translation>Auf %1</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>Digest</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Platforms</source>
        <translation>Plattformen</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>Gepusht</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>Kopien</translation>
    </message>
</context>
<context>
    <name>pilothouse::models::RepositoryListModel</name>
    <message numerus="yes">
        <source>%n matching tags</source>
        <translation>
            <numerusform>%n passendes Tag</numerusform>
            <numerusform>%n passende Tags</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tags</source>
        <translation>
            <numerusform>%n Tag</numerusform>
            <numerusform>%n Tags</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pilothouse::models::LayerModel</name>
    <message numerus="yes">
        <source>%n manifests</source>
        <translation>
            <numerusform>%n Manifest</numerusform>
            <numerusform>%n Manifeste</numerusform>
        </translation>
    </message>
    <message>
        <source>only here</source>
        <translation>nur hier</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Layer (%1)</source>
        <translation>Schicht (%1)</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>Plattform</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Auf</translation>
    </message>
    <message>
        <source>Also used by</source>
        <translation>Auch benutzt von</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::ImagePanel</name>
    <message>
        <source>empty index</source>
        <translation>leerer Index</translation>
    </message>
    <message>
        <source>index of %1</source>
        <translation>Index von %1</translation>
    </message>
    <message numerus="yes">
        <source>%1 refer to it</source>
        <translation>
            <numerusform>%1 verweist darauf</numerusform>
            <numerusform>%1 verweisen darauf</numerusform>
        </translation>
    </message>
    <message>
        <source>refers to %1</source>
        <translation>verweist auf %1</translation>
    </message>
    <message numerus="yes">
        <source>%n tags</source>
        <translation>
            <numerusform>%n Tag</numerusform>
            <numerusform>%n Tags</numerusform>
        </translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Copy digest</source>
        <translation>Digest kopieren</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <source>What it is made of</source>
        <translation>Woraus es besteht</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>No image chosen</source>
        <translation>Kein Image gewählt</translation>
    </message>
    <message>
        <source>Choose a tag above to see what it is made of and where that is.</source>
        <translation>Wählen Sie oben ein Tag, um zu sehen, woraus es besteht und wo das liegt.</translation>
    </message>
    <message>
        <source>REGISTRY</source>
        <translation>REGISTRY</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::DeleteDialog</name>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete %1?</source>
        <translation>%1 löschen?</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weiteres</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>It goes on every replica. There is no way back.</source>
        <translation>Es geht auf jeder Replica. Es gibt keinen Weg zurück.</translation>
    </message>
    <message>
        <source>Type %1 to delete it</source>
        <translation>Zum Löschen %1 eingeben</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::FirstPushPanel</name>
    <message>
        <source>First push</source>
        <translation>Erster Push</translation>
    </message>
    <message>
        <source>Nothing has been pushed yet</source>
        <translation>Noch wurde nichts gepusht</translation>
    </message>
    <message>
        <source>These lines push an image through one replica and pull it through another.</source>
        <translation>Diese Zeilen pushen ein Image durch eine Replica und pullen es durch eine andere.</translation>
    </message>
    <message>
        <source>Once: let this computer's clients trust the cluster</source>
        <translation>Einmal: die Clients dieses Rechners dem Cluster vertrauen lassen</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::RepositoryPanel</name>
    <message>
        <source>Repositories</source>
        <translation>Repositorys</translation>
    </message>
    <message>
        <source>Find a repository or tag</source>
        <translation>Repository oder Tag finden</translation>
    </message>
    <message numerus="yes">
        <source>%n repositories</source>
        <translation>
            <numerusform>%n Repository</numerusform>
            <numerusform>%n Repositorys</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, shared layers counted once</source>
        <translation>%1, gemeinsame Schichten einmal gezählt</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::RepositoriesPage</name>
    <message>
        <source>Tags</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>Delete repository…</source>
        <translation>Repository löschen…</translation>
    </message>
    <message>
        <source>No repository or tag has this in its name.</source>
        <translation>Kein Repository und kein Tag hat das im Namen.</translation>
    </message>
    <message>
        <source>No repository chosen</source>
        <translation>Kein Repository gewählt</translation>
    </message>
    <message numerus="yes">
        <source>%n tags</source>
        <translation>
            <numerusform>%n Tag</numerusform>
            <numerusform>%n Tags</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 match</source>
        <translation>%1 von %2 passen</translation>
    </message>
    <message>
        <source>last pushed %1</source>
        <translation>zuletzt gepusht %1</translation>
    </message>
    <message>
        <source>This may be old: %1</source>
        <translation>Das kann alt sein: %1</translation>
    </message>
    <message>
        <source>Copy digest</source>
        <translation>Digest kopieren</translation>
    </message>
    <message>
        <source>Copy pull command</source>
        <translation>Pull-Befehl kopieren</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::Deletion</name>
    <message>
        <source>%1 is deleted.</source>
        <translation>%1 ist gelöscht.</translation>
    </message>
    <message>
        <source>%1 is not deleted: %2</source>
        <translation>%1 ist nicht gelöscht: %2</translation>
    </message>
</context>
<context>
    <name>operations</name>
    <message>
        <source>%1 must say that nothing is missing there</source>
        <translation>%1 muss sagen, dass dort nichts fehlt</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
    <message>
        <source>Forget %1</source>
        <translation>%1 vergessen</translation>
    </message>
    <message>
        <source>Check once more</source>
        <translation>Noch einmal prüfen</translation>
    </message>
    <message>
        <source>Take %1 out of the load balancer’s pool</source>
        <translation>%1 aus dem Pool des Lastverteilers nehmen</translation>
    </message>
    <message>
        <source>Let requests at %1 finish</source>
        <translation>Anfragen an %1 zu Ende führen</translation>
    </message>
    <message>
        <source>Hand over the leadership, if %1 has it</source>
        <translation>Die Führung abgeben, wenn %1 sie hat</translation>
    </message>
    <message>
        <source>Copy every blob to a majority without %1</source>
        <translation>Jedes Blob auf eine Mehrheit ohne %1 kopieren</translation>
    </message>
    <message>
        <source>Take %1 out of the group</source>
        <translation>%1 aus der Gruppe nehmen</translation>
    </message>
    <message>
        <source>Wait until %1 has stopped</source>
        <translation>Warten, bis %1 beendet ist</translation>
    </message>
    <message>
        <source>Copy every blob to a majority of those left</source>
        <translation>Jedes Blob auf eine Mehrheit der übrigen kopieren</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>being taken back</source>
        <translation>wird zurückgenommen</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>which blobs %1 has is not known</source>
        <translation>welche Blobs %1 hat, ist nicht bekannt</translation>
    </message>
    <message>
        <source>a leader is being elected</source>
        <translation>ein Leader wird gewählt</translation>
    </message>
    <message>
        <source>the engine refuses changes until all members have been connected for 5 s</source>
        <translation>die Engine lehnt Änderungen ab, bis alle Mitglieder 5 s lang verbunden waren</translation>
    </message>
    <message>
        <source>somebody else changes the membership</source>
        <translation>jemand anders ändert die Mitgliedschaft</translation>
    </message>
    <message>
        <source>%1 does not answer</source>
        <translation>%1 antwortet nicht</translation>
    </message>
    <message>
        <source>%1 still answers</source>
        <translation>%1 antwortet noch</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Begonnen</translation>
    </message>
    <message>
        <source>Started, because: %1</source>
        <translation>Begonnen, weil: %1</translation>
    </message>
    <message>
        <source>Carried on by another replica</source>
        <translation>Von einem anderen Replikat weitergeführt</translation>
    </message>
    <message>
        <source>%1: begun</source>
        <translation>%1: begonnen</translation>
    </message>
    <message>
        <source>%1: done</source>
        <translation>%1: fertig</translation>
    </message>
    <message>
        <source>%1: skipped</source>
        <translation>%1: übergangen</translation>
    </message>
    <message>
        <source>%1: taken back</source>
        <translation>%1: zurückgenommen</translation>
    </message>
    <message>
        <source>%1: waits (%2)</source>
        <translation>%1: wartet (%2)</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Cancelled too late: %1 had left already</source>
        <translation>Zu spät abgebrochen: %1 war schon fort</translation>
    </message>
    <message>
        <source>Ended: %1</source>
        <translation>Beendet: %1</translation>
    </message>
    <message>
        <source>%1, it can lose %2 more</source>
        <translation>%1, er verkraftet noch %2 Ausfälle</translation>
    </message>
    <message>
        <source>%1, it can lose none of them</source>
        <translation>%1, er verkraftet keinen Ausfall</translation>
    </message>
    <message numerus="yes">
        <source>%1 blobs must be copied to %2 first</source>
        <translation>
            <numerusform>%1 Blob muss zuerst auf %2 kopiert werden</numerusform>
            <numerusform>%1 Blobs müssen zuerst auf %2 kopiert werden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 requests are still answered there</source>
        <translation>
            <numerusform>%1 Anfrage wird dort noch beantwortet</numerusform>
            <numerusform>%1 Anfragen werden dort noch beantwortet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 voting replicas are well</source>
        <translation>
            <numerusform>%1 von %2 Replikaten mit Stimme ist in Ordnung</numerusform>
            <numerusform>%1 von %2 Replikaten mit Stimme sind in Ordnung</numerusform>
        </translation>
    </message>
    <message>
        <source>requests were still answered</source>
        <translation>Anfragen wurden noch beantwortet</translation>
    </message>
    <message>
        <source>blobs were still being copied</source>
        <translation>Blobs wurden noch kopiert</translation>
    </message>
    <message>
        <source>it was not known who has what</source>
        <translation>es war nicht bekannt, wer was hat</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>it still answered</source>
        <translation>es antwortete noch</translation>
    </message>
    <message>
        <source>something went wrong</source>
        <translation>etwas ging schief</translation>
    </message>
    <message>
        <source>it was being set up</source>
        <translation>es wurde eingerichtet</translation>
    </message>
    <message>
        <source>it still fetched blobs</source>
        <translation>es holte noch Blobs</translation>
    </message>
    <message>
        <source>it was not healthy yet</source>
        <translation>es war noch nicht gesund</translation>
    </message>
    <message>
        <source>%1 counts what it lacks</source>
        <translation>%1 zählt, was ihm fehlt</translation>
    </message>
    <message numerus="yes">
        <source>%1 still fetches %2 blobs, %3</source>
        <translation>
            <numerusform>%1 holt noch %2 Blob, %3</numerusform>
            <numerusform>%1 holt noch %2 Blobs, %3</numerusform>
        </translation>
    </message>
    <message>
        <source>Join %1</source>
        <translation>%1 aufnehmen</translation>
    </message>
    <message>
        <source>Replace %1</source>
        <translation>%1 ersetzen</translation>
    </message>
    <message>
        <source>Make %1 a member, without a vote yet</source>
        <translation>%1 zum Mitglied machen, noch ohne Stimme</translation>
    </message>
    <message>
        <source>Let %1 catch up with state and blobs</source>
        <translation>%1 mit Zustand und Blobs aufholen lassen</translation>
    </message>
    <message>
        <source>Give %1 its vote</source>
        <translation>%1 seine Stimme geben</translation>
    </message>
    <message>
        <source>Wait until %1 answers healthy</source>
        <translation>Warten, bis %1 gesund antwortet</translation>
    </message>
    <message>
        <source>%1 is being set up</source>
        <translation>%1 wird eingerichtet</translation>
    </message>
    <message>
        <source>%1 is not healthy yet</source>
        <translation>%1 ist noch nicht gesund</translation>
    </message>
    <message>
        <source>%1 is not healthy yet: %2</source>
        <translation>%1 ist noch nicht gesund: %2</translation>
    </message>
    <message>
        <source>Cancelled too late: %1 voted already</source>
        <translation>Zu spät abgebrochen: %1 stimmte schon</translation>
    </message>
    <message>
        <source>what it lacks is not known</source>
        <translation>was ihm fehlt, ist nicht bekannt</translation>
    </message>
    <message>
        <source>has every blob</source>
        <translation>hat jedes Blob</translation>
    </message>
    <message numerus="yes">
        <source>lacks %1 blobs</source>
        <translation>
            <numerusform>ihm fehlt %1 Blob</numerusform>
            <numerusform>ihm fehlen %1 Blobs</numerusform>
        </translation>
    </message>
    <message>
        <source>Repair from %1</source>
        <translation>Aus %1 wiederherstellen</translation>
    </message>
    <message>
        <source>%1 goes on alone, in epoch %2, with what it holds.</source>
        <translation>%1 macht allein weiter, in Epoche %2, mit dem, was es hat.</translation>
    </message>
    <message numerus="yes">
        <source>%1 stay behind. When they come back they are read-only and keep their data, until you empty them and join them again.</source>
        <translation>
            <numerusform>%1 bleibt zurück. Kommt es wieder, so ist es nur lesbar und behält seine Daten, bis Sie es leeren und neu aufnehmen.</numerusform>
            <numerusform>%1 bleiben zurück. Kommen sie wieder, so sind sie nur lesbar und behalten ihre Daten, bis Sie sie leeren und neu aufnehmen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Stop the engine of %1, and what it serves</source>
        <translation>Die Engine von %1 anhalten, und was es bedient</translation>
    </message>
    <message>
        <source>Copy the engine’s data of %1</source>
        <translation>Die Daten der Engine von %1 kopieren</translation>
    </message>
    <message>
        <source>Make a new authority for engines, which the old ones do not have</source>
        <translation>Eine neue Zertifizierungsstelle für Engines anlegen, die die alten nicht haben</translation>
    </message>
    <message>
        <source>Start the engine of %1 alone</source>
        <translation>Die Engine von %1 allein starten</translation>
    </message>
    <message>
        <source>Record the new epoch</source>
        <translation>Die neue Epoche aufzeichnen</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>being put back</source>
        <translation>wird zurückgenommen</translation>
    </message>
    <message>
        <source>put back</source>
        <translation>zurückgenommen</translation>
    </message>
    <message>
        <source>destroyed</source>
        <translation>zerstört</translation>
    </message>
    <message>
        <source>powered off</source>
        <translation>ausgeschaltet</translation>
    </message>
    <message>
        <source>cut off from its peers and from clients</source>
        <translation>von den anderen und von Clients abgeschnitten</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>Its data is gone: it never comes back.</source>
        <translation>Seine Daten sind weg: Es kommt nie wieder.</translation>
    </message>
    <message>
        <source>It is off, and nobody starts it before you have seen to its data.</source>
        <translation>Es ist aus, und niemand startet es, bevor Sie sich um seine Daten gekümmert haben.</translation>
    </message>
    <message>
        <source>It may run, but no peer and no client reaches it.</source>
        <translation>Es läuft vielleicht, aber kein anderes Replikat und kein Client erreicht es.</translation>
    </message>
    <message>
        <source>Find out first: it may be serving.</source>
        <translation>Erst herausfinden: Vielleicht bedient es noch.</translation>
    </message>
    <message>
        <source>last entry %1 (term %2), %3 committed</source>
        <translation>letzter Eintrag %1 (Term %2), %3 bestätigt</translation>
    </message>
    <message>
        <source>its log cannot be read</source>
        <translation>sein Protokoll ist nicht zu lesen</translation>
    </message>
    <message>
        <source>The log of %1 can be read, that of %2 cannot.</source>
        <translation>Das Protokoll von %1 ist zu lesen, das von %2 nicht.</translation>
    </message>
    <message>
        <source>The log of %1 is newer than that of %2: term %3 instead of %4.</source>
        <translation>Das Protokoll von %1 ist neuer als das von %2: Term %3 statt %4.</translation>
    </message>
    <message numerus="yes">
        <source>%1 holds %2 entries more than %3.</source>
        <translation>
            <numerusform>%1 hat %2 Eintrag mehr als %3.</numerusform>
            <numerusform>%1 hat %2 Einträge mehr als %3.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 holds as many entries as %3, and knows of %2 more that a majority had them.</source>
        <translation>
            <numerusform>%1 hat so viele Einträge wie %3 und weiß von %2 mehr, dass eine Mehrheit ihn hatte.</numerusform>
            <numerusform>%1 hat so viele Einträge wie %3 und weiß von %2 mehr, dass eine Mehrheit sie hatte.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 holds the same entries as %2, and lacks fewer blobs.</source>
        <translation>%1 hat dieselben Einträge wie %2, und ihm fehlen weniger Blobs.</translation>
    </message>
    <message>
        <source>%1 holds the same entries as %2, and knows which blobs it lacks.</source>
        <translation>%1 hat dieselben Einträge wie %2 und weiß, welche Blobs ihm fehlen.</translation>
    </message>
    <message>
        <source>%1 and %2 hold the same.</source>
        <translation>%1 und %2 haben dasselbe.</translation>
    </message>
    <message>
        <source>%1 serves again, alone, in epoch %2.</source>
        <translation>%1 bedient wieder, allein, in Epoche %2.</translation>
    </message>
    <message>
        <source>The repair from %1 failed: %2</source>
        <translation>Die Wiederherstellung aus %1 ist gescheitert: %2</translation>
    </message>
    <message>
        <source>The repair from %1 is put back: it is a member of epoch %2 again, as before.</source>
        <translation>Die Wiederherstellung aus %1 ist zurückgenommen: Es ist wieder Mitglied von Epoche %2, wie zuvor.</translation>
    </message>
    <message>
        <source>The repair from %1: %2.</source>
        <translation>Die Wiederherstellung aus %1: %2.</translation>
    </message>
    <message>
        <source>It can be put back until a second replica has joined.</source>
        <translation>Sie lässt sich zurücknehmen, bis ein zweites Replikat beigetreten ist.</translation>
    </message>
    <message numerus="yes">
        <source>That would lose the %1 changes made since.</source>
        <translation>
            <numerusform>Damit ginge die %1 Änderung seither verloren.</numerusform>
            <numerusform>Damit gingen die %1 Änderungen seither verloren.</numerusform>
        </translation>
    </message>
    <message>
        <source>Look at what was saved</source>
        <translation>Ansehen, was gerettet ist</translation>
    </message>
    <message>
        <source>Pushes and pulls work, but the loss of this one replica loses the cluster.</source>
        <translation>Pushes und Pulls gehen, aber mit diesem einen Replikat wäre der Cluster verloren.</translation>
    </message>
    <message>
        <source>Go back to three: let each of two new hosts wait, and join it from here</source>
        <translation>Zurück zu dreien: zwei neue Rechner warten lassen und jeden von hier aus aufnehmen</translation>
    </message>
    <message>
        <source>Once a second replica has joined the repair cannot be put back.</source>
        <translation>Sobald ein zweites Replikat beigetreten ist, lässt sich die Wiederherstellung nicht mehr zurücknehmen.</translation>
    </message>
    <message numerus="yes">
        <source>%1 may join again like new hosts, once they are emptied</source>
        <translation>
            <numerusform>%1 darf geleert wieder beitreten, wie ein neuer Rechner</numerusform>
            <numerusform>%1 dürfen geleert wieder beitreten, wie neue Rechner</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy the data folder aside first: what only this replica accepted is nowhere else.</source>
        <translation>Den Datenordner zuerst beiseite kopieren: Was nur dieses Replikat angenommen hat, ist sonst nirgends.</translation>
    </message>
    <message>
        <source>of epoch %1, read-only, waits to be emptied and joined again</source>
        <translation>aus Epoche %1, nur lesbar, wartet darauf, geleert und neu aufgenommen zu werden</translation>
    </message>
    <message>
        <source>of epoch %1, left behind by a repair, does not answer</source>
        <translation>aus Epoche %1, bei einer Wiederherstellung zurückgelassen, antwortet nicht</translation>
    </message>
    <message>
        <source>of epoch %1, left behind by a repair, does not answer (%2)</source>
        <translation>aus Epoche %1, bei einer Wiederherstellung zurückgelassen, antwortet nicht (%2)</translation>
    </message>
    <message>
        <source>No replica of %1 answers, so there is nothing to repair from.</source>
        <translation>Kein Replikat von %1 antwortet, also gibt es nichts, woraus sich wiederherstellen ließe.</translation>
    </message>
    <message>
        <source>If the data folder of one replica is left, start it on its host and repair from it. Else a backup is needed: all records of the state at one revision, and the blobs that they name.</source>
        <translation>Ist der Datenordner eines Replikats übrig, es auf seinem Rechner starten und aus ihm wiederherstellen. Sonst ist eine Sicherung nötig: alle Einträge des Zustands zu einer Revision und die Blobs, die sie nennen.</translation>
    </message>
    <message>
        <source>Stop it, and put its data folder aside</source>
        <translation>Anhalten und den Datenordner beiseitelegen</translation>
    </message>
    <message>
        <source>What only it accepted is nowhere else: keep the folder until nobody misses anything.</source>
        <translation>Was nur dieses angenommen hat, steht sonst nirgends: Ordner behalten, bis niemand etwas vermisst.</translation>
    </message>
    <message>
        <source>Let it wait, empty, like a new host</source>
        <translation>Leer warten lassen, wie einen neuen Rechner</translation>
    </message>
    <message>
        <source>ADDRESS is its own name or address. It shows a setup code.</source>
        <translation>ADDRESS ist der eigene Name oder die eigene Adresse. Es zeigt einen Einrichtungscode.</translation>
    </message>
    <message>
        <source>Join it again</source>
        <translation>Wieder aufnehmen</translation>
    </message>
    <message>
        <source>Choose “Add replica…” and paste the setup code.</source>
        <translation>„Replikat aufnehmen …“ wählen und den Einrichtungscode einfügen.</translation>
    </message>
    <message>
        <source>Failed, and is taken back: %1</source>
        <translation>Gescheitert, wird zurückgenommen: %1</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>Zurückgenommen</translation>
    </message>
    <message>
        <source>Put back, because: %1</source>
        <translation>Zurückgenommen, weil: %1</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>can lose %1</source>
        <translation>verkraftet %1</translation>
    </message>
    <message>
        <source>%1 leaves</source>
        <translation>%1 geht</translation>
    </message>
    <message>
        <source>%1 is silent, and leaves</source>
        <translation>%1 schweigt und geht</translation>
    </message>
    <message>
        <source>%1 is new</source>
        <translation>%1 ist neu</translation>
    </message>
    <message>
        <source>can lose %1, never fewer than now</source>
        <translation>verkraftet %1, nie weniger als jetzt</translation>
    </message>
    <message>
        <source>can lose %1, and it stays so</source>
        <translation>verkraftet %1, und so bleibt es</translation>
    </message>
    <message>
        <source>can lose %1 until %2 votes</source>
        <translation>verkraftet %1, bis %2 stimmt</translation>
    </message>
    <message>
        <source>can lose %1 until it is done</source>
        <translation>verkraftet %1, bis es getan ist</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Worst moment</source>
        <translation>Schlechtester Augenblick</translation>
    </message>
    <message>
        <source>Afterwards</source>
        <translation>Danach</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>übergangen</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>zurückgenommen</translation>
    </message>
    <message>
        <source>not finished</source>
        <translation>nicht beendet</translation>
    </message>
    <message>
        <source>not begun</source>
        <translation>nicht begonnen</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>took %1</source>
        <translation>dauerte %1</translation>
    </message>
    <message>
        <source>%1 so far</source>
        <translation>bisher %1</translation>
    </message>
    <message>
        <source>running since %1</source>
        <translation>läuft seit %1</translation>
    </message>
    <message>
        <source>the load balancer needed time to see it</source>
        <translation>der Lastverteiler brauchte Zeit, es zu sehen</translation>
    </message>
    <message>
        <source>it was starting again</source>
        <translation>es startete neu</translation>
    </message>
    <message>
        <source>Restart all replicas</source>
        <translation>Alle Replikate neu starten</translation>
    </message>
    <message>
        <source>Restart %1</source>
        <translation>%1 neu starten</translation>
    </message>
    <message>
        <source>Make %1 the leader</source>
        <translation>%1 zum Anführer machen</translation>
    </message>
    <message>
        <source>Drain %1</source>
        <translation>%1 auslaufen lassen</translation>
    </message>
    <message>
        <source>Undrain %1</source>
        <translation>%1 wieder annehmen lassen</translation>
    </message>
    <message>
        <source>Rename %1</source>
        <translation>%1 umbenennen</translation>
    </message>
    <message>
        <source>Restart %1, until it takes part again</source>
        <translation>%1 neu starten, bis es wieder teilnimmt</translation>
    </message>
    <message>
        <source>Hand the leadership to %1</source>
        <translation>Die Führung an %1 übergeben</translation>
    </message>
    <message>
        <source>Put %1 back into the load balancer’s pool</source>
        <translation>%1 in den Pool des Lastverteilers zurücknehmen</translation>
    </message>
    <message>
        <source>Give %1 its new name</source>
        <translation>%1 seinen neuen Namen geben</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Cancelled: those that were not restarted yet stay as they are.</source>
        <translation>Abgebrochen: Die noch nicht neu gestarteten bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Cancelled: everything is as it was.</source>
        <translation>Abgebrochen: Alles ist, wie es war.</translation>
    </message>
    <message>
        <source>All replicas were restarted, and take part again.</source>
        <translation>Alle Replikate wurden neu gestartet und nehmen wieder teil.</translation>
    </message>
    <message>
        <source>%1 was restarted, and takes part again.</source>
        <translation>%1 wurde neu gestartet und nimmt wieder teil.</translation>
    </message>
    <message>
        <source>%1 leads.</source>
        <translation>%1 führt.</translation>
    </message>
    <message>
        <source>%1 is draining: its health addresses answer 503, and its requests have finished.</source>
        <translation>%1 läuft aus: Seine Health-Adressen antworten 503, und seine Anfragen sind beendet.</translation>
    </message>
    <message>
        <source>%1 takes traffic again.</source>
        <translation>%1 nimmt wieder Verkehr an.</translation>
    </message>
    <message>
        <source>%1 is called %2 now.</source>
        <translation>%1 heißt jetzt %2.</translation>
    </message>
    <message>
        <source>a load balancer has seen that %1 drains in %2 s</source>
        <translation>in %2 s hat ein Lastverteiler gesehen, dass %1 ausläuft</translation>
    </message>
    <message>
        <source>%1 is starting again</source>
        <translation>%1 startet neu</translation>
    </message>
    <message>
        <source>Cancelled too late: it was done already</source>
        <translation>Zu spät abgebrochen: Es war schon getan</translation>
    </message>
    <message>
        <source>Cancelled, but %1 may still be draining: look at it, and let it take traffic again.</source>
        <translation>Abgebrochen, doch %1 läuft vielleicht noch aus: Sehen Sie nach, und lassen Sie es wieder Verkehr annehmen.</translation>
    </message>
</context>
<context>
    <name>checks</name>
    <message>
        <source>A majority answers</source>
        <translation>Eine Mehrheit antwortet</translation>
    </message>
    <message>
        <source>No majority answers</source>
        <translation>Keine Mehrheit antwortet</translation>
    </message>
    <message>
        <source>No other change is under way</source>
        <translation>Keine andere Änderung ist im Gang</translation>
    </message>
    <message>
        <source>Another change is under way</source>
        <translation>Eine andere Änderung ist im Gang</translation>
    </message>
    <message>
        <source>“%1”: wait until it has ended, or cancel it.</source>
        <translation>„%1“: warten, bis sie beendet ist, oder sie abbrechen.</translation>
    </message>
    <message>
        <source>Nobody is joining</source>
        <translation>Niemand tritt bei</translation>
    </message>
    <message>
        <source>%1 is joining</source>
        <translation>%1 tritt gerade bei</translation>
    </message>
    <message>
        <source>Wait until it votes, or remove it.</source>
        <translation>Warten, bis es stimmt, oder es entfernen.</translation>
    </message>
    <message>
        <source>%1 answers nobody</source>
        <translation>%1 antwortet niemandem</translation>
    </message>
    <message>
        <source>It is alive: remove it instead.</source>
        <translation>Es lebt: stattdessen entfernen.</translation>
    </message>
    <message>
        <source>%1 answers</source>
        <translation>%1 antwortet</translation>
    </message>
    <message>
        <source>%1 is heard by %2</source>
        <translation>%1 wird von %2 gehört</translation>
    </message>
    <message>
        <source>%1 does not answer</source>
        <translation>%1 antwortet nicht</translation>
    </message>
    <message>
        <source>Start it; or, if it never comes back, forget it.</source>
        <translation>Es starten; oder, wenn es nie wiederkommt, es vergessen.</translation>
    </message>
    <message>
        <source>All that would be left are well</source>
        <translation>Alle übrigen sind in Ordnung</translation>
    </message>
    <message>
        <source>Not well: %1.</source>
        <translation>Nicht in Ordnung: %1.</translation>
    </message>
    <message>
        <source>Not all that would be left are well</source>
        <translation>Nicht alle übrigen sind in Ordnung</translation>
    </message>
    <message>
        <source>No majority would be left</source>
        <translation>Es bliebe keine Mehrheit</translation>
    </message>
    <message>
        <source>It is known who has which blob</source>
        <translation>Es ist bekannt, wer welches Blob hat</translation>
    </message>
    <message>
        <source>It is not known which blobs %1 has</source>
        <translation>Es ist nicht bekannt, welche Blobs %1 hat</translation>
    </message>
    <message>
        <source>It is counting: try again in a moment.</source>
        <translation>Es zählt noch: gleich noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Every blob has a copy elsewhere</source>
        <translation>Jedes Blob hat anderswo eine Kopie</translation>
    </message>
    <message>
        <source>No other replica that is well has a copy.</source>
        <translation>Kein anderes Replikat, dem es gut geht, hat eine Kopie.</translation>
    </message>
    <message>
        <source>The others have every blob</source>
        <translation>Die anderen haben jedes Blob</translation>
    </message>
    <message>
        <source>To %1.</source>
        <translation>Auf %1.</translation>
    </message>
    <message>
        <source>It can lose %1 now, and %2 afterwards</source>
        <translation>Er verkraftet jetzt %1 Ausfälle und danach %2</translation>
    </message>
    <message>
        <source>The loss of one more then stops pushes and pulls by tag.</source>
        <translation>Dann beendet ein weiterer Ausfall Pushes und Pulls nach Tag.</translation>
    </message>
    <message>
        <source>There is room for changes</source>
        <translation>Für Änderungen ist Platz</translation>
    </message>
    <message>
        <source>The database of %1 is full</source>
        <translation>Die Datenbank von %1 ist voll</translation>
    </message>
    <message>
        <source>Make room there first.</source>
        <translation>Zuerst dort Platz schaffen.</translation>
    </message>
    <message>
        <source>Others vote, too</source>
        <translation>Auch andere stimmen</translation>
    </message>
    <message>
        <source>%1 is the only one that votes</source>
        <translation>%1 ist das einzige, das stimmt</translation>
    </message>
    <message>
        <source>Blocks</source>
        <translation>Verhindert es</translation>
    </message>
    <message>
        <source>Loses data</source>
        <translation>Verliert Daten</translation>
    </message>
    <message>
        <source>Needs your word</source>
        <translation>Braucht Ihr Wort</translation>
    </message>
    <message>
        <source>For information</source>
        <translation>Zur Kenntnis</translation>
    </message>
    <message>
        <source>Passed</source>
        <translation>Bestanden</translation>
    </message>
    <message numerus="yes">
        <source>%1 voters answer, %2 are needed.</source>
        <translation>
            <numerusform>%1 mit Stimme antwortet, %2 sind nötig.</numerusform>
            <numerusform>%1 mit Stimme antworten, %2 sind nötig.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 that are well would be left, %2 are needed.</source>
        <translation>
            <numerusform>%1, das in Ordnung ist, bliebe übrig, %2 sind nötig.</numerusform>
            <numerusform>%1, die in Ordnung sind, blieben übrig, %2 sind nötig.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 blobs would be lost</source>
        <translation>
            <numerusform>%1 Blob ginge verloren</numerusform>
            <numerusform>%1 Blobs gingen verloren</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 blobs are still being copied</source>
        <translation>
            <numerusform>%1 Blob wird noch kopiert</numerusform>
            <numerusform>%1 Blobs werden noch kopiert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 replicas survive no more losses than %2.</source>
        <translation>
            <numerusform>%1 Replikat übersteht nicht mehr Ausfälle als %2.</numerusform>
            <numerusform>%1 Replikate überstehen nicht mehr Ausfälle als %2.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 answers and takes the setup code</source>
        <translation>%1 antwortet und nimmt den Einrichtungscode an</translation>
    </message>
    <message>
        <source>%1 cannot be asked</source>
        <translation>%1 kann nicht gefragt werden</translation>
    </message>
    <message>
        <source>The name %1 is free</source>
        <translation>Der Name %1 ist frei</translation>
    </message>
    <message>
        <source>There is a replica %1 already</source>
        <translation>Ein Replikat %1 gibt es schon</translation>
    </message>
    <message>
        <source>Start the host’s wait with another --join-name.</source>
        <translation>Den Rechner mit einem anderen --join-name warten lassen.</translation>
    </message>
    <message>
        <source>Its address is free</source>
        <translation>Seine Adresse ist frei</translation>
    </message>
    <message>
        <source>%1 has the address %2</source>
        <translation>%1 hat die Adresse %2</translation>
    </message>
    <message>
        <source>Forget or remove that replica first, or give the host another address.</source>
        <translation>Dieses Replikat zuerst vergessen oder entfernen, oder dem Rechner eine andere Adresse geben.</translation>
    </message>
    <message>
        <source>Its version is the others’, %1</source>
        <translation>Seine Version ist die der anderen, %1</translation>
    </message>
    <message>
        <source>Its version, %1, is too old for this cluster</source>
        <translation>Seine Version, %1, ist zu alt für diesen Cluster</translation>
    </message>
    <message>
        <source>The cluster writes level %1, the host reads %2: update it.</source>
        <translation>Der Cluster schreibt Stufe %1, der Rechner liest %2: ihn aktualisieren.</translation>
    </message>
    <message>
        <source>Its version, %1, is not that of %2</source>
        <translation>Seine Version, %1, ist nicht die von %2</translation>
    </message>
    <message>
        <source>That is fine during an update.</source>
        <translation>Während einer Aktualisierung ist das in Ordnung.</translation>
    </message>
    <message>
        <source>Its engine is etcd %1</source>
        <translation>Seine Engine ist etcd %1</translation>
    </message>
    <message>
        <source>The host has no engine</source>
        <translation>Der Rechner hat keine Engine</translation>
    </message>
    <message>
        <source>Install etcd there (Debian: etcd-server).</source>
        <translation>Dort etcd installieren (Debian: etcd-server).</translation>
    </message>
    <message>
        <source>Its clock is right</source>
        <translation>Seine Uhr geht richtig</translation>
    </message>
    <message>
        <source>Its clock is %1 ahead</source>
        <translation>Seine Uhr geht %1 vor</translation>
    </message>
    <message>
        <source>Its clock is %1 behind</source>
        <translation>Seine Uhr geht %1 nach</translation>
    </message>
    <message>
        <source>Set it by NTP; more than 30 s is refused.</source>
        <translation>Sie per NTP stellen; mehr als 30 s werden abgelehnt.</translation>
    </message>
    <message>
        <source>It is on a computer of its own</source>
        <translation>Es ist auf einem eigenen Rechner</translation>
    </message>
    <message>
        <source>On the same computer, %1: %2</source>
        <translation>Auf demselben Rechner, %1: %2</translation>
    </message>
    <message>
        <source>One failure would take both: choose another host.</source>
        <translation>Ein Ausfall träfe beide: einen anderen Rechner wählen.</translation>
    </message>
    <message>
        <source>So are all of a sandbox.</source>
        <translation>Das sind alle einer Sandbox.</translation>
    </message>
    <message>
        <source>%1 are free, all blobs take %2.</source>
        <translation>%1 sind frei, alle Blobs brauchen %2.</translation>
    </message>
    <message>
        <source>There is room on its disk</source>
        <translation>Auf seiner Platte ist Platz</translation>
    </message>
    <message>
        <source>There is too little room on its disk</source>
        <translation>Auf seiner Platte ist zu wenig Platz</translation>
    </message>
    <message>
        <source>There is little room to grow on its disk</source>
        <translation>Auf seiner Platte ist wenig Platz zum Wachsen</translation>
    </message>
    <message>
        <source>At least %1 are needed.</source>
        <translation>Mindestens %1 sind nötig.</translation>
    </message>
    <message>
        <source>Its disk cannot be written to</source>
        <translation>Auf seine Platte kann nicht geschrieben werden</translation>
    </message>
    <message>
        <source>Look at the data folder on the host.</source>
        <translation>Den Datenordner auf dem Rechner ansehen.</translation>
    </message>
    <message>
        <source>Its disk syncs in %1</source>
        <translation>Seine Platte schreibt in %1 fest</translation>
    </message>
    <message>
        <source>Its disk takes %1 to sync</source>
        <translation>Seine Platte braucht %1, um festzuschreiben</translation>
    </message>
    <message>
        <source>Every write waits for that on a majority; under 20 ms is good.</source>
        <translation>Jedes Schreiben wartet darauf bei einer Mehrheit; unter 20 ms ist gut.</translation>
    </message>
    <message numerus="yes">
        <source>%1 cores, %2 of memory, %3 open files.</source>
        <translation>
            <numerusform>%1 Kern, %2 Arbeitsspeicher, %3 offene Dateien.</numerusform>
            <numerusform>%1 Kerne, %2 Arbeitsspeicher, %3 offene Dateien.</numerusform>
        </translation>
    </message>
    <message>
        <source>The host is large enough</source>
        <translation>Der Rechner ist groß genug</translation>
    </message>
    <message>
        <source>The host is small</source>
        <translation>Der Rechner ist klein</translation>
    </message>
    <message>
        <source>Advised: 2 cores, 1.1 GB, 4 096 open files.</source>
        <translation>Empfohlen: 2 Kerne, 1,1 GB, 4 096 offene Dateien.</translation>
    </message>
    <message>
        <source>refused: nobody listens there</source>
        <translation>abgelehnt: dort lauscht niemand</translation>
    </message>
    <message>
        <source>no answer: a firewall?</source>
        <translation>keine Antwort: eine Firewall?</translation>
    </message>
    <message>
        <source>unreachable: no such name, or no route</source>
        <translation>unerreichbar: kein solcher Name oder keine Route</translation>
    </message>
    <message>
        <source>not tried</source>
        <translation>nicht versucht</translation>
    </message>
    <message numerus="yes">
        <source>All %1 ways between it and the others are open</source>
        <translation>
            <numerusform>Der Weg zwischen ihm und den anderen (%1) ist offen</numerusform>
            <numerusform>Alle %1 Wege zwischen ihm und den anderen sind offen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 to %2, port %3: %4</source>
        <translation>%1 zu %2, Port %3: %4</translation>
    </message>
    <message numerus="yes">
        <source>%1 ways between it and the others are closed</source>
        <translation>
            <numerusform>%1 Weg zwischen ihm und den anderen ist versperrt</numerusform>
            <numerusform>%1 Wege zwischen ihm und den anderen sind versperrt</numerusform>
        </translation>
    </message>
    <message>
        <source>All members are well</source>
        <translation>Alle Mitglieder sind in Ordnung</translation>
    </message>
    <message>
        <source>Not well: %1</source>
        <translation>Nicht in Ordnung: %1</translation>
    </message>
    <message>
        <source>With one more a majority would be harder to have: mend it, or forget it first.</source>
        <translation>Mit einem mehr wäre eine Mehrheit schwerer zu haben: es zuerst in Ordnung bringen oder vergessen.</translation>
    </message>
    <message>
        <source>They answer, and say why themselves.</source>
        <translation>Sie antworten und sagen selbst, warum.</translation>
    </message>
    <message numerus="yes">
        <source>%1 replicas will vote</source>
        <translation>
            <numerusform>%1 Replikat wird stimmen</numerusform>
            <numerusform>%1 Replikate werden stimmen</numerusform>
        </translation>
    </message>
    <message>
        <source>A cluster has seven at most.</source>
        <translation>Ein Cluster hat höchstens sieben.</translation>
    </message>
    <message>
        <source>The loss of either then stops pushes and pulls by tag: add a third soon.</source>
        <translation>Dann beendet der Ausfall jedes der beiden Pushes und Pulls nach Tag: bald ein drittes aufnehmen.</translation>
    </message>
    <message>
        <source>Nobody hears of a majority</source>
        <translation>Niemand hört von einer Mehrheit</translation>
    </message>
    <message numerus="yes">
        <source>%1 have a majority</source>
        <translation>
            <numerusform>%1 hat eine Mehrheit</numerusform>
            <numerusform>%1 haben eine Mehrheit</numerusform>
        </translation>
    </message>
    <message>
        <source>The cluster lives: mend the network to it instead of repairing.</source>
        <translation>Der Cluster lebt: statt der Wiederherstellung das Netz dorthin in Ordnung bringen.</translation>
    </message>
    <message numerus="yes">
        <source>Too few that vote answer: %1, and %2 are needed</source>
        <translation>
            <numerusform>Zu wenige mit Stimme antworten: %1, und %2 sind nötig</numerusform>
            <numerusform>Zu wenige mit Stimme antworten: %1, und %2 sind nötig</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 voters answer, %2 are needed</source>
        <translation>
            <numerusform>%1 mit Stimme antwortet, %2 sind nötig</numerusform>
            <numerusform>%1 mit Stimme antworten, %2 sind nötig</numerusform>
        </translation>
    </message>
    <message>
        <source>They only have to hear each other again: %1.</source>
        <translation>Sie müssen nur wieder voneinander hören: %1.</translation>
    </message>
    <message>
        <source>It is said what became of those that do not answer</source>
        <translation>Es ist gesagt, was aus denen wurde, die nicht antworten</translation>
    </message>
    <message>
        <source>It is not said what became of %1</source>
        <translation>Es ist nicht gesagt, was aus %1 wurde</translation>
    </message>
    <message numerus="yes">
        <source>Say whether they are destroyed, powered off, or cut off from their peers and from clients. While that is not known, do not repair: they may be serving.</source>
        <translation>
            <numerusform>Sagen, ob es zerstört, ausgeschaltet oder von den anderen und von Clients abgeschnitten ist. Solange das nicht bekannt ist, nicht wiederherstellen: Vielleicht bedient es noch.</numerusform>
            <numerusform>Sagen, ob sie zerstört, ausgeschaltet oder von den anderen und von Clients abgeschnitten sind. Solange das nicht bekannt ist, nicht wiederherstellen: Vielleicht bedienen sie noch.</numerusform>
        </translation>
    </message>
    <message>
        <source>None of those that do not answer is said to be only cut off</source>
        <translation>Von keinem, das nicht antwortet, ist gesagt, dass es nur abgeschnitten ist</translation>
    </message>
    <message numerus="yes">
        <source>%1 are only cut off</source>
        <translation>
            <numerusform>%1 ist nur abgeschnitten</numerusform>
            <numerusform>%1 sind nur abgeschnitten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>They may run, but are too few to take a change: %1, and %2 are needed.</source>
        <translation>
            <numerusform>Es läuft vielleicht, ist aber zu wenig, um eine Änderung anzunehmen: %1, und %2 sind nötig.</numerusform>
            <numerusform>Sie laufen vielleicht, sind aber zu wenige, um eine Änderung anzunehmen: %1, und %2 sind nötig.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 may be a majority among themselves</source>
        <translation>
            <numerusform>%1 ist vielleicht allein eine Mehrheit</numerusform>
            <numerusform>%1 sind vielleicht unter sich eine Mehrheit</numerusform>
        </translation>
    </message>
    <message>
        <source>They are only cut off, so they may run. Should a client reach them, they take pushes that the repaired cluster will never have: power them off first if you can.</source>
        <translation>Sie sind nur abgeschnitten, laufen also vielleicht. Erreicht sie ein Client, so nehmen sie Pushes an, die der wiederhergestellte Cluster nie haben wird: Wenn möglich, sie zuerst ausschalten.</translation>
    </message>
    <message>
        <source>%1 votes</source>
        <translation>%1 stimmt ab</translation>
    </message>
    <message>
        <source>%1 has no vote</source>
        <translation>%1 hat keine Stimme</translation>
    </message>
    <message>
        <source>It was still joining: repair from one that votes.</source>
        <translation>Es trat noch bei: aus einem mit Stimme wiederherstellen.</translation>
    </message>
    <message>
        <source>The log of %1 is whole up to entry %2</source>
        <translation>Das Protokoll von %1 ist bis Eintrag %2 ganz</translation>
    </message>
    <message>
        <source>It knows that a majority had everything up to entry %1.</source>
        <translation>Es weiß, dass eine Mehrheit alles bis Eintrag %1 hatte.</translation>
    </message>
    <message>
        <source>The log of %1 cannot be read</source>
        <translation>Das Protokoll von %1 ist nicht zu lesen</translation>
    </message>
    <message>
        <source>No other replica that answers holds more than %1</source>
        <translation>Kein anderes Replikat, das antwortet, hat mehr als %1</translation>
    </message>
    <message>
        <source>Repair from %1 instead, or say why not.</source>
        <translation>Stattdessen aus %1 wiederherstellen, oder sagen, warum nicht.</translation>
    </message>
    <message numerus="yes">
        <source>%1 holds %2 entries more than %3</source>
        <translation>
            <numerusform>%1 hat %2 Eintrag mehr als %3</numerusform>
            <numerusform>%1 hat %2 Einträge mehr als %3</numerusform>
        </translation>
    </message>
    <message>
        <source>The log of %1 is newer than that of %2</source>
        <translation>Das Protokoll von %1 ist neuer als das von %2</translation>
    </message>
    <message>
        <source>The survivor has not heard of a majority since it was started.</source>
        <translation>Das überlebende Replikat hat seit seinem Start von keiner Mehrheit gehört.</translation>
    </message>
    <message>
        <source>The survivor last heard of a majority at %1.</source>
        <translation>Das überlebende Replikat hat zuletzt um %1 von einer Mehrheit gehört.</translation>
    </message>
    <message>
        <source>Nothing that was accepted is lost</source>
        <translation>Nichts Angenommenes geht verloren</translation>
    </message>
    <message>
        <source>What others accepted after entry %1 is lost</source>
        <translation>Was andere nach Eintrag %1 angenommen haben, ist verloren</translation>
    </message>
    <message numerus="yes">
        <source>What %1 accepted after entry %2 is lost</source>
        <translation>
            <numerusform>Was %1 nach Eintrag %2 angenommen hat, ist verloren</numerusform>
            <numerusform>Was %1 nach Eintrag %2 angenommen haben, ist verloren</numerusform>
        </translation>
    </message>
    <message>
        <source>The survivor has every blob</source>
        <translation>Das überlebende Replikat hat jedes Blob</translation>
    </message>
    <message>
        <source>It is not known which blobs the survivor lacks</source>
        <translation>Es ist nicht bekannt, welche Blobs dem überlebenden Replikat fehlen</translation>
    </message>
    <message>
        <source>It has not looked at all of them yet: try again in a moment.</source>
        <translation>Es hat noch nicht alle angesehen: gleich noch einmal versuchen.</translation>
    </message>
    <message numerus="yes">
        <source>The survivor lacks %1 blobs</source>
        <translation>
            <numerusform>Dem überlebenden Replikat fehlt %1 Blob</numerusform>
            <numerusform>Dem überlebenden Replikat fehlen %1 Blobs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>They are at %1: keep the data there until they are copied.</source>
        <translation>
            <numerusform>Es ist bei %1: die Daten dort behalten, bis es kopiert ist.</numerusform>
            <numerusform>Sie sind bei %1: die Daten dort behalten, bis sie kopiert sind.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 blobs are at nobody who answers</source>
        <translation>
            <numerusform>%1 Blob ist bei keinem, das antwortet</numerusform>
            <numerusform>%1 Blobs sind bei keinem, das antwortet</numerusform>
        </translation>
    </message>
    <message>
        <source>What names them stays listed, as damaged, until they are pushed again or a replica that has them comes back.</source>
        <translation>Was sie nennt, bleibt als beschädigt gelistet, bis sie neu gepusht werden oder ein Replikat wiederkommt, das sie hat.</translation>
    </message>
    <message>
        <source>%1 are free, the copy takes %2.</source>
        <translation>%1 sind frei, die Kopie braucht %2.</translation>
    </message>
    <message>
        <source>There is room for the copy, in %1</source>
        <translation>Für die Kopie ist Platz, in %1</translation>
    </message>
    <message>
        <source>There is too little room for the copy, in %1</source>
        <translation>Für die Kopie ist zu wenig Platz, in %1</translation>
    </message>
    <message>
        <source>The engine needs some beside it: make room there.</source>
        <translation>Die Engine braucht daneben noch welchen: dort Platz schaffen.</translation>
    </message>
    <message>
        <source>No other repair is under way</source>
        <translation>Keine andere Wiederherstellung läuft</translation>
    </message>
    <message>
        <source>A repair is under way already: %1</source>
        <translation>Eine Wiederherstellung ist schon im Gange: %1</translation>
    </message>
    <message>
        <source>Wait until it has ended.</source>
        <translation>Warten, bis sie zu Ende ist.</translation>
    </message>
    <message>
        <source>The cluster has not been repaired since %1 was its member</source>
        <translation>Der Cluster ist nicht wiederhergestellt worden, seit %1 sein Mitglied war</translation>
    </message>
    <message>
        <source>The cluster was repaired from %1 already, and %2 was left behind</source>
        <translation>Der Cluster ist schon aus %1 wiederhergestellt, und %2 blieb zurück</translation>
    </message>
    <message>
        <source>It is in epoch %1, this one in epoch %2: look at that one first.</source>
        <translation>Er ist in Epoche %1, dieses in Epoche %2: zuerst jenes ansehen.</translation>
    </message>
    <message>
        <source>All replicas answer</source>
        <translation>Alle Replikate antworten</translation>
    </message>
    <message>
        <source>No other replica could try to reach it.</source>
        <translation>Kein anderes Replikat konnte versuchen, es zu erreichen.</translation>
    </message>
    <message>
        <source>Its HTTPS port: %1.</source>
        <translation>Sein HTTPS-Port: %1.</translation>
    </message>
    <message>
        <source>Reached by %1.</source>
        <translation>Erreicht von %1.</translation>
    </message>
    <message>
        <source>Why, and what to do: pilothousectl diagnose %1.</source>
        <translation>Warum, und was zu tun ist: pilothousectl diagnose %1.</translation>
    </message>
    <message>
        <source>All can examine themselves</source>
        <translation>Alle können sich selbst prüfen</translation>
    </message>
    <message>
        <source>Too old to examine themselves: %1</source>
        <translation>Zu alt, um sich selbst zu prüfen: %1</translation>
    </message>
    <message>
        <source>What only they can know is missing here.</source>
        <translation>Was nur sie wissen können, fehlt hier.</translation>
    </message>
    <message>
        <source>Update them.</source>
        <translation>Aktualisieren.</translation>
    </message>
    <message>
        <source>All that answer are well</source>
        <translation>Allen, die antworten, geht es gut</translation>
    </message>
    <message>
        <source>%1 takes no traffic</source>
        <translation>%1 nimmt keinen Verkehr an</translation>
    </message>
    <message>
        <source>None is drained</source>
        <translation>Keines läuft aus</translation>
    </message>
    <message>
        <source>%1 is drained</source>
        <translation>%1 läuft aus</translation>
    </message>
    <message>
        <source>It takes no traffic from the load balancer.</source>
        <translation>Es nimmt keinen Verkehr vom Load-Balancer an.</translation>
    </message>
    <message>
        <source>Undrain it when the reason is over.</source>
        <translation>Wieder annehmen lassen, wenn der Grund vorbei ist.</translation>
    </message>
    <message>
        <source>No change is under way</source>
        <translation>Keine Änderung ist im Gang</translation>
    </message>
    <message>
        <source>A change is under way: %1</source>
        <translation>Eine Änderung ist im Gang: %1</translation>
    </message>
    <message>
        <source>Follow it with pilothousectl operations follow.</source>
        <translation>Verfolgen mit pilothousectl operations follow.</translation>
    </message>
    <message>
        <source>All ways between them are open</source>
        <translation>Alle Wege zwischen ihnen sind offen</translation>
    </message>
    <message>
        <source>Tried and open: %1.</source>
        <translation>Versucht und offen: %1.</translation>
    </message>
    <message>
        <source>from %1 to %2, %3: %4</source>
        <translation>von %1 zu %2, %3: %4</translation>
    </message>
    <message>
        <source>Not all ways between them are open</source>
        <translation>Nicht alle Wege zwischen ihnen sind offen</translation>
    </message>
    <message>
        <source>Open: %1 of %2. Not open: %3.</source>
        <translation>Offen: %1 von %2. Nicht offen: %3.</translation>
    </message>
    <message>
        <source>Where it is silent, open the port in the firewalls; where it refuses, start what listens there.</source>
        <translation>Wo er schweigt, den Port in den Firewalls öffnen; wo er ablehnt, starten, was dort lauscht.</translation>
    </message>
    <message>
        <source>The clocks agree</source>
        <translation>Die Uhren gehen gleich</translation>
    </message>
    <message>
        <source>The clock of %1 is %2 ahead</source>
        <translation>Die Uhr von %1 geht %2 vor</translation>
    </message>
    <message>
        <source>The clock of %1 is %2 behind</source>
        <translation>Die Uhr von %1 geht %2 nach</translation>
    </message>
    <message>
        <source>Measured against %1. Over 30 s nothing can join.</source>
        <translation>Gemessen an %1. Über 30 s kann nichts beitreten.</translation>
    </message>
    <message>
        <source>Have it set by NTP: timedatectl set-ntp true.</source>
        <translation>Durch NTP stellen lassen: timedatectl set-ntp true.</translation>
    </message>
    <message>
        <source>There is room on every disk</source>
        <translation>Auf jeder Platte ist Platz</translation>
    </message>
    <message>
        <source>%1 are free, all blobs take %2, at least %3 should be free.</source>
        <translation>%1 sind frei, alle Blobs brauchen %2, mindestens %3 sollten frei sein.</translation>
    </message>
    <message>
        <source>It fills by %1 a day.</source>
        <translation>Sie füllt sich um %1 am Tag.</translation>
    </message>
    <message>
        <source>The disk of %1 is full</source>
        <translation>Die Platte von %1 ist voll</translation>
    </message>
    <message>
        <source>There is little room on the disk of %1</source>
        <translation>Auf der Platte von %1 ist wenig Platz</translation>
    </message>
    <message>
        <source>Make room on it, or enlarge it.</source>
        <translation>Platz schaffen oder sie vergrößern.</translation>
    </message>
    <message>
        <source>Every disk is fast enough</source>
        <translation>Jede Platte ist schnell genug</translation>
    </message>
    <message>
        <source>The disk of %1 cannot be written to</source>
        <translation>Auf die Platte von %1 kann nicht geschrieben werden</translation>
    </message>
    <message>
        <source>Look at the disk and at the rights of the data folder.</source>
        <translation>Platte und Rechte des Datenordners prüfen.</translation>
    </message>
    <message>
        <source>The disk of %1 takes %2 to sync</source>
        <translation>Die Platte von %1 braucht %2 zum Sichern</translation>
    </message>
    <message>
        <source>Look what else uses that disk, or give the replica one of its own.</source>
        <translation>Nachsehen, wer die Platte sonst benutzt, oder dem Replikat eine eigene geben.</translation>
    </message>
    <message>
        <source>Each is on a computer of its own</source>
        <translation>Jedes ist auf einem eigenen Rechner</translation>
    </message>
    <message>
        <source>Their data is on one disk.</source>
        <translation>Ihre Daten liegen auf einer Platte.</translation>
    </message>
    <message>
        <source>On one computer, %1: %2</source>
        <translation>Auf einem Rechner, %1: %2</translation>
    </message>
    <message>
        <source>Nothing is to be done in a sandbox.</source>
        <translation>In einer Sandbox ist nichts zu tun.</translation>
    </message>
    <message>
        <source>One failure would take them all.</source>
        <translation>Ein Ausfall würde alle treffen.</translation>
    </message>
    <message>
        <source>Join new hosts for all but one, then remove these.</source>
        <translation>Für alle bis auf eines neue Rechner aufnehmen, dann diese entfernen.</translation>
    </message>
    <message>
        <source>Every host is large enough</source>
        <translation>Jeder Rechner ist groß genug</translation>
    </message>
    <message>
        <source>The host of %1 is small</source>
        <translation>Der Rechner von %1 ist klein</translation>
    </message>
    <message>
        <source>Give it 2 cores, 1.1 GB and 4 096 open files at least.</source>
        <translation>Mindestens 2 Kerne, 1,1 GB und 4 096 offene Dateien geben.</translation>
    </message>
    <message>
        <source>No engine raises an alarm</source>
        <translation>Keine Engine meldet einen Alarm</translation>
    </message>
    <message>
        <source>Its engine takes no changes any more (NOSPACE).</source>
        <translation>Seine Engine nimmt keine Änderungen mehr an (NOSPACE).</translation>
    </message>
    <message>
        <source>On its host: pilothouse-replica local defragment.</source>
        <translation>Auf seinem Rechner: pilothouse-replica local defragment.</translation>
    </message>
    <message>
        <source>The engine of %1 has other data than the rest</source>
        <translation>Die Engine von %1 hat andere Daten als der Rest</translation>
    </message>
    <message>
        <source>Its engine says so itself (CORRUPT).</source>
        <translation>Das sagt seine Engine selbst (CORRUPT).</translation>
    </message>
    <message>
        <source>Remove it, and join its host anew.</source>
        <translation>Entfernen und seinen Rechner neu aufnehmen.</translation>
    </message>
    <message>
        <source>The engine of %1 raises an alarm</source>
        <translation>Die Engine von %1 meldet einen Alarm</translation>
    </message>
    <message>
        <source>Read the log of the replica on its host.</source>
        <translation>Das Protokoll des Replikats auf seinem Rechner lesen.</translation>
    </message>
    <message>
        <source>There is room in every database</source>
        <translation>In jeder Datenbank ist Platz</translation>
    </message>
    <message>
        <source>The database of %1 is almost full</source>
        <translation>Die Datenbank von %1 ist fast voll</translation>
    </message>
    <message>
        <source>It has %1 of %2.</source>
        <translation>Sie hat %1 von %2.</translation>
    </message>
    <message>
        <source>All run version %1</source>
        <translation>Alle haben Version %1</translation>
    </message>
    <message>
        <source>Not all run the same version</source>
        <translation>Nicht alle haben dieselbe Version</translation>
    </message>
    <message>
        <source>That is fine during an update: finish it.</source>
        <translation>Das ist während einer Aktualisierung in Ordnung: sie zu Ende bringen.</translation>
    </message>
    <message>
        <source>No certificate expires within a month</source>
        <translation>Kein Zertifikat läuft innerhalb eines Monats ab</translation>
    </message>
    <message>
        <source>It renews itself: if it does not soon, its log says why.</source>
        <translation>Es erneuert sich selbst: wenn nicht bald, sagt sein Protokoll, warum.</translation>
    </message>
    <message>
        <source>Have it renewed before then.</source>
        <translation>Vorher erneuern lassen.</translation>
    </message>
    <message>
        <source>A certificate expires in %1: %2</source>
        <translation>Ein Zertifikat läuft in %1 ab: %2</translation>
    </message>
    <message>
        <source>A certificate has expired %1 ago: %2</source>
        <translation>Ein Zertifikat ist vor %1 abgelaufen: %2</translation>
    </message>
    <message>
        <source>It is %1.</source>
        <translation>Es ist %1.</translation>
    </message>
    <message numerus="yes">
        <source>%1 replicas vote</source>
        <translation>
            <numerusform>%1 Replikat stimmt ab</numerusform>
            <numerusform>%1 Replikate stimmen ab</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove the surplus.</source>
        <translation>Die überzähligen entfernen.</translation>
    </message>
    <message>
        <source>Its loss stops everything.</source>
        <translation>Sein Verlust hält alles an.</translation>
    </message>
    <message>
        <source>Join two more.</source>
        <translation>Zwei weitere aufnehmen.</translation>
    </message>
    <message>
        <source>The loss of either stops pushes and pulls by tag.</source>
        <translation>Der Verlust eines der beiden hält Pushes und Pulls nach Tag an.</translation>
    </message>
    <message>
        <source>Join a third.</source>
        <translation>Ein drittes aufnehmen.</translation>
    </message>
    <message>
        <source>Join one more, or remove one.</source>
        <translation>Eines mehr aufnehmen oder eines entfernen.</translation>
    </message>
    <message>
        <source>Every replica has every blob</source>
        <translation>Jedes Replikat hat jeden Blob</translation>
    </message>
    <message numerus="yes">
        <source>%1 lacks %2 blobs</source>
        <translation>
            <numerusform>%1 fehlt %2 Blob</numerusform>
            <numerusform>%1 fehlen %2 Blobs</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, which it copies from the others by itself.</source>
        <translation>%1, die es von selbst von den anderen kopiert.</translation>
    </message>
    <message>
        <source>Wait until they are there before anything else is changed.</source>
        <translation>Warten, bis sie da sind, bevor anderes geändert wird.</translation>
    </message>
    <message>
        <source>Nobody would take traffic any more</source>
        <translation>Niemand nähme mehr Verkehr an</translation>
    </message>
    <message>
        <source>A load balancer would find no healthy replica: pushes and pulls fail.</source>
        <translation>Ein Lastverteiler fände kein gesundes Replikat: Push und Pull schlagen fehl.</translation>
    </message>
    <message>
        <source>Only %1 would take traffic</source>
        <translation>Nur %1 nähme Verkehr an</translation>
    </message>
    <message>
        <source>Others take its traffic</source>
        <translation>Andere nehmen seinen Verkehr an</translation>
    </message>
    <message>
        <source>They are %1.</source>
        <translation>Es sind %1.</translation>
    </message>
    <message>
        <source>Another replica is called %1</source>
        <translation>Ein anderes Replikat heißt %1</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>It is called %1 already</source>
        <translation>Es heißt schon %1</translation>
    </message>
    <message>
        <source>While one restarts, the others are a majority</source>
        <translation>Während eines neu startet, sind die anderen eine Mehrheit</translation>
    </message>
    <message>
        <source>Not all of the others are well</source>
        <translation>Nicht alle anderen sind gesund</translation>
    </message>
    <message>
        <source>Pushes and pulls stop while one restarts</source>
        <translation>Push und Pull stehen still, während eines neu startet</translation>
    </message>
    <message>
        <source>Without it there is no majority. It lasts some seconds.</source>
        <translation>Ohne es gibt es keine Mehrheit. Es dauert einige Sekunden.</translation>
    </message>
    <message>
        <source>While one restarts, no majority would be left</source>
        <translation>Während eines neu startet, bliebe keine Mehrheit</translation>
    </message>
    <message>
        <source>%1 does not vote</source>
        <translation>%1 stimmt nicht ab</translation>
    </message>
    <message>
        <source>Only a replica that votes can lead.</source>
        <translation>Nur ein Replikat, das abstimmt, kann führen.</translation>
    </message>
    <message>
        <source>Another replica leads now</source>
        <translation>Jetzt führt ein anderes Replikat</translation>
    </message>
    <message>
        <source>%1 leads already</source>
        <translation>%1 führt schon</translation>
    </message>
    <message>
        <source>All that are to be restarted answer</source>
        <translation>Alle, die neu starten sollen, antworten</translation>
    </message>
    <message>
        <source>Not all that are to be restarted answer</source>
        <translation>Nicht alle, die neu starten sollen, antworten</translation>
    </message>
    <message>
        <source>Silent: %1. Start it on its host; nobody here can.</source>
        <translation>Stumm: %1. Starten Sie es auf seinem Rechner; von hier aus kann es niemand.</translation>
    </message>
    <message>
        <source>All replicas know how to do this</source>
        <translation>Alle Replikate können das</translation>
    </message>
    <message>
        <source>The version of %1 is too old for this</source>
        <translation>Die Version von %1 ist dafür zu alt</translation>
    </message>
    <message>
        <source>Bring it up to date on its host first.</source>
        <translation>Bringen Sie es zuerst auf seinem Rechner auf den neuesten Stand.</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::ChangeDialog</name>
    <message>
        <source>from %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>Check it</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Review what changes</source>
        <translation>Änderungen ansehen</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Go on without this step</source>
        <translation>Ohne diesen Schritt weiter</translation>
    </message>
    <message>
        <source>Cancel the operation</source>
        <translation>Vorgang abbrechen</translation>
    </message>
    <message>
        <source>%1 from %2</source>
        <translation>%1 aus %2</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>Prüfungen</translation>
    </message>
    <message>
        <source>What changes</source>
        <translation>Was sich ändert</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>The cluster goes on by itself. Any console, or the command line, can follow it, and cancel it until %1 has left the group.</source>
        <translation>Der Cluster macht von selbst weiter. Jede Konsole und die Befehlszeile können folgen und abbrechen, bis %1 die Gruppe verlassen hat.</translation>
    </message>
    <message>
        <source>Check %1 before it is removed</source>
        <translation>%1 prüfen, bevor es entfernt wird</translation>
    </message>
    <message>
        <source>Check %1 before it is forgotten</source>
        <translation>%1 prüfen, bevor es vergessen wird</translation>
    </message>
    <message>
        <source>Nothing has been changed yet. All checks are run once more when it begins.</source>
        <translation>Noch wurde nichts geändert. Zu Beginn laufen alle Prüfungen noch einmal.</translation>
    </message>
    <message>
        <source>Asking every replica what it sees now…</source>
        <translation>Jedes Replikat wird gefragt, was es jetzt sieht …</translation>
    </message>
    <message>
        <source>%1 checks: %2 blocking, %3 for your word, %4 passed. Nothing has been changed yet.</source>
        <translation>%1 Prüfungen: %2 verhindern es, %3 brauchen Ihr Wort, %4 bestanden. Noch wurde nichts geändert.</translation>
    </message>
    <message>
        <source>Not known at the moment: %1. The operation goes on.</source>
        <translation>Im Augenblick nicht bekannt: %1. Der Vorgang läuft weiter.</translation>
    </message>
    <message>
        <source>Started by %1. It goes on when this window is closed.</source>
        <translation>Begonnen von %1. Er läuft weiter, wenn dieses Fenster geschlossen wird.</translation>
    </message>
    <message>
        <source>%1 has left %2</source>
        <translation>%1 hat %2 verlassen</translation>
    </message>
    <message>
        <source>Cancelled: everything is as it was</source>
        <translation>Abgebrochen: Alles ist, wie es war</translation>
    </message>
    <message>
        <source>%1 is still in %2.</source>
        <translation>%1 ist weiter in %2.</translation>
    </message>
    <message>
        <source>Nothing was changed</source>
        <translation>Nichts wurde geändert</translation>
    </message>
    <message>
        <source>A check spoke against it when it was to begin.</source>
        <translation>Eine Prüfung sprach dagegen, als es beginnen sollte.</translation>
    </message>
    <message>
        <source>Cancelled: what was done is being taken back.</source>
        <translation>Abgebrochen: Was getan war, wird zurückgenommen.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Noch einmal prüfen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>The new host</source>
        <translation>Der neue Rechner</translation>
    </message>
    <message>
        <source>Join anyway, because</source>
        <translation>Trotzdem aufnehmen, weil</translation>
    </message>
    <message>
        <source>Nothing is changed before all has been checked and you say so.</source>
        <translation>Nichts wird geändert, bevor alles geprüft ist und Sie es sagen.</translation>
    </message>
    <message>
        <source>What kind of host it is, and the ways to it</source>
        <translation>Was für ein Rechner es ist, und die Wege zu ihm</translation>
    </message>
    <message>
        <source>every replica tries to reach it, and it every replica: up to 25 s</source>
        <translation>jedes Replikat versucht ihn zu erreichen, und er jedes Replikat: bis zu 25 s</translation>
    </message>
    <message>
        <source>Waits for the answers.</source>
        <translation>Wartet auf die Antworten.</translation>
    </message>
    <message>
        <source>%1 has joined %2</source>
        <translation>%1 ist %2 beigetreten</translation>
    </message>
    <message>
        <source>%1 has replaced %2 in %3</source>
        <translation>%1 hat %2 in %3 ersetzt</translation>
    </message>
    <message>
        <source>Cancelled: %1 is forgotten all the same</source>
        <translation>Abgebrochen: %1 ist trotzdem vergessen</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%1 in %2</translation>
    </message>
    <message>
        <source>Check %1 before it replaces %2</source>
        <translation>%1 prüfen, bevor es %2 ersetzt</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>in %1</translation>
    </message>
    <message>
        <source>Replace and catch up</source>
        <translation>Ersetzen und aufholen</translation>
    </message>
    <message>
        <source>%1 stays forgotten.</source>
        <translation>%1 bleibt vergessen.</translation>
    </message>
    <message>
        <source>%1 is not in %2.</source>
        <translation>%1 ist nicht in %2.</translation>
    </message>
    <message>
        <source>Its process has ended. Empty its data folder before it waits again.</source>
        <translation>Sein Prozess ist beendet. Seinen Datenordner leeren, bevor es wieder wartet.</translation>
    </message>
    <message>
        <source>Cancelled: the cluster is as it was</source>
        <translation>Abgebrochen: Der Cluster ist, wie er war</translation>
    </message>
    <message>
        <source>Add a replica</source>
        <translation>Ein Replikat aufnehmen</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 in %2</translation>
    </message>
    <message>
        <source>Check %1 before it joins</source>
        <translation>%1 prüfen, bevor es beitritt</translation>
    </message>
    <message>
        <source>Asking the new host, and every replica whether it reaches it…</source>
        <translation>Der neue Rechner wird gefragt, und jedes Replikat, ob es ihn erreicht …</translation>
    </message>
    <message>
        <source>to %1</source>
        <translation>in %1</translation>
    </message>
    <message>
        <source>Find the new replica</source>
        <translation>Das neue Replikat finden</translation>
    </message>
    <message>
        <source>Join and catch up</source>
        <translation>Beitreten und aufholen</translation>
    </message>
    <message>
        <source>The cluster goes on by itself. Any console, or the command line, can follow it, and cancel it until %1 has its vote.</source>
        <translation>Der Cluster macht von selbst weiter. Jede Konsole und die Befehlszeile können folgen und abbrechen, bis %1 seine Stimme hat.</translation>
    </message>
    <message>
        <source>It is taken out again and its process ends. Its data folder must be emptied before it can wait again.</source>
        <translation>Es wird wieder herausgenommen, und sein Prozess endet. Sein Datenordner muss geleert werden, bevor es wieder warten kann.</translation>
    </message>
    <message>
        <source>Too late to cancel: to take %1 out again, remove it.</source>
        <translation>Zum Abbrechen ist es zu spät: um %1 wieder herauszunehmen, es entfernen.</translation>
    </message>
    <message>
        <source>The first line of FILE is the setup code.</source>
        <translation>Die erste Zeile von FILE ist der Einrichtungscode.</translation>
    </message>
    <message>
        <source>The cluster goes on by itself. Any console, or the command line, can follow it, and cancel it.</source>
        <translation>Der Cluster macht von selbst weiter. Jede Konsole und die Befehlszeile können folgen und abbrechen.</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::FindingList</name>
    <message>
        <source>Do it anyway, because</source>
        <translation>Trotzdem, weil</translation>
    </message>
    <message>
        <source>Type its name to do it anyway:</source>
        <translation>Seinen Namen eintippen, um es trotzdem zu tun:</translation>
    </message>
    <message>
        <source>reason, kept with the operation</source>
        <translation>Grund, bleibt beim Vorgang</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Name of the replica</source>
        <translation>Name des Replikats</translation>
    </message>
    <message>
        <source>A check blocks it.</source>
        <translation>Eine Prüfung verhindert es.</translation>
    </message>
    <message>
        <source>Waits for the name of the replica: data would be lost.</source>
        <translation>Wartet auf den Namen des Replikats: Daten gingen verloren.</translation>
    </message>
    <message>
        <source>Waits for your word, and a reason.</source>
        <translation>Wartet auf Ihr Wort und einen Grund.</translation>
    </message>
    <message>
        <source>Passed (%1)</source>
        <translation>Bestanden (%1)</translation>
    </message>
    <message>
        <source>Show less</source>
        <translation>Weniger zeigen</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::StepList</name>
    <message>
        <source>Waits: %1</source>
        <translation>Wartet: %1</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>übergangen</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>zurückgenommen</translation>
    </message>
    <message>
        <source>Measured from the most that it was seen to lack</source>
        <translation>Gemessen am Höchsten, was ihm hier je fehlte</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>How much of its blobs %1 has</source>
        <translation>Wie viel seiner Blobs %1 hat</translation>
    </message>
    <message>
        <source>How much is copied</source>
        <translation>Wie viel kopiert ist</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::StepRail</name>
    <message>
        <source>Step %1 of %2: %3</source>
        <translation>Schritt %1 von %2: %3</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::OperationStrip</name>
    <message>
        <source>Show…</source>
        <translation>Zeigen …</translation>
    </message>
    <message>
        <source>The change that is under way</source>
        <translation>Die Änderung, die im Gang ist</translation>
    </message>
    <message>
        <source>Show the change that is under way</source>
        <translation>Die Änderung zeigen, die im Gang ist</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::CatchUp</name>
    <message>
        <source>%1/s · about %2 left</source>
        <translation>%1/s · noch etwa %2</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::JoinShown</name>
    <message>
        <source>%1 · joining %2</source>
        <translation>%1 · %2 tritt bei</translation>
    </message>
    <message>
        <source>no vote yet · %1 % of blobs</source>
        <translation>noch ohne Stimme · %1 % der Blobs</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::ReviewPage</name>
    <message>
        <source>In this order</source>
        <translation>In dieser Reihenfolge</translation>
    </message>
    <message>
        <source>If this computer stops</source>
        <translation>Wenn dieser Rechner ausfällt</translation>
    </message>
    <message>
        <source>If it is cancelled</source>
        <translation>Wenn er abgebrochen wird</translation>
    </message>
    <message>
        <source>The same as a command</source>
        <translation>Dasselbe als Befehl</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::EvenBand</name>
    <message>
        <source>An even number of replicas</source>
        <translation>Eine gerade Zahl von Replikaten</translation>
    </message>
    <message>
        <source>An even number adds work but no safety. Add another soon, or replace one.</source>
        <translation>Eine gerade Zahl bringt Arbeit, aber keine Sicherheit. Bald ein weiteres aufnehmen oder eines ersetzen.</translation>
    </message>
    <message>
        <source>%1 replicas can lose %2, the same as %3.</source>
        <translation>%1 Replikate verkraften %2 Ausfälle, so viele wie %3.</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::SetupPage</name>
    <message>
        <source>This is a join token, which the cluster gives. Paste the setup code, which the new host shows: it begins with “phsetup1.”.</source>
        <translation>Das ist ein Beitrittstoken, das der Cluster gibt. Hierher gehört der Einrichtungscode, den der neue Rechner zeigt: Er beginnt mit „phsetup1.“.</translation>
    </message>
    <message>
        <source>A setup code begins with “phsetup1.”: copy the whole line that the new host shows.</source>
        <translation>Ein Einrichtungscode beginnt mit „phsetup1.“: die ganze Zeile kopieren, die der neue Rechner zeigt.</translation>
    </message>
    <message>
        <source>1. Let the new host wait</source>
        <translation>1. Den neuen Rechner warten lassen</translation>
    </message>
    <message>
        <source>Run this there. It changes nothing yet.</source>
        <translation>Das dort ausführen. Es ändert noch nichts.</translation>
    </message>
    <message>
        <source>ADDRESS is the new host’s own name or address, by which clients and the other replicas reach it.</source>
        <translation>ADDRESS ist Name oder Adresse des neuen Rechners, unter der ihn Clients und die anderen Replikate erreichen.</translation>
    </message>
    <message>
        <source>Or, where systemd starts it</source>
        <translation>Oder, wo systemd ihn startet</translation>
    </message>
    <message>
        <source>Put this line into /etc/pilothouse/pilothouse-replica.conf, and start the service. The code is then in /var/lib/pilothouse/setup-code.</source>
        <translation>Diese Zeile in /etc/pilothouse/pilothouse-replica.conf eintragen und den Dienst starten. Der Code steht dann in /var/lib/pilothouse/setup-code.</translation>
    </message>
    <message>
        <source>2. Paste the setup code that it shows</source>
        <translation>2. Den Einrichtungscode einfügen, den er zeigt</translation>
    </message>
    <message>
        <source>One long line that begins with “phsetup1.”. It is a secret, and is not kept here.</source>
        <translation>Eine lange Zeile, die mit „phsetup1.“ beginnt. Sie ist geheim und wird hier nicht aufbewahrt.</translation>
    </message>
    <message>
        <source>What happens then</source>
        <translation>Was dann geschieht</translation>
    </message>
    <message>
        <source>The cluster asks the host what it is, and tries all ways between it and the replicas. If you let it join, it copies the state and every blob first, without a vote, and votes once it has them.</source>
        <translation>Der Cluster fragt den Rechner, was er ist, und versucht alle Wege zwischen ihm und den Replikaten. Wenn Sie ihn aufnehmen, kopiert er erst den Zustand und jedes Blob, ohne Stimme, und stimmt, sobald er sie hat.</translation>
    </message>
    <message>
        <source>Setup code</source>
        <translation>Einrichtungscode</translation>
    </message>
    <message>
        <source>setup code</source>
        <translation>Einrichtungscode</translation>
    </message>
    <message>
        <source>Waits for the setup code.</source>
        <translation>Wartet auf den Einrichtungscode.</translation>
    </message>
    <message>
        <source>This is no setup code.</source>
        <translation>Das ist kein Einrichtungscode.</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::PutBackDialog</name>
    <message>
        <source>Put the repair of %1 back</source>
        <translation>Reparatur von %1 zurücknehmen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>reason, kept with the repair</source>
        <translation>Grund, wird bei der Reparatur aufgehoben</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Asking the survivor…</source>
        <translation>Das überlebende Replikat wird gefragt …</translation>
    </message>
    <message>
        <source>Nothing has been changed yet.</source>
        <translation>Noch ist nichts geändert.</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>Was geschieht</translation>
    </message>
    <message>
        <source>%1 stops, gets back its engine’s data of before, from %2, and is a member of epoch %3 again. It has no majority then, as before the repair.</source>
        <translation>%1 hält an, erhält die früheren Daten seiner Engine aus %2 zurück und gehört wieder zu Epoche %3. Es hat dann keine Mehrheit, wie vor der Reparatur.</translation>
    </message>
    <message>
        <source>What is lost</source>
        <translation>Was verloren geht</translation>
    </message>
    <message>
        <source>Everything that was changed since the repair.</source>
        <translation>Alles, was seit der Reparatur geändert wurde.</translation>
    </message>
    <message>
        <source>Nothing: nothing has been changed since the repair.</source>
        <translation>Nichts: Seit der Reparatur wurde nichts geändert.</translation>
    </message>
    <message numerus="yes">
        <source>The %1 changes made since the repair.</source>
        <translation>
            <numerusform>%1 Änderung seit der Reparatur.</numerusform>
            <numerusform>Die %1 Änderungen seit der Reparatur.</numerusform>
        </translation>
    </message>
    <message>
        <source>The same as a command</source>
        <translation>Dasselbe als Befehl</translation>
    </message>
    <message>
        <source>Why they may be lost</source>
        <translation>Warum sie verloren gehen dürfen</translation>
    </message>
    <message>
        <source>It goes on when this window is closed.</source>
        <translation>Es geht weiter, auch wenn dieses Fenster geschlossen wird.</translation>
    </message>
    <message>
        <source>The repair is put back</source>
        <translation>Die Reparatur ist zurückgenommen</translation>
    </message>
    <message>
        <source>The repair is not put back</source>
        <translation>Die Reparatur ist nicht zurückgenommen</translation>
    </message>
    <message>
        <source>It cannot be followed any more, and may go on: %1 Look at it with %2.</source>
        <translation>Es lässt sich nicht mehr verfolgen und geht vielleicht weiter: %1 Nachsehen mit %2.</translation>
    </message>
    <message>
        <source>Waits for a reason: changes would be lost.</source>
        <translation>Wartet auf einen Grund: Änderungen gingen verloren.</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::RepairDialog</name>
    <message>
        <source>Repair</source>
        <translation>Reparieren</translation>
    </message>
    <message>
        <source>Choose the survivor</source>
        <translation>Überlebendes wählen</translation>
    </message>
    <message>
        <source>Say what became of others</source>
        <translation>Verbleib der anderen</translation>
    </message>
    <message>
        <source>Check it</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Review what changes</source>
        <translation>Änderungen ansehen</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Put it back…</source>
        <translation>Zurücknehmen …</translation>
    </message>
    <message>
        <source>Add replica…</source>
        <translation>Replikat aufnehmen …</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Repair %1</source>
        <translation>%1 reparieren</translation>
    </message>
    <message>
        <source>Repair anyway, because</source>
        <translation>Trotzdem reparieren, weil</translation>
    </message>
    <message>
        <source>Survivors</source>
        <translation>Überlebende</translation>
    </message>
    <message>
        <source>Those that do not answer</source>
        <translation>Die nicht antworten</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>Prüfungen</translation>
    </message>
    <message>
        <source>What changes</source>
        <translation>Was sich ändert</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Go on from which replica?</source>
        <translation>Von welchem Replikat aus weitermachen?</translation>
    </message>
    <message>
        <source>Asking every replica that answers what it holds…</source>
        <translation>Jedes Replikat, das antwortet, wird gefragt, was es hat …</translation>
    </message>
    <message>
        <source>What it does not hold is lost. Nothing is changed before all has been checked and you say so.</source>
        <translation>Was es nicht hat, ist verloren. Geändert wird nichts, bevor alles geprüft ist und Sie es sagen.</translation>
    </message>
    <message>
        <source>What became of the others?</source>
        <translation>Was ist aus den anderen geworden?</translation>
    </message>
    <message>
        <source>Only you can know it. One that still serves clients would go on beside the repaired cluster, and what it accepts would be lost.</source>
        <translation>Das können nur Sie wissen. Eines, das noch Clients bedient, liefe neben dem reparierten Cluster weiter, und was es annimmt, ginge verloren.</translation>
    </message>
    <message>
        <source>Check %1 before it goes on alone</source>
        <translation>%1 prüfen, bevor es allein weitermacht</translation>
    </message>
    <message>
        <source>Nothing has been changed yet. All checks are run once more when it begins.</source>
        <translation>Noch ist nichts geändert. Zu Beginn werden alle Prüfungen noch einmal gemacht.</translation>
    </message>
    <message>
        <source>%1 cannot be gone on from: %2</source>
        <translation>Von %1 aus geht es nicht weiter: %2</translation>
    </message>
    <message>
        <source>Asking every member that can be reached what it sees now…</source>
        <translation>Jedes erreichbare Mitglied wird gefragt, was es jetzt sieht …</translation>
    </message>
    <message>
        <source>%1 checks: %2 blocking, %3 for your word, %4 passed. Nothing has been changed yet.</source>
        <translation>%1 Prüfungen: %2 sprechen dagegen, %3 brauchen Ihr Wort, %4 bestanden. Noch ist nichts geändert.</translation>
    </message>
    <message>
        <source>Asking %1 to begin…</source>
        <translation>%1 wird gebeten anzufangen …</translation>
    </message>
    <message>
        <source>Pushes and pulls work again.</source>
        <translation>Push und Pull gehen wieder.</translation>
    </message>
    <message>
        <source>Started by %1. It goes on when this window is closed.</source>
        <translation>Begonnen von %1. Es geht weiter, auch wenn dieses Fenster geschlossen wird.</translation>
    </message>
    <message>
        <source>It cannot be followed any more, and may go on: %1 Look at it with %2.</source>
        <translation>Es lässt sich nicht mehr verfolgen und geht vielleicht weiter: %1 Nachsehen mit %2.</translation>
    </message>
    <message>
        <source>Waits for the answers.</source>
        <translation>Wartet auf die Antworten.</translation>
    </message>
    <message>
        <source>There is none to go on from.</source>
        <translation>Es gibt keines zum Weitermachen.</translation>
    </message>
    <message>
        <source>There is no plan: check again.</source>
        <translation>Es gibt keinen Plan: noch einmal prüfen.</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Noch einmal prüfen</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Noch einmal nachsehen</translation>
    </message>
    <message>
        <source>Repair %1 from %2</source>
        <translation>%1 von %2 aus reparieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::RepairEnd</name>
    <message>
        <source>The loss of this one replica would lose the cluster: add two replicas. Once the second has joined the repair cannot be put back.</source>
        <translation>Der Verlust dieses einen Replikats wäre der Verlust des Clusters: Fügen Sie zwei hinzu. Ist das zweite aufgenommen, lässt sich die Reparatur nicht mehr zurücknehmen.</translation>
    </message>
    <message numerus="yes">
        <source>%1 may join again like new hosts, once their data is copied aside and their folders are emptied.</source>
        <translation>
            <numerusform>%1 kann wie ein neuer Rechner wieder aufgenommen werden, sobald die Daten beiseite kopiert sind und der Ordner geleert ist.</numerusform>
            <numerusform>%1 können wie neue Rechner wieder aufgenommen werden, sobald ihre Daten beiseite kopiert und ihre Ordner geleert sind.</numerusform>
        </translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Als Nächstes</translation>
    </message>
    <message>
        <source>The way back</source>
        <translation>Der Weg zurück</translation>
    </message>
    <message>
        <source>The engine’s data of before is in %1.</source>
        <translation>Die früheren Daten der Engine liegen in %1.</translation>
    </message>
    <message>
        <source>The same as a command</source>
        <translation>Dasselbe als Befehl</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::RepairReview</name>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 voting replicas answer, %3 are needed: nothing can be changed.</source>
        <translation>
            <numerusform>%1 von %2 stimmberechtigten Replikaten antwortet, %3 werden gebraucht: Nichts lässt sich ändern.</numerusform>
            <numerusform>%1 von %2 stimmberechtigten Replikaten antworten, %3 werden gebraucht: Nichts lässt sich ändern.</numerusform>
        </translation>
    </message>
    <message>
        <source>Meanwhile</source>
        <translation>Währenddessen</translation>
    </message>
    <message>
        <source>%1 serves nothing while %2 are copied and its engine starts anew.</source>
        <translation>%1 bedient nichts, während %2 kopiert werden und seine Engine neu startet.</translation>
    </message>
    <message>
        <source>Afterwards</source>
        <translation>Danach</translation>
    </message>
    <message>
        <source>What may be lost</source>
        <translation>Was verloren gehen kann</translation>
    </message>
    <message>
        <source>In this order</source>
        <translation>In dieser Reihenfolge</translation>
    </message>
    <message>
        <source>The way back</source>
        <translation>Der Weg zurück</translation>
    </message>
    <message>
        <source>The engine’s data, %1, is copied to %2 first. The repair can be put back until a second replica has joined.</source>
        <translation>Die Daten der Engine, %1, werden zuerst nach %2 kopiert. Die Reparatur lässt sich zurücknehmen, bis ein zweites Replikat aufgenommen ist.</translation>
    </message>
    <message>
        <source>If this computer stops</source>
        <translation>Falls dieser Rechner ausfällt</translation>
    </message>
    <message>
        <source>%1 goes on by itself. To look at it:</source>
        <translation>%1 macht selbst weiter. Nachsehen mit:</translation>
    </message>
    <message>
        <source>The same as a command</source>
        <translation>Dasselbe als Befehl</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::StatementsPage</name>
    <message>
        <source>Every member answers.</source>
        <translation>Jedes Mitglied antwortet.</translation>
    </message>
    <message>
        <source>What became of %1</source>
        <translation>Was aus %1 geworden ist</translation>
    </message>
    <message>
        <source>Waits for what became of %1.</source>
        <translation>Wartet darauf, was aus %1 geworden ist.</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::SurvivorPage</name>
    <message>
        <source>%1 (holds the most)</source>
        <translation>%1 (hat am meisten)</translation>
    </message>
</context>
<context>
    <name>diagnosis</name>
    <message numerus="yes">
        <source>%1 faults were found with %2.</source>
        <translation>
            <numerusform>Bei %2 wurde %1 Fehler gefunden.</numerusform>
            <numerusform>Bei %2 wurden %1 Fehler gefunden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 things about %2 need attention.</source>
        <translation>
            <numerusform>%1 Punkt bei %2 braucht Aufmerksamkeit.</numerusform>
            <numerusform>%1 Punkte bei %2 brauchen Aufmerksamkeit.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing stands against %1.</source>
        <translation>Nichts spricht gegen %1.</translation>
    </message>
    <message>
        <source>Seen from this computer only, in %1</source>
        <translation>Nur von diesem Rechner aus gesehen, in %1</translation>
    </message>
    <message>
        <source>Checked by %1 with reports of %2, in %3</source>
        <translation>Geprüft von %1 mit Berichten von %2, in %3</translation>
    </message>
    <message>
        <source>Fault</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Needs attention</source>
        <translation>Braucht Aufmerksamkeit</translation>
    </message>
    <message>
        <source>the HTTPS port</source>
        <translation>HTTPS-Port</translation>
    </message>
    <message>
        <source>the plain HTTP port</source>
        <translation>HTTP-Port</translation>
    </message>
    <message>
        <source>the engine’s port</source>
        <translation>Engine-Port</translation>
    </message>
    <message>
        <source>answers</source>
        <translation>antwortet</translation>
    </message>
    <message>
        <source>refuses: nobody listens there</source>
        <translation>lehnt ab: dort lauscht niemand</translation>
    </message>
    <message>
        <source>takes connections and does not answer</source>
        <translation>nimmt Verbindungen an und antwortet nicht</translation>
    </message>
    <message>
        <source>is silent: neither connection nor refusal</source>
        <translation>schweigt: weder Verbindung noch Ablehnung</translation>
    </message>
    <message>
        <source>unreachable: no such name, or no route</source>
        <translation>nicht erreichbar: Name unbekannt, oder kein Weg dorthin</translation>
    </message>
    <message>
        <source>the certificates do not fit</source>
        <translation>die Zertifikate passen nicht</translation>
    </message>
    <message>
        <source>does not answer as that replica</source>
        <translation>antwortet nicht als dieses Replikat</translation>
    </message>
    <message>
        <source>not tried</source>
        <translation>nicht versucht</translation>
    </message>
    <message>
        <source>the replica’s own certificate</source>
        <translation>das eigene Zertifikat des Replikats</translation>
    </message>
    <message>
        <source>the certificate that clients see</source>
        <translation>das Zertifikat, das Clients sehen</translation>
    </message>
    <message>
        <source>the certificate of its engine</source>
        <translation>das Zertifikat seiner Engine</translation>
    </message>
    <message>
        <source>the cluster’s authority</source>
        <translation>die Zertifizierungsstelle des Clusters</translation>
    </message>
    <message>
        <source>the authority of the engines</source>
        <translation>die Zertifizierungsstelle der Engines</translation>
    </message>
    <message>
        <source>Diagnosis of %1</source>
        <translation>Diagnose von %1</translation>
    </message>
    <message>
        <source>Check of %1</source>
        <translation>Prüfung von %1</translation>
    </message>
    <message>
        <source>What explains it</source>
        <translation>Was es erklärt</translation>
    </message>
    <message>
        <source>If it never comes back, forget it, or replace it</source>
        <translation>Wenn es nie zurückkommt: vergessen oder ersetzen</translation>
    </message>
    <message>
        <source>Read its log on its host</source>
        <translation>Sein Protokoll auf seinem Rechner lesen</translation>
    </message>
    <message>
        <source>Restart it on its host</source>
        <translation>Auf seinem Rechner neu starten</translation>
    </message>
    <message>
        <source>Start it again</source>
        <translation>Wieder starten</translation>
    </message>
    <message>
        <source>It is on this cluster’s one computer, as in a sandbox.</source>
        <translation>Es läuft auf dem einen Rechner dieses Clusters, wie in einer Sandbox.</translation>
    </message>
    <message>
        <source>Start it on its host</source>
        <translation>Auf seinem Rechner starten</translation>
    </message>
    <message>
        <source>%1 does not run</source>
        <translation>%1 läuft nicht</translation>
    </message>
    <message>
        <source>Its host answers, and its HTTPS port refuses: nobody listens there. Tried by %1.</source>
        <translation>Sein Rechner antwortet, und sein HTTPS-Port lehnt ab: dort lauscht niemand. Versucht von %1.</translation>
    </message>
    <message>
        <source>%1 hangs, or its host is down or cut off</source>
        <translation>%1 hängt, oder sein Rechner ist aus oder abgeschnitten</translation>
    </message>
    <message>
        <source>The host of %1 is most likely down, or cut off from the network</source>
        <translation>Der Rechner von %1 ist höchstwahrscheinlich aus oder vom Netz abgeschnitten</translation>
    </message>
    <message>
        <source>From its HTTPS port nothing comes back in time. Tried by %1.</source>
        <translation>Von seinem HTTPS-Port kommt nichts rechtzeitig zurück. Versucht von %1.</translation>
    </message>
    <message>
        <source>All its ports are silent: neither a connection nor a refusal comes back. Tried by %1.</source>
        <translation>Alle seine Ports schweigen: weder Verbindung noch Ablehnung kommt zurück. Versucht von %1.</translation>
    </message>
    <message>
        <source>Look whether its host has power and network</source>
        <translation>Nachsehen, ob sein Rechner Strom und Netz hat</translation>
    </message>
    <message>
        <source>If it is on: look for a firewall on the way that drops everything</source>
        <translation>Wenn er an ist: auf dem Weg nach einer Firewall suchen, die alles verwirft</translation>
    </message>
    <message>
        <source>There is no way to the host of %1</source>
        <translation>Zum Rechner von %1 führt kein Weg</translation>
    </message>
    <message>
        <source>Its name is not known, or there is no route to it. Tried by %1.</source>
        <translation>Sein Name ist unbekannt, oder es gibt keine Route dorthin. Versucht von %1.</translation>
    </message>
    <message>
        <source>Look at the name service and at the routes on the hosts that tried</source>
        <translation>Namensdienst und Routen auf den Rechnern prüfen, die es versucht haben</translation>
    </message>
    <message>
        <source>It takes connections at %1, and no answer comes: the process stands still, or its host is far too busy. Tried by %2.</source>
        <translation>Es nimmt am %1 Verbindungen an, und keine Antwort kommt: der Prozess steht still, oder sein Rechner ist völlig überlastet. Versucht von %2.</translation>
    </message>
    <message>
        <source>Its engine answers, so its host is up.</source>
        <translation>Seine Engine antwortet, also läuft sein Rechner.</translation>
    </message>
    <message>
        <source>%1 hangs</source>
        <translation>%1 hängt</translation>
    </message>
    <message>
        <source>The link between %1 and %2 is cut</source>
        <translation>Die Verbindung zwischen %1 und %2 ist unterbrochen</translation>
    </message>
    <message>
        <source>%2 does not reach %1</source>
        <translation>%2 erreicht %1 nicht</translation>
    </message>
    <message>
        <source>Neither gets anything back from any port of the other, while others do.</source>
        <translation>Keines bekommt von irgendeinem Port des anderen etwas zurück, andere aber schon.</translation>
    </message>
    <message>
        <source>It gets nothing back from any of its ports, while the other way is open.</source>
        <translation>Es bekommt von keinem seiner Ports etwas zurück; der umgekehrte Weg ist offen.</translation>
    </message>
    <message>
        <source>Look at the network and the firewalls between the two hosts</source>
        <translation>Netz und Firewalls zwischen den beiden Rechnern prüfen</translation>
    </message>
    <message>
        <source>Most likely a firewall drops the packets to %1 of %2</source>
        <translation>Höchstwahrscheinlich verwirft eine Firewall die Pakete zum %1 von %2</translation>
    </message>
    <message>
        <source>It is silent, while other ports of the same host answer or refuse. Tried by %1.</source>
        <translation>Er schweigt, während andere Ports desselben Rechners antworten oder ablehnen. Versucht von %1.</translation>
    </message>
    <message>
        <source>Open it, from every other replica’s host</source>
        <translation>Öffnen, für die Rechner aller anderen Replikate</translation>
    </message>
    <message>
        <source>Nobody listens on %1 of %2</source>
        <translation>Niemand lauscht am %1 von %2</translation>
    </message>
    <message>
        <source>It refuses connections, while others of its ports answer. Tried by %1.</source>
        <translation>Er lehnt Verbindungen ab, während andere seiner Ports antworten. Versucht von %1.</translation>
    </message>
    <message>
        <source>%1 and the others do not agree on certificates</source>
        <translation>%1 und die anderen sind sich über Zertifikate nicht einig</translation>
    </message>
    <message>
        <source>The handshake at %1 fails, or somebody else answers there. Tried by %2.</source>
        <translation>Der Handshake am %1 scheitert, oder jemand anderes antwortet dort. Versucht von %2.</translation>
    </message>
    <message>
        <source>Look at the clock of its host, and at what its certificates say</source>
        <translation>Uhr seines Rechners und Angaben seiner Zertifikate prüfen</translation>
    </message>
    <message>
        <source>This computer does not reach %1, the other replicas do</source>
        <translation>Dieser Rechner erreicht %1 nicht, die anderen Replikate schon</translation>
    </message>
    <message>
        <source>From here, its HTTPS port: %1. Reached by %2.</source>
        <translation>Von hier aus sein HTTPS-Port: %1. Erreicht von %2.</translation>
    </message>
    <message>
        <source>Look at the network between this computer and its host: the cluster itself is not concerned</source>
        <translation>Das Netz zwischen diesem Rechner und seinem prüfen: der Cluster selbst ist nicht betroffen</translation>
    </message>
    <message>
        <source>%1 is reached, but has not examined itself in time</source>
        <translation>%1 wird erreicht, hat sich aber nicht rechtzeitig selbst geprüft</translation>
    </message>
    <message>
        <source>It answers small questions: most likely it is busy. Reached by %1.</source>
        <translation>Es beantwortet kleine Fragen: höchstwahrscheinlich ist es beschäftigt. Erreicht von %1.</translation>
    </message>
    <message>
        <source>Check again in a moment</source>
        <translation>Gleich noch einmal prüfen</translation>
    </message>
    <message>
        <source>Nobody else could try to reach %1</source>
        <translation>Niemand sonst konnte versuchen, %1 zu erreichen</translation>
    </message>
    <message>
        <source>It gives no report, and no other replica does.</source>
        <translation>Es gibt keinen Bericht, und kein anderes Replikat tut es.</translation>
    </message>
    <message>
        <source>The disk of %1 cannot be written to</source>
        <translation>Auf die Platte von %1 kann nicht geschrieben werden</translation>
    </message>
    <message>
        <source>Look at the disk and at the rights of the data folder</source>
        <translation>Platte und Rechte des Datenordners prüfen</translation>
    </message>
    <message>
        <source>The disk of %1 is full</source>
        <translation>Die Platte von %1 ist voll</translation>
    </message>
    <message>
        <source>%1 are free, %2 should be at least.</source>
        <translation>%1 sind frei, mindestens %2 sollten es sein.</translation>
    </message>
    <message>
        <source>Make room on it, or enlarge it</source>
        <translation>Platz schaffen oder sie vergrößern</translation>
    </message>
    <message numerus="yes">
        <source>The disk of %1 is full in %2 days</source>
        <translation>
            <numerusform>Die Platte von %1 ist in %2 Tag voll</numerusform>
            <numerusform>Die Platte von %1 ist in %2 Tagen voll</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 are free, by how it has filled lately.</source>
        <translation>%1 sind frei; gerechnet wie sie sich zuletzt gefüllt hat.</translation>
    </message>
    <message>
        <source>Enlarge it, or delete what is not needed</source>
        <translation>Vergrößern oder löschen, was nicht gebraucht wird</translation>
    </message>
    <message>
        <source>The disk of %1 is slow</source>
        <translation>Die Platte von %1 ist langsam</translation>
    </message>
    <message>
        <source>Writing and syncing a small file takes %1; every change waits for that on a majority.</source>
        <translation>Eine kleine Datei zu schreiben und zu sichern dauert %1; jede Änderung wartet darauf bei einer Mehrheit.</translation>
    </message>
    <message>
        <source>Look what else uses that disk, or give the replica one of its own</source>
        <translation>Nachsehen, wer die Platte sonst benutzt, oder dem Replikat eine eigene geben</translation>
    </message>
    <message>
        <source>The engine of %1 has other data than the rest</source>
        <translation>Die Engine von %1 hat andere Daten als der Rest</translation>
    </message>
    <message>
        <source>Its engine says so itself (CORRUPT).</source>
        <translation>Das sagt seine Engine selbst (CORRUPT).</translation>
    </message>
    <message>
        <source>Take it out of the cluster, and join its host anew</source>
        <translation>Aus dem Cluster nehmen und seinen Rechner neu aufnehmen</translation>
    </message>
    <message>
        <source>The database of %1 is full</source>
        <translation>Die Datenbank von %1 ist voll</translation>
    </message>
    <message>
        <source>Its engine takes no changes any more (NOSPACE).</source>
        <translation>Seine Engine nimmt keine Änderungen mehr an (NOSPACE).</translation>
    </message>
    <message>
        <source>Make room in it, on its host</source>
        <translation>Auf seinem Rechner Platz darin schaffen</translation>
    </message>
    <message>
        <source>The database of %1 is almost full</source>
        <translation>Die Datenbank von %1 ist fast voll</translation>
    </message>
    <message>
        <source>It has %1 of %2.</source>
        <translation>Sie hat %1 von %2.</translation>
    </message>
    <message>
        <source>A certificate of %1 has expired</source>
        <translation>Ein Zertifikat von %1 ist abgelaufen</translation>
    </message>
    <message>
        <source>It expired %2 ago: %1.</source>
        <translation>Abgelaufen vor %2: %1.</translation>
    </message>
    <message>
        <source>A certificate of %1 expires soon</source>
        <translation>Ein Zertifikat von %1 läuft bald ab</translation>
    </message>
    <message>
        <source>It expires in %2: %1.</source>
        <translation>Läuft ab in %2: %1.</translation>
    </message>
    <message>
        <source>Renew it before then; what a replica renews itself is due, and its log says why it is not</source>
        <translation>Vorher erneuern; was ein Replikat selbst erneuert, ist fällig, und sein Protokoll sagt, warum es nicht geschieht</translation>
    </message>
    <message>
        <source>The clock of %1 is %2 ahead</source>
        <translation>Die Uhr von %1 geht %2 vor</translation>
    </message>
    <message>
        <source>The clock of %1 is %2 behind</source>
        <translation>Die Uhr von %1 geht %2 nach</translation>
    </message>
    <message>
        <source>Measured against %1.</source>
        <translation>Gemessen an %1.</translation>
    </message>
    <message>
        <source>Have it set by NTP on its host</source>
        <translation>Auf seinem Rechner durch NTP stellen lassen</translation>
    </message>
    <message>
        <source>The host of %1 is small</source>
        <translation>Der Rechner von %1 ist klein</translation>
    </message>
    <message numerus="yes">
        <source>%1 cores, %2 of memory, %3 open files.</source>
        <translation>
            <numerusform>%1 Kern, %2 Speicher, %3 offene Dateien.</numerusform>
            <numerusform>%1 Kerne, %2 Speicher, %3 offene Dateien.</numerusform>
        </translation>
    </message>
    <message>
        <source>Give it more: 2 cores, 1.1 GB and 4 096 open files at least</source>
        <translation>Mehr geben: mindestens 2 Kerne, 1,1 GB und 4 096 offene Dateien</translation>
    </message>
    <message>
        <source>%1 belongs to an earlier epoch</source>
        <translation>%1 gehört zu einer früheren Epoche</translation>
    </message>
    <message>
        <source>A repair left it behind: empty it, and join it anew</source>
        <translation>Eine Reparatur hat es zurückgelassen: leeren und neu aufnehmen</translation>
    </message>
    <message>
        <source>The engine of %1 does not run</source>
        <translation>Die Engine von %1 läuft nicht</translation>
    </message>
    <message>
        <source>%1 is behind what the others have</source>
        <translation>%1 liegt hinter dem, was die anderen haben</translation>
    </message>
    <message>
        <source>Wait a moment; if it does not catch up, restart it</source>
        <translation>Kurz warten; wenn es nicht aufholt, neu starten</translation>
    </message>
    <message>
        <source>No majority answers</source>
        <translation>Keine Mehrheit antwortet</translation>
    </message>
    <message numerus="yes">
        <source>%1 voters answer, %2 are needed: nothing can be changed.</source>
        <translation>
            <numerusform>%1 Stimmberechtigtes antwortet, %2 sind nötig: nichts kann geändert werden.</numerusform>
            <numerusform>%1 Stimmberechtigte antworten, %2 sind nötig: nichts kann geändert werden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Silent: %1.</source>
        <translation>Es schweigen: %1.</translation>
    </message>
    <message>
        <source>Bring back those that do not answer</source>
        <translation>Die zurückholen, die nicht antworten</translation>
    </message>
    <message>
        <source>Only if they never come back, repair from one that answers</source>
        <translation>Nur wenn sie nie zurückkommen: von einem aus reparieren, das antwortet</translation>
    </message>
    <message>
        <source>What only they accepted is lost then.</source>
        <translation>Was nur sie angenommen haben, ist dann verloren.</translation>
    </message>
    <message>
        <source>%1 is starting</source>
        <translation>%1 startet</translation>
    </message>
    <message>
        <source>Wait a moment; if it stays so, read its log</source>
        <translation>Kurz warten; wenn es so bleibt, sein Protokoll lesen</translation>
    </message>
    <message>
        <source>%1 is not well</source>
        <translation>%1 geht es nicht gut</translation>
    </message>
    <message numerus="yes">
        <source>%1 lacks %2 blobs</source>
        <translation>
            <numerusform>%1 fehlt %2 Blob</numerusform>
            <numerusform>%1 fehlen %2 Blobs</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, which it copies from the others by itself.</source>
        <translation>%1, die es von selbst von den anderen kopiert.</translation>
    </message>
    <message>
        <source>Wait until they are there, and change nothing else meanwhile</source>
        <translation>Warten, bis sie da sind, und solange nichts anderes ändern</translation>
    </message>
    <message>
        <source>%1 is drained</source>
        <translation>%1 läuft aus</translation>
    </message>
    <message>
        <source>It takes no traffic from the load balancer, as somebody wanted.</source>
        <translation>Es nimmt keinen Verkehr vom Load-Balancer an, wie jemand es wollte.</translation>
    </message>
    <message>
        <source>Undrain it when the reason is over</source>
        <translation>Wieder annehmen lassen, wenn der Grund vorbei ist</translation>
    </message>
</context>
<context>
    <name>pilothouse::ui::CheckDialog</name>
    <message>
        <source>Save report…</source>
        <translation>Bericht speichern …</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>Noch einmal prüfen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Check %1</source>
        <translation>%1 prüfen</translation>
    </message>
    <message>
        <source>Diagnose %1 in %2</source>
        <translation>%1 in %2 diagnostizieren</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
    <message>
        <source>Nothing is changed by it.</source>
        <translation>Dabei wird nichts geändert.</translation>
    </message>
    <message>
        <source>All replicas examine themselves and their ways to each other</source>
        <translation>Alle Replikate prüfen sich selbst und ihre Wege zueinander</translation>
    </message>
    <message>
        <source>Those that do not answer are told by the others, within 10 s.</source>
        <translation>Von denen, die nicht antworten, sagen es die anderen, innerhalb von 10 s.</translation>
    </message>
    <message>
        <source>What explains it</source>
        <translation>Was es erklärt</translation>
    </message>
    <message>
        <source>There is no report yet</source>
        <translation>Es gibt noch keinen Bericht</translation>
    </message>
    <message>
        <source>The report cannot be written to %1: %2</source>
        <translation>Der Bericht kann nicht nach %1 geschrieben werden: %2</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>Bericht speichern</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>The report is saved in %1.</source>
        <translation>Der Bericht liegt in %1.</translation>
    </message>
    <message>
        <source>The checks are running.</source>
        <translation>Die Prüfungen laufen.</translation>
    </message>
</context>
</TS>
