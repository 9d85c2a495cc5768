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
        <source>&amp;Check</source>
        <translation>&amp;Kontrolle</translation>
    </message>
    <message>
        <source>&amp;Clear the Traffic</source>
        <translation>Verkehr &amp;löschen</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>S&amp;chließen</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>Fa&amp;rben</translation>
    </message>
    <message>
        <source>&amp;Comment or Uncomment</source>
        <translation>Ein- oder aus&amp;kommentieren</translation>
    </message>
    <message>
        <source>&amp;Compare With…</source>
        <translation>&amp;Vergleichen mit …</translation>
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
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Edit the File</source>
        <translation>Datei &amp;bearbeiten</translation>
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
        <source>&amp;Find in the File…</source>
        <translation>In der Datei &amp;finden …</translation>
    </message>
    <message>
        <source>&amp;Float or Dock the Panel</source>
        <translation>Bereich abl&amp;ösen oder andocken</translation>
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
        <translation>Von links na&amp;ch rechts</translation>
    </message>
    <message>
        <source>&amp;Map</source>
        <translation>&amp;Übersichtskarte</translation>
    </message>
    <message>
        <source>&amp;Next Problem in the File</source>
        <translation>&amp;Nächstes Problem der Datei</translation>
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
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
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
        <source>&amp;Reset the Panels</source>
        <translation>Bereiche &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>&amp;Starten</translation>
    </message>
    <message>
        <source>&amp;Run Tests</source>
        <translation>&amp;Tests ausführen</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>Speicher&amp;n</translation>
    </message>
    <message>
        <source>&amp;Send the Composed Request</source>
        <translation>Verfasste Anfrage &amp;senden</translation>
    </message>
    <message>
        <source>&amp;Show Traffic on the Canvas</source>
        <translation>Verkehr auf der Ze&amp;ichenfläche zeigen</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>A&amp;nhalten</translation>
    </message>
    <message>
        <source>&amp;Stop Comparing</source>
        <translation>Vergleich &amp;beenden</translation>
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
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Zoom</source>
        <translation>Z&amp;oom</translation>
    </message>
    <message>
        <source>Actual Si&amp;ze</source>
        <translation>&amp;Originalgröße</translation>
    </message>
    <message>
        <source>C&amp;ancel</source>
        <translation>Ab&amp;brechen</translation>
    </message>
    <message>
        <source>C&amp;omplete</source>
        <translation>&amp;Vervollständigen</translation>
    </message>
    <message>
        <source>Clear &amp;Filters</source>
        <translation>&amp;Filter löschen</translation>
    </message>
    <message>
        <source>Clear the Ans&amp;wer</source>
        <translation>Ant&amp;wort verwerfen</translation>
    </message>
    <message>
        <source>Close &amp;the File</source>
        <translation>Datei schl&amp;ießen</translation>
    </message>
    <message>
        <source>Colours of the &amp;Desktop</source>
        <translation>Farben &amp;wie der Desktop</translation>
    </message>
    <message>
        <source>Copy a &amp;kubectl Command for It</source>
        <translation>kubec&amp;tl-Befehl dafür kopieren</translation>
    </message>
    <message>
        <source>Copy a cur&amp;l Command for It</source>
        <translation>cur&amp;l-Befehl dafür kopieren</translation>
    </message>
    <message>
        <source>Copy the Differences as &amp;Markdown</source>
        <translation>Unterschiede als &amp;Markdown kopieren</translation>
    </message>
    <message>
        <source>Dar&amp;k Colours</source>
        <translation>&amp;Dunkle Farben</translation>
    </message>
    <message>
        <source>E&amp;ngine</source>
        <translation>&amp;Engine</translation>
    </message>
    <message>
        <source>E&amp;xplain the Problem</source>
        <translation>Problem e&amp;rklären</translation>
    </message>
    <message>
        <source>E&amp;xport</source>
        <translation>E&amp;xportieren</translation>
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
        <translation>Als DO&amp;T exportieren …</translation>
    </message>
    <message>
        <source>Export as P&amp;DF…</source>
        <translation>Als P&amp;DF exportieren …</translation>
    </message>
    <message>
        <source>F&amp;olding</source>
        <translation>Falte&amp;n</translation>
    </message>
    <message>
        <source>Find and Re&amp;place…</source>
        <translation>Finden und &amp;ersetzen …</translation>
    </message>
    <message>
        <source>Fit Ever&amp;ything</source>
        <translation>Alles &amp;einpassen</translation>
    </message>
    <message>
        <source>Fold &amp;All Namespaces</source>
        <translation>Alle Na&amp;mespaces falten</translation>
    </message>
    <message>
        <source>Fold &amp;by Itself</source>
        <translation>Von &amp;selbst falten</translation>
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
        <source>Only What C&amp;hanged</source>
        <translation>Nur &amp;Verändertes</translation>
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
        <source>P&amp;anels</source>
        <translation>B&amp;ereiche</translation>
    </message>
    <message>
        <source>Pr&amp;int…</source>
        <translation>D&amp;rucken …</translation>
    </message>
    <message>
        <source>Probe a cur&amp;l Command…</source>
        <translation>Cur&amp;l-Befehl prüfen …</translation>
    </message>
    <message>
        <source>Put Back &amp;What Was Moved</source>
        <translation>Verschobenes &amp;zurücklegen</translation>
    </message>
    <message>
        <source>Re&amp;vert</source>
        <translation>Änderungen &amp;verwerfen</translation>
    </message>
    <message>
        <source>Run &amp;Failed Tests</source>
        <translation>&amp;Fehlgeschlagene Tests ausführen</translation>
    </message>
    <message>
        <source>Run Tests on &amp;Every Change</source>
        <translation>Tests bei &amp;jeder Änderung ausführen</translation>
    </message>
    <message>
        <source>Save &amp;All</source>
        <translation>&amp;Alle speichern</translation>
    </message>
    <message>
        <source>Save the Request as a &amp;Test Case…</source>
        <translation>Anfrage als &amp;Testfall speichern …</translation>
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
        <translation>Vergr&amp;ößern</translation>
    </message>
    <message>
        <source>Zoom &amp;Out</source>
        <translation>Verk&amp;leinern</translation>
    </message>
</context>
<context>
    <name>change</name>
    <message>
        <source>added</source>
        <translation>hinzugefügt</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>re-routed</source>
        <translation>anders geleitet</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>entfernt</translation>
    </message>
</context>
<context>
    <name>comparison</name>
    <message>
        <source>removed: only the base has it</source>
        <translation>entfernt: nur die Basis hat es</translation>
    </message>
    <message>
        <source>removed: what is saved still has it</source>
        <translation>entfernt: das Gespeicherte hat es noch</translation>
    </message>
