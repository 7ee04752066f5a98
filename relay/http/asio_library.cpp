// The bodies of Asio and Beast, compiled once here rather than in every file that includes them
// (the *_SEPARATE_COMPILATION definitions in CMakeLists.txt ask for that).
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
