// The one file that compiles Asio's body (BOOST_ASIO_SEPARATE_COMPILATION): others include declarations only.
#include <boost/asio/impl/src.hpp>
