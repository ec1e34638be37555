// SQLite 3.
#include <sqlite3.h>

// The destructor that makes SQLite copy a bound text; a macro with a cast, which Swift does not import.
static inline sqlite3_destructor_type csqlite_copy(void) { return SQLITE_TRANSIENT; }
