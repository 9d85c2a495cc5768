<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>MainWindow</name>
    <message>
        <source>&amp;About Gatehouse</source>
        <translation>Ü&amp;ber Gatehouse</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>S&amp;chließen</translation>
    </message>
    <message>
        <source>&amp;Dismiss Messages</source>
        <translation>&amp;Meldungen verwerfen</translation>
    </message>
    <message>
        <source>&amp;Documentation</source>
        <translation>&amp;Dokumentation</translation>
    </message>
    <message>
        <source>&amp;Engine</source>
        <translation>&amp;Engine</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Find Anything…</source>
        <translation>Alles &amp;finden …</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>&amp;Gehe zu</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;High Contrast</source>
        <translation>&amp;Hoher Kontrast</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>&amp;Left to Right</source>
        <translation>Von &amp;links nach rechts</translation>
    </message>
    <message>
        <source>&amp;Map</source>
        <translation>Über&amp;sichtskarte</translation>
    </message>
    <message>
        <source>&amp;Open Files…</source>
        <translation>Dateien ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>&amp;Probe a Request…</source>
        <translation>Anfrage &amp;prüfen …</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Reduce Motion</source>
        <translation>&amp;Bewegung verringern</translation>
    </message>
    <message>
        <source>&amp;Reload</source>
        <translation>Neu &amp;laden</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>&amp;Starten</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>A&amp;nhalten</translation>
    </message>
    <message>
        <source>&amp;Switch Light and Dark</source>
        <translation>Hell und Dunkel &amp;tauschen</translation>
    </message>
    <message>
        <source>&amp;Top Down</source>
        <translation>Von oben nach &amp;unten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>Actual Si&amp;ze</source>
        <translation>&amp;Originalgröße</translation>
    </message>
    <message>
        <source>Clear &amp;Filters</source>
        <translation>&amp;Filter löschen</translation>
    </message>
    <message>
        <source>Colours of the &amp;Desktop</source>
        <translation>Farben &amp;wie der Desktop</translation>
    </message>
    <message>
        <source>Dar&amp;k Colours</source>
        <translation>&amp;Dunkle Farben</translation>
    </message>
    <message>
        <source>Export as &amp;Mermaid…</source>
        <translation>Als &amp;Mermaid exportieren …</translation>
    </message>
    <message>
        <source>Export as &amp;PNG…</source>
        <translation>Als &amp;PNG exportieren …</translation>
    </message>
    <message>
        <source>Export as &amp;SVG…</source>
        <translation>Als &amp;SVG exportieren …</translation>
    </message>
    <message>
        <source>Export as DO&amp;T…</source>
        <translation>Als D&amp;OT exportieren …</translation>
    </message>
    <message>
        <source>Export as P&amp;DF…</source>
        <translation>Als P&amp;DF exportieren …</translation>
    </message>
    <message>
        <source>Fit Ever&amp;ything</source>
        <translation>Alles &amp;einpassen</translation>
    </message>
    <message>
        <source>Fold &amp;All Namespaces</source>
        <translation>Alle &amp;Namespaces falten</translation>
    </message>
    <message>
        <source>Fold &amp;by Itself</source>
        <translation>Von selbst fa&amp;lten</translation>
    </message>
    <message>
        <source>Fold or &amp;Unfold</source>
        <translation>Falten oder &amp;aufklappen</translation>
    </message>
    <message>
        <source>Fold the &amp;Namespace</source>
        <translation>Den Namespace falte&amp;n</translation>
    </message>
    <message>
        <source>Follow File C&amp;hanges</source>
        <translation>Datei&amp;änderungen folgen</translation>
    </message>
    <message>
        <source>Le&amp;gend</source>
        <translation>Le&amp;gende</translation>
    </message>
    <message>
        <source>Light &amp;Colours</source>
        <translation>Helle Fa&amp;rben</translation>
    </message>
    <message>
        <source>Only &amp;Problems</source>
        <translation>Nur &amp;Probleme</translation>
    </message>
    <message>
        <source>Open &amp;Folder…</source>
        <translation>&amp;Ordner öffnen …</translation>
    </message>
    <message>
        <source>Open C&amp;luster…</source>
        <translation>Cl&amp;uster öffnen …</translation>
    </message>
    <message>
        <source>Open R&amp;ecent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Pr&amp;int…</source>
        <translation>D&amp;rucken …</translation>
    </message>
    <message>
        <source>Put Back &amp;What Was Moved</source>
        <translation>Verschobenes &amp;zurücklegen</translation>
    </message>
    <message>
        <source>Search the &amp;Navigator</source>
        <translation>Im &amp;Navigator suchen</translation>
    </message>
    <message>
        <source>Settin&amp;gs…</source>
        <translation>&amp;Einstellungen …</translation>
    </message>
    <message>
        <source>Show &amp;Everything</source>
        <translation>&amp;Alles zeigen</translation>
    </message>
    <message>
        <source>Show Only What Is &amp;Connected</source>
        <translation>Nur &amp;Verbundenes zeigen</translation>
    </message>
    <message>
        <source>Unfold &amp;Everything</source>
        <translation>Alles auf&amp;klappen</translation>
    </message>
    <message>
        <source>Zoom &amp;In</source>
        <translation>Ver&amp;größern</translation>
    </message>
    <message>
        <source>Zoom &amp;Out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
</context>
<context>
    <name>fold</name>
    <message>
        <source>%1 failing</source>
        <translation>%1 fehlerhaft</translation>
    </message>
    <message>
        <source>%1 warnings</source>
        <translation>%1 Warnungen</translation>
    </message>
    <message>
        <source>1 warning</source>
        <translation>1 Warnung</translation>
    </message>
