// The part of OpenSSL's libcrypto that computes SHA-256.
#include <openssl/evp.h>
