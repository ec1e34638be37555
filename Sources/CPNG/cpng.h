// The part of libpng that reads whole images from memory: its simplified interface.
#include <png.h>