</context>
<context>
    <name>gatehouse</name>
    <message>
        <source>%1 Gateways</source>
        <translation>%1 Gateways</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 und %2 weitere</translation>
    </message>
    <message>
        <source>%1 and below</source>
        <translation>%1 und darunter</translation>
    </message>
    <message>
        <source>%1 backends</source>
        <translation>%1 Backends</translation>
    </message>
    <message>
        <source>%1 exactly</source>
        <translation>genau %1</translation>
    </message>
    <message>
        <source>%1 for %2</source>
        <translation>%1 für %2</translation>
    </message>
    <message>
        <source>%1 is false</source>
        <translation>%1 ist falsch</translation>
    </message>
    <message>
        <source>%1 is not known yet</source>
        <translation>%1 ist noch nicht bekannt</translation>
    </message>
    <message>
        <source>%1 is true</source>
        <translation>%1 ist wahr</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 others</source>
        <translation>%1 andere</translation>
    </message>
    <message>
        <source>%1 policies</source>
        <translation>%1 Policies</translation>
    </message>
    <message>
        <source>%1 routes</source>
        <translation>%1 Routen</translation>
    </message>
    <message>
        <source>%1 with weight %2</source>
        <translation>%1 mit Gewicht %2</translation>
    </message>
    <message>
        <source>%1, gRPC %2</source>
        <translation>%1, gRPC %2</translation>
    </message>
    <message>
        <source>%1, listener %2</source>
        <translation>%1, Listener %2</translation>
    </message>
    <message>
        <source>%1, rule %2</source>
        <translation>%1, Regel %2</translation>
    </message>
    <message>
        <source>'%1' is no URL</source>
        <translation>„%1“ ist keine URL</translation>
    </message>
    <message>
        <source>1 Gateway</source>
        <translation>1 Gateway</translation>
    </message>
    <message>
        <source>1 backend</source>
        <translation>1 Backend</translation>
    </message>
    <message>
        <source>1 other</source>
        <translation>1 anderes</translation>
    </message>
    <message>
        <source>1 policy</source>
        <translation>1 Policy</translation>
    </message>
    <message>
        <source>1 route</source>
        <translation>1 Route</translation>
    </message>
    <message>
        <source>A reference cannot be used</source>
        <translation>Ein Verweis ist nicht zu gebrauchen</translation>
    </message>
    <message>
        <source>A reference of one of its listeners cannot be used</source>
        <translation>Ein Verweis eines der Listener ist nicht zu gebrauchen</translation>
    </message>
    <message>
        <source>Accepted: it takes part in routing</source>
        <translation>Akzeptiert: nimmt am Routing teil</translation>
    </message>
    <message>
        <source>All of its rules are valid</source>
        <translation>Alle Regeln sind gültig</translation>
    </message>
    <message>
        <source>Alt and its underlined letter</source>
        <translation>Alt und der unterstrichene Buchstabe</translation>
    </message>
    <message>
        <source>An address that it asks for cannot be bound</source>
        <translation>Eine verlangte Adresse lässt sich nicht binden</translation>
    </message>
    <message>
        <source>An address that it asks for cannot be used here</source>
        <translation>Eine verlangte Adresse geht hier nicht</translation>
    </message>
    <message>
        <source>An older policy aims at the same target</source>
        <translation>Eine ältere Policy hat dasselbe Ziel</translation>
    </message>
    <message>
        <source>Another listener claims the same place</source>
        <translation>Ein anderer Listener beansprucht denselben Platz</translation>
    </message>
    <message>
        <source>Another listener has the same port and hostname</source>
        <translation>Ein anderer Listener hat denselben Port und Hostnamen</translation>
    </message>
    <message>
        <source>Another listener uses the port for another protocol</source>
        <translation>Ein anderer Listener nutzt den Port für ein anderes Protokoll</translation>
    </message>
    <message>
        <source>Backend</source>
        <translation>Backend</translation>
    </message>
    <message>
        <source>Began</source>
        <translation>Beginn</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>Client certificates are checked</source>
        <translation>Client-Zertifikate werden geprüft</translation>
    </message>
    <message>
        <source>Clients without a valid certificate are let in</source>
        <translation>Clients ohne gültiges Zertifikat werden hereingelassen</translation>
    </message>
    <message>
        <source>Crosses namespaces</source>
        <translation>Überschreitet Namespaces</translation>
    </message>
    <message>
        <source>Drag it</source>
        <translation>Ziehen</translation>
    </message>
    <message>
        <source>Drag the ground</source>
        <translation>Den Hintergrund ziehen</translation>
    </message>
    <message>
        <source>Everything that it refers to exists and may be used</source>
        <translation>Alles, worauf verwiesen wird, gibt es und darf genutzt werden</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>Flags</source>
        <translation>Flags</translation>
    </message>
    <message>
        <source>Gatehouse topology</source>
        <translation>Gatehouse-Topologie</translation>
    </message>
    <message>
        <source>Gateway not accepted</source>
        <translation>Gateway nicht akzeptiert</translation>
    </message>
    <message>
        <source>Gateway not serving</source>
        <translation>Gateway bedient nicht</translation>
    </message>
    <message>
        <source>It allows a route kind that its protocol cannot carry</source>
        <translation>Es erlaubt eine Routenart, die das Protokoll nicht tragen kann</translation>
    </message>
    <message>
        <source>It asks for something that is not supported</source>
        <translation>Es verlangt etwas, das nicht unterstützt wird</translation>
    </message>
    <message>
        <source>It has no address</source>
        <translation>Es hat keine Adresse</translation>
    </message>
    <message>
        <source>It is not being served</source>
        <translation>Es wird nicht bedient</translation>
    </message>
    <message>
        <source>It is not valid</source>
        <translation>Es ist ungültig</translation>
    </message>
    <message>
        <source>It refers into another namespace that has not granted it</source>
        <translation>Es verweist in einen anderen Namespace, der das nicht erlaubt hat</translation>
    </message>
    <message>
        <source>It refers to a backend that does not exist</source>
        <translation>Es verweist auf ein Backend, das es nicht gibt</translation>
    </message>
    <message>
        <source>It refers to a kind that cannot be used there</source>
        <translation>Es verweist auf eine Art, die dort nicht geht</translation>
    </message>
    <message>
        <source>Its CA certificate is missing or unusable</source>
        <translation>Das CA-Zertifikat fehlt oder ist unbrauchbar</translation>
    </message>
    <message>
        <source>Its CA certificate is of a kind that cannot be used</source>
        <translation>Das CA-Zertifikat ist von einer Art, die nicht geht</translation>
    </message>
    <message>
        <source>Its Gateway does not allow ListenerSets from there</source>
        <translation>Das Gateway erlaubt keine ListenerSets von dort</translation>
    </message>
    <message>
        <source>Its Gateway is not accepted</source>
        <translation>Das Gateway ist nicht akzeptiert</translation>
    </message>
    <message>
        <source>Its Gateway is not being served</source>
        <translation>Das Gateway wird nicht bedient</translation>
    </message>
    <message>
        <source>Its TLS settings are its own</source>
        <translation>Die TLS-Einstellungen sind eigene</translation>
    </message>
    <message>
        <source>Its TLS settings overlap with another listener's</source>
        <translation>Die TLS-Einstellungen überschneiden sich mit denen eines anderen Listeners</translation>
    </message>
    <message>
        <source>Its certificate also covers another listener's hostname</source>
        <translation>Das Zertifikat deckt auch den Hostnamen eines anderen Listeners ab</translation>
    </message>
    <message>
        <source>Its certificate is missing or unusable</source>
        <translation>Das Zertifikat fehlt oder ist unbrauchbar</translation>
    </message>
    <message>
        <source>Its client certificate is missing or unusable</source>
        <translation>Das Client-Zertifikat fehlt oder ist unbrauchbar</translation>
    </message>
    <message>
        <source>Its configuration weakens the check of client certificates</source>
        <translation>Die Konfiguration schwächt die Prüfung von Client-Zertifikaten</translation>
    </message>
    <message>
        <source>Its hostname overlaps with another listener's on the port</source>
        <translation>Der Hostname überschneidet sich mit dem eines anderen Listeners am Port</translation>
    </message>
    <message>
        <source>Its parameters cannot be used</source>
        <translation>Die Parameter sind nicht zu gebrauchen</translation>
    </message>
    <message>
        <source>Its parent has no listener of that name or port</source>
        <translation>Das Elternobjekt hat keinen Listener dieses Namens oder Ports</translation>
    </message>
    <message>
        <source>Line for /etc/hosts</source>
        <translation>Zeile für /etc/hosts</translation>
    </message>
    <message>
        <source>Listener</source>
        <translation>Listener</translation>
    </message>
    <message>
        <source>Listener of %1</source>
        <translation>Listener von %1</translation>
    </message>
    <message>
        <source>ListenerSets are attached</source>
        <translation>ListenerSets sind angebunden</translation>
    </message>
    <message>
        <source>Listeners: %1</source>
        <translation>Listener: %1</translation>
    </message>
    <message>
        <source>Many-to-many: a shared Gateway, and a route on several Gateways</source>
        <translation>Viele zu viele: ein geteiltes Gateway und eine Route an mehreren Gateways</translation>
    </message>
    <message>
        <source>Many-to-one: the route is attached to several Gateways</source>
        <translation>Viele zu eins: die Route hängt an mehreren Gateways</translation>
    </message>
    <message>
        <source>Menu of the selected card</source>
        <translation>Menü der ausgewählten Karte</translation>
    </message>
    <message>
        <source>Mouse wheel</source>
        <translation>Mausrad</translation>
    </message>
    <message>
        <source>Move a card</source>
        <translation>Eine Karte verschieben</translation>
    </message>
    <message>
        <source>Move the view</source>
        <translation>Den Ausschnitt verschieben</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Next and previous control</source>
        <translation>Nächstes und voriges Bedienelement</translation>
    </message>
    <message>
        <source>No ListenerSet is attached</source>
        <translation>Kein ListenerSet ist angebunden</translation>
    </message>
    <message>
        <source>No listener lets routes of this namespace or kind in</source>
        <translation>Kein Listener lässt Routen dieses Namespace oder dieser Art herein</translation>
    </message>
    <message>
        <source>No listener serves any of its hostnames</source>
        <translation>Kein Listener bedient einen ihrer Hostnamen</translation>
    </message>
    <message>
        <source>No other listener is in its way</source>
        <translation>Kein anderer Listener ist im Weg</translation>
    </message>
    <message>
        <source>None of its CA certificates can be used</source>
        <translation>Keines der CA-Zertifikate ist zu gebrauchen</translation>
    </message>
    <message>
        <source>Not accepted: it has no effect</source>
        <translation>Nicht akzeptiert: ohne Wirkung</translation>
    </message>
    <message>
        <source>Not looked at yet</source>
        <translation>Noch nicht angesehen</translation>
    </message>
    <message>
        <source>Not ready for traffic</source>
        <translation>Nicht bereit für Verkehr</translation>
    </message>
    <message>
        <source>Not serving</source>
        <translation>Bedient nicht</translation>
    </message>
    <message>
        <source>One of its listeners is not valid</source>
        <translation>Einer der Listener ist ungültig</translation>
    </message>
    <message>
        <source>One-to-many: the Gateway is shared by several routes</source>
        <translation>Eins zu viele: mehrere Routen teilen sich das Gateway</translation>
    </message>
    <message>
        <source>One-to-one: the Gateway has only this route, and the route only this Gateway</source>
        <translation>Eins zu eins: das Gateway hat nur diese Route und die Route nur dieses Gateway</translation>
    </message>
    <message>
        <source>Open a menu</source>
        <translation>Ein Menü öffnen</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Ready for traffic</source>
        <translation>Bereit für Verkehr</translation>
    </message>
    <message>
        <source>Refused: %1</source>
        <translation>Abgewiesen: %1</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>Route</translation>
    </message>
    <message>
        <source>Rule %1</source>
        <translation>Regel %1</translation>
    </message>
    <message>
        <source>Sent to</source>
        <translation>Gesendet an</translation>
    </message>
    <message>
        <source>Serving: its listeners are open</source>
        <translation>Bedient: die Listener sind offen</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>Show only what is connected with the selected card, or unfold it</source>
        <translation>Nur zeigen, was mit der ausgewählten Karte verbunden ist, oder sie aufklappen</translation>
    </message>
    <message>
        <source>Some of its rules are not valid and are left out</source>
        <translation>Einige Regeln sind ungültig und entfallen</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>The installed version is not supported</source>
        <translation>Die installierte Version wird nicht unterstützt</translation>
    </message>
    <message>
        <source>The installed version is supported</source>
        <translation>Die installierte Version wird unterstützt</translation>
    </message>
    <message>
        <source>The port cannot be opened</source>
        <translation>Der Port lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>The protocol is not supported here</source>
        <translation>Das Protokoll wird hier nicht unterstützt</translation>
    </message>
    <message>
        <source>There is nothing left to run it with</source>
        <translation>Es ist nichts mehr da, um es auszuführen</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Topology</source>
        <translation>Topologie</translation>
    </message>
    <message>
        <source>Trace</source>
        <translation>Trace</translation>
    </message>
    <message>
        <source>Two of its filters cannot work together</source>
        <translation>Zwei der Filter vertragen sich nicht</translation>
    </message>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>Walk along the connections</source>
        <translation>Entlang der Verbindungen gehen</translation>
    </message>
    <message>
        <source>What it aims at does not exist</source>
        <translation>Das Ziel gibt es nicht</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoomen</translation>
    </message>
    <message>
        <source>a client</source>
        <translation>ein Client</translation>
    </message>
    <message>
        <source>a listener is not valid</source>
        <translation>ein Listener ist ungültig</translation>
    </message>
    <message>
        <source>a listener's reference is broken</source>
        <translation>Verweis eines Listeners ist kaputt</translation>
    </message>
    <message>
        <source>a quote is not closed</source>
        <translation>ein Anführungszeichen ist nicht geschlossen</translation>
    </message>
    <message>
        <source>action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>address not usable</source>
        <translation>Adresse nicht nutzbar</translation>
    </message>
    <message>
        <source>any method</source>
        <translation>jede Methode</translation>
    </message>
    <message>
        <source>any path</source>
        <translation>jeder Pfad</translation>
    </message>
    <message>
        <source>backend not found</source>
        <translation>Backend nicht gefunden</translation>
    </message>
    <message>
        <source>built-in echo</source>
        <translation>eingebautes Echo</translation>
    </message>
    <message>
        <source>client check weakened</source>
        <translation>Client-Prüfung geschwächt</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>geschlossen</translation>
    </message>
    <message>
        <source>conflict with an older policy</source>
        <translation>Konflikt mit älterer Policy</translation>
    </message>
    <message>
        <source>cookies of a file are not read: %1</source>
        <translation>Cookies aus einer Datei werden nicht gelesen: %1</translation>
    </message>
    <message>
        <source>curl --resolve options</source>
        <translation>--resolve-Optionen für curl</translation>
    </message>
    <message>
        <source>curl command</source>
        <translation>curl-Befehl</translation>
    </message>
    <message>
        <source>curl's option %1 is not understood</source>
        <translation>die curl-Option %1 wird nicht verstanden</translation>
    </message>
    <message>
        <source>curl's option %1 needs an argument</source>
        <translation>die curl-Option %1 braucht ein Argument</translation>
    </message>
    <message>
        <source>every request</source>
        <translation>jede Anfrage</translation>
    </message>
    <message>
        <source>filter %1</source>
        <translation>Filter %1</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>header</source>
        <translation>Header</translation>
    </message>
    <message>
        <source>hostname conflict</source>
        <translation>Konflikt der Hostnamen</translation>
    </message>
    <message>
        <source>incompatible filters</source>
        <translation>unverträgliche Filter</translation>
    </message>
    <message>
        <source>invalid parameters</source>
        <translation>ungültige Parameter</translation>
    </message>
    <message>
        <source>invalid route kinds</source>
        <translation>ungültige Routenarten</translation>
    </message>
    <message>
        <source>kubectl command</source>
        <translation>kubectl-Befehl</translation>
    </message>
    <message>
        <source>no address</source>
        <translation>keine Adresse</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>no backend</source>
        <translation>kein Backend</translation>
    </message>
    <message>
        <source>no endpoint: 503</source>
        <translation>kein Endpunkt: 503</translation>
    </message>
    <message>
        <source>no listener for its hostnames</source>
        <translation>kein Listener für ihre Hostnamen</translation>
    </message>
    <message>
        <source>no resources</source>
        <translation>keine Ressourcen</translation>
    </message>
    <message>
        <source>no such listener</source>
        <translation>kein solcher Listener</translation>
    </message>
    <message>
        <source>no usable CA certificate</source>
        <translation>kein brauchbares CA-Zertifikat</translation>
    </message>
    <message>
        <source>no usable certificate</source>
        <translation>kein brauchbares Zertifikat</translation>
    </message>
    <message>
        <source>no usable client certificate</source>
        <translation>kein brauchbares Client-Zertifikat</translation>
    </message>
    <message>
        <source>not allowed by the Gateway</source>
        <translation>vom Gateway nicht erlaubt</translation>
    </message>
    <message>
        <source>not allowed by the listener</source>
        <translation>vom Listener nicht erlaubt</translation>
    </message>
    <message>
        <source>not available now</source>
        <translation>gerade nicht verfügbar</translation>
    </message>
    <message>
        <source>not looked at yet</source>
        <translation>noch nicht angesehen</translation>
    </message>
    <message>
        <source>not serving</source>
        <translation>bedient nicht</translation>
    </message>
    <message>
        <source>not valid</source>
        <translation>ungültig</translation>
    </message>
    <message>
        <source>overlapping certificates</source>
        <translation>Zertifikate überschneiden sich</translation>
    </message>
    <message>
        <source>overlapping hostnames</source>
        <translation>Hostnamen überschneiden sich</translation>
    </message>
    <message>
        <source>path like /%1/</source>
        <translation>Pfad wie /%1/</translation>
    </message>
    <message>
        <source>port unavailable</source>
        <translation>Port nicht verfügbar</translation>
    </message>
    <message>
        <source>problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>protocol conflict</source>
        <translation>Konflikt der Protokolle</translation>
    </message>
    <message>
        <source>query</source>
        <translation>Query</translation>
    </message>
    <message>
        <source>recently opened</source>
        <translation>zuletzt geöffnet</translation>
    </message>
    <message>
        <source>reference not granted</source>
        <translation>Verweis nicht erlaubt</translation>
    </message>
    <message>
        <source>reference to a wrong kind</source>
        <translation>Verweis auf falsche Art</translation>
    </message>
    <message>
        <source>rule %1</source>
        <translation>Regel %1</translation>
    </message>
    <message>
        <source>rule %1 “%2”</source>
        <translation>Regel %1 „%2“</translation>
    </message>
    <message>
        <source>target not found</source>
        <translation>Ziel nicht gefunden</translation>
    </message>
    <message>
        <source>the drawing could not be begun</source>
        <translation>die Zeichnung konnte nicht begonnen werden</translation>
    </message>
    <message>
        <source>the drawing could not be ended</source>
        <translation>die Zeichnung konnte nicht beendet werden</translation>
    </message>
    <message>
        <source>the file name must end in one of %1</source>
        <translation>der Dateiname muss auf eines von %1 enden</translation>
    </message>
    <message>
        <source>the picture could not be written</source>
        <translation>das Bild konnte nicht geschrieben werden</translation>
    </message>
    <message>
        <source>the picture is too large</source>
        <translation>das Bild ist zu groß</translation>
    </message>
    <message>
        <source>the printer does not take the drawing</source>
        <translation>der Drucker nimmt die Zeichnung nicht an</translation>
    </message>
    <message>
        <source>there are two URLs: %1 and %2</source>
        <translation>es sind zwei URLs: %1 und %2</translation>
    </message>
    <message>
        <source>there is no URL</source>
        <translation>es gibt keine URL</translation>
    </message>
    <message>
        <source>there is nothing to export</source>
        <translation>es gibt nichts zu exportieren</translation>
    </message>
    <message>
        <source>there is nothing to print</source>
        <translation>es gibt nichts zu drucken</translation>
    </message>
    <message>
        <source>this is no curl command; it begins with 'curl'</source>
        <translation>das ist kein curl-Befehl; der beginnt mit „curl“</translation>
    </message>
    <message>
        <source>unsupported address</source>
        <translation>Adresse nicht unterstützt</translation>
    </message>
    <message>
        <source>unsupported protocol</source>
        <translation>Protokoll nicht unterstützt</translation>
    </message>
    <message>
        <source>unsupported value</source>
        <translation>Wert nicht unterstützt</translation>
    </message>
    <message>
        <source>wrong kind of CA certificate</source>
        <translation>falsche Art von CA-Zertifikat</translation>
    </message>