</context>
<context>
    <name>edge</name>
    <message>
        <source>&lt;div&gt;Difference: %1&lt;/div&gt;</source>
        <translation>&lt;div&gt;Unterschied: %1&lt;/div&gt;</translation>
    </message>
    <message>
        <source>granted</source>
        <translation>erlaubt</translation>
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
        <source> over TLS</source>
        <translation> über TLS</translation>
    </message>
    <message>
        <source>%1 % errors</source>
        <translation>%1 % Fehler</translation>
    </message>
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
        <source>%1 attaches to %2</source>
        <translation>%1 wird an %2 angebunden</translation>
    </message>
    <message>
        <source>%1 backends</source>
        <translation>%1 Backends</translation>
    </message>
    <message>
        <source>%1 by default</source>
        <translation>Vorgabe: %1</translation>
    </message>
    <message>
        <source>%1 came; the connection stays open</source>
        <translation>%1 angekommen; die Verbindung bleibt offen</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>%1 lässt sich nicht lesen: %2</translation>
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
        <source>%1 grants</source>
        <translation>%1 Grants</translation>
    </message>
    <message>
        <source>%1 is false</source>
        <translation>%1 ist falsch</translation>
    </message>
    <message>
        <source>%1 is larger than a manifest may be.</source>
        <translation>%1 ist größer, als ein Manifest sein darf.</translation>
    </message>
    <message>
        <source>%1 is no UTF-8 text.</source>
        <translation>%1 ist kein UTF-8-Text.</translation>
    </message>
    <message>
        <source>%1 is no file that can be edited.</source>
        <translation>%1 ist keine Datei, die sich bearbeiten lässt.</translation>
    </message>
    <message>
        <source>%1 is no longer attached to %2</source>
        <translation>%1 ist nicht mehr an %2 angebunden</translation>
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
        <source>%1 may not be written.</source>
        <translation>%1 darf nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 ms in all</source>
        <translation>insgesamt %1 ms</translation>
    </message>
    <message>
        <source>%1 of %2 matches reached, %3 %</source>
        <translation>%1 von %2 Matches erreicht, %3 %</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <translation>%1 an %2</translation>
    </message>
    <message>
        <source>%1 on port %2</source>
        <translation>%1 an Port %2</translation>
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
        <source>%1 tests</source>
        <translation>%1 Tests</translation>
    </message>
    <message>
        <source>%1 to %2 entries</source>
        <translation>%1 bis %2 Einträge</translation>
    </message>
    <message>
        <source>%1 with weight %2</source>
        <translation>%1 mit Gewicht %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1, gRPC %2</source>
        <translation>%1, gRPC %2</translation>
    </message>
    <message>
        <source>%1, line %2: “%3”</source>
        <translation>%1, Zeile %2: „%3“</translation>
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
        <source>%1, the first %2 of %3</source>
        <translation>%1, die ersten %2 von %3</translation>
    </message>
    <message>
        <source>%1/%2 rules tested</source>
        <translation>%1/%2 Regeln getestet</translation>
    </message>
    <message>
        <source>%1/%2, Pod %3</source>
        <translation>%1/%2, Pod %3</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: %2, rule %3</source>
        <translation>%1: %2, Regel %3</translation>
    </message>
    <message>
        <source>'%1' is no URL</source>
        <translation>„%1“ ist keine URL</translation>
    </message>
    <message>
        <source>). Choose a .proto or a descriptor set.</source>
        <translation>). Wählen Sie eine .proto-Datei oder ein Descriptor-Set.</translation>
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
        <source>1 grant</source>
        <translation>1 Grant</translation>
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
        <source>1 test</source>
        <translation>1 Test</translation>
    </message>
    <message>
        <source>A datagram came back</source>
        <translation>Ein Datagramm kam zurück</translation>
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
        <source>A test file holds text, and what is sent is none</source>
        <translation>Eine Testdatei enthält Text, und was gesendet wird, ist keiner</translation>
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
        <source>Allowed by %1</source>
        <translation>Erlaubt durch %1</translation>
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
        <source>At %1</source>
        <translation>An %1</translation>
    </message>
    <message>
        <source>Backend</source>
        <translation>Backend</translation>
    </message>
    <message>
        <source>Before and after are the hostnames that it serves there</source>
        <translation>Vorher und nachher stehen die Hostnamen, die sie dort bedient</translation>
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
        <source>CA certificates</source>
        <translation>CA-Zertifikate</translation>
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
        <source>Connected; nothing was said</source>
        <translation>Verbunden; nichts wurde gesagt</translation>
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
        <source>Error</source>
        <translation>Fehler</translation>
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
        <source>HTTP %1 and no gRPC status</source>
        <translation>HTTP %1 und kein gRPC-Status</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>Hinweis</translation>
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
        <source>It cannot be sent: %1</source>
        <translation>Sie lässt sich nicht senden: %1</translation>
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
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Kubernetes core</source>
        <translation>Kubernetes-Kern</translation>
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
        <source>No TLS: %1</source>
        <translation>Kein TLS: %1</translation>
    </message>
    <message>
        <source>No answer within %1 s</source>
        <translation>Keine Antwort innerhalb von %1 s</translation>
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
        <source>Nobody takes connections at %1: %2</source>
        <translation>Niemand nimmt Verbindungen an %1 an: %2</translation>
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
        <source>Nothing was started, as the manifests have errors: %1</source>
        <translation>Nichts wurde gestartet, da die Manifeste Fehler haben: %1</translation>
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
        <source>Tests call with an empty message; yours is not in the file.</source>
        <translation>Tests rufen mit leerer Nachricht auf; Ihre steht nicht in der Datei.</translation>
    </message>
    <message>
        <source>The answer broke off: %1</source>
        <translation>Die Antwort brach ab: %1</translation>
    </message>
    <message>
        <source>The base cannot be read</source>
        <translation>Die Basis lässt sich nicht lesen</translation>
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
        <source>The manifests cannot be read</source>
        <translation>Die Manifeste lassen sich nicht lesen</translation>
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
        <source>The server closed it after %1</source>
        <translation>Der Server schloss sie nach %1</translation>
    </message>
    <message>
        <source>The target does not say what it serves (server reflection: </source>
        <translation>Das Ziel sagt nicht, was es bedient (Server-Reflection: </translation>
    </message>
    <message>
        <source>The tests' engine cannot start: %1</source>
        <translation>Die Engine der Tests kann nicht starten: %1</translation>
    </message>
    <message>
        <source>There is no file %1.</source>
        <translation>Die Datei %1 gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no test in %1</source>
        <translation>In %1 gibt es keinen Test</translation>
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
        <source>Warning</source>
        <translation>Warnung</translation>
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
        <source>a body from a file is not read: %1</source>
        <translation>ein Body aus einer Datei wird nicht gelesen: %1</translation>
    </message>
    <message>
        <source>a client</source>
        <translation>ein Client</translation>
    </message>
    <message>
        <source>a duration such as 10s, 500ms or 1h30m</source>
        <translation>eine Dauer wie 10s, 500ms oder 1h30m</translation>
    </message>
    <message>
        <source>a hostname without a wildcard</source>
        <translation>ein Hostname ohne Platzhalter</translation>
    </message>
    <message>
        <source>a hostname, which may begin with *.</source>
        <translation>ein Hostname, der mit *. beginnen darf</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>eine Liste</translation>
    </message>
    <message>
        <source>a list of objects</source>
        <translation>eine Liste von Objekten</translation>
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
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>a number or a name</source>
        <translation>eine Zahl oder ein Name</translation>
    </message>
    <message>
        <source>a quote is not closed</source>
        <translation>ein Anführungszeichen ist nicht geschlossen</translation>
    </message>
    <message>
        <source>a time such as 2026-01-31T12:00:00Z</source>
        <translation>ein Zeitpunkt wie 2026-01-31T12:00:00Z</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>eine ganze Zahl</translation>
    </message>
    <message>
        <source>a whole number from %1 on</source>
        <translation>eine ganze Zahl ab %1</translation>
    </message>
    <message>
        <source>a whole number from %1 to %2</source>
        <translation>eine ganze Zahl von %1 bis %2</translation>
    </message>
    <message>
        <source>a whole number up to %1</source>
        <translation>eine ganze Zahl bis %1</translation>
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
        <source>after</source>
        <translation>nachher</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>ein Objekt</translation>
    </message>
    <message>
        <source>an older route has these connections</source>
        <translation>eine ältere Route hat diese Verbindungen</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>another listener</source>
        <translation>einem anderen Listener</translation>
    </message>
    <message>
        <source>any host</source>
        <translation>jeder Host</translation>
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
        <source>anything</source>
        <translation>beliebig</translation>
    </message>
    <message>
        <source>at most %1 characters</source>
        <translation>höchstens %1 Zeichen</translation>
    </message>
    <message>
        <source>at most %1 entries</source>
        <translation>höchstens %1 Einträge</translation>
    </message>
    <message>
        <source>at most %1 members</source>
        <translation>höchstens %1 Namen</translation>
    </message>
    <message>
        <source>authorization</source>
        <translation>Autorisierung</translation>
    </message>
    <message>
        <source>backend</source>
        <translation>Backend</translation>
    </message>
    <message>
        <source>backend not found</source>
        <translation>Backend nicht gefunden</translation>
    </message>
    <message>
        <source>before</source>
        <translation>vorher</translation>
    </message>
    <message>
        <source>built-in echo</source>
        <translation>eingebautes Echo</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>cannot be changed later</source>
        <translation>später nicht zu ändern</translation>
    </message>
    <message>
        <source>certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>client certificate</source>
        <translation>Client-Zertifikat</translation>
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
        <source>connected after %1 ms</source>
        <translation>verbunden nach %1 ms</translation>
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
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>endpoints</source>
        <translation>Endpunkte</translation>
    </message>
    <message>
        <source>every connection</source>
        <translation>jede Verbindung</translation>
    </message>
    <message>
        <source>every request</source>
        <translation>jede Anfrage</translation>
    </message>
    <message>
        <source>experimental</source>
        <translation>experimentell</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>filter %1</source>
        <translation>Filter %1</translation>
    </message>
    <message>
        <source>first byte after %1 ms</source>
        <translation>erstes Byte nach %1 ms</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>grpcurl command</source>
        <translation>grpcurl-Befehl</translation>
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
        <source>listener %1: %2</source>
        <translation>Listener %1: %2</translation>
    </message>
    <message>
        <source>mirror</source>
        <translation>Spiegel</translation>
    </message>
    <message>
        <source>names and values</source>
        <translation>Namen und Werte</translation>
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
        <source>no body</source>
        <translation>kein Body</translation>
    </message>
    <message>
        <source>no differences</source>
        <translation>keine Unterschiede</translation>
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
        <source>no tests</source>
        <translation>keine Tests</translation>
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
        <source>not run</source>
        <translation>nicht ausgeführt</translation>
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
        <source>one of %1</source>
        <translation>eines von %1</translation>
    </message>
    <message>
        <source>other differences</source>
        <translation>andere Unterschiede</translation>
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
        <source>p95 %1</source>
        <translation>p95 %1</translation>
    </message>
    <message>
        <source>parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>parent</source>
        <translation>Elternobjekt</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>bestanden</translation>
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
        <source>required</source>
        <translation>erforderlich</translation>
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
        <source>server reflection</source>
        <translation>Server-Reflection</translation>
    </message>
    <message>
        <source>server reflection of </source>
        <translation>Server-Reflection von </translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>übersprungen</translation>
    </message>
    <message>
        <source>target not found</source>
        <translation>Ziel nicht gefunden</translation>
    </message>
    <message>
        <source>target of the policy</source>
        <translation>Ziel der Policy</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>text in base64</source>
        <translation>Text in Base64</translation>
    </message>
    <message>
        <source>the built-in echo</source>
        <translation>das eingebaute Echo</translation>
    </message>
    <message>
        <source>the default</source>
        <translation>die Vorgabe</translation>
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
        <source>the engine does not run</source>
        <translation>die Engine läuft nicht</translation>
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
        <source>through %1</source>
        <translation>über %1</translation>
    </message>
    <message>
        <source>to %1</source>
        <translation>an %1</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true oder false</translation>
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
    <name>gatehouse::desktop::Comparer</name>
    <message>
        <source>No manifests are open</source>
        <translation>Es sind keine Manifeste geöffnet</translation>
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
    <name>gatehouse::desktop::EditedFiles</name>
    <message>
        <source>Unsaved text is not kept: %1</source>
        <translation>Nicht gespeicherter Text wird nicht aufgehoben: %1</translation>
    </message>
</context>
<context>
    <name>gatehouse::desktop::ProbeSender</name>
    <message>
        <source>No manifests are open</source>
        <translation>Es sind keine Manifeste geöffnet</translation>
    </message>
</context>
<context>
    <name>gatehouse::desktop::TestRunner</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
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
    <name>gatehouse::ui::AnswerPane</name>
    <message>
        <source>%1 (trailer)</source>
        <translation>%1 (Trailer)</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 an %2</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Body</source>
        <translation>Body</translation>
    </message>
    <message>
        <source>Body of the answer</source>
        <translation>Body der Antwort</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>Header</translation>
    </message>
    <message>
        <source>Headers (%1)</source>
        <translation>Header (%1)</translation>
    </message>
    <message>
        <source>Headers of the answer</source>
        <translation>Header der Antwort</translation>
    </message>
    <message>
        <source>Nobody listens at %1 until it does</source>
        <translation>Bis sie läuft, lauscht niemand an %1</translation>
    </message>
    <message>
        <source>Run and Send</source>
        <translation>Starten und senden</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Wird gesendet …</translation>
    </message>
    <message>
        <source>Start the engine, and send the request once it listens</source>
        <translation>Die Engine starten und die Anfrage senden, sobald sie lauscht</translation>
    </message>
    <message>
        <source>The engine does not run</source>
        <translation>Die Engine läuft nicht</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>von %1</translation>
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
    <name>gatehouse::ui::CodeView</name>
    <message>
        <source>Text of the file</source>
        <translation>Text der Datei</translation>
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
    <name>gatehouse::ui::CompareDock</name>
    <message>
        <source> — %1 errors in the base take no part</source>
        <translation> – %1 Fehler in der Basis bleiben außen vor</translation>
    </message>
    <message>
        <source> — 1 error in the base takes no part</source>
        <translation> – 1 Fehler in der Basis bleibt außen vor</translation>
    </message>
    <message>
        <source>&amp;Explain in the Probe</source>
        <translation>In der Prüfung &amp;erklären</translation>
    </message>
    <message>
        <source>&amp;Go to the Object</source>
        <translation>&amp;Zum Objekt gehen</translation>
    </message>
    <message>
        <source>A &amp;File…</source>
        <translation>Eine &amp;Datei …</translation>
    </message>
    <message>
        <source>A &amp;Git Revision…</source>
        <translation>Eine &amp;Git-Revision …</translation>
    </message>
    <message>
        <source>A F&amp;older…</source>
        <translation>Einen &amp;Ordner …</translation>
    </message>
    <message>
        <source>A branch, a tag or a commit; the opened folder as it was there is the base.</source>
        <translation>Ein Branch, ein Tag oder ein Commit; die Basis ist der geöffnete Ordner, wie er dort war.</translation>
    </message>
    <message>
        <source>A file, a folder, or git:REF:PATH</source>
        <translation>Datei, Ordner oder git:REF:PFAD</translation>
    </message>
    <message>
        <source>Base to compare with</source>
        <translation>Basis des Vergleichs</translation>
    </message>
    <message>
        <source>Cannot be compared</source>
        <translation>Lässt sich nicht vergleichen</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Wählen</translation>
    </message>
    <message>
        <source>Choose a base to see what is added, removed and changed, and which requests go elsewhere. A file or folder may be dropped here.</source>
        <translation>Wählen Sie eine Basis, um zu sehen, was hinzugefügt, entfernt und geändert ist und welche Anfragen woanders hingehen. Eine Datei oder ein Ordner lässt sich hierher ziehen.</translation>
    </message>
    <message>
        <source>Choose what to compare with</source>
        <translation>Wählen, womit verglichen wird</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Compare (%1)</source>
        <translation>Vergleich (%1)</translation>
    </message>
    <message>
        <source>Compare with a file</source>
        <translation>Mit einer Datei vergleichen</translation>
    </message>
    <message>
        <source>Compare with a folder of manifests</source>
        <translation>Mit einem Ordner mit Manifesten vergleichen</translation>
    </message>
    <message>
        <source>Compare with a git revision</source>
        <translation>Mit einer Git-Revision vergleichen</translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation>Vergleich läuft</translation>
    </message>
    <message>
        <source>Copy all of it as Markdown, for a pull request</source>
        <translation>Alles als Markdown kopieren, für einen Pull Request</translation>
    </message>
    <message>
        <source>Copy as Markdown</source>
        <translation>Als Markdown kopieren</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>Unterschiede</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Filter the differences</source>
        <translation>Unterschiede filtern</translation>
    </message>
    <message>
        <source>Manifests (*.yaml *.yml *.json);;All files (*)</source>
        <translation>Manifeste (*.yaml *.yml *.json);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Stop comparing</source>
        <translation>Vergleich beenden</translation>
    </message>
    <message>
        <source>Stop comparing (Ctrl+Shift+D)</source>
        <translation>Vergleich beenden (Strg+Umschalt+D)</translation>
    </message>
    <message>
        <source>What is open and the base do the same.</source>
        <translation>Was geöffnet ist und die Basis tun dasselbe.</translation>
    </message>
    <message>
        <source>What to compare with. git:main:. is the opened folder as it was in main</source>
        <translation>Womit verglichen wird. git:main:. ist der geöffnete Ordner, wie er in main war</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::CompareModel</name>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>Anbindungen</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>Behaviour</source>
        <translation>Verhalten</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation>Bedingungen</translation>
    </message>
    <message>
        <source>Not decided (%1)</source>
        <translation>Nicht entschieden (%1)</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Objekte</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Stelle</translation>
    </message>
    <message>
        <source>Regular expressions that may or may not meet the same requests</source>
        <translation>Reguläre Ausdrücke, die vielleicht dieselben Anfragen treffen, vielleicht auch nicht</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::CoverageModel</name>
    <message>
        <source>%1/%2 matches tested</source>
        <translation>%1/%2 Matches getestet</translation>
    </message>
    <message>
        <source>No request can reach these</source>
        <translation>Keine Anfrage kann sie erreichen</translation>
    </message>
    <message>
        <source>Not counted (%1)</source>
        <translation>Nicht gezählt (%1)</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Stelle</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>Tested</source>
        <translation>Getestet</translation>
    </message>
    <message>
        <source>not tested</source>
        <translation>nicht getestet</translation>
    </message>
    <message>
        <source>tested</source>
        <translation>getestet</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::Dock</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close the panel</source>
        <translation>Den Bereich schließen</translation>
    </message>
    <message>
        <source>Dock</source>
        <translation>Andocken</translation>
    </message>
    <message>
        <source>Put the panel back into the window</source>
        <translation>Den Bereich wieder in das Fenster legen</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::EditorDock</name>
    <message>
        <source>%1 (not saved)</source>
        <translation>%1 (nicht gespeichert)</translation>
    </message>
    <message>
        <source>Close %1</source>
        <translation>%1 schließen</translation>
    </message>
    <message>
        <source>Close the file</source>
        <translation>Die Datei schließen</translation>
    </message>
    <message>
        <source>Editor</source>
        <translation>Editor</translation>
    </message>
    <message>
        <source>Editor (%1 unsaved)</source>
        <translation>Editor (%1 nicht gespeichert)</translation>
    </message>
    <message>
        <source>Open files</source>
        <translation>Geöffnete Dateien</translation>
    </message>
    <message>
        <source>Select an object and press F4 to edit the file that defines it.</source>
        <translation>Wählen Sie ein Objekt aus und drücken Sie F4, um die Datei zu bearbeiten, die es definiert.</translation>
    </message>
    <message>
        <source>The field at the cursor</source>
        <translation>Das Feld am Cursor</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::EditorPage</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Keep Mine</source>
        <translation>Meine behalten</translation>
    </message>
    <message>
        <source>Not saved: %1</source>
        <translation>Nicht gespeichert: %1</translation>
    </message>
    <message>
        <source>Not saved: the file was changed elsewhere since you began to edit it.</source>
        <translation>Nicht gespeichert: Die Datei wurde anderswo geändert, seit Sie sie bearbeiten.</translation>
    </message>
    <message>
        <source>Not saved: the file was changed elsewhere. %1</source>
        <translation>Nicht gespeichert: Die Datei wurde anderswo geändert. %1</translation>
    </message>
    <message>
        <source>Overwrite with Mine</source>
        <translation>Mit meiner überschreiben</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Save It Again</source>
        <translation>Erneut speichern</translation>
    </message>
    <message>
        <source>Take Theirs</source>
        <translation>Die andere übernehmen</translation>
    </message>
    <message>
        <source>The file is no longer there.</source>
        <translation>Die Datei ist nicht mehr da.</translation>
    </message>
    <message>
        <source>The file was changed elsewhere while you were editing it.</source>
        <translation>Die Datei wurde anderswo geändert, während Sie sie bearbeiteten.</translation>
    </message>
    <message>
        <source>This file may not be written.</source>
        <translation>Diese Datei darf nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Unsaved text of %1 was kept.</source>
        <translation>Nicht gespeicherter Text vom %1 wurde aufgehoben.</translation>
    </message>
    <message>
        <source>Unsaved text of %1 was kept. The file has been changed since.</source>
        <translation>Nicht gespeicherter Text vom %1 wurde aufgehoben. Die Datei wurde seither geändert.</translation>
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
        <source>Only what changed</source>
        <translation>Nur Verändertes</translation>
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
        <source>Show what is marked as different, and what it is connected with (D)</source>
        <translation>Zeigen, was als verändert markiert ist, und womit es verbunden ist (D)</translation>
    </message>
    <message>
        <source>Show what is not well or refused, and what it is connected with (P)</source>
        <translation>Zeigen, was nicht in Ordnung oder abgewiesen ist, und womit es verbunden ist (P)</translation>
    </message>
    <message>
        <source>Show what is open alone (Ctrl+Shift+D)</source>
        <translation>Nur zeigen, was geöffnet ist (Strg+Umschalt+D)</translation>
    </message>
    <message>
        <source>Stop comparing</source>
        <translation>Vergleich beenden</translation>
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
    <name>gatehouse::ui::FindBar</name>
    <message>
        <source>%1 replaced</source>
        <translation>%1 ersetzt</translation>
    </message>
    <message>
        <source>1 replaced</source>
        <translation>1 ersetzt</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Schließen (Esc)</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Finden</translation>
    </message>
    <message>
        <source>Find in the file</source>
        <translation>In der Datei finden</translation>
    </message>
    <message>
        <source>Find the next one (Enter)</source>
        <translation>Das nächste finden (Eingabe)</translation>
    </message>
    <message>
        <source>Find the one before (Shift+Enter)</source>
        <translation>Das vorige finden (Umschalt+Eingabe)</translation>
    </message>
    <message>
        <source>Letter case counts</source>
        <translation>Groß- und Kleinschreibung beachten</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Nicht gefunden</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>Regulärer Ausdruck</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Replace all</source>
        <translation>Alle ersetzen</translation>
    </message>
    <message>
        <source>Replace what is found, and find the next one</source>
        <translation>Das Gefundene ersetzen und das nächste finden</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>Ersetzen durch</translation>
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
    <message>
        <source>Live traffic</source>
        <translation>Laufender Verkehr</translation>
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
        <source>a warning</source>
        <translation>eine Warnung</translation>
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
        <source>failing</source>
        <translation>fehlerhaft</translation>
    </message>
    <message>
        <source>fine</source>
        <translation>in Ordnung</translation>
    </message>
    <message>
        <source>granted</source>
        <translation>erlaubt</translation>
    </message>
    <message>
        <source>namespace</source>
        <translation>Namespace</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
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
        <source>%1 attachments less</source>
        <translation>%1 Anbindungen weniger</translation>
    </message>
    <message>
        <source>%1 attachments more</source>
        <translation>%1 Anbindungen mehr</translation>
    </message>
    <message>
        <source>%1 conditions differ</source>
        <translation>%1 Bedingungen anders</translation>
    </message>
    <message>
        <source>%1 errors</source>
        <translation>%1 Fehler</translation>
    </message>
    <message>
        <source>%1 is not drawn on the canvas</source>
        <translation>%1 ist auf der Zeichenfläche nicht gezeichnet</translation>
    </message>
    <message>
        <source>%1 kinds of requests end elsewhere</source>
        <translation>%1 Arten von Anfragen enden woanders</translation>
    </message>
    <message>
        <source>%1 objects added</source>
        <translation>%1 Objekte hinzugefügt</translation>
    </message>
    <message>
        <source>%1 objects changed</source>
        <translation>%1 Objekte geändert</translation>
    </message>
    <message>
        <source>%1 objects removed</source>
        <translation>%1 Objekte entfernt</translation>
    </message>
    <message>
        <source>%1 picture (*.%2)</source>
        <translation>%1-Bild (*.%2)</translation>
    </message>
    <message>
        <source>%1 unsaved files</source>
        <translation>%1 ungespeicherte Dateien</translation>
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
        <source>1 attachment less</source>
        <translation>1 Anbindung weniger</translation>
    </message>
    <message>
        <source>1 attachment more</source>
        <translation>1 Anbindung mehr</translation>
    </message>
    <message>
        <source>1 condition differs</source>
        <translation>1 Bedingung anders</translation>
    </message>
    <message>
        <source>1 error</source>
        <translation>1 Fehler</translation>
    </message>
    <message>
        <source>1 kind of request ends elsewhere</source>
        <translation>1 Art von Anfragen endet woanders</translation>
    </message>
    <message>
        <source>1 object added</source>
        <translation>1 Objekt hinzugefügt</translation>
    </message>
    <message>
        <source>1 object changed</source>
        <translation>1 Objekt geändert</translation>
    </message>
    <message>
        <source>1 object removed</source>
        <translation>1 Objekt entfernt</translation>
    </message>
    <message>
        <source>1 unsaved file</source>
        <translation>1 ungespeicherte Datei</translation>
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
        <source>Copied: %1</source>
        <translation>Kopiert: %1</translation>
    </message>
    <message>
        <source>Draft: what %1 would change</source>
        <translation>Entwurf (%1): was sich ändern würde</translation>
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
        <source>No file defines this</source>
        <translation>Keine Datei definiert dies</translation>
    </message>
    <message>
        <source>No problems</source>
        <translation>Keine Probleme</translation>
    </message>
    <message>
        <source>Not arranged: the canvas shows what it showed before. Reload (F5) arranges it anew</source>
        <translation>Nicht angeordnet: Die Zeichenfläche zeigt, was sie vorher zeigte. Neu laden (F5) ordnet sie neu an</translation>
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
        <source>Put the keyboard into a panel to float it</source>
        <translation>Wählen Sie mit der Tastatur einen Bereich, um ihn abzulösen</translation>
    </message>
    <message>
        <source>Revert</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save the changes to %1?</source>
        <translation>Die Änderungen speichern (%1)?</translation>
    </message>
    <message>
        <source>Select an object to copy a command for it</source>
        <translation>Wählen Sie ein Objekt, um einen Befehl dafür zu kopieren</translation>
    </message>
    <message>
        <source>Select an object to edit the file that defines it</source>
        <translation>Wählen Sie ein Objekt aus, um die Datei zu bearbeiten, die es definiert</translation>
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
        <source>There is no such command for the selected object</source>
        <translation>Für das gewählte Objekt gibt es keinen solchen Befehl</translation>
    </message>
    <message>
        <source>Unsaved changes</source>
        <translation>Ungespeicherte Änderungen</translation>
    </message>
    <message>
        <source>Work in progress</source>
        <translation>Arbeit läuft</translation>
    </message>
    <message>
        <source>it has errors; the topology is the last one without</source>
        <translation>er hat Fehler; gezeigt wird die letzte Topologie ohne</translation>
    </message>
    <message>
        <source>nothing that routing or status depends on</source>
        <translation>nichts, wovon Routing oder Status abhängen</translation>
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
        <source>Everything in it comes from %1</source>
        <translation>Alles darin kommt von %1</translation>
    </message>
    <message>
        <source>Fold the namespace</source>
        <translation>Den Namespace falten</translation>
    </message>
    <message>
        <source>Owner: %1 (%2)</source>
        <translation>Besitzer: %1 (%2)</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::NavigatorDock</name>
    <message>
        <source>A few letters of a name are enough; Enter picks the best match</source>
        <translation>Ein paar Buchstaben eines Namens genügen; Eingabe wählt den besten Treffer</translation>
    </message>
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
    <message numerus="yes">
        <source>%1, %n problem(s)</source>
        <translation>
            <numerusform>%1, %n Problem</numerusform>
            <numerusform>%1, %n Probleme</numerusform>
        </translation>
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
        <source>&lt;div&gt;Difference: %1&lt;/div&gt;</source>
        <translation>&lt;div&gt;Unterschied: %1&lt;/div&gt;</translation>
    </message>
    <message>
        <source>&lt;div&gt;Lost: %1&lt;/div&gt;</source>
        <translation>&lt;div&gt;Unterlegen: %1&lt;/div&gt;</translation>
    </message>
    <message>
        <source>&lt;div&gt;Traffic of listener %1: %2&lt;/div&gt;</source>
        <translation>&lt;div&gt;Verkehr des Listeners %1: %2&lt;/div&gt;</translation>
    </message>
    <message>
        <source>&lt;div&gt;Traffic: %1&lt;/div&gt;</source>
        <translation>&lt;div&gt;Verkehr: %1&lt;/div&gt;</translation>
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
        <source>%1 methods, by %2</source>
        <translation>%1 Methoden; Quelle: %2</translation>
    </message>
    <message>
        <source>%1 · sent</source>
        <translation>%1 · gesendet</translation>
    </message>
    <message>
        <source>Add the request, and what becomes of it, to a test file</source>
        <translation>Die Anfrage, und was aus ihr wird, in eine Testdatei aufnehmen</translation>
    </message>
    <message>
        <source>Added to %1</source>
        <translation>Aufgenommen in %1</translation>
    </message>
    <message>
        <source>Asking for the services…</source>
        <translation>Nach den Diensten wird gefragt …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Compose a request, to explain it or to send it.</source>
        <translation>Verfassen Sie eine Anfrage, um sie zu erklären oder zu senden.</translation>
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
        <source>Save as Test Case…</source>
        <translation>Als Testfall speichern …</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Send it over a real connection (Ctrl+Return)</source>
        <translation>Über eine echte Verbindung senden (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>Tell what would become of it; nothing is sent (Return)</source>
        <translation>Sagen, was aus ihr würde; gesendet wird nichts (Eingabe)</translation>
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
        <source>The test is not saved: %1</source>
        <translation>Der Test ist nicht gespeichert: %1</translation>
    </message>
    <message>
        <source>Wait for the answer no longer</source>
        <translation>Nicht länger auf die Antwort warten</translation>
    </message>
    <message>
        <source>What was asked before</source>
        <translation>Was zuvor gefragt wurde</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::ProbeForm</name>
    <message>
        <source> ms</source>
        <translation> ms</translation>
    </message>
    <message>
        <source>.proto or descriptor set; empty: server reflection</source>
        <translation>.proto oder Descriptor-Set; leer: Server-Reflection</translation>
    </message>
    <message>
        <source>:5432, or address and port</source>
        <translation>:5432, oder Adresse und Port</translation>
    </message>
    <message>
        <source>Any certificate</source>
        <translation>Jedes Zertifikat</translation>
    </message>
    <message>
        <source>Ask the target, or read the .proto, for its services and methods</source>
        <translation>Das Ziel oder die .proto-Datei nach Diensten und Methoden fragen</translation>
    </message>
    <message>
        <source>Body</source>
        <translation>Body</translation>
    </message>
    <message>
        <source>Bytes to send: 54 45 53 54 0a</source>
        <translation>Zu sendende Bytes: 54 45 53 54 0a</translation>
    </message>
    <message>
        <source>Choose a .proto or a descriptor set</source>
        <translation>Eine .proto-Datei oder ein Descriptor-Set wählen</translation>
    </message>
    <message>
        <source>Choose a description of gRPC services</source>
        <translation>Beschreibung von gRPC-Diensten wählen</translation>
    </message>
    <message>
        <source>Description of the services</source>
        <translation>Beschreibung der Dienste</translation>
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
        <source>Hexadecimal</source>
        <translation>Hexadezimal</translation>
    </message>
    <message>
        <source>How long an answer may take</source>
        <translation>Wie lange eine Antwort dauern darf</translation>
    </message>
    <message>
        <source>Message, as JSON</source>
        <translation>Nachricht, als JSON</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>Methods</source>
        <translation>Methoden</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Protocol buffers (*.proto *.pb *.binpb *.protoset *.desc);;All files (*)</source>
        <translation>Protocol Buffers (*.proto *.pb *.binpb *.protoset *.desc);;Alle Dateien (*)</translation>
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
        <source>Text to send</source>
        <translation>Zu sendender Text</translation>
    </message>
    <message>
        <source>Timeout</source>
        <translation>Zeitlimit</translation>
    </message>
    <message>
        <source>Trust as the system does</source>
        <translation>Vertrauen wie das System</translation>
    </message>
    <message>
        <source>Trust the local CA</source>
        <translation>Der lokalen CA vertrauen</translation>
    </message>
    <message>
        <source>Version of HTTP</source>
        <translation>HTTP-Version</translation>
    </message>
    <message>
        <source>What is sent is written as hexadecimal digits</source>
        <translation>Was gesendet wird, ist in hexadezimalen Ziffern geschrieben</translation>
    </message>
    <message>
        <source>Whom to trust</source>
        <translation>Wem vertraut wird</translation>
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
    <message>
        <source>streams; one message is sent</source>
        <translation>streamt; gesendet wird eine Nachricht</translation>
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
    <name>gatehouse::ui::ProblemPage</name>
    <message>
        <source>Choose a problem to see what it means and how to mend it.</source>
        <translation>Wählen Sie ein Problem, um zu sehen, was es bedeutet und wie es sich beheben lässt.</translation>
    </message>
    <message>
        <source>Explanation of the problem</source>
        <translation>Erklärung des Problems</translation>
    </message>
    <message>
        <source>It is a condition's reason of the Gateway API: a controller writes it into the object's status. It tells what became of the object; nothing can silence it.</source>
        <translation>Das ist der Grund (reason) einer Bedingung der Gateway API: Ein Controller schreibt ihn in den Status des Objekts. Er sagt, was aus dem Objekt wurde; nichts kann ihn unterdrücken.</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Richtig</translation>
    </message>
    <message>
        <source>To mend it:</source>
        <translation>Behebung:</translation>
    </message>
    <message>
        <source>To silence it</source>
        <translation>Unterdrücken</translation>
    </message>
    <message>
        <source>What %1 means</source>
        <translation>Was %1 bedeutet</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>Falsch</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::ProblemsDock</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>By file</source>
        <translation>Nach Datei</translation>
    </message>
    <message>
        <source>By object</source>
        <translation>Nach Objekt</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy How to Mend It</source>
        <translation>Behebung kopieren</translation>
    </message>
    <message>
        <source>Copy the problem as one line, as gatehouse check prints it</source>
        <translation>Das Problem als eine Zeile kopieren, wie gatehouse check es ausgibt</translation>
    </message>
    <message>
        <source>Edit the File</source>
        <translation>Datei bearbeiten</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Explain</source>
        <translation>Erklären</translation>
    </message>
    <message>
        <source>Explain %1</source>
        <translation>%1 erklären</translation>
    </message>
    <message>
        <source>Filter the problems</source>
        <translation>Probleme filtern</translation>
    </message>
    <message>
        <source>Filter: words, codes, names</source>
        <translation>Filter: Wörter, Codes, Namen</translation>
    </message>
    <message>
        <source>Go to the Object</source>
        <translation>Zum Objekt gehen</translation>
    </message>
    <message>
        <source>Group the problems</source>
        <translation>Probleme gruppieren</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>Keine Gruppen</translation>
    </message>
    <message>
        <source>No problem is of this kind</source>
        <translation>Kein Problem ist von dieser Art</translation>
    </message>
    <message>
        <source>No problems</source>
        <translation>Keine Probleme</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Hinweise</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>Problems (%1)</source>
        <translation>Probleme (%1)</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>%1 zeigen</translation>
    </message>
    <message>
        <source>Show what the problem's code means, with an example (F1)</source>
        <translation>Zeigen, was der Code des Problems bedeutet, mit einem Beispiel (F1)</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>Warnungen</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::ProblemsModel</name>
    <message>
        <source>%1. To mend it: %2</source>
        <translation>%1. Behebung: %2</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>No file</source>
        <translation>Keine Datei</translation>
    </message>
    <message>
        <source>No object</source>
        <translation>Kein Objekt</translation>
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
        <source>What is wrong, and how to mend it</source>
        <translation>Was falsch ist und wie es sich beheben lässt</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::SaveTestDialog</name>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>It claims that</source>
        <translation>Behauptung</translation>
    </message>
    <message>
        <source>Name of the test</source>
        <translation>Name des Tests</translation>
    </message>
    <message>
        <source>Save as a test case</source>
        <translation>Als Testfall speichern</translation>
    </message>
    <message>
        <source>Test file</source>
        <translation>Testdatei</translation>
    </message>
    <message>
        <source>Test files (*.yaml *.yml);;All files (*)</source>
        <translation>Testdateien (*.yaml *.yml);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>The test is added at the end; what the file has stays as it is. It expects what becomes of the request now. Run it with: gatehouse test FILE</source>
        <translation>Der Test kommt ans Ende; was in der Datei steht, bleibt, wie es ist. Er erwartet, was jetzt aus der Anfrage wird. Ausführen mit: gatehouse test DATEI</translation>
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
        <source>%1/%2 matches tested</source>
        <translation>%1/%2 Matches getestet</translation>
    </message>
    <message>
        <source>1 route</source>
        <translation>1 Route</translation>
    </message>
    <message>
        <source>Allows</source>
        <translation>Erlaubt</translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation>Bedingungen</translation>
    </message>
    <message>
        <source>Copy as</source>
        <translation>Kopieren als</translation>
    </message>
    <message>
        <source>Copy as…</source>
        <translation>Kopieren als …</translation>
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
        <source>Missing: no manifest defines it</source>
        <translation>Fehlt: kein Manifest definiert es</translation>
    </message>
    <message>
        <source>No ReferenceGrant allows it</source>
        <translation>Kein ReferenceGrant erlaubt es</translation>
    </message>
    <message>
        <source>No listener uses them.</source>
        <translation>Kein Listener nutzt sie.</translation>
    </message>
    <message>
        <source>No manifest defines it</source>
        <translation>Kein Manifest definiert es</translation>
    </message>
    <message>
        <source>No manifest defines it; it is assumed</source>
        <translation>Kein Manifest definiert es; es wird angenommen</translation>
    </message>
    <message>
        <source>No reference needs it.</source>
        <translation>Kein Verweis braucht ihn.</translation>
    </message>
    <message>
        <source>Not tested</source>
        <translation>Nicht getestet</translation>
    </message>
    <message>
        <source>Points to</source>
        <translation>Verweist auf</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
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
        <source>Rules in match order</source>
        <translation>Regeln in der Reihenfolge ihrer Prüfung</translation>
    </message>
    <message>
        <source>Tested</source>
        <translation>Getestet</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>Genutzt von</translation>
    </message>
    <message>
        <source>across namespaces</source>
        <translation>über Namespaces hinweg</translation>
    </message>
    <message>
        <source>allowed by %1</source>
        <translation>erlaubt durch %1</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>and %1 more that are tried later</source>
        <translation>und %1 weitere, die später geprüft werden</translation>
    </message>
    <message>
        <source>and %1 more; the Navigator lists them all</source>
        <translation>und %1 weitere; der Navigator führt alle auf</translation>
    </message>
    <message>
        <source>and %1 more; the list of problems has them all</source>
        <translation>und %1 weitere; die Liste der Probleme führt alle auf</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>Zeile %1</translation>
    </message>
    <message>
        <source>listener %1</source>
        <translation>Listener %1</translation>
    </message>
    <message>
        <source>listeners %1</source>
        <translation>Listener %1</translation>
    </message>
    <message>
        <source>never reached: shadowed by</source>
        <translation>nie erreicht: verdeckt von</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::TestsDock</name>
    <message>
        <source> — something has changed since</source>
        <translation> – seither hat sich etwas geändert</translation>
    </message>
    <message>
        <source> — stopped before all were asked</source>
        <translation> – angehalten, bevor alle ausgeführt waren</translation>
    </message>
    <message>
        <source>%1: expected %2, got %3</source>
        <translation>%1: erwartet %2, erhalten %3</translation>
    </message>
    <message>
        <source>&amp;Explain in the Probe</source>
        <translation>In der Prüfung &amp;erklären</translation>
    </message>
    <message>
        <source>&amp;Run This</source>
        <translation>Diesen &amp;ausführen</translation>
    </message>
    <message>
        <source>&amp;Show Where It Is Written</source>
        <translation>&amp;Zeigen, wo er steht</translation>
    </message>
    <message>
        <source>A F&amp;older of Tests…</source>
        <translation>Einen &amp;Ordner mit Tests …</translation>
    </message>
    <message>
        <source>Add tests from elsewhere</source>
        <translation>Tests von anderswo hinzunehmen</translation>
    </message>
    <message>
        <source>Ask no further test</source>
        <translation>Keinen weiteren Test ausführen</translation>
    </message>
    <message>
        <source>By the tables: nothing is sent. Over sockets: an engine of the tests' own is started</source>
        <translation>Nach den Tabellen: gesendet wird nichts. Über Sockets: die Tests starten eine eigene Engine</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>Abdeckung</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Filter the tests</source>
        <translation>Tests filtern</translation>
    </message>
    <message>
        <source>How tests are run</source>
        <translation>Wie Tests ausgeführt werden</translation>
    </message>
    <message>
        <source>No test file is among what is open; open one, or write one with gatehouse test --init</source>
        <translation>Was geöffnet ist, enthält keine Testdatei; öffnen Sie eine, oder schreiben Sie eine mit gatehouse test --init</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open a folder of tests</source>
        <translation>Einen Ordner mit Tests öffnen</translation>
    </message>
    <message>
        <source>Open test files</source>
        <translation>Testdateien öffnen</translation>
    </message>
    <message>
        <source>Pick a test to see where it is written.</source>
        <translation>Wählen Sie einen Test, um zu sehen, wo er steht.</translation>
    </message>
    <message>
        <source>Reading tests and manifests…</source>
        <translation>Tests und Manifeste werden gelesen …</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Ausführen</translation>
    </message>
    <message>
        <source>Run again whenever manifests or tests change (Ctrl+F6)</source>
        <translation>Erneut ausführen, sobald sich Manifeste oder Tests ändern (Strg+F6)</translation>
    </message>
    <message>
        <source>Run all tests (F6)</source>
        <translation>Alle Tests ausführen (F6)</translation>
    </message>
    <message>
        <source>Run all tests to see which rules they reach.</source>
        <translation>Führen Sie alle Tests aus, um zu sehen, welche Regeln sie erreichen.</translation>
    </message>
    <message>
        <source>Run failed</source>
        <translation>Fehlgeschlagene ausführen</translation>
    </message>
    <message>
        <source>Run the tests that failed (Shift+F6)</source>
        <translation>Die fehlgeschlagenen Tests ausführen (Umschalt+F6)</translation>
    </message>
    <message>
        <source>Running %1 of %2…</source>
        <translation>%1 von %2 wird ausgeführt …</translation>
    </message>
    <message>
        <source>Show tests by result</source>
        <translation>Tests nach Ergebnis zeigen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Test &amp;Files…</source>
        <translation>&amp;Testdateien …</translation>
    </message>
    <message>
        <source>Test file</source>
        <translation>Testdatei</translation>
    </message>
    <message>
        <source>Test files (*.yaml *.yml);;All files (*)</source>
        <translation>Testdateien (*.yaml *.yml);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Tests</source>
        <translation>Tests</translation>
    </message>
    <message>
        <source>Tests (%1 failed)</source>
        <translation>Tests (%1 fehlgeschlagen)</translation>
    </message>
    <message>
        <source>Tests that were asked</source>
        <translation>Ausgeführte Tests</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>Beobachten</translation>
    </message>
    <message>
        <source>all results</source>
        <translation>alle Ergebnisse</translation>
    </message>
    <message>
        <source>by the tables</source>
        <translation>nach den Tabellen</translation>
    </message>
    <message>
        <source>over sockets</source>
        <translation>über Sockets</translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::TestsModel</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>Erwartet</translation>
    </message>
    <message>
        <source>Got</source>
        <translation>Erhalten</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Stelle</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Tags: %1</source>
        <translation>Tags: %1</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
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
    <name>gatehouse::ui::TrafficCharts</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 s ago: %2, errors %3</source>
        <translation>vor %1 s: %2, Fehler %3</translation>
    </message>
    <message>
        <source>, p50 %1, p99 %2</source>
        <translation>, p50 %1, p99 %2</translation>
    </message>
    <message>
        <source>All traffic</source>
        <translation>Aller Verkehr</translation>
    </message>
    <message>
        <source>Charts of the traffic</source>
        <translation>Diagramme des Verkehrs</translation>
    </message>
    <message>
        <source>Errors %1</source>
        <translation>Fehler %1</translation>
    </message>
    <message>
        <source>Latency p50 %1, p99 %2</source>
        <translation>Latenz p50 %1, p99 %2</translation>
    </message>
    <message>
        <source>Latency p50, p99</source>
        <translation>Latenz p50, p99</translation>
    </message>
    <message>
        <source>Rate %1</source>
        <translation>Rate %1</translation>
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
        <source>, sampled: %1 counted but not shown</source>
        <translation>, Stichprobe: %1 gezählt, aber nicht gezeigt</translation>
    </message>
    <message>
        <source>By the rules as they are now; headers are not recorded.</source>
        <translation>Nach den Regeln, wie sie jetzt sind; Header werden nicht aufgezeichnet.</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Clear the traffic</source>
        <translation>Verkehr löschen</translation>
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
        <source>Forget what was served so far, in the list and in the charts</source>
        <translation>Vergessen, was bisher bedient wurde, in der Liste und in den Diagrammen</translation>
    </message>
    <message>
        <source>Open in the Probe</source>
        <translation>In der Prüfung öffnen</translation>
    </message>
    <message>
        <source>Part of the traffic</source>
        <translation>Teil des Verkehrs</translation>
    </message>
    <message>
        <source>Traffic</source>
        <translation>Verkehr</translation>
    </message>
    <message>
        <source>What is known of it</source>
        <translation>Was darüber bekannt ist</translation>
    </message>
    <message>
        <source>Which part of the selected object's traffic the charts show</source>
        <translation>Welchen Teil des Verkehrs des gewählten Objekts die Diagramme zeigen</translation>
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
        <source>TLS ends here</source>
        <translation>TLS endet hier</translation>
    </message>
    <message>
        <source>TLS ends here, with a development certificate</source>
        <translation>TLS endet hier, mit einem Entwicklungszertifikat</translation>
    </message>
    <message>
        <source>TLS passes through</source>
        <translation>TLS wird durchgereicht</translation>
    </message>
    <message>
        <source>any host</source>
        <translation>jeder Host</translation>
    </message>
    <message>
        <source>development certificate</source>
        <translation>Entwicklungszertifikat</translation>
    </message>
    <message>
        <source>passthrough</source>
        <translation>durchgereicht</translation>
    </message>
</context>
<context>
    <name>probe</name>
    <message>
        <source>'%1' is no header; expected Name: value</source>
        <translation>„%1“ ist kein Header; erwartet wird Name: Wert</translation>
    </message>
    <message>
        <source>'%1' is no hexadecimal digit</source>
        <translation>„%1“ ist keine hexadezimale Ziffer</translation>
    </message>
    <message>
        <source>a byte is two hexadecimal digits; one is missing</source>
        <translation>ein Byte hat zwei hexadezimale Ziffern; eine fehlt</translation>
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
