<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>gatehouse::ui::ClusterDialog</name>
    <message numerus="yes">
        <source>%n context(s) in your kubeconfig</source>
        <translation>
            <numerusform>%n context in your kubeconfig</numerusform>
            <numerusform>%n contexts in your kubeconfig</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::FaultList</name>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %n More</source>
        <translation>
            <numerusform>Show %n More</numerusform>
            <numerusform>Show %n More</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::NavigatorModel</name>
    <message numerus="yes">
        <source>%1, %n problem(s)</source>
        <translation>
            <numerusform>%1, %n problem</numerusform>
            <numerusform>%1, %n problems</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::ui::TopologyView</name>
    <message numerus="yes">
        <source>%1, stands for %n object(s)</source>
        <translation>
            <numerusform>%1, stands for %n object</numerusform>
            <numerusform>%1, stands for %n objects</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) in</source>
        <translation>
            <numerusform>%n connection in</numerusform>
            <numerusform>%n connections in</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n out</source>
        <translation>
            <numerusform>%n out</numerusform>
            <numerusform>%n out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n refused</source>
        <translation>
            <numerusform>%n refused</numerusform>
            <numerusform>%n refused</numerusform>
        </translation>
    </message>
</context>
</TS>