</context>
<context>
    <name>gatehouse::desktop::Comfort</name>
    <message>
        <source>The documentation could not be shown</source>
        <translation>Die Dokumentation konnte nicht gezeigt werden</translation>
    </message>
</context>
<context>
    <name>gatehouse::desktop::Controller</name>
    <message>
        <source>%1 and %2 more – Gatehouse</source>
        <translation>%1 und %2 weitere – Gatehouse</translation>
    </message>
    <message>
        <source>%1 files</source>
        <translation>%1 Dateien</translation>
    </message>
    <message>
        <source>%1 in %2, read in %3 ms</source>
        <translation>%1 in %2, in %3 ms gelesen</translation>
    </message>
    <message>
        <source>%1 listeners</source>
        <translation>%1 Listener</translation>
    </message>
    <message>
        <source>%1 objects</source>
        <translation>%1 Objekte</translation>
    </message>
    <message>
        <source>%1 requests</source>
        <translation>%1 Anfragen</translation>
    </message>
    <message>
        <source>%1 – Gatehouse</source>
        <translation>%1 – Gatehouse</translation>
    </message>
    <message>
        <source>1 file</source>
        <translation>1 Datei</translation>
    </message>
    <message>
        <source>1 listener</source>
        <translation>1 Listener</translation>
    </message>
    <message>
        <source>1 object</source>
        <translation>1 Objekt</translation>
    </message>
    <message>
        <source>1 request</source>
        <translation>1 Anfrage</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>Cluster</translation>
    </message>
    <message>
        <source>No manifests are open</source>
        <translation>Es sind keine Manifeste geöffnet</translation>
    </message>
    <message>
        <source>Reading manifests…</source>
        <translation>Manifeste werden gelesen …</translation>
    </message>
    <message>
        <source>Reading the cluster…</source>
        <translation>Der Cluster wird gelesen …</translation>
    </message>
    <message>
        <source>The configuration has errors</source>
        <translation>Die Konfiguration hat Fehler</translation>
    </message>
    <message>
        <source>The engine serves only what can be read without errors. The problems are listed below.</source>
        <translation>Die Engine bedient nur, was sich ohne Fehler lesen lässt. Die Probleme sind unten aufgeführt.</translation>
    </message>
    <message>
        <source>The manifests have errors</source>
        <translation>Die Manifeste haben Fehler</translation>
    </message>
    <message>
        <source>admin %1</source>
        <translation>Admin %1</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::AboutDialog</name>
    <message>
        <source>A desktop and local emulator of the Kubernetes Gateway API: see, run and debug Gateways and routes without a cluster.</source>
        <translation>Ein Emulator der Kubernetes Gateway API für den eigenen Rechner: Gateways und Routen ohne Cluster sehen, ausführen und untersuchen.</translation>
    </message>
    <message>
        <source>About Gatehouse</source>
        <translation>Über Gatehouse</translation>
    </message>
    <message>
        <source>Copy Versions</source>
        <translation>Versionen kopieren</translation>
    </message>
    <message>
        <source>Gatehouse %1</source>
        <translation>Gatehouse %1</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>Bibliotheken</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::ClusterDialog</name>
    <message numerus="yes">
        <source>%n context(s) in your kubeconfig</source>
        <translation>
            <numerusform>%n Kontext in Ihrer kubeconfig</numerusform>
            <numerusform>%n Kontexte in Ihrer kubeconfig</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Context:</source>
        <translation>&amp;Kontext:</translation>
    </message>
    <message>
        <source>Asking kubectl for its contexts…</source>
        <translation>kubectl wird nach seinen Kontexten gefragt …</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>Gatehouse reads Gateways, routes, Services and what they refer to through your kubectl, and runs them here. It changes nothing in the cluster.</source>
        <translation>Gatehouse liest Gateways, Routen, Services und worauf sie verweisen über Ihr kubectl und führt sie hier aus. Im Cluster ändert es nichts.</translation>
    </message>
    <message>
        <source>Open a Cluster</source>
        <translation>Cluster öffnen</translation>
    </message>
    <message>
        <source>Your kubeconfig has no context.</source>
        <translation>Ihre kubeconfig hat keinen Kontext.</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::CommandPalette</name>
    <message>
        <source>Find an object, an action, a problem, a recent path…</source>
        <translation>Objekt, Aktion, Problem oder zuletzt geöffneten Pfad finden …</translation>
    </message>
    <message>
        <source>Find anything</source>
        <translation>Alles finden</translation>
    </message>
    <message>
        <source>Nothing here is called like that.</source>
        <translation>Hier heißt nichts so.</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
    <message>
        <source>↑↓ choose   ↵ open   Esc close   &gt; actions only   ! problems only</source>
        <translation>↑↓ wählen   ↵ öffnen   Esc schließen   &gt; nur Aktionen   ! nur Probleme</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::FaultList</name>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n Meldung</numerusform>
            <numerusform>%n Meldungen</numerusform>
        </translation>
    </message>
    <message>
        <source>Dismiss All</source>
        <translation>Alle verwerfen</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Meldungen</translation>
    </message>
    <message numerus="yes">
        <source>Show %n More</source>
        <translation>
            <numerusform>%n weitere zeigen</numerusform>
            <numerusform>%n weitere zeigen</numerusform>
        </translation>
    </message>
    <message>
        <source>Show Fewer</source>
        <translation>Weniger zeigen</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::FaultRow</name>
    <message>
        <source> (%1 times)</source>
        <translation> (%1-mal)</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy this message</source>
        <translation>Diese Meldung kopieren</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Details of the message</source>
        <translation>Details der Meldung</translation>
    </message>
    <message>
        <source>Dismiss this message</source>
        <translation>Diese Meldung verwerfen</translation>
    </message>
    <message>
        <source>Show the details</source>
        <translation>Details zeigen</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::FilterBar</name>
    <message>
        <source>%1 of %2 objects</source>
        <translation>%1 von %2 Objekten</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Clear the filters</source>
        <translation>Filter löschen</translation>
    </message>
    <message>
        <source>Filter by %1</source>
        <translation>Nach %1 filtern</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>Namespace</translation>
    </message>
    <message>
        <source>Only problems</source>
        <translation>Nur Probleme</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Relation</source>
        <translation>Beziehung</translation>
    </message>
    <message>
        <source>Show everything again</source>
        <translation>Wieder alles zeigen</translation>
    </message>
    <message>
        <source>Show what is not well or refused, and what it is connected with (P)</source>
        <translation>Zeigen, was nicht in Ordnung oder abgewiesen ist, und womit es verbunden ist (P)</translation>
    </message>
    <message>
        <source>many-to-many</source>
        <translation>viele zu viele</translation>
    </message>
    <message>
        <source>many-to-one</source>
        <translation>viele zu eins</translation>
    </message>
    <message>
        <source>one-to-many</source>
        <translation>eins zu viele</translation>
    </message>
    <message>
        <source>one-to-one</source>
        <translation>eins zu eins</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgewiesen</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::Inspector</name>
    <message>
        <source>Inspector</source>
        <translation>Inspektor</translation>
    </message>
    <message>
        <source>Select an object to see its state, its connections and its YAML.</source>
        <translation>Wählen Sie ein Objekt aus, um Zustand, Verbindungen und YAML zu sehen.</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Überblick</translation>
    </message>
    <message>
        <source>YAML</source>
        <translation>YAML</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::InspectorDock</name>
    <message>
        <source>Inspector</source>
        <translation>Inspektor</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::LayoutRunner</name>
    <message>
        <source>%1 cannot be started: %2</source>
        <translation>%1 kann nicht gestartet werden: %2</translation>
    </message>
    <message>
        <source>%1 ended before it had arranged the canvas</source>
        <translation>%1 endete, bevor es die Zeichenfläche angeordnet hatte</translation>
    </message>
    <message>
        <source>The program gatehouse-layout, which arranges the canvas, is not installed</source>
        <translation>Das Programm gatehouse-layout, das die Zeichenfläche anordnet, ist nicht installiert</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::Legend</name>
    <message>
        <source>Gateway</source>
        <translation>Gateway</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>Legende</translation>
    </message>
    <message>
        <source>across namespaces</source>
        <translation>über Namespaces hinweg</translation>
    </message>
    <message>
        <source>attached</source>
        <translation>angebunden</translation>
    </message>
    <message>
        <source>backend</source>
        <translation>Backend</translation>
    </message>
    <message>
        <source>namespace</source>
        <translation>Namespace</translation>
    </message>
    <message>
        <source>policy</source>
        <translation>Policy</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgewiesen</translation>
    </message>
    <message>
        <source>route</source>
        <translation>Route</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::MainWindow</name>
    <message>
        <source>%1 errors</source>
        <translation>%1 Fehler</translation>
    </message>
    <message>
        <source>%1 picture (*.%2)</source>
        <translation>%1-Bild (*.%2)</translation>
    </message>
    <message>
        <source>%1 warnings</source>
        <translation>%1 Warnungen</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>1 error</source>
        <translation>1 Fehler</translation>
    </message>
    <message>
        <source>1 warning</source>
        <translation>1 Warnung</translation>
    </message>
    <message>
        <source>Arranging…</source>
        <translation>Wird angeordnet …</translation>
    </message>
    <message>
        <source>Engine stopped</source>
        <translation>Engine angehalten</translation>
    </message>
    <message>
        <source>Export the topology</source>
        <translation>Topologie exportieren</translation>
    </message>
    <message>
        <source>Exported %1</source>
        <translation>%1 exportiert</translation>
    </message>
    <message>
        <source>Gatehouse</source>
        <translation>Gatehouse</translation>
    </message>
    <message>
        <source>Graphviz text (*.dot)</source>
        <translation>Graphviz-Text (*.dot)</translation>
    </message>
    <message>
        <source>Main toolbar</source>
        <translation>Hauptwerkzeugleiste</translation>
    </message>
    <message>
        <source>Manifests (*.yaml *.yml *.json);;All files (*)</source>
        <translation>Manifeste (*.yaml *.yml *.json);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Mermaid text (*.mmd)</source>
        <translation>Mermaid-Text (*.mmd)</translation>
    </message>
    <message>
        <source>No problems</source>
        <translation>Keine Probleme</translation>
    </message>
    <message>
        <source>Open a folder of manifests</source>
        <translation>Einen Ordner mit Manifesten öffnen</translation>
    </message>
    <message>
        <source>Open manifests</source>
        <translation>Manifeste öffnen</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Show the problems</source>
        <translation>Probleme zeigen</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Startet …</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Hält an …</translation>
    </message>
    <message>
        <source>The last change has errors; the state before it is shown</source>
        <translation>Die letzte Änderung hat Fehler; gezeigt wird der Stand davor</translation>
    </message>
    <message>
        <source>The topology could not be arranged</source>
        <translation>Die Topologie konnte nicht angeordnet werden</translation>
    </message>
    <message>
        <source>The topology could not be exported</source>
        <translation>Die Topologie konnte nicht exportiert werden</translation>
    </message>
    <message>
        <source>The topology could not be printed</source>
        <translation>Die Topologie konnte nicht gedruckt werden</translation>
    </message>
    <message>
        <source>Work in progress</source>
        <translation>Arbeit läuft</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::Minimap</name>
    <message>
        <source>Drag to move the view</source>
        <translation>Ziehen verschiebt den Ausschnitt</translation>
    </message>
    <message>
        <source>Map of the topology</source>
        <translation>Karte der Topologie</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::NamespaceItem</name>
    <message>
        <source>Fold the namespace</source>
        <translation>Den Namespace falten</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::NavigatorDock</name>
    <message>
        <source>Find an object</source>
        <translation>Ein Objekt finden</translation>
    </message>
    <message>
        <source>Navigator</source>
        <translation>Navigator</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::NavigatorModel</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>cluster-wide</source>
        <translation>clusterweit</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::NodeItem</name>
    <message>
        <source>&lt;div&gt;Lost: %1&lt;/div&gt;</source>
        <translation>&lt;div&gt;Unterlegen: %1&lt;/div&gt;</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::PaletteDelegate</name>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Zuletzt</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::ProbeDock</name>
    <message>
        <source>Clear</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Compose a request; nothing is sent.</source>
        <translation>Verfassen Sie eine Anfrage; gesendet wird nichts.</translation>
    </message>
    <message>
        <source>Copy as curl</source>
        <translation>Als curl kopieren</translation>
    </message>
    <message>
        <source>Explain</source>
        <translation>Erklären</translation>
    </message>
    <message>
        <source>Explanation</source>
        <translation>Erklärung</translation>
    </message>
    <message>
        <source>Forget the answer and put the light on the canvas out</source>
        <translation>Die Antwort vergessen und das Licht auf der Zeichenfläche löschen</translation>
    </message>
    <message>
        <source>From curl…</source>
        <translation>Aus curl …</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Paste the command; quotes and lines that go on are understood.</source>
        <translation>Fügen Sie den Befehl ein; Anführungszeichen und fortgesetzte Zeilen werden verstanden.</translation>
    </message>
    <message>
        <source>Probe</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Read a curl command</source>
        <translation>Einen curl-Befehl lesen</translation>
    </message>
    <message>
        <source>Read a curl command line</source>
        <translation>Eine curl-Befehlszeile lesen</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>The command is not understood: %1</source>
        <translation>Der Befehl wird nicht verstanden: %1</translation>
    </message>
    <message>
        <source>The command that sends this request to where Gatehouse listens</source>
        <translation>Der Befehl, der diese Anfrage dorthin sendet, wo Gatehouse lauscht</translation>
    </message>
    <message>
        <source>What was asked before</source>
        <translation>Was zuvor gefragt wurde</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::ProbeForm</name>
    <message>
        <source>:5432, or address and port</source>
        <translation>:5432, oder Adresse und Port</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>Gateway</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>Header</translation>
    </message>
    <message>
        <source>Headers: Name: value, one a line</source>
        <translation>Header: „Name: Wert“, einer je Zeile</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Say where the request goes to</source>
        <translation>Sagen Sie, wohin die Anfrage geht</translation>
    </message>
    <message>
        <source>Say which service and method is called</source>
        <translation>Sagen Sie, welcher Dienst und welche Methode aufgerufen wird</translation>
    </message>
    <message>
        <source>Service and method</source>
        <translation>Dienst und Methode</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>any Gateway</source>
        <translation>jedes Gateway</translation>
    </message>
    <message>
        <source>app.example.com:443, the name that the client asks for</source>
        <translation>app.example.com:443, der Name, nach dem der Client fragt</translation>
    </message>
    <message>
        <source>grpc.example.com:8080</source>
        <translation>grpc.example.com:8080</translation>
    </message>
    <message>
        <source>http://shop.example.com/cart</source>
        <translation>http://shop.example.com/cart</translation>
    </message>
    <message>
        <source>package.Service/Method</source>
        <translation>paket.Dienst/Methode</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::ProbeModel</name>
    <message>
        <source>%1 % · </source>
        <translation>%1 % · </translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Listeners that did not take it</source>
        <translation>Listener, die sie nicht annahmen</translation>
    </message>
    <message>
        <source>Not served</source>
        <translation>Nicht bedient</translation>
    </message>
    <message>
        <source>Not understood</source>
        <translation>Nicht verstanden</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Stelle</translation>
    </message>
    <message>
        <source>Routes that are not attached</source>
        <translation>Routen, die nicht angebunden sind</translation>
    </message>
    <message>
        <source>Rules that lost</source>
        <translation>Unterlegene Regeln</translation>
    </message>
    <message>
        <source>Served</source>
        <translation>Bedient</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>listener %1</source>
        <translation>Listener %1</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::ProblemsDock</name>
    <message>
        <source>No problems</source>
        <translation>Keine Probleme</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>Problems (%1)</source>
        <translation>Probleme (%1)</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::ProblemsModel</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Stelle</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>What is wrong, and how to mend it</source>
        <translation>Was falsch ist und wie es sich beheben lässt</translation>
    </message>
    <message>
        <source>listener %1: %2</source>
        <translation>Listener %1: %2</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::SettingsDialog</name>
    <message>
        <source> pt</source>
        <translation> pt</translation>
    </message>
    <message>
        <source>&amp;Colours:</source>
        <translation>&amp;Farben:</translation>
    </message>
    <message>
        <source>&amp;Direction:</source>
        <translation>&amp;Richtung:</translation>
    </message>
    <message>
        <source>&amp;Follow changes of files</source>
        <translation>Änderungen von Dateien &amp;folgen</translation>
    </message>
    <message>
        <source>&amp;Language:</source>
        <translation>&amp;Sprache:</translation>
    </message>
    <message>
        <source>&amp;Open what was open the last time</source>
        <translation>Öffnen, was zuletzt ge&amp;öffnet war</translation>
    </message>
    <message>
        <source>&amp;Reduce motion</source>
        <translation>&amp;Bewegung verringern</translation>
    </message>
    <message>
        <source>&amp;Size of texts:</source>
        <translation>Größe der &amp;Texte:</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>Wie der Desktop</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>Richtung</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>From left to right</source>
        <translation>Von links nach rechts</translation>
    </message>
    <message>
        <source>From top to bottom</source>
        <translation>Von oben nach unten</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Show the &amp;map of large topologies</source>
        <translation>&amp;Karte großer Topologien zeigen</translation>
    </message>
    <message>
        <source>Show the l&amp;egend</source>
        <translation>&amp;Legende zeigen</translation>
    </message>
    <message>
        <source>Size of texts</source>
        <translation>Größe der Texte</translation>
    </message>
    <message>
        <source>The language changes when Gatehouse is started the next time.</source>
        <translation>Die Sprache wechselt beim nächsten Start von Gatehouse.</translation>
    </message>
    <message>
        <source>Topology</source>
        <translation>Topologie</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::ShortcutsDialog</name>
    <message>
        <source>Find a shortcut</source>
        <translation>Ein Tastenkürzel finden</translation>
    </message>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::SummaryPage</name>
    <message>
        <source>%1 in %2</source>
        <translation>%1 in %2</translation>
    </message>
    <message>
        <source>%1 routes</source>
        <translation>%1 Routen</translation>
    </message>
    <message>
        <source>%1, line %2</source>
        <translation>%1, Zeile %2</translation>
    </message>
    <message>
        <source>1 route</source>
        <translation>1 Route</translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation>Bedingungen</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Everything is fine</source>
        <translation>Alles in Ordnung</translation>
    </message>
    <message>
        <source>Listeners</source>
        <translation>Listener</translation>
    </message>
    <message>
        <source>Refused: %1</source>
        <translation>Abgewiesen: %1</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>across namespaces</source>
        <translation>über Namespaces hinweg</translation>
    </message>
    <message>
        <source>and %1 more; the Navigator lists them all</source>
        <translation>und %1 weitere; der Navigator führt alle auf</translation>
    </message>
    <message>
        <source>listener %1</source>
        <translation>Listener %1</translation>
    </message>
    <message>
        <source>listeners %1</source>
        <translation>Listener %1</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::TopologyPanel</name>
    <message>
        <source> step(s) away</source>
        <translation> Schritt(e) entfernt</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Connected with %1:</source>
        <translation>Verbunden mit %1:</translation>
    </message>
    <message>
        <source>Fit everything into view</source>
        <translation>Alles einpassen</translation>
    </message>
    <message>
        <source>How far from the focused object to look</source>
        <translation>Wie weit vom fokussierten Objekt aus gesehen wird</translation>
    </message>
    <message>
        <source>Leave focus (Esc)</source>
        <translation>Fokus verlassen (Esc)</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Steps from the focused object</source>
        <translation>Schritte vom fokussierten Objekt</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>any number of steps</source>
        <translation>beliebig viele Schritte</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::TopologyView</name>
    <message numerus="yes">
        <source>%1, stands for %n object(s)</source>
        <translation>
            <numerusform>%1, steht für %n Objekt</numerusform>
            <numerusform>%1, steht für %n Objekte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) in</source>
        <translation>
            <numerusform>%n Verbindung hinein</numerusform>
            <numerusform>%n Verbindungen hinein</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n out</source>
        <translation>
            <numerusform>%n hinaus</numerusform>
            <numerusform>%n hinaus</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n refused</source>
        <translation>
            <numerusform>%n abgewiesen</numerusform>
            <numerusform>%n abgewiesen</numerusform>
        </translation>
    </message>
    <message>
        <source>Gateways, routes and backends. Arrow keys walk along the connections, Return focuses, Escape leaves.</source>
        <translation>Gateways, Routen und Backends. Pfeiltasten gehen entlang der Verbindungen, Eingabe fokussiert, Escape verlässt den Fokus.</translation>
    </message>
    <message>
        <source>Topology</source>
        <translation>Topologie</translation>
    </message>
    <message>
        <source>Topology: %1</source>
        <translation>Topologie: %1</translation>
    </message>
    <message>
        <source>listener %1 %2 %3</source>
        <translation>Listener %1 %2 %3</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::TrafficDock</name>
    <message>
        <source>%1 of %2 shown</source>
        <translation>%1 von %2 gezeigt</translation>
    </message>
    <message>
        <source>%1 shown</source>
        <translation>%1 gezeigt</translation>
    </message>
    <message>
        <source>, %1 older ones forgotten</source>
        <translation>, %1 ältere vergessen</translation>
    </message>
    <message>
        <source>, %1 skipped: too many at once</source>
        <translation>, %1 übersprungen: zu viele auf einmal</translation>
    </message>
    <message>
        <source>By the rules as they are now; headers are not recorded.</source>
        <translation>Nach den Regeln, wie sie jetzt sind; Header werden nicht aufgezeichnet.</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Einzelheit</translation>
    </message>
    <message>
        <source>Explanation</source>
        <translation>Erklärung</translation>
    </message>
    <message>
        <source>Filter the traffic</source>
        <translation>Verkehr filtern</translation>
    </message>
    <message>
        <source>Filter: a host, a path, a status, a route</source>
        <translation>Filter: Host, Pfad, Status oder Route</translation>
    </message>
    <message>
        <source>Open in the Probe</source>
        <translation>In der Prüfung öffnen</translation>
    </message>
    <message>
        <source>Traffic</source>
        <translation>Verkehr</translation>
    </message>
    <message>
        <source>What is known of it</source>
        <translation>Was darüber bekannt ist</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::TrafficModel</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>Backend</source>
        <translation>Backend</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Flags</source>
        <translation>Flags</translation>
    </message>
    <message>
        <source>Host and path</source>
        <translation>Host und Pfad</translation>
    </message>
    <message>
        <source>Listener</source>
        <translation>Listener</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>Route</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::WelcomePage</name>
    <message>
        <source>Ctrl+K finds any object and any action.</source>
        <translation>Strg+K findet jedes Objekt und jede Aktion.</translation>
    </message>
    <message>
        <source>Documentation</source>
        <translation>Dokumentation</translation>
    </message>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Open Cluster…</source>
        <translation>Cluster öffnen …</translation>
    </message>
    <message>
        <source>Open Files…</source>
        <translation>Dateien öffnen …</translation>
    </message>
    <message>
        <source>Open Folder…</source>
        <translation>Ordner öffnen …</translation>
    </message>
    <message>
        <source>Open Gateway API manifests</source>
        <translation>Gateway-API-Manifeste öffnen</translation>
    </message>
    <message>
        <source>Recently opened</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Beispiele</translation>
    </message>
    <message>
        <source>See who is attached to what and why not, run it on this machine, and debug it without a cluster.</source>
        <translation>Sehen Sie, wer woran angebunden ist und warum nicht, führen Sie es auf diesem Rechner aus, und untersuchen Sie es ohne Cluster.</translation>
    </message>
    <message>
        <source>What you open is listed here.</source>
        <translation>Was Sie öffnen, wird hier aufgeführt.</translation>
    </message>
    <message>
        <source>or drop files and folders here</source>
        <translation>oder Dateien und Ordner hierher ziehen</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::YamlView</name>
    <message>
        <source>YAML</source>
        <translation>YAML</translation>
    </message>
