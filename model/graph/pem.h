#pragma once

#include <string>
#include <string_view>

namespace gatehouse::model {

/// Looks at the structure of PEM texts without reading a certificate: blocks, base64, and that each block holds one DER
/// SEQUENCE. Whether key and certificate belong together only the TLS library can say.
/// All return "" when fine, else what is wrong, for people; they never repeat any part of the text.

/// At least one certificate, and nothing broken.
std::string checkCertificates(std::string_view pem);
/// A private key that is not encrypted.
std::string checkPrivateKey(std::string_view pem);

} // namespace gatehouse::model
