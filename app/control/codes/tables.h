#pragma once

#include "app/control/codes/codes.h"

namespace gatehouse::control {

/// The rows of allCodes(), one function a range. Each code stands in one of them, in order.
std::vector<CodeInfo> textCodes();        ///< GH10xx: a text before it is an object
std::vector<CodeInfo> schemaCodes();      ///< GH11xx: the shape of an object
std::vector<CodeInfo> gatewayRuleCodes(); ///< GH1201 to GH1211: rules of Gateways, ListenerSets and parentRefs
std::vector<CodeInfo> routeRuleCodes();   ///< GH1220 to GH1251: rules of routes
std::vector<CodeInfo> policyRuleCodes();  ///< GH126x: rules of BackendTLSPolicies
std::vector<CodeInfo> objectCodes();      ///< GH13xx, GH14xx: versions, kinds, and objects beside each other
std::vector<CodeInfo> ingressCodes();     ///< GH15xx: Ingresses, and what cannot be carried over
std::vector<CodeInfo> graphCodes();       ///< GH20xx: what a controller concludes
std::vector<CodeInfo> lintCodes();        ///< GH21xx: advice
std::vector<CodeInfo> certificateCodes(); ///< GH22xx: certificates
std::vector<CodeInfo> reachCodes();       ///< GH25xx: what no request reaches
std::vector<CodeInfo> settingCodes();     ///< GH3xxx: gatehouse.yaml
std::vector<CodeInfo> testFileCodes();    ///< GH31xx: files of gatehouse test
std::vector<CodeInfo> clusterCodes();     ///< GH32xx: a cluster that is read through kubectl
std::vector<CodeInfo> engineCodes();      ///< GH4xxx: what is compiled and served

} // namespace gatehouse::control