</context>
<context>
    <name>health</name>
    <message>
        <source>Failing</source>
        <translation>Fehlerhaft</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
</context>
<context>
    <name>listener</name>
    <message>
        <source>%1 routes</source>
        <translation>%1 Routen</translation>
    </message>
    <message>
        <source>1 route</source>
        <translation>1 Route</translation>
    </message>
    <message>
        <source>any host</source>
        <translation>jeder Host</translation>
    </message>
</context>
<context>
    <name>probe</name>
    <message>
        <source>'%1' is no header; expected Name: value</source>
        <translation>„%1“ ist kein Header; erwartet wird Name: Wert</translation>
    </message>
</context>
<context>
    <name>traffic</name>
    <message>
        <source>a limit was reached</source>
        <translation>eine Grenze wurde erreicht</translation>
    </message>
    <message>
        <source>authorization refused it</source>
        <translation>die Autorisierung wies sie ab</translation>
    </message>
    <message>
        <source>no endpoint</source>
        <translation>kein Endpunkt</translation>
    </message>
    <message>
        <source>no route</source>
        <translation>keine Route</translation>
    </message>
    <message>
        <source>nothing was said for too long</source>
        <translation>zu lange wurde nichts gesagt</translation>
    </message>
    <message>
        <source>the backend broke the protocol</source>
        <translation>das Backend brach das Protokoll</translation>
    </message>
    <message>
        <source>the backend closed the connection</source>
        <translation>das Backend schloss die Verbindung</translation>
    </message>
    <message>
        <source>the backend could not be reached</source>
        <translation>das Backend war nicht zu erreichen</translation>
    </message>
    <message>
        <source>the backend took too long</source>
        <translation>das Backend brauchte zu lange</translation>
    </message>
    <message>
        <source>the client broke the protocol</source>
        <translation>der Client brach das Protokoll</translation>
    </message>
    <message>
        <source>the client went away</source>
        <translation>der Client ging weg</translation>
    </message>
</context>
</TS>
